"""Text that was decoded with the wrong encoding before it came here."""

from __future__ import annotations

import re

import numpy as np

# What UTF-8 kana and kanji look like when read as CP932 or Latin-1, and CP932 as Latin-1; EUC-JP read as CP932 is
# nearly all half-width kana. A mere look: the round trip below decides.
_LOOKS = re.compile(
    r"[縺繧繝譁蜿荳]|[ÃãâåæäÂ][\x80-\xbf€-™]|[‚ƒ][^\x00-\x7f]|[\uff61-\uff9f]{2}|[ÀÁ¤¥][^\x00-\x7f]|[\ufffd\x80-\x9f]"
)
_TRIPS = (("cp932", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("cp1252", "cp932"), ("latin-1", "cp932"),
          ("cp932", "euc_jp"), ("latin-1", "euc_jp"))
_LOST = "\ufffd"
_KANA = re.compile(r"[\u3041-\u30ff]")
_COMMON = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff\u3000-\u303f\uff01-\uff5eA-Za-z0-9\s!-/:-@\[-`{-~]")


def find_mojibake(texts: np.ndarray) -> np.ndarray:
    """Tell which texts are mojibake.

    A text is, if reading its bytes back the other way gives clearly more plausible text, or if one character in ten is
    the replacement character.

    Parameters
    ----------
    texts : ndarray of str, shape (n,)

    Returns
    -------
    ndarray of bool, shape (n,)

    Examples
    --------
    >>> broken = "料金が高いです。".encode().decode("cp932", "replace")
    >>> find_mojibake(np.array([broken, "料金が高いです。", "Ｗｉ-Ｆｉがつながらないｱﾌﾟﾘ", "café €5"])).tolist()
    [True, False, False, False]
    """
    looks = (not text.isascii() and bool(_LOOKS.search(text)) and _is_mojibake(text) for text in texts)
    return np.fromiter(looks, dtype=bool, count=len(texts))


def find_damaged(texts: np.ndarray) -> np.ndarray:
    """Tell which texts lost some characters (U+FFFD)."""
    return np.array([_LOST in text for text in texts], dtype=bool)


def _is_mojibake(text: str) -> bool:
    if text.count(_LOST) * 10 >= len(text):
        return True
    now = _plausible(text)
    return any(_plausible(_back(text, wrong, right)) > now + 0.3 for wrong, right in _TRIPS)


def _back(text: str, wrong: str, right: str) -> str:
    """Undo a wrong decoding; empty where more than a few characters don't fit."""
    known = text.replace(_LOST, "").replace("・", "") if wrong == "cp932" else text.replace(_LOST, "")
    data = known.encode(wrong, "ignore")
    if len(data) < 0.9 * len(known):
        return ""
    back = data.decode(right, "replace")
    if right == "euc_jp" and not _KANA.search(back):
        return ""  # half-width kana such as ｴﾗｰ also read as rare kanji; real EUC-JP has kana in it
    lost = back.count(_LOST)
    return "" if lost * 2 > len(back) or not back.strip(_LOST) else back.replace(_LOST, "")


def _plausible(text: str) -> float:
    """Share of everyday characters, half-width kana and rare signs not counted; a text with kana gets a bonus."""
    body = [c for c in text if not c.isspace()]
    if not body:
        return 0.0
    common = sum(bool(_COMMON.match(c)) for c in body) / len(body)
    kana = len(_KANA.findall(text)) / len(body)
    return common + min(kana, 0.5)
