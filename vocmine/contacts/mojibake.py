"""Text that was decoded with the wrong encoding before it came here."""

from __future__ import annotations

import re

import numpy as np

from vocmine.contacts.encoding_evidence import description_bits

# Where a wrong decoding may be: UTF-8 kana and kanji read as CP932, two different signs of Windows-1252 side by side,
# half-width kana, kanji inside Latin words, lost and control characters. A mere look: the way back below decides.
_LATIN = "\x80-\xff\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
_STRANGE = re.compile(
    rf"[縺繧繝譁蜿荳窶\x80-\x9f\ue000-\uf8ff\ufffd]|([{_LATIN}])(?!\1)[{_LATIN}]|[!-~][\uff61-\uff9f]"
    r"|[A-Za-z][\u4e00-\u9fff][ A-Za-z]|[\u8700-\u8fff]{2}"
)
# Read as, written as, bits by which the way back must be plainer. Latin letters beside kanji (A店 B店) are usual.
_TRIPS = (("cp932", "utf-8", 12), ("cp1252", "utf-8", 12), ("cp1252", "cp932", 12), ("cp932", "euc_jp", 12),
          ("cp1252", "euc_jp", 12), ("cp932", "cp1252", 18))
_LOST, _LOSS = "\ufffd", 8.0  # bits that each lost character costs the way back
_WELL = 6.3  # bits a character; EUC-JP read as CP932 is half-width kana too, but every second one is a ､
_HALF_KANA, _HALF_STOPS = re.compile("[\uff61-\uff9f]"), re.compile("[\uff61-\uff65]")
_RUN = re.compile("[\uff61-\uff9f]{2}")


def find_mojibake(texts: np.ndarray) -> np.ndarray:
    """Tell which texts are mojibake.

    A text is, if reading its bytes back the other way gives text that takes clearly fewer bits to describe, or if one
    character in ten is the replacement character.

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
    looks = (not text.isascii() and _is_mojibake(text) for text in texts)
    return np.fromiter(looks, dtype=bool, count=len(texts))


def find_damaged(texts: np.ndarray) -> np.ndarray:
    """Tell which texts lost some characters (U+FFFD)."""
    return np.array([_LOST in text for text in texts], dtype=bool)


def _is_mojibake(text: str) -> bool:
    if _LOST in text and text.count(_LOST) * 10 >= len(text):
        return True
    if not _STRANGE.search(text) and (not _RUN.search(text) or _reads_well(text)):
        return False
    return any(_bits_saved(text, wrong, right) > clearly for wrong, right, clearly in _TRIPS)


def _reads_well(text: str) -> bool:
    """Tell sound half-width kana without trying each way back: that takes long where many texts have them."""
    kana, stops = len(_HALF_KANA.findall(text)), len(_HALF_STOPS.findall(text))
    return stops * 5 <= kana and description_bits(text) <= _WELL * len(text)


def _bits_saved(text: str, wrong: str, right: str) -> float:
    """Undo a wrong decoding; give the bits it saves: none where more than a few characters don't fit."""
    known = text.replace(_LOST, "").replace("・", "") if wrong == "cp932" else text.replace(_LOST, "")
    data = _as_bytes(known, wrong)
    if data is None:
        return 0.0
    back = data.decode(right, "replace")
    lost = back.count(_LOST)
    if lost * 2 > len(back) or not back.strip(_LOST) or (lost and _LOST not in text and right != "utf-8"):
        return 0.0
    if lost >= sum(c > "\x7f" and c != _LOST for c in back):  # signs that became nothing: no way back
        return 0.0
    return description_bits(known) - description_bits(back.replace(_LOST, "")) - _LOSS * lost


def _as_bytes(text: str, encoding: str) -> bytes | None:
    """Give the bytes that were read in this encoding; what it leaves out of 80 to 9F stands for itself."""
    if encoding == "cp1252":
        data = b"".join(
            c.encode("latin-1") if "\x80" <= c <= "\x9f" else c.encode(encoding, "ignore") for c in text
        )
    else:
        data = text.encode(encoding, "ignore")
    fits = sum(len(c.encode(encoding, "ignore")) > 0 or "\x80" <= c <= "\x9f" for c in set(text))
    return data if fits >= 0.9 * len(set(text)) else None
