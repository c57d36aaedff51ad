"""Sudachi, once per thread: splitting, word classes as small numbers, and its dictionary as a lexicon of names."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

# what a morpheme is to us; all up to ADJ may become a term
NOUN, PROPER, PLACE, VERB, LIGHT_VERB, ADJ = range(6)
FAMILY, GIVEN, PERSON = 6, 7, 8  # kinds of names, after the word classes
NUMBER, SUFFIX, AUX, PARTICLE, HARD, KAOMOJI, MARK, SPACE, PREFIX, OTHER = range(9, 19)

_MAX_CHUNK = 4_000  # Sudachi takes 49,149 bytes; a character has up to 4
_LOCAL = threading.local()
_LOCK = threading.Lock()


class _Kinds(dict[int, int]):
    """Id of a part of speech to its kind."""

    def __missing__(self, pos_id: int) -> int:
        self[pos_id] = kind = _kind(dictionary().pos_of(pos_id))
        return kind


_KINDS = _Kinds()


def _noun_kind(second: str, third: str, fourth: str) -> int:
    if third == "人名":
        return {"姓": FAMILY, "名": GIVEN}.get(fourth, PERSON)
    if second == "固有名詞":
        return PLACE if third == "地名" else PROPER
    return NUMBER if second == "数詞" else NOUN


def _kind(pos: tuple[str, ...]) -> int:
    major, second, third, fourth = pos[:4]
    if major == "名詞":
        return _noun_kind(second, third, fourth)
    if major == "動詞":
        return LIGHT_VERB if second == "非自立可能" else VERB
    if major == "接尾辞":
        return HARD if second == "形容詞的" else SUFFIX
    if major == "補助記号":
        return KAOMOJI if second.startswith("ＡＡ") else MARK
    simple = {
        "形容詞": ADJ, "形状詞": NOUN, "助動詞": AUX, "助詞": PARTICLE, "空白": SPACE, "接頭辞": PREFIX, "記号": MARK
    }
    return simple.get(major, OTHER)


@lru_cache(maxsize=1)
def _shared_dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary()


def dictionary() -> Any:
    """Give the process's Sudachi dictionary; its memory is shared by all threads."""
    with _LOCK:
        return _shared_dictionary()


def tokenizer() -> Any:
    """Give this thread's Sudachi tokenizer: one that threads share fails with "Already borrowed".

    Of what the dictionary knows of a word it reads the class and the normalised form only; readings stay empty.
    """
    if not hasattr(_LOCAL, "tokenizer"):
        _LOCAL.tokenizer = dictionary().create(fields={"pos", "normalized_form"})
    return _LOCAL.tokenizer


class Morphemes(list[Any]):
    """Sudachi's morphemes of one piece of text, and where they begin, told when first asked for.

    Morphemes stand side by side: each ends where the next begins.
    """

    _begins: list[int] | None = None
    _places: dict[int, int] | None = None

    @property
    def begins(self) -> list[int]:
        """Where each morpheme begins, in order."""
        if self._begins is None:
            self._begins = [m.begin() for m in self]
        return self._begins

    @property
    def places(self) -> dict[int, int]:
        """Place at which a morpheme begins to the number of that morpheme."""
        if self._places is None:
            self._places = {begin: i for i, begin in enumerate(self.begins)}
        return self._places


def split_japanese(piece: str) -> tuple[Morphemes, list[int]]:
    """Give the morphemes of a piece of text and the kind of each."""
    morphemes = Morphemes(tokenizer().tokenize(piece))
    table = _KINDS
    return morphemes, [table[m.part_of_speech_id()] for m in morphemes]


@lru_cache(maxsize=20_000)
def short_units(word: str) -> tuple[int, tuple[str, ...]]:
    """Give how many short units (Sudachi's mode A) a word has, and the normalised forms of those with content.

    Examples
    --------
    >>> short_units("本人確認書類"), short_units("再起動")
    ((3, ('本人', '確認', '書類')), (2, ('起動',)))
    """
    if not hasattr(_LOCAL, "short"):
        _LOCAL.short = dictionary().create(mode="A", fields={"pos", "normalized_form", "split_a"})
    units = _LOCAL.short.tokenize(word)
    return len(units), tuple(m.normalized_form() for m in units if _KINDS[m.part_of_speech_id()] <= ADJ)


_CUT = re.compile(r"[。!?！？\n]+|[、,] ?| ")


def sudachi_chunks(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text into chunks that Sudachi takes, at sentence ends where there are any, with the place of each.

    Examples
    --------
    >>> list(sudachi_chunks("短い。"))
    [(0, '短い。')]
    >>> [at for at, _ in sudachi_chunks("あ" * 3000 + "。" + "い" * 5000)]
    [0, 3001, 7001]
    """
    start = 0
    while len(text) - start > _MAX_CHUNK:
        window = text[start : start + _MAX_CHUNK]
        ends = [m.end() for m in _CUT.finditer(window, _MAX_CHUNK // 2)]
        strong = [e for e in ends if window[e - 1] not in "、, "]
        end = (strong or ends or [_MAX_CHUNK])[-1]
        yield start, window[:end]
        start += end
    yield start, text[start:]


@lru_cache(maxsize=50_000)
def name_classes(word: str) -> frozenset[int]:
    """Give the kinds that Sudachi's dictionary knows for exactly this word (FAMILY, GIVEN, NOUN ...).

    Examples
    --------
    >>> FAMILY in name_classes("佐藤"), GIVEN in name_classes("美咲"), name_classes("ぬるぽん様")
    (True, True, frozenset())
    """
    return frozenset(_KINDS[m.part_of_speech_id()] for m in dictionary().lookup(word))
