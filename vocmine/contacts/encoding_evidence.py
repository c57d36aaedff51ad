"""How well bytes read as text in an encoding: bits to describe what they would say. The fewest bits are the best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from vocmine.contacts.shipped import shipped_table

_ANY = "any"
_PLANE = 1 << 16
_WIDE = re.compile("utf-(16|32)")
# Beyond the first plane: emoji, or rare kanji.
_EMOJI, _EMOJI_END = 0x1F000, 0x1FBFF



@dataclass(frozen=True)
class Candidate:
    """An encoding that bytes may be in.

    Parameters
    ----------
    encoding : str
        As Python names it.
    text : str
        What the bytes say in it; a byte that is no character is a lone surrogate.
    bits : float
        What it costs to describe the text, the choice of the encoding included.

    Examples
    --------
    >>> Candidate("cp932", "解約", 18.5).encoding
    'cp932'
    """

    encoding: str
    text: str
    bits: float


@cache
def encoding_table() -> dict[str, Any]:
    """Give the shipped table of encodings and characters (``data/encodings.yaml``)."""
    table: dict[str, Any] = shipped_table("encodings")
    return table


def narrow_candidates(data: bytes) -> list[Candidate]:
    r"""Read bytes in each encoding that keeps ASCII as it is; the best first.

    Parameters
    ----------
    data : bytes
        Lines that are not plain ASCII.

    Examples
    --------
    >>> [c.encoding for c in narrow_candidates("1,﨑山".encode("cp932"))][0]
    'cp932'
    >>> [c.encoding for c in narrow_candidates(b"I paid \xa320 and I\x92m not happy")][0]
    'cp1252'
    """
    return _ranked(data, encoding_table()["candidates"])


def wide_candidates(data: bytes) -> list[Candidate]:
    """Read bytes as UTF-16 and UTF-32 without a byte order mark, and in the others; the best first.

    Examples
    --------
    >>> wide_candidates("1,解約したい".encode("utf-16-be"))[0].encoding
    'utf-16-be'
    """
    return _ranked(data, [*encoding_table()["wide"], *encoding_table()["candidates"]])


def description_bits(text: str, language: str = _ANY) -> float:
    """Give the bits that describe a text: what each character costs, and each that follows another.

    Parameters
    ----------
    text : str
        Lone surrogates stand for bytes that are no character.
    language : str
        Which ideographs and syllables are frequent: ``any`` (Japanese), ``chinese``, ``taiwanese`` or ``korean``.

    Examples
    --------
    >>> description_bits("解約") < description_bits("鱧鰰")
    True
    """
    if not text:
        return 0.0
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds = _class_of(language)[np.minimum(codes, _PLANE - 1)]
    names = _names()
    beyond = codes >= _PLANE
    if beyond.any():
        emoji = beyond & (codes >= _EMOJI) & (codes <= _EMOJI_END)
        kinds = np.where(emoji, names.index("emoji"), np.where(beyond, names.index("kanji3"), kinds))
    before = np.concatenate([[names.index("comma")], kinds[:-1]])
    unigram, follows = _bits(language)
    return float(unigram[kinds].sum() + follows[before, kinds].sum())


def decoded(data: bytes, encoding: str) -> str:
    r"""Read bytes; one that is no character becomes a lone surrogate.

    Examples
    --------
    >>> decoded(b"caf\xe9", "utf-8")
    'caf\udce9'
    """
    return data.decode(encoding, "replace" if _WIDE.match(encoding) else "surrogateescape")


def _ranked(data: bytes, candidates: Sequence[Sequence[Any]]) -> list[Candidate]:
    found = []
    for encoding, language, prior in candidates:
        text = decoded(data, encoding)
        if _WIDE.match(encoding) and text.count("\ufffd") > 1 + len(text) // 100:
            continue  # several bytes make one character there: a broken one must not come cheap
        found.append(Candidate(encoding, text, prior + description_bits(text, language)))
    return sorted(found, key=lambda candidate: candidate.bits)


@cache
def _names() -> list[str]:
    return list(encoding_table()["classes"])


@cache
def _bits(language: str) -> tuple[np.ndarray, np.ndarray]:
    """Bits of each class, and of each pair of classes one after the other."""
    table, names = encoding_table(), _names()
    unigram = np.array([float(table["classes"][name]) for name in names])
    if language in table["languages"]:
        dear = table["languages"][language]
        unigram[[names.index(name) for name in dear["dear"]]] = dear["bits"]
    follows = np.zeros((len(names), len(names)))
    for first, second, bits in table["follows"]:
        groups = (table["groups"].get(group, [group]) for group in (first, second))
        follows[np.ix_(*([names.index(name) for name in group] for group in groups))] = bits
    return unigram, follows


@cache
def _class_of(language: str) -> np.ndarray:
    """Class of each character of the first plane, as a number."""
    table, names = encoding_table(), _names()
    kinds = np.full(_PLANE, names.index("rest"), dtype=np.uint8)

    def put(name: str, codes: Any) -> None:
        kinds[codes] = names.index(name)

    for name, first, last in _RANGES:
        put(name, slice(first, last + 1))
    ideographs = {
        "chinese": ("gb2312", (0xB0, 0xD7), (0xD8, 0xF7)), "taiwanese": ("big5", (0xA4, 0xC6), (0xC9, 0xF9)),
    }
    codec, frequent, rare = ideographs.get(language, ("euc_jp", (0xB0, 0xCF), (0xD0, 0xF4)))
    put("kanji2", _rows(codec, rare))
    put("kanji1", _rows(codec, frequent))
    if codec == "euc_jp":
        put("kanji2", _rows("cp932", (0xFA, 0xFC)))  # IBM's kanji: names, most of them
        put("circled", _rows(codec, (0xA2, 0xA2)))
        put("box", _rows(codec, (0xA6, 0xA8)))
        put("name", [ord(c) for c in table["characters"]["name"]])
    put("letters", slice(0x370, 0x530))
    for name, characters in table["characters"].items():
        if name in names and name not in ("name", "kanji"):
            put(name, [ord(c) for c in characters])
    put("kanji", [ord(c) for c in table["characters"]["kanji" if codec == "euc_jp" else "hanzi"]])
    return kinds


def _rows(codec: str, leads: tuple[int, int]) -> list[int]:
    """Ideographs of the rows of a double-byte encoding."""
    trails = range(0xA1, 0xFF) if codec in ("euc_jp", "gb2312") else range(0x40, 0xFF)
    heads = range(leads[0], leads[1] + 1)
    pairs = (bytes([head, trail]).decode(codec, "replace") for head in heads for trail in trails)
    return [ord(pair) for pair in pairs if len(pair) == 1 and pair != "\ufffd"]


# Class, first and last character; a later range wins.
_RANGES = (
    ("control", 0x00, 0x1F), ("zero", 0x00, 0x00), ("space", 0x20, 0x20), ("space", 0x09, 0x09), ("comma", 0x0A, 0x0D),
    ("sign", 0x21, 0x7E), ("comma", 0x21, 0x22), ("comma", 0x27, 0x29), ("comma", 0x2C, 0x2F), ("comma", 0x3A, 0x3B),
    ("comma", 0x3F, 0x3F), ("digit", 0x30, 0x39), ("upper", 0x41, 0x5A), ("lower", 0x61, 0x7A),
    ("control", 0x7F, 0x9F), ("nbsp", 0xA0, 0xA0), ("latin_rare", 0xA1, 0xBF), ("capital2", 0xC0, 0xDE),
    ("accented2", 0xDF, 0xFF), ("accented2", 0x100, 0x24F), ("letters", 0x370, 0x1FFF), ("circled", 0x2010, 0x27BF),
    ("joiner", 0x200B, 0x200F), ("box", 0x2500, 0x257F), ("rest", 0x2800, 0x2FFF), ("mark", 0x3000, 0x303F),
    ("hiragana", 0x3041, 0x309F), ("katakana", 0x30A0, 0x30FF), ("circled", 0x3200, 0x33FF), ("kanji3", 0x3400, 0x9FFF),
    ("hangul2", 0xAC00, 0xD7A3), ("broken", 0xD800, 0xDFFF), ("private", 0xE000, 0xF8FF), ("kanji3", 0xF900, 0xFAFF),
    ("joiner", 0xFE00, 0xFE0F), ("full", 0xFF01, 0xFF60), ("half_after", 0xFF61, 0xFF65),
    ("half_mark", 0xFF62, 0xFF62), ("half", 0xFF66, 0xFF9D), ("half_after", 0xFF67, 0xFF70),
    ("half_voiced", 0xFF73, 0xFF73), ("half_voiced", 0xFF76, 0xFF84), ("half_p", 0xFF8A, 0xFF8E),
    ("dakuten", 0xFF9E, 0xFF9E), ("handakuten", 0xFF9F, 0xFF9F), ("full", 0xFFE0, 0xFFE6), ("broken", 0xFFFD, 0xFFFD),
)
