"""Read dates as Japanese and English exports write them. Never guesses by row: 13/02/2026 is wrong unless told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_cells, as_series
from vocmine.contacts.date_words import EITHER, NUMBERS, SHORT, DateWords, date_words
from vocmine.errors import SettingsError

DEFAULT_TIMEZONE = "Asia/Tokyo"
_FIRST, _LAST = pd.Timestamp("1950-01-01", tz="UTC"), pd.Timestamp("2101-01-01", tz="UTC")
_DAY = 86_400_000_000


@dataclass(frozen=True)
class DateStyle:
    """What the cells of a column do not say themselves.

    Parameters
    ----------
    zone : str
        Zone of times that name none.
    day_first : bool or None
        Whether ``03/04/2026`` is the third of April; if None, only ``04/04/2026`` is read.
    short : str
        Order of dates whose year has two digits: ``ymd``, ``dmy``, ``mdy``; none of them is read if empty.
    own_words : frozenset of str
        Abbreviations that mean `zone` here though they are used for several, such as ``cst`` where a mapping tells
        America/Chicago.
    """

    zone: str = DEFAULT_TIMEZONE
    day_first: bool | None = False
    short: str = ""
    own_words: frozenset[str] = frozenset()


def parse_dates(values: Any, timezone: str = DEFAULT_TIMEZONE, day_first: bool = False) -> pd.DatetimeIndex:
    """Read points in time as UTC.

    ISO 8601, ``2026/11/21 14:30``, ``2026年11月21日14時30分``, Japanese eras, English month names, ``20261121``,
    e-mail and Twitter dates, seconds, milli-, micro- and nanoseconds since 1970, Excel day numbers, typed columns. A
    zone behind the time counts, in brackets or not; a bracket that is neither zone nor weekday makes it no date.

    Parameters
    ----------
    values : array-like of shape (n,)
        Cells of a column.
    timezone : str
        Zone of the times that don't name one. Where clocks go back, the first of the two hours is taken; where they go
        forward, a time that does not exist moves to the next one that does.
    day_first : bool
        Whether ``03/04/2026`` is the third of April. Without it, it is March the fourth, and 13/02/2026 is no date:
        reading some rows the one way and some the other would hide mistakes. `vocmine.contacts.judges.dates` judges a
        column whole.

    Returns
    -------
    DatetimeIndex of shape (n,)
        UTC, microseconds; NaT where it is no date, or lies outside 1950 to 2100.

    Raises
    ------
    SettingsError
        If the zone is not known.

    Examples
    --------
    >>> written = ["2026/11/21 14:30", "令和8年11月21日 午後2時30分", "2026-11-21T05:30:00Z", "1795239000"]
    >>> parse_dates(written).strftime("%H:%M").tolist()
    ['05:30', '05:30', '05:30', '05:30']
    >>> parse_dates(["2026/11/21 2:30 午後 GMT+9", "2026-11-21 00:30 (EST)"]).strftime("%H:%M").tolist()
    ['05:30', '05:30']
    >>> parse_dates(["2026-02-30", "13/02/2026", "2026-02-03 (soon)"]).isna().tolist()
    [True, True, True]
    """
    return read_dates(values, DateStyle(check_timezone(timezone), day_first))


def read_dates(values: Any, style: DateStyle) -> pd.DatetimeIndex:
    """Read points in time as UTC, in a style that was told or judged.

    Parameters
    ----------
    values : array-like of shape (n,)
        Cells of a column.
    style : DateStyle
        Zone and order.

    Returns
    -------
    DatetimeIndex of shape (n,)
        UTC, microseconds; NaT where it is no date.

    Examples
    --------
    >>> read_dates(["03/04/2026 9:00", "13/04/2026 9:00"], DateStyle("UTC", day_first=True)).month.tolist()
    [4, 4]
    """
    series = as_series(values)
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        return within_range(to_utc(pd.DatetimeIndex(series), style.zone))
    return times_of(date_words(as_cells(series)), len(series), style)


def times_of(groups: Sequence[DateWords], n: int, style: DateStyle) -> pd.DatetimeIndex:
    """Put the parts of `n` cells together as UTC; NaT where there is no such day, and for cells in no group."""
    micros = np.full(n, np.iinfo("int64").min, dtype="int64")
    for words in groups:
        micros[words.rows] = _group_micros(words, style)
    return within_range(pd.DatetimeIndex(micros.view("datetime64[us]")).tz_localize("UTC"))


def local_micros(words: DateWords, day_first: bool | None, short: str) -> np.ndarray:
    """Give the microseconds since 1970 on the clock that was written; the least int where there is no such time."""
    year, month, day = ordered(words, day_first, short)
    none = np.iinfo("int64").min
    good = (words.micros >= 0) & (year >= 1900) & (year <= 2200)
    good &= (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(good, day - 1, 0).astype("timedelta64[D]")
    good &= days.astype("datetime64[M]") == months
    return np.where(good, days.astype("int64") * _DAY + words.micros, none)


def ordered(
    words: DateWords, day_first: bool | None, short: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give year, month and day in the order told; zeros where the order is not known."""
    parts = words.parts
    if words.kind == EITHER:
        if day_first is None:
            same = np.where(parts["a"] == parts["b"], parts["a"], 0)
            return parts["year"], same, same
        return (parts["year"], parts["b"], parts["a"]) if day_first else (parts["year"], parts["a"], parts["b"])
    if words.kind == SHORT:
        if not short:
            nothing = np.zeros(len(words.rows), dtype="int64")
            return nothing, nothing, nothing
        three = dict(zip(short, (parts["a"], parts["b"], parts["c"]), strict=True))
        return 2000 + three["y"], three["m"], three["d"]
    return parts["year"], parts["month"], parts["day"]


def check_timezone(timezone: str) -> str:
    """Give the name of a time zone, or raise SettingsError."""
    try:
        pd.Timestamp("2026-01-01", tz=timezone)
    except (KeyError, ValueError, OSError, TypeError):
        raise SettingsError(
            "unknown time zone", where="timezone", got=repr(timezone), expected="a name such as Asia/Tokyo or UTC"
        ) from None
    return timezone


def to_utc(times: pd.DatetimeIndex, zone: str) -> pd.DatetimeIndex:
    """Bring times to UTC; those without a zone are on the clocks of `zone`."""
    times = times.as_unit("us")
    if times.tz is None:
        times = times.tz_localize(zone, ambiguous=np.ones(len(times), bool), nonexistent="shift_forward")
    return times.tz_convert("UTC")


def within_range(times: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Leave out what is before 1950 or after 2100."""
    inside = np.asarray((times >= _FIRST) & (times < _LAST))
    return pd.DatetimeIndex(times if inside.all() else times.where(inside)).as_unit("us")


def _group_micros(words: DateWords, style: DateStyle) -> np.ndarray:
    if words.kind in NUMBERS:
        return words.micros
    micros = local_micros(words, style.day_first, style.short).copy()
    for i, tail in enumerate(words.tails):
        zone = tail.zone or style.zone
        mine = words.tail == i if len(words.tails) > 1 else np.ones(len(micros), dtype=bool)
        if tail.trouble and not (tail.trouble == "several" and tail.word in style.own_words):
            micros[mine] = np.iinfo("int64").min
        elif zone != "UTC":
            local = pd.DatetimeIndex(micros[mine].view("datetime64[us]"))
            micros[mine] = to_utc(local, zone).tz_localize(None).to_numpy("datetime64[us]").view("int64")
    return micros
