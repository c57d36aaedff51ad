"""Durations whose unit stands in the name of their column: ``対応時間(分)``, ``handle time [min]``, ``AHT (hh:mm)``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from vocmine.contacts.cells import fold

HOURS_MINUTES, MINUTES_SECONDS = "hh:mm", "mm:ss"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_CLOCKS = (
    ("hh:mm:ss", re.compile(
        r"h{1,2}[:.]m{1,2}[:.]s{1,2}|時間?[:・./]?分[:・./]?秒|hours?:min(?:ute)?s?:sec(?:ond)?s?"
    )),
    (HOURS_MINUTES, re.compile(
        r"(?<![a-z])\[?h{1,2}\]?[:.]m{1,2}(?![a-z])|時間?[:・./]分|[(\[【<] ?時間?分 ?[)\]】>]|hours?:min(?:ute)?s?"
    )),
    (MINUTES_SECONDS, re.compile(
        r"(?<![a-z])\[?m{1,2}\]?[:.]s{1,2}(?![a-z])|分[:・./]秒|[(\[【<] ?分秒 ?[)\]】>]|min(?:ute)?s?:sec(?:ond)?s?"
    )),
)
# 分 is also a part of words that have nothing to do with minutes: 区分別, 自分, 当日分.
_MINUTES = r"(?<![区部自十身処半配成日月年週件人名])分(?![類析割岐担配野別])"
_MARKS = (
    (1e-9, re.compile(r"ナノ秒|(?<![a-z])(?:ns|nsecs?|nanos|nano-?seconds?)(?![a-z])")),
    (1e-6, re.compile(r"マイクロ秒|(?<![a-z])(?:μs|μsecs?|usecs?|micros|micro-?seconds?)(?![a-z])")),
    (0.001, re.compile(r"ミリ秒|(?<![a-z])(?:ms|msecs?|millis|milli-?seconds?)(?![a-z])")),
    (1.0, re.compile(r"秒|(?<![a-z'’])(?:s|secs?|seconds?)(?![a-z])")),
    (60.0, re.compile(_MINUTES + r"|(?<![a-z'’])(?:m|mins?|minutes?)(?![a-z])")),
    (3600.0, re.compile(
        r"[(\[【<](?:単位 ?[:=]? ?)?時間 ?[)\]】>]|時間数|時間単位|単位 ?[:=]? ?時間"
        r"|(?<![a-z])(?:h|hrs?|hours?)(?![a-z])"
    )),
    (86_400.0, re.compile(r"[(\[【<](?:単位 ?[:=]? ?)?日数? ?[)\]】>]|日数|(?<![a-z])days?(?![a-z])")),
)
_WORDS = {1e-9: "ns", 1e-6: "µs", 0.001: "ms", 1.0: "s", 60.0: "min", 3600.0: "h", 86_400.0: "days"}
_TOLD = {
    **dict.fromkeys(("ms", "msec", "millisecond", "milliseconds", "ミリ秒"), "(ms)"),
    **dict.fromkeys(("s", "sec", "second", "seconds", "秒"), "(s)"),
    **dict.fromkeys(("m", "min", "minute", "minutes", "分"), "(min)"),
    **dict.fromkeys(("h", "hour", "hours", "時間"), "(h)"),
    **dict.fromkeys(("d", "day", "days", "日"), "(days)"),
    **dict.fromkeys(("hh:mm", "h:mm", "時:分"), "(hh:mm)"),
    **dict.fromkeys(("mm:ss", "m:ss", "分:秒"), "(mm:ss)"),
    **dict.fromkeys(("hh:mm:ss", "h:mm:ss", "時:分:秒"), "(hh:mm:ss)"),
}
UNIT_WORDS = tuple(_TOLD)
"""Words for units that a mapping may tell."""
# A unit behind a name without brackets: 対応時間_秒, 待ち時間 分, wait_time_hrs, timestampMs.
_ENDING = re.compile(
    r"(?:[\s_]in)?[\s_\-・:/](?:ミリ秒|秒数?|分|時間|日数"
    r"|ms|msecs?|millis|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)$"
    r"|[\s_](?:\[?[Hh]{1,2}\]?:[Mm]{2}(?::[Ss]{2})?|[Mm]{1,2}:[Ss]{2})$"
    r"|(?<=[a-z])(?:Ms|Sec|Secs|Seconds|Min|Mins|Minutes|Hours|Hrs)$"
)


@dataclass(frozen=True)
class HeaderUnit:
    """The unit of a duration, as a name or a mapping tells it.

    Parameters
    ----------
    seconds : float or None
        Seconds of a bare number; None where no unit is told.
    clock : str
        ``hh:mm``, ``mm:ss``, ``hh:mm:ss``, or empty: what ``1:30`` is.
    word : str
        The unit in short, for messages.
    """

    seconds: float | None = None
    clock: str = ""
    word: str = ""


@cache
def header_unit(header: str) -> HeaderUnit:
    """Find the unit that the name of a column tells.

    Parameters
    ----------
    header : str
        Name of the column.

    Returns
    -------
    HeaderUnit
        Under a name with hours, ``1:30`` is hours and minutes; with another unit, minutes and seconds.

    Examples
    --------
    >>> names = ("対応時間（時:分）", "handleTimeMs", "応対(時間)", "分数", "AHT", "区分別時間")
    >>> [header_unit(name).word for name in names]
    ['hh:mm', 'ms', 'h', 'min', '', '']
    """
    name = re.sub(r"[_\s]+", " ", fold(_CAMEL.sub("_", header)))
    for clock, mark in _CLOCKS:
        if mark.search(name):
            return HeaderUnit(None, clock, clock)
    for seconds, mark in _MARKS:
        if mark.search(name):
            word = _WORDS[seconds]
            return HeaderUnit(seconds, HOURS_MINUTES if seconds >= 3600 else MINUTES_SECONDS, word)
    return HeaderUnit()


def without_unit(header: str) -> str:
    """Give the name of a column without a unit at its end, to look it up among common names.

    Examples
    --------
    >>> [without_unit(name) for name in ("対応時間_秒", "wait time mins", "handleTimeMs", "受付分", "対応時間(分)")]
    ['対応時間', 'wait time', 'handleTime', '受付分', '対応時間(分)']
    """
    return _ENDING.sub("", header.strip()) or header


def told_unit(unit: str) -> HeaderUnit:
    """Read a unit that a mapping tells (``units: {対応時間: 分}``); one that is not known gives none.

    Examples
    --------
    >>> told_unit("hh:mm").clock, told_unit("分").seconds, told_unit("moons").word
    ('hh:mm', 60.0, '')
    """
    return header_unit(_TOLD.get(fold(unit), ""))
