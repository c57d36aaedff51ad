"""What is typical of the texts of a topic: words in any spelling, and short texts said as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vocmine.topics.naming.phrases import without_addresses

_LEAST, _MOST = 2, 3  # texts or letters that a form needs; forms named
_CHARACTERS, _WORDS = 12, 4  # of a text that may stand as a name
_KANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_KANJI = re.compile(r"[一-龥々]")
_HIRAGANA = re.compile(r"[ぁ-ん]+")
_PLAIN = re.compile(r"[\w'’ーぁ-んァ-ヶ一-龥々]+(?: [\w'’]+)*")


def is_redundant(word: str, phrase: str) -> bool:
    """Whether one says the other, in any spelling: capitals, kana and the kana after kanji make no difference.

    Examples
    --------
    >>> pairs = [("QR決済", "qr"), ("Wi-Fi", "wifi"), ("オススメ", "おすすめ"), ("取り付け", "取付"), ("部屋", "風呂")]
    >>> [is_redundant(word, phrase) for word, phrase in pairs]
    [True, True, True, True, False]
    """
    a, b = _folded(word), _folded(phrase)
    return a in b or b in a or (len(_KANJI.findall(a)) > 1 and _HIRAGANA.sub("", a) == _HIRAGANA.sub("", b))


def _folded(word: str) -> str:
    return "".join(c for c in word.casefold().translate(_KANA) if c.isalnum())


def typical_texts(texts: Sequence[str]) -> list[str]:
    """Give short texts said as a whole, at most three, the most usual first; then those nearest the middle.

    Examples
    --------
    >>> typical_texts(["改善して下さい", "早急に改善をお願いできないものでしょうか", "特にないです!", "特にないです"])
    ['特にないです', '改善して下さい']
    >>> typical_texts(["@ShopCare Thank you!", "why"])
    ['Thank you']
    """
    short: dict[str, list[str]] = {}
    for whole in map(whole_text, texts):
        if whole:
            short.setdefault(whole.casefold(), []).append(whole)
    usual = [forms for forms in short.values() if len(forms) > 1 or " " in forms[0] or not forms[0].isascii()]
    return [forms[0] for forms in sorted(usual, key=len, reverse=True)[:_MOST]]


def whole_text(text: str) -> str:
    """Give a text without addresses and marks at its ends where it is short enough for a name, else nothing.

    Examples
    --------
    >>> whole_text("@ShopCare Thank you!! https://t.co/x"), whole_text("どうしてこうなったのか説明してください")
    ('Thank you', '')
    """
    found = _PLAIN.findall(without_addresses(text))
    if len(found) != 1 or found[0].isdigit() or len(found[0]) < _LEAST:
        return ""
    is_short = len(found[0].split()) <= _WORDS if found[0].isascii() else len(found[0]) <= _CHARACTERS
    return str(found[0]) if is_short else ""
