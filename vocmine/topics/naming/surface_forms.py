"""Terms as people write them: 出来る_ない is for counting, できない for reading."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from vocmine.text.emoticons import typical_face
from vocmine.text.splitter import tokenizer

_ENDING = dict(zip("うくぐすつぬぶむる", "わかがさたなばまら", strict=True))
_STEM = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))
_WHOLE = {
    "する_ない": "しない", "来る_ない": "来ない", "ある_ない": "ない",
    "する_にくい": "しにくい", "来る_にくい": "来にくい",
}


@lru_cache(maxsize=20_000)
def surface_form(term: str, spelling: str = "") -> str:
    """Write a term of an analysed text as people do.

    Parameters
    ----------
    term : str
        Normalised; ``_ない``, ``_にくい`` and ``_not`` mark what is denied or hard to do.
    spelling : str
        How the texts at hand write the word that the term begins with, where it is known.

    Examples
    --------
    >>> terms = ("出来る_ない", "届く_ない", "使う_にくい", "問題_ない", "良い_ない", "arrive_not")
    >>> [surface_form(term) for term in terms]
    ['できない', '届かない', '使いにくい', '問題ない', '良くない', 'not arrive']
    >>> surface_form("kao_anger")
    '(`Д´)'
    """
    stem, _, mark = term.rpartition("_")
    if stem and mark == "not":
        return f"not {stem}"
    if not stem or mark not in ("ない", "にくい"):
        return spelling or _plain().get(term) or typical_face(term)
    word = spelling or _plain().get(stem, stem)
    return _WHOLE.get(f"{word}_{mark}") or _conjugated(word, mark)


def _conjugated(word: str, mark: str) -> str:
    """Bind a word and its denial by Sudachi's class of conjugation; other words just stand before it."""
    found = list(tokenizer().tokenize(word))
    kind = found[-1].part_of_speech() if found else ("", "", "", "", "", "")
    if kind[0] == "形容詞":
        return word[:-1] + "く" + mark if word.endswith("い") and mark == "ない" else word + mark
    if kind[2] == "サ変可能" and mark == "ない":
        return word + "なし"
    if kind[0] != "動詞" or word[-1] not in _ENDING:
        return word + mark
    if not kind[4].startswith("五段"):
        return word[:-1] + mark
    return word[:-1] + (_ENDING if mark == "ない" else _STEM)[word[-1]] + mark


@lru_cache(maxsize=1)
def _plain() -> dict[str, str]:
    lines = (files("vocmine.topics") / "data" / "spoken_ja.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def domain_stop_words() -> frozenset[str]:
    """Give the words of every support contact, normalised: they never tell why it came.

    Examples
    --------
    >>> "連絡先" in domain_stop_words()
    True
    """
    lines = (files("vocmine.topics") / "data" / "stop_hot.txt").read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    return frozenset(words) | {f"{word}_ない" for word in ("事", "こと", "為る", "有る")}
