"""How real texts look: half-width kana, full-width digits, typing mistakes, missing punctuation, shouting."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from random import Random

from vocmine.contacts.simulator.slots import choose, whole

_FULL_DIGITS = {c: chr(c + 0xFEE0) for c in range(0x30, 0x3A)}
_FULL_LATIN = {c: chr(c + 0xFEE0) for c in range(0x21, 0x7F)}
_SLIPS = (
    ("ください", "くださいい"), ("です。", "でし。"), ("しました", "しまsた"), ("ません", "まえん"), ("確認", "確任"),
    ("電話", "電和"), ("対応", "対王"), ("商品", "商品品"), ("届き", "届kい"), ("お願い", "おねがい"),
    ("保証", "補償"), ("機種", "貴種"), ("以降", "意向"), ("交換", "公館"), ("変更", "変こう"), ("料金", "量金"),
    ("設定", "説定"), ("表示", "標示"), ("支払", "支払払"), ("契約", "契役"), ("画面", "画麺"),
)  # fmt: skip
SWAP_CHANCE = 0.45  # of each wording that has another form
# Chances by channel: half-width kana, full-width digits, typing mistake, punctuation dropped, lower case (English).
CHANCES = {
    "call": (0.08, 0.10, 0.07, 0.10, 0.06), "chat": (0.02, 0.03, 0.11, 0.20, 0.22),
    "email": (0.01, 0.06, 0.04, 0.01, 0.02), "social": (0.03, 0.02, 0.10, 0.25, 0.30),
    "survey": (0.02, 0.05, 0.06, 0.10, 0.10), "bot": (0.02, 0.05, 0.06, 0.0, 0.30),
}  # fmt: skip


def _half_width() -> dict[int, str]:
    """Map full-width katakana to half-width, voiced ones to two characters, by asking Unicode backwards."""
    table: dict[int, str] = {}
    for code in range(0xFF66, 0xFF9E):
        for half in (chr(code), chr(code) + "ﾞ", chr(code) + "ﾟ"):
            full = unicodedata.normalize("NFKC", half)
            if len(full) == 1:
                table[ord(full)] = half
    return table


_HALF = _half_width()


def roughen(text: str, channel: str, japanese: bool, random: Random) -> str:
    """Give a text the marks of its channel."""
    kana, digits, slip, bare, lower = CHANCES[channel]
    draws = [random.random() for _ in range(5)]
    if japanese and draws[0] < kana:
        text = text.translate(_HALF)
    if japanese and draws[1] < digits:
        text = text.translate(choose([_FULL_DIGITS, _FULL_LATIN], random))
    if draws[2] < slip:
        text = mistype(text, japanese, random)
    if draws[3] < bare:
        text = _without_marks(text, japanese)
    if not japanese and draws[4] < lower:
        text = text.lower()
    return text


def reword(text: str, swaps: Sequence[Sequence[str]], random: Random) -> str:
    """Replace some wordings by others that say the same."""
    for group in swaps:
        found = next((wording for wording in group if wording in text), None)
        if found is not None and random.random() < SWAP_CHANCE:
            text = text.replace(found, choose(group, random), 1)
    return text


def mistype(text: str, japanese: bool, random: Random) -> str:
    """Make one typing mistake: a wrong conversion, or a letter doubled, lost or swapped."""
    found = [(right, wrong) for right, wrong in _SLIPS if right in text] if japanese else []
    if found:
        right, wrong = choose(found, random)
        return text.replace(right, wrong, 1)
    if len(text) < 6:
        return text
    at = whole(1, len(text) - 3, random)
    a, b = text[at], text[at + 1]
    if not (_is_letter(a) and _is_letter(b)):
        return text
    return text[:at] + choose([a + a + b, b, b + a], random) + text[at + 2 :]


def _is_letter(char: str) -> bool:
    """Tell kana and Latin letters; nobody loses half a Chinese character."""
    return (char.isascii() and char.isalpha()) or "ぁ" <= char <= "ヺ"


def _without_marks(text: str, japanese: bool) -> str:
    if japanese:
        return text.replace("。", " ").replace("、", "").rstrip()
    return text.replace(".", "").replace(",", "")
