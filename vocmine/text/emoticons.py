"""Emoji, kaomoji and Western smileys: where they stand in a text, and what they mean.

Sudachi knows many of them as words and cuts the others to pieces, whose letters would look like terms. Here a face is
told by its parts, which `emoji.tsv` lists: (´；ω；｀), ( ;∀;) and ;_; are sad.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vocmine.text.lexicon import read_table

# every branch begins with a plain character, so that texts without faces are passed over quickly
_MAY = re.compile(r"\(|\^\^|\^_|\^-|\^o|T_T|T-T|;_;|>_<|><|orz|OTL|:-|:\)|:D|;-|;\)|<3|=\)")
_FACE = re.compile(
    r"[ヽ\\m╯¯_/<]{0,4}\((?P<inside>[^()\n]{1,12})\)[ノ/╯ヾゞm゛>¯_\\]{0,4}|(?<![A-Za-z0-9^])\^[_o▽ω-]?\^;?|(?<![A-Za-z0-9_])T[_-]T(?![A-Za-z0-9_])|;_;|>_?<"
    r"|(?<![A-Za-z])(?:orz|OTL)(?![A-Za-z])|(?<![A-Za-z0-9:])[:;=]-?[)(DP](?![\w(])|(?<![\w<])<3(?![ ]?\w)"
)
_MAY_EMOJI = re.compile("[\U0001F300-\U0001FAFF\u2600-\u27BF\u2b50]")
_SKIN = "[\U0001F3FB-\U0001F3FF]*"
_WORDS = re.compile(r"[ぁ-ゖァ-チテ-ネハ-ヺ一-鿿㐀-䶿]|[B-CE-NP-SU-Zb-ce-np-su-z]{2}|\d")

_TYPICAL = {
    "emoji_joy": "😊", "emoji_anger": "😡", "emoji_sad": "😢", "emoji_doubt": "🤔", "emoji_thanks": "🙏",
    "kao_joy": "(^_^)", "kao_sweat": "(^_^;)", "kao_anger": "(`Д´)", "kao_sad": "(;_;)", "kao_doubt": "(?_?)",
    "kao_sorry": "m(__)m",
}
_ROUND = {ord(mark): "゜" for mark in "ﾟ\u309a°"}


def find_faces(text: str) -> Iterator[tuple[int, int, str]]:
    """Give start, end and meaning of the faces in a normalised text; those whose meaning no list has are left out.

    Examples
    --------
    >>> list(find_faces("届かない( ;∀;)"))
    [(4, 10, 'kao_sad')]
    >>> list(find_faces("色(黒)と(2)"))
    []
    >>> list(find_faces("最高👍🏽👍🏽"))
    [(2, 6, 'emoji_joy')]
    """
    if _MAY_EMOJI.search(text):
        for match in _emoji_runs().finditer(text):
            yield match.start(), match.end(), _emoji()[match.group()[0]]
    if _MAY.search(text) is None:
        return
    for match in _FACE.finditer(text):
        inside = match["inside"]
        if inside is None or not _WORDS.search(inside):
            meaning = _meaning(match.group())
            if meaning:
                yield match.start(), match.end(), meaning


def typical_face(meaning: str) -> str:
    """Give a face that has a meaning, for people to read; what is none stays as it is.

    Examples
    --------
    >>> typical_face("kao_sad"), typical_face("emoji_anger"), typical_face("返金")
    ('(;_;)', '😡', '返金')
    """
    return _TYPICAL.get(meaning, meaning)


@lru_cache(maxsize=1)
def _emoji() -> dict[str, str]:
    return {part: meaning for meaning, parts in read_table("emoji.tsv") for part in parts.split() if len(part) == 1}


@lru_cache(maxsize=1)
def _emoji_runs() -> re.Pattern[str]:
    """Give the pattern of one emoji, or the same again and again, in any colour of skin."""
    return re.compile(rf"([{re.escape(''.join(_emoji()))}]){_SKIN}(?:\1{_SKIN})*")


@lru_cache(maxsize=1)
def _parts() -> list[tuple[str, str]]:
    """Give the parts of faces, longest first, and what each means."""
    rows = [(part.translate(_ROUND), meaning) for meaning, parts in read_table("emoji.tsv") for part in parts.split()]
    return sorted(((part, meaning) for part, meaning in rows if len(part) > 1), key=lambda row: -len(row[0]))


@lru_cache(maxsize=5_000)
def _meaning(face: str) -> str:
    plain = face.replace(" ", "").translate(_ROUND)
    return next((meaning for part, meaning in _parts() if part in plain), "")
