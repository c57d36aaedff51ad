"""Day lines of a LINE talk history, whose weekday tells in which order month and day stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

_WEEKDAYS = ("月一mon", "火二tue", "水三wed", "木四thu", "金五fri", "土六sat", "日日sun")
_WORD = (
    r"[(\uff08]?\s*(?P<{name}>[月火水木金土日]曜?日?|(?:週|周|星期|禮拜)[一二三四五六日]"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\.?\s*[)\uff09]?"
)
_YEAR_FIRST = (
    r"(?P<year>\d{4})\s?[./年-]\s?(?P<month>\d{1,2})\s?[./月-]\s?(?P<day>\d{1,2})\s?日?[\s,]*" + _WORD.format(name="w1")
)
_YEAR_LAST = _WORD.format(name="w2") + r",?\s*(?P<a>\d{1,2})[./-](?P<b>\d{1,2})[./-](?P<year2>\d{4})"
DAY_LINE = re.compile(f"(?:{_YEAR_FIRST}|{_YEAR_LAST})", re.IGNORECASE)
"""``2026/04/01(水)``, ``2026.04.01 水曜日``, ``2026年4月1日(水)``, ``Wed, 4/1/2026``, ``2026/04/01(週三)``."""


def ordered_days(lines: Sequence[str], notes: Notes) -> list[str]:
    """Read day lines as ISO dates; the weekdays tell whether ``Wed, 4/1/2026`` has the month first or the day.

    Parameters
    ----------
    lines : sequence of str
        Lines that `DAY_LINE` matches.
    notes : Notes
        Where the doubt goes if both orders fit all weekdays; the month is then taken to come first.

    Raises
    ------
    ContactError
        If the weekdays fit neither order, or a date does not exist.

    Examples
    --------
    >>> ordered_days(["Wed, 4/1/2026", "Thu, 4/2/2026"], Notes()), ordered_days(["Wed, 01/04/2026"], Notes())
    (['2026-04-01', '2026-04-02'], ['2026-04-01'])
    """
    read = {}
    for line in dict.fromkeys(lines):
        mark = DAY_LINE.fullmatch(line)
        if mark is None:
            raise ContactError("no day of a LINE talk", got=line[:40], expected="2026/04/01(水)")
        read[line] = _orders(mark)
    fitting = [order for order in (0, 1) if all(days[order][1] for days in read.values())]
    if not fitting:
        wrong = next(line for line, days in read.items() if not days[0][1])
        raise ContactError("a day that its weekday does not fit", where="LINE talk history", got=wrong)
    chosen = {line: days[fitting[0]][0] for line, days in read.items()}
    both = [line for line, days in read.items() if len(fitting) == 2 and days[0][0] != days[1][0]]
    if both:
        notes.doubt("day_or_month_first", "created_at", rows=len(both), shown=both[0].replace(",", ""))
    return [chosen[line] for line in lines]


def _orders(mark: re.Match[str]) -> tuple[tuple[str, bool], tuple[str, bool]]:
    """Give the date and whether its weekday fits, with the month first and with the day first."""
    if mark["year"]:
        day = _day(int(mark["year"]), int(mark["month"]), int(mark["day"]))
        read = (day.isoformat(), True) if day else ("", False)
        return read, read
    year, a, b = int(mark["year2"]), int(mark["a"]), int(mark["b"])
    return _fit(_day(year, a, b), mark["w2"]), _fit(_day(year, b, a), mark["w2"])


def _fit(day: date | None, weekday: str) -> tuple[str, bool]:
    if day is None:
        return "", False
    word = re.sub(r"^(?:週|周|星期|禮拜)", "", weekday.casefold())
    known = _WEEKDAYS[day.weekday()]
    return day.isoformat(), word[:3] == known[2:] or word[0] in known[:2]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
