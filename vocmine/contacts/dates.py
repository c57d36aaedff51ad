"""Read dates as Japanese and English exports write them. Never guesses by row: 13/02/2026 is wrong unless told."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_cells, text_of
from vocmine.errors import SettingsError

DEFAULT_TIMEZONE = "Asia/Tokyo"
_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "jst": 540, "est": -300, "edt": -240, "pst": -480, "pdt": -420}
_MONTHS = {name: i + 1 for i, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
)}
_FIRST, _LAST = pd.Timestamp("1950-01-01", tz="UTC"), pd.Timestamp("2101-01-01", tz="UTC")

_WEEKDAY = r"(?: ?\(?(?:[月火水木金土日]曜?日?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\)?)?"
_TIME = (
    r"(?:[t, ]*(?P<noon>午前|午後|am|pm|a\.m\.|p\.m\.)? ?(?P<hour>\d{1,2}) ?[:時h]"
    r" ?(?:(?P<minute>\d{1,2})(?: ?[:分] ?(?:(?P<second>\d{1,2})(?:[.,](?P<part>\d{1,9}))? ?秒?)?)?)?"
    r" ?(?P<noon2>am|pm|a\.m\.|p\.m\.)?)?"
)
_ZONE = r" ?(?P<zone>z|utc|gmt|jst|est|edt|pst|pdt|(?:utc|gmt)?[+-]\d{1,2}:?(?:\d{2})?)?(?: ?\([a-z /_]+\))?"
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_PATTERNS = (
    r"(?P<year>\d{4}) ?[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2}) ?日?" + _WEEKDAY + _TIME + _ZONE,
    r"(?P<era>令和|平成|昭和|[rhs])\.? ?(?P<year>\d{1,2}|元)"
    r" ?[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2}) ?日?" + _WEEKDAY + _TIME + _ZONE,
    r"(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)"
    r"(?:[t _-]?(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?" + _ZONE,
    r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<year>\d{4})" + _WEEKDAY + _TIME + _ZONE,
    r"(?:[a-z]{3,9},? )?(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -]" + _MONTH + r"[ -,]+(?P<year>\d{4})" + _TIME + _ZONE,
    r"(?:[a-z]{3,9},? )?" + _MONTH + r" (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})" + _TIME + _ZONE,
    r"[a-z]{3} " + _MONTH + r" (?P<day>\d{1,2}) (?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})" + _ZONE
    + r" (?P<year>\d{4})",
)
_BARE = r"-?\d+(?:\.\d+)?"


def parse_dates(values: Any, timezone: str = DEFAULT_TIMEZONE, day_first: bool = False) -> pd.DatetimeIndex:
    """Read points in time as UTC.

    ISO 8601, ``2026/11/21 14:30``, ``2026年11月21日14時30分``, Japanese eras, English month names, ``20261121``,
    e-mail and Twitter dates, seconds, milli-, micro- and nanoseconds since 1970, Excel day numbers, typed columns.

    Parameters
    ----------
    values : array-like of shape (n,)
        Cells of a column.
    timezone : str
        Zone of the times that don't name one. Where clocks go back, the first of the two hours is taken; where they go
        forward, a time that does not exist moves to the next one that does.
    day_first : bool
        Whether ``03/04/2026`` is the third of April. Without it, it is March the fourth, and 13/02/2026 is no date:
        reading some rows the one way and some the other would hide mistakes.

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
    >>> parse_dates(["2026-02-30", "13/02/2026", "soon"]).isna().tolist()
    [True, True, True]
    """
    series = values if isinstance(values, pd.Series) else pd.Series(as_cells(values), dtype=object)
    zone = check_timezone(timezone)
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        return _within(_to_utc(pd.DatetimeIndex(series), zone))
    if pd.api.types.is_numeric_dtype(series.dtype):
        return _within(_from_numbers(series.to_numpy(float, na_value=np.nan), zone))
    codes, distinct = pd.factorize(_words(as_cells(series)), use_na_sentinel=False)
    words = pd.Series(distinct, dtype=object)
    out = _from_words(words, zone, day_first)
    bare = words.str.fullmatch(_BARE).to_numpy(bool) & out.isna()
    if bare.any():
        numbers = _from_numbers(np.where(bare, words, np.nan).astype(float), zone)
        out = out.where(~bare, numbers)
    return _within(out)[codes]


def check_timezone(timezone: str) -> str:
    """Give the name of a time zone, or raise SettingsError."""
    try:
        pd.Timestamp("2026-01-01", tz=timezone)
    except (KeyError, ValueError, OSError, TypeError):
        raise SettingsError(
            "unknown time zone", where="timezone", got=repr(timezone), expected="a name such as Asia/Tokyo or UTC"
        ) from None
    return timezone


def _words(cells: np.ndarray) -> np.ndarray:
    """One way of writing for all cells; typed cells of a spreadsheet become ISO text."""
    words = pd.Series([text_of(cell) for cell in cells], dtype=object)
    words = words.str.normalize("NFKC") if len(words) else words
    return words.str.strip().str.lower().str.replace(r"\s+", " ", regex=True).to_numpy(dtype=object)


def _from_words(words: pd.Series, zone: str, day_first: bool) -> pd.DatetimeIndex:
    out = pd.DatetimeIndex(np.full(len(words), np.datetime64("NaT", "us"))).tz_localize("UTC")
    if not len(words):
        return out
    left = np.ones(len(words), bool)
    for pattern in _PATTERNS:
        hit = left & words.str.fullmatch(pattern).to_numpy(bool)
        if hit.any():
            parts = words[hit].str.extract(f"^(?:{pattern})$")
            out = pd.DatetimeIndex(_put(out, hit, _assemble(parts.reset_index(drop=True), zone, day_first)))
            left &= ~hit
    return out


def _put(target: pd.DatetimeIndex, where: np.ndarray, values: pd.DatetimeIndex) -> pd.DatetimeIndex:
    series = pd.Series(target)
    series[where] = values
    return pd.DatetimeIndex(series)


def _assemble(parts: pd.DataFrame, zone: str, day_first: bool) -> pd.DatetimeIndex:
    """Put year, month, day and time together; NaT where there is no such day."""
    def number(name: str) -> pd.Series:
        column = parts.get(name)
        return pd.Series(0.0, parts.index) if column is None else pd.to_numeric(column, errors="coerce").fillna(0.0)

    year = pd.to_numeric(parts["year"].replace("元", "1"), errors="coerce")
    if "era" in parts:
        year = year + parts["era"].map(_ERAS)
    month, day = number("month"), number("day")
    if "a" in parts:
        day, month = (number("a"), number("b")) if day_first else (number("b"), number("a"))
    if "name" in parts:
        month = parts["name"].map(_MONTHS).astype(float)
    date = pd.to_datetime(pd.DataFrame({"year": year, "month": month, "day": day}), errors="coerce").dt.as_unit("us")
    hour = number("hour") + _noon_shift(parts, number("hour"))
    good = hour.between(0, 29) & number("minute").between(0, 59) & number("second").between(0, 60)
    time = hour * 3600 + number("minute") * 60 + number("second")
    local = (date + pd.to_timedelta(time, unit="s")).where(good).dt.as_unit("us")
    fraction = parts.get("part")
    if fraction is not None:
        local = local + pd.to_timedelta(pd.to_numeric("0." + fraction.fillna("0")) * 1e6, unit="us").dt.round("us")
    return _with_zones(pd.DatetimeIndex(local).as_unit("us"), parts.get("zone"), zone)


def _noon_shift(parts: pd.DataFrame, hour: pd.Series) -> pd.Series:
    noon = pd.Series("", parts.index, dtype=object)
    for name in ("noon", "noon2"):
        if name in parts:
            noon = noon + parts[name].fillna("").astype(object).str.replace(".", "", regex=False)
    late, early = noon.isin(["午後", "pm"]) & (hour < 12), noon.isin(["午前", "am"]) & (hour == 12)
    return late * 12.0 - early * 12.0


def _with_zones(local: pd.DatetimeIndex, zones: pd.Series | None, zone: str) -> pd.DatetimeIndex:
    if zones is None or zones.isna().all():
        return _to_utc(local, zone)
    named = zones.notna().to_numpy()
    minutes = zones.fillna("z").map(_offset_minutes).to_numpy(float)
    told = pd.DatetimeIndex(local - pd.to_timedelta(minutes, unit="m")).as_unit("us").tz_localize("UTC")
    return told.where(named, _to_utc(local, zone))


def _offset_minutes(zone: str) -> float:
    if zone in _ZONES:
        return _ZONES[zone]
    sign, digits = re.fullmatch(r"(?:utc|gmt)?([+-])([\d:]+)", zone).groups()  # type: ignore[union-attr]
    hours, _, minutes = digits.partition(":")
    if not minutes and len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    total = int(hours) * 60 + int(minutes or 0)
    return float("nan") if total > 14 * 60 else (-total if sign == "-" else total)


def _to_utc(times: pd.DatetimeIndex, zone: str) -> pd.DatetimeIndex:
    times = times.as_unit("us")
    if times.tz is None:
        times = times.tz_localize(zone, ambiguous=np.ones(len(times), bool), nonexistent="shift_forward")
    return times.tz_convert("UTC")


def _from_numbers(numbers: np.ndarray, zone: str) -> pd.DatetimeIndex:
    """Since 1970 by size, or Excel's days since 1899-12-30 (spreadsheet times are local)."""
    out = pd.DatetimeIndex(np.full(len(numbers), np.datetime64("NaT", "us"))).tz_localize("UTC")
    for low, high, unit in ((1e8, 1e10, 1.0), (1e11, 1e13, 1e3), (1e14, 1e16, 1e6), (1e17, 1e19, 1e9)):
        fits = (numbers >= low) & (numbers < high)
        micros = np.where(fits, np.round(np.where(fits, numbers, 0) / unit * 1e6), 0).astype("int64")
        out = out.where(~fits, pd.DatetimeIndex(micros.astype("datetime64[us]")).tz_localize("UTC"))
    excel = (numbers >= 20_000) & (numbers < 80_000)
    seconds = np.round(np.where(excel, numbers, 0) * 86_400).astype("int64")
    local = pd.DatetimeIndex(np.datetime64("1899-12-30", "us") + (seconds * 1_000_000).astype("timedelta64[us]"))
    return out.where(~excel, _to_utc(local, zone))


def _within(times: pd.DatetimeIndex) -> pd.DatetimeIndex:
    inside = np.asarray((times >= _FIRST) & (times < _LAST))
    return pd.DatetimeIndex(times.where(inside)).as_unit("us")
