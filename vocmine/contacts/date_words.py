"""Ways to write a date, as patterns, and their parts as arrays: whole columns at once, nothing decided yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings
from vocmine.contacts.zones import ZoneWord, zone_behind

# Kinds of writing. The order of day and month is open in "either", that of year and day too in "short".
YEAR_FIRST, ERA, DIGITS, EITHER, BY_NAME, SHORT = "year first", "era", "digits", "either", "month by name", "short"
NUMBERS = ("seconds since 1970", "milliseconds since 1970", "microseconds since 1970", "nanoseconds since 1970")
EXCEL = "days of a spreadsheet"

_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
_MONTHS = {name: i + 1 for i, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
)}
_WEEKDAY = r"(?: ?\(?(?:[月火水木金土日](?:曜?日?)(?:[・,]?祝日?)?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\)?)?"
_NOON = r"午前|午後|am|pm|a\.m\.|p\.m\."
_CLOCK = (
    r"(?P<noon>" + _NOON + r")? ?(?P<hour>\d{1,2}) ?(?:[:h]|時台?)"
    r" ?(?:(?P<minute>\d{1,2})(?: ?[:分] ?(?:(?P<second>\d{1,2})(?:[.,](?P<part>\d{1,9}))? ?秒?)?)?)?"
    r" ?(?P<noon2>(?:am|pm)\b|a\.m\.|p\.m\.|午前|午後)?"  # not the am of America/New_York
)
_TIME = r"(?:(?:[t, ]|at )*" + _CLOCK + ")?"
_TAIL = r"(?P<tail>.*)"
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_BEFORE = r"(?:[a-z]{3,9}\.?,? )?"
# A time of day from a column of its own may stand behind the midnight of a typed date.
_MIDNIGHT = r"(?: ?00:00:00 )?"
_PATTERNS: tuple[tuple[str, str], ...] = (
    # The commonest forms once more, without anything optional inside, as that is read faster.
    (YEAR_FIRST, r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
     r"[ t](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?P<tail>z?)"),
    (YEAR_FIRST, r"(?P<year>\d{4}) ?[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2}) ?日?"
     + _WEEKDAY + _MIDNIGHT + _TIME + _TAIL),
    (ERA, r"(?P<era>令和|平成|昭和|[rhs])\.? ?(?P<year>\d{1,2}|元)"
     r" ?[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2}) ?日?" + _WEEKDAY + _TIME + _TAIL),
    (DIGITS, r"(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)[t ]+" + _CLOCK + _TAIL),
    (DIGITS, r"(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)"
     r"(?:[t _-]?(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?(?P<tail>(?:[^\d.:].*)?)"),
    (EITHER, r"(?P<a>\d{1,2})(?:[-/]|(?P<dot>\.))(?P<b>\d{1,2})[-/.](?P<year>\d{4})" + _WEEKDAY + _TIME + _TAIL),
    (BY_NAME, _BEFORE + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -]" + _MONTH + r"[ ,-]+(?P<year>\d{4})" + _TIME + _TAIL),
    (BY_NAME, _BEFORE + _MONTH + r" (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})" + _TIME + _TAIL),
    (BY_NAME, r"[a-z]{3} " + _MONTH + r" (?P<day>\d{1,2}) (?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})"
     r" ?(?P<tail>[a-z]*(?:[+-]\d{1,2}:?(?:\d{2})?)?) (?P<year>\d{4})"),
    # As Oracle writes it: 03-APR-26 09.15.00.000000 PM.
    (BY_NAME, r"(?P<day>\d{1,2})-" + _MONTH + r"-(?P<short>\d{2}) (?P<hour>\d{1,2})\.(?P<minute>\d{2})"
     r"\.(?P<second>\d{2})(?:\.(?P<part>\d{1,9}))? ?(?P<noon2>(?:am|pm)\b|)" + _TAIL),
    (BY_NAME, r"(?P<day>\d{1,2})-" + _MONTH + r"-(?P<short>\d{2})" + _TIME + _TAIL),
    (SHORT, r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<c>\d{2})" + _WEEKDAY + _TIME + _TAIL),
)
_NUMBER = r"^(?:0|[1-9]\d{0,18})(?:\.\d+)?$"
_HOURS_AS_NUMBER = r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])$"
_SIZES = ((1e8, 1e10, 1.0), (1e11, 1e13, 1e3), (1e14, 1e16, 1e6), (1e17, 1e19, 1e9))


@dataclass(frozen=True)
class DateWords:
    """Cells of one chunk that are written the same way, in parts.

    Parameters
    ----------
    kind : str
        How they are written.
    rows : ndarray of int, shape (n,)
        Their positions in the chunk.
    parts : dict of str to ndarray, each of shape (n,)
        ``year, month, day`` as int; ``a, b`` (and ``c``) where their order is open.
    micros : ndarray of int, shape (n,)
        Time of day in microseconds, -1 where there is no such time; in numbers, microseconds since 1970.
    timed : ndarray of bool, shape (n,)
        Whether there is a time of day.
    tails : tuple of ZoneWord
        The zones that are named.
    tail : ndarray of int, shape (n,)
        Which of them stands behind each.
    """

    kind: str
    rows: np.ndarray
    parts: dict[str, np.ndarray]
    micros: np.ndarray
    timed: np.ndarray
    tails: tuple[ZoneWord, ...] = (ZoneWord(),)
    tail: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype="int64"))

    def with_trouble(self, trouble: str) -> np.ndarray:
        """Tell which cells have a zone of that trouble."""
        return np.asarray(np.array([zone.trouble == trouble for zone in self.tails], dtype=bool)[self.tail])

    def with_zone(self) -> np.ndarray:
        """Tell which cells name their own zone."""
        return np.asarray(np.array([bool(zone.zone) for zone in self.tails], dtype=bool)[self.tail])


def date_words(cells: Any) -> list[DateWords]:
    """Split cells into groups that are written the same way; cells that are no dates are in none.

    Parameters
    ----------
    cells : array-like of shape (n,)
        Cells of a column.

    Returns
    -------
    list of DateWords

    Examples
    --------
    >>> [(words.kind, words.rows.tolist()) for words in date_words(["2026-04-01", "3/4/2026", "1795239000", "soon"])]
    [('year first', [0]), ('either', [1]), ('seconds since 1970', [2])]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    words = tidy_words(cells)
    at = np.flatnonzero(pc.greater(pc.binary_length(words), 0).to_numpy(zero_copy_only=False))
    words = words.take(pa.array(at))
    out: list[DateWords] = []
    for kind, pattern in _PATTERNS:
        if not len(at):
            return out
        found = pc.extract_regex(words, f"^(?:{pattern})$")
        hit = found.is_valid().to_numpy(zero_copy_only=False)
        if hit.any():
            out.append(_parts(kind, at[hit], found.filter(pa.array(hit)) if not hit.all() else found))
            words, at = words.filter(pa.array(~hit)), at[~hit]
    if len(at):
        out += _numbers(words, at)
    return out


def tidy_words(cells: Any) -> Any:
    """Give cells as an Arrow array of one way of writing: width, case and spaces folded, typed cells as ISO text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    strings = as_strings(cells)
    try:
        words = pa.array(strings, type=pa.string())
    except (UnicodeEncodeError, pa.ArrowInvalid):  # bytes that did not fit the encoding
        words = pa.array([text.encode("utf-8", "replace").decode("utf-8") for text in strings], type=pa.string())
    if len(words) and not pc.all(pc.string_is_ascii(words)).as_py():
        words = pc.replace_substring(pc.utf8_normalize(words, "NFKC"), "−", "-")
    words = pc.utf8_lower(pc.utf8_trim_whitespace(words))
    if len(words) and pc.any(pc.match_substring_regex(words, r"\s\s|[\t\r\n\f\v]")).as_py():
        words = pc.replace_substring_regex(words, r"\s+", " ")
    return words


def _parts(kind: str, at: np.ndarray, found: Any) -> DateWords:
    import pyarrow.compute as pc

    names = [field.name for field in found.type]
    column = {name: pc.struct_field(found, [i]) for i, name in enumerate(names)}

    def number(name: str) -> np.ndarray:
        return _number(column[name]) if name in column else np.zeros(len(at), dtype="int64")

    parts = {name: number(name) for name in ("year", "month", "day", "a", "b", "c") if name in column}
    if "dot" in column:
        parts["dot"] = pc.not_equal(column["dot"], "").to_numpy(zero_copy_only=False).astype("int64")
    if "era" in column:
        eras = pc.dictionary_encode(column["era"])
        starts = np.array([_ERAS[word] for word in eras.dictionary.to_pylist()])
        first = pc.equal(column["year"], "元").to_numpy(zero_copy_only=False)
        parts["year"] = np.where(first, 1, parts["year"]) + starts[eras.indices.to_numpy()]
    if "name" in column:
        months = pc.dictionary_encode(column["name"])
        numbers = np.array([_MONTHS[word] for word in months.dictionary.to_pylist()])
        parts["month"] = numbers[months.indices.to_numpy()]
    if "short" in column:
        parts["year"] = 2000 + number("short")
    timed = pc.not_equal(column["hour"], "").to_numpy(zero_copy_only=False)
    micros = _time_of_day(column, number)
    tails = pc.dictionary_encode(column["tail"])
    texts, codes = tails.dictionary.to_pylist(), tails.indices.to_numpy()
    with_time = np.zeros(len(texts), dtype=bool)
    with_time[codes[timed]] = True
    zones = tuple(zone_behind(text, bool(clock)) for text, clock in zip(texts, with_time, strict=True))
    return DateWords(kind, at, parts, micros, timed, zones, codes)


def _time_of_day(column: dict[str, Any], number: Any) -> np.ndarray:
    import pyarrow.compute as pc

    hour, minute, second = number("hour"), number("minute"), number("second")
    good = (hour <= 29) & (minute <= 59) & (second <= 60)
    for name in ("noon", "noon2"):
        if name not in column:
            continue
        words = pc.dictionary_encode(column[name])
        known = [word.replace(".", "") for word in words.dictionary.to_pylist()]
        if known == [""]:
            continue
        codes = words.indices.to_numpy()
        late = np.array([word in ("午後", "pm") for word in known])[codes]
        early = np.array([word in ("午前", "am") for word in known])[codes]
        good &= ~((late | early) & (hour > 24)) & ~(early & (hour > 12))
        hour = hour + 12 * (late & (hour < 12)) - 12 * (early & (hour == 12))
    micros = ((hour * 60 + minute) * 60 + second) * 1_000_000
    if "part" in column and pc.any(pc.not_equal(column["part"], "")).as_py():
        micros = micros + np.round(_number(pc.utf8_rpad(column["part"], 9, "0")) / 1000).astype("int64")
    return np.where(good, micros, -1)


def _number(texts: Any) -> np.ndarray:
    """Read digits; 0 where there are none."""
    import pyarrow.compute as pc

    none = pc.or_(pc.equal(texts, ""), pc.equal(texts, "元"))
    numbers = pc.cast(pc.if_else(none, "0", texts), "int64")
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype="int64")


def _numbers(words: Any, at: np.ndarray) -> list[DateWords]:
    """Since 1970 by size, or a spreadsheet's days since 1899-12-30; never ten digits that may be a date and an hour."""
    import pyarrow.compute as pc

    bare = pc.and_(
        pc.match_substring_regex(words, _NUMBER), pc.invert(pc.match_substring_regex(words, _HOURS_AS_NUMBER))
    ).to_numpy(zero_copy_only=False)
    if not bare.any():
        return []
    values = np.array([float(word) for word in words.filter(bare).to_pylist()])
    at = at[bare]
    out = []
    for kind, (low, high, unit) in zip(NUMBERS, _SIZES, strict=True):
        fits = (values >= low) & (values < high)
        if fits.any():
            micros = np.round(values[fits] / unit * 1e6).astype("int64")
            n = len(micros)
            out.append(DateWords(kind, at[fits], {}, micros, np.ones(n, bool), tail=np.zeros(n, dtype="int64")))
    fits = (values >= 20_000) & (values < 80_000)
    if fits.any():
        days = np.floor(values[fits])
        seconds = np.round((values[fits] - days) * 86_400).astype("int64")
        origin = np.datetime64("1899-12-30", "D") + days.astype("int64").astype("timedelta64[D]")
        parts = _calendar(origin)
        no_tail = np.zeros(len(seconds), dtype="int64")
        out.append(DateWords(EXCEL, at[fits], parts, seconds * 1_000_000, seconds > 0, tail=no_tail))
    return out


def _calendar(days: np.ndarray) -> dict[str, np.ndarray]:
    index = pd.DatetimeIndex(days.astype("datetime64[us]"))
    return {name: getattr(index, name).to_numpy(dtype="int64") for name in ("year", "month", "day")}
