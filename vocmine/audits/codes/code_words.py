"""An agent's code as its words: width, numbers and marks left out, levels apart; what says "other" or nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources

_LEVEL = re.compile(r"\s*(?:[>»›→|/\\\n]|::|\s[-–—]\s)\s*")
_BRACKETED = re.compile(
    r"^\s*[\[(【〔<]\s*[a-z]{0,3}[-_.]?\d*\s*[\])】〕>]\s*|\s*[\[(〔]\s*[a-z]{0,3}[-_.]?\d+\s*[\])〕]\s*$"
)
# A-3 解約, 01:料金, 1001 開始, G01_起動, B：返品, No.5 ...; but not 5G, 2段階認証, 24時間
_NUMBER = re.compile(
    r"^(?:(?:no|code|コード)?[.\s]*[a-z]{0,3}[-_.]?\d+(?:[-_.]\d+)*(?:\s*[.:)、,_\-]\s*|\s+)"
    r"|\d{2,}(?=[^\W\d_a-z])(?!時間|日|年|分|秒|円|歳|代)|0\d(?=\D)"
    r"|[a-z](?:\s*[:)、]\s*|\.\s+|\s*-\s+)|[a-z](?=\s+[^\W\d_a-z])\s+|[ア-ン](?:\s*[:)、.]\s*|\s+))"
)
_BARE = re.compile(r"[\d ]*|[a-z]{1,2} ?\d+")  # 1001, A-3: a number and no words
_CIRCLED = re.compile(r"^[①-⓿㊀-㊰]\s*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")
_NOTE = re.compile(r"\s*\([^()]*\)\s*")
_SEPARATORS = re.compile(r"\s*[>»›→|/\\::]+\s*")


def code_key(code: str) -> str:
    """Fold a code for looking it up: width, case, spaces, marks between levels, zeros before a bare number.

    Examples
    --------
    >>> code_key(" ０１：料金照会 ") == code_key("01:料金照会"), code_key("007"), code_key("7.0")
    (True, '7', '7')
    """
    folded = " ".join(unicodedata.normalize("NFKC", code).casefold().split())
    number = re.fullmatch(r"0*(\d+)(?:\.0+)?", folded)
    return number[1] if number else _SEPARATORS.sub(">", folded)


def code_levels(code: str) -> tuple[str, ...]:
    """Give the words of each level of a code, the widest first, without numbers and marks.

    Examples
    --------
    >>> code_levels("０１：料金照会"), code_levels("A-3 解約"), code_levels("料金＞請求＞二重")
    (('料金照会',), ('解約',), ('料金', '請求', '二重'))
    >>> code_levels("BILL-REFUND"), code_levels("change_of_plan"), code_levels("2段階認証"), code_levels("1001")
    (('bill refund',), ('change of plan',), ('2段階認証',), ())
    """
    text = _CIRCLED.sub("", code.strip())
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))
    plain = (_plain(part) for part in _LEVEL.split(_stripped(text.casefold())))
    return tuple(part for part in plain if part)


def _stripped(text: str) -> str:
    return _NUMBER.sub("", _BRACKETED.sub("", text).strip()).strip()


def _plain(part: str) -> str:
    part = _stripped(part.strip())
    if not _JAPANESE.search(part):
        part = re.sub(r"[-_]+", " ", part)
    part = part.strip(" _-.:、。*※・")
    return "" if _BARE.fullmatch(part) else " ".join(part.split())


@cache
def _words(kind: str) -> frozenset[str]:
    import yaml

    text = resources.files("vocmine.audits").joinpath("data", "codes.yaml").read_text(encoding="utf-8")
    return frozenset(code_key(str(word)) for word in yaml.safe_load(text)[kind])


def says_other(code: str) -> bool:
    """Tell whether a code says "other": what its contacts are about can only be read in their texts.

    Examples
    --------
    >>> [says_other(code) for code in ("99:その他", "Z その他問合せ", "General > Misc", "料金", "")]
    [True, True, True, False, False]
    """
    return _last_is(code, "other")


def says_nothing(code: str) -> bool:
    """Tell whether a code says how a contact went, or that it was none, and nothing of its reason.

    Examples
    --------
    >>> [says_nothing(code) for code in ("98:間違い電話", "Spam", "折返し", "返品")]
    [True, True, True, False]
    """
    return _last_is(code, "nothing")


def _last_is(code: str, kind: str) -> bool:
    whole = code_key(_NOTE.sub("", unicodedata.normalize("NFKC", code)))
    levels = code_levels(code)
    last = code_key(_NOTE.sub("", levels[-1])) if levels else ""
    parts = last.split("-") if last else []
    known = _words(kind)
    return whole in known or last in known or (bool(parts) and all(part in known for part in parts))
