"""Noun phrases of a text as people write them: material for the names of topics."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from vocmine.text.splitter import tokenizer
from vocmine.topics.naming.surface_forms import domain_stop_words

_LONGEST = 14  # characters of a Japanese phrase
_WORDS = 3  # words of an English phrase
_WORD_EN = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]|[^\sA-Za-z]")
_ADDRESSED = re.compile(r"https?://\S+|@\w+|[\w.+-]+\.(?:com|net|org|jp|uk)\b\S*", re.ASCII)
_WHEN = "副詞可能"  # 午後, 昨日, ため: they name no thing, though 時間 may end a name
_MASK = re.compile(r"\[[^\]\s]{1,12}\]")
_READABLE = re.compile(r"[\w・ー々-]+(?:&\w+)?(?: [\w'’-]+)*")
_CODE = 4  # digits of a product's name at most; longer ones number an order
_AROUND = frozenset(  # when, not what
    ["後", "時", "中", "前", "頃", "間", "以外", "以降", "以上", "以下", "以内", "とも", "等", "など", "際"]
)
_HANDLED = (  # what clerks write after what it is about
    "お問い合わせ", "お問合せ", "問い合わせ", "問合せ", "照会", "依頼", "希望", "実施", "申告", "受領",
    "要望", "案内", "済み", "あり",
)
_AFTER_VERBS = ("放題", "手続き", "画面", "手数料")  # かけ放題, 払い戻し手続き
_ENDS_SO = ("終止形", "連体形")  # a verb or adjective that stands as the dictionary has it


def noun_phrases(text: str, lang: str = "ja") -> list[str]:
    """List the distinct noun phrases of a masked text, in order.

    Parameters
    ----------
    text : str
        Normalised and masked; masks are no part of a phrase.
    lang : str
        ``en`` for English, else Japanese.

    Examples
    --------
    >>> noun_phrases("予約の変更をしたいのですが、駐車場はありますか")
    ['予約の変更', '予約', '変更', '駐車場']
    >>> noun_phrases("My credit card was declined", "en")
    ['credit card', 'credit', 'card', 'declined']
    >>> noun_phrases("@ShopCare where is my parcel? https://t.co/x", "en")
    ['parcel']
    """
    return list(_noun_phrases(text, lang))


@lru_cache(4096)  # a registry names its topics again and again by much the same texts
def _noun_phrases(text: str, lang: str) -> tuple[str, ...]:
    plain = _MASK.sub("。", without_addresses(text))
    found = _english(plain) if lang == "en" else _japanese(plain)
    return tuple(p for p in dict.fromkeys(found) if _READABLE.fullmatch(p))


def without_addresses(text: str) -> str:
    """Put a full stop for each address on the web and each account spoken to."""
    return _ADDRESSED.sub(". ", text)


def spellings(text: str) -> list[tuple[str, str]]:
    """List nouns, and verbs and adjectives in their plain form: as terms have them, and as the text does.

    Examples
    --------
    >>> spellings("アメニティとDVDがあるか")
    [('アメニティー', 'アメニティ'), ('dvd', 'DVD'), ('有る', 'ある')]
    """
    out = []
    for sentence in re.split(r"[。!?！？\n]+", text[:4000]):
        for morpheme in tokenizer().tokenize(sentence):
            kind = morpheme.part_of_speech()
            if _is_noun(kind) or (kind[0] in ("動詞", "形容詞") and kind[5].startswith(_ENDS_SO)):
                out.append((morpheme.normalized_form().lower(), morpheme.surface()))
    return out


def _english(text: str) -> list[str]:
    out: list[str] = []
    run: list[str] = []
    for word in [*_WORD_EN.findall(text), "."]:
        bare = word.lower().replace("’", "'")
        if bare.replace("'", "") in _stop("en") or not bare[0].isalpha() or len(bare) < 2:
            out += _runs(run)
            run = []
        else:
            run.append(bare)
    return out


def _runs(words: list[str]) -> list[str]:
    if not 1 < len(words) <= _WORDS:
        return words
    return [" ".join(words[i : i + n]) for n in range(len(words), 0, -1) for i in range(len(words) - n + 1)]


def _japanese(text: str) -> list[str]:
    out: list[str] = []
    for sentence in re.split(r"[。!?！？\n]+", text[:4000]):
        out += _phrases(_compounds(sentence))
    return out


def _compounds(sentence: str) -> list[str | None]:
    """Join neighbouring nouns; ``"の"`` stays, anything else becomes None."""
    parts: list[str | None] = []
    nouns = before = ""
    counted = False
    for morpheme in tokenizer().tokenize(sentence):
        kind, surface = morpheme.part_of_speech(), morpheme.surface()
        counted = kind[1] == "数詞" or (counted and _counts(kind, surface))
        if _goes_on(nouns, kind, surface, counted):
            nouns += surface if nouns else f"{before if surface in _AFTER_VERBS else ''}{surface}"
            before = ""
            continue
        if nouns:
            parts.append(_trimmed(nouns))
        nouns = ""
        before = surface if kind[1] == "一般" and kind[0] == "動詞" and kind[5].startswith("連用形") else ""
        parts.append("の" if surface == "の" and kind[0] == "助詞" else None)
    return [*parts, _trimmed(nouns)] if nouns else parts


def _goes_on(nouns: str, kind: tuple[str, ...], surface: str, counted: bool) -> bool:
    """Whether a word belongs to the compound so far: WX-5200 and かけ放題 do, 時 of 18時 and 後 of 更新後 do not."""
    if counted or surface in "&-":  # a number stands only in a code, as P2 and B&B
        return nouns.isascii() and bool(nouns) and len(surface) <= _CODE and (surface in "&-" or surface.isdecimal())
    if surface in _AROUND:
        return False
    if kind[0] == "接尾辞" and kind[1] == "名詞的":
        return bool(nouns)
    return _is_noun(kind) and (bool(nouns) or kind[2] != _WHEN)


def _counts(kind: tuple[str, ...], surface: str) -> bool:
    """Whether a word after a number says what is counted: 時間, 便 and 目, GB."""
    one = len(surface) == 1 and ("一" <= surface <= "龥" or (surface.isascii() and surface.isalpha()))
    return one or kind[2] == "助数詞可能" or kind[0] == "接尾辞"


def _trimmed(nouns: str) -> str:
    """Take off what a clerk asks or does (キャンセル希望), and a word said twice."""
    nouns = nouns.rstrip("&-").removesuffix("御中")
    half = len(nouns) // 2
    if nouns[:half] == nouns[half:]:
        nouns = nouns[half:]
    ending = next((e for e in _HANDLED if nouns.endswith(e)), "")
    return nouns.removesuffix(ending) if len(nouns) - len(ending) > 1 else nouns


def _is_noun(kind: tuple[str, ...]) -> bool:
    return kind[0] in ("名詞", "形状詞") and kind[1] not in ("数詞", "助動詞語幹")


def _phrases(parts: list[str | None]) -> list[str]:
    out: list[str] = []
    for i, part in enumerate(parts):
        if part is None or part == "の" or not _wanted(part):
            continue
        after = parts[i + 1 : i + 3]
        if len(after) == 2 and after[0] == "の" and after[1] not in (None, "の") and _wanted(str(after[1])):
            out.append(f"{part}の{after[1]}")
        out.append(part)
    return [p for p in out if len(p) <= _LONGEST]


def names_nothing(word: str) -> bool:
    """Whether a word stands in contacts of any kind, so that it tells no topic.

    Examples
    --------
    >>> [names_nothing(word) for word in ("要確認", "regards", "返金", "refund")]
    [True, True, False, False]
    """
    return word in _stop("ja") or word in _stop("en") or word in domain_stop_words()


def _wanted(word: str) -> bool:
    return word not in _stop("ja") and (len(word) > 1 or "一" <= word <= "龥") and not word.isdigit()


@lru_cache(maxsize=2)
def _stop(lang: str) -> frozenset[str]:
    """Words that name nothing."""
    return frozenset((files("vocmine.topics") / "data" / f"stop_phrases_{lang}.txt").read_text("utf-8").split())
