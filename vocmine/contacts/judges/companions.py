"""The time of day that stands in a column of its own beside a column of days: 受付日 and 受付時刻, Date and Time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings, fold
from vocmine.contacts.date_words import date_words, tidy_words
from vocmine.contacts.zones import zone_named

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BRACKET = re.compile(r"[(\[【<].*?[)\]】>]")
_DAY_WORDS = frozenset({"date", "day", "on", "at", "datetime", "of", "the"})
_TIME_WORDS = frozenset({"time", "clock", "hour", "at", "of", "the", "day"})
_DAY_END = re.compile(r"(?:年月日|月日|日付け?|日時|日)$")
_TIME_END = re.compile(r"(?:時刻|時間帯?|時分秒?|(?<!日)時)$")
_END = re.compile(r"終了|完了|解決|更新|end|finish|clos|resol|update|modif")
_START = re.compile(r"開始|start(?:ed)?|began|begin")
# Stems behind which "time" can only be a time of day; "call time" or "handling time" may be how long it took.
_POINTS = frozenset({
    "", "受付", "着信", "入電", "受電", "発生", "登録", "投稿", "受信", "送信", "記録", "申込", "created", "creation",
    "received", "opened", "open", "submitted", "posted", "reported", "logged", "incident",
    "arrival", "registered", "entry", "event",
})
# Beside a day, 対応開始 is a time of day.
_START_END = re.compile(r"開始時?$|(?:^|[\s_])(?:start(?:ed)?|began|begin)$")
_HOUR = re.compile(r"[01]?\d|2[0-3]")
_HOURS = re.compile(r"[0-2]?\d[0-5]\d(?:[0-5]\d)?")  # 0915, and 915 where a spreadsheet took the zero
_NOON = re.compile(r"午前|午後|[ap]\.?m\b")
_ZONE_NAME = re.compile(r"timezone|タイムゾーン|標準時|utcoffset|gmtoffset|(?<![a-z])tz(?![a-z])|^tz|tz$")
_DAY_SECONDS, _EARLY, _LATE = 86_400.0, 7 * 3600.0, 21 * 3600.0


def time_companion(date_header: str, date_cells: pd.Series, others: Mapping[str, pd.Series]) -> str | None:
    """Find the column that holds the time of day of a column of days.

    Parameters
    ----------
    date_header : str
        Name of the column of days.
    date_cells : Series
        Its cells.
    others : mapping of str to Series
        The other columns of the source that may be it.

    Returns
    -------
    str or None
        Name of the column, if it is the only one whose name goes with that of the days and whose cells are times of
        day. A name that may also be how long something took (応対時間, call time) is taken only where the cells can
        only be a clock: noon words, or times that rise over a working day.

    Examples
    --------
    >>> days = pd.Series(["2026/04/01", "2026/04/02"])
    >>> time_companion("受付日", days, {"受付時刻": pd.Series(["9:30", "午後2:05"]), "本文": pd.Series(["a", "b"])})
    '受付時刻'
    >>> time_companion("応対日", days, {"応対時間": pd.Series(["5:32", "3:10"])}) is None
    True
    """
    if not days_only(date_cells):
        return None
    stem = _day_stem(date_header)
    near, loose = [], []
    for name, cells in others.items():
        rest = _time_stem(name)
        if rest is None or _END.search(rest) or not (_clock_like(cells) or hours_alone(name, cells)):
            continue
        if not (names_a_clock(name) or _only_a_clock(cells)):
            continue
        plain = _START.sub("", rest)
        if rest == stem or plain == stem != "":
            near.append(name)
        elif "" in (plain, stem):
            loose.append(name)
    found = near or loose
    return found[0] if len(found) == 1 else None


def day_companion(time_header: str, time_cells: pd.Series, others: Mapping[str, pd.Series]) -> str | None:
    """Find the column of days beside a column that holds times of day only: Start Date beside Start Time.

    Examples
    --------
    >>> days = {"Start Date": pd.Series(["2026-04-01"]), "End Date": pd.Series(["2026-04-01"])}
    >>> day_companion("Start Time", pd.Series(["9:30"]), days)
    'Start Date'
    """
    if not _clock_like(time_cells) or date_words(as_strings(time_cells)):
        return None
    stem = _START.sub("", _time_stem(time_header) or "")
    found = [name for name, cells in others.items() if not _END.search(fold(name)) and days_only(cells)]
    near = [name for name in found if _day_stem(name) == stem]
    return next(iter(near or found), None) if len(near or found) == 1 else None


def possible_times(date_cells: pd.Series, others: Mapping[str, pd.Series]) -> list[str]:
    """Give the columns beside a column of days that look like times of day, for the doubt ``time_of_day_left_out``.

    Examples
    --------
    >>> days = pd.Series(["2026/04/01", "2026/04/02"])
    >>> possible_times(days, {"終了時刻": pd.Series(["9:40", "14:15"]), "席": pd.Series(["3", "4"])})
    ['終了時刻']
    """
    if not days_only(date_cells):
        return []
    return [
        name for name, cells in others.items()
        if _clock_like(cells) and ((_time_stem(name) is not None and names_a_clock(name)) or _only_a_clock(cells))
    ]


def days_only(cells: Any) -> bool:
    """Tell whether all dates of a column are without a time of day.

    Examples
    --------
    >>> days_only(["2026/04/01", ""]), days_only(["2026/04/01 9:30"])
    (True, False)
    """
    if isinstance(cells, pd.Series) and pd.api.types.is_datetime64_any_dtype(cells.dtype):
        times = pd.DatetimeIndex(cells.dropna())
        return bool(len(times) and (times == times.normalize()).all())
    groups = date_words(cells)
    return bool(groups) and not any((words.timed & (words.micros != 0)).any() for words in groups)


def clock_seconds(cells: Any) -> np.ndarray:
    """Read times of day as seconds since midnight; NaN where a cell is none.

    Examples
    --------
    >>> clock_seconds(["9:30", "午後2時5分", "75:10", "soon"]).tolist()
    [34200.0, 50700.0, nan, nan]
    """
    words = [f"2026-01-01 {with_colons(word)}" if word else "" for word in tidy_words(cells).to_pylist()]
    out = np.full(len(words), np.nan)
    for group in date_words(words):
        read = group.timed & (group.micros >= 0) & ~group.with_trouble("unknown")
        out[group.rows[read]] = group.micros[read] / 1e6
    return out


def with_colons(word: str) -> str:
    """Write a time of day of digits alone as a clock; other words stay as they are.

    Examples
    --------
    >>> [with_colons(word) for word in ("0915", "915", "140530", "9:15", "45")]
    ['09:15', '9:15', '14:05:30', '9:15', '45']
    """
    if not _HOURS.fullmatch(word):
        return word
    hour, rest = (word[:-4], word[-4:]) if len(word) > 4 else (word[:-2], word[-2:])
    return ":".join([hour, *(rest[i: i + 2] for i in range(0, len(rest), 2))])


def names_a_clock(header: str) -> bool:
    """Tell whether a name can only mean a time of day, not how long something took.

    Examples
    --------
    >>> [names_a_clock(name) for name in ("受付時刻", "Created Time", "応対時間", "Call time")]
    [True, True, False, False]
    """
    folded = _plain(header)
    if re.search(r"時刻|時分|時間帯|[^日]時$|^時$|clock|time of day", folded) or _START_END.search(folded):
        return True
    timed = "time" in re.split(r"[\s_\-.]+", folded) or folded.endswith("時間")
    begins = _START.search(folded) is not None
    return timed and folded != "時間" and (begins or _START.sub("", _time_stem(header) or "") in _POINTS)


def spreads_like_a_clock(seconds: np.ndarray) -> bool:
    """Tell whether numbers of seconds since midnight lie like the times of contacts of working days.

    Examples
    --------
    >>> spreads_like_a_clock(np.array([34200.0, 50700.0, 63600.0]))
    True
    >>> spreads_like_a_clock(np.array([300.0, 5400.0]))
    False
    """
    if len(seconds) < 2 or (seconds >= _DAY_SECONDS).any():
        return False
    working = (seconds >= _EARLY) & (seconds <= _LATE)
    return bool(working.mean() >= 0.8 and np.ptp(seconds) >= 3 * 3600)


def _only_a_clock(cells: pd.Series) -> bool:
    """Noon words, or a working day that rises: at least eight times, or three over six hours."""
    words = [word for word in tidy_words(cells).to_pylist() if word]
    if sum(bool(_NOON.search(word)) for word in words) * 4 >= len(words) > 0:
        return True
    seconds = clock_seconds(words)
    if np.isnan(seconds).any() or not spreads_like_a_clock(seconds):
        return False
    rising = (np.diff(seconds) >= 0).mean()
    long_day = len(seconds) >= 3 and rising == 1 and np.ptp(seconds) >= 6 * 3600
    return bool(long_day or (len(seconds) >= 8 and rising >= 0.8))


def _clock_like(cells: pd.Series) -> bool:
    words = [word for word in as_strings(cells) if word.strip()]
    seconds = clock_seconds(words)
    return bool(words and (~np.isnan(seconds)).mean() >= 0.9 and np.nanmax(seconds) < 30 * 3600)


def hours_alone(header: str, cells: Any) -> bool:
    """Tell a column of hours without minutes: 受付時 with 9, 14.

    Examples
    --------
    >>> hours_alone("受付時", ["9", "14"]), hours_alone("席", ["9", "14"]), hours_alone("受付時", ["9:30"])
    (True, False, False)
    """
    words = [word for cell in as_strings(cells) if (word := fold(cell))]
    return bool(re.search(r"(?<!日)時$", _plain(header)) and words) and all(_HOUR.fullmatch(word) for word in words)


def zone_companion(others: Mapping[str, pd.Series]) -> str | None:
    """Find the column that names the zone of each time: ``timezone``, ``タイムゾーン``, with zones in all its cells.

    Examples
    --------
    >>> zone_companion({"Time Zone": pd.Series(["UTC", "America/New_York"]), "tz": pd.Series(["east", "west"])})
    'Time Zone'
    """
    for name, cells in others.items():
        if _ZONE_NAME.search(re.sub(r"[\s_\-]", "", fold(name))):
            words = {word for cell in as_strings(cells) if (word := cell.strip())}
            if words and all(zone_named(word).zone for word in words):
                return name
    return None


def _plain(header: str) -> str:
    return _BRACKET.sub("", fold(_CAMEL.sub(" ", header))).strip()


def _day_stem(header: str) -> str:
    words = [word for word in re.split(r"[\s_\-./]+", _plain(header)) if word not in _DAY_WORDS]
    return _START.sub("", _DAY_END.sub("", "".join(words)))


def _time_stem(header: str) -> str | None:
    """Give a name without its word for a time; None where it has none."""
    plain = _plain(header)
    words = re.split(r"[\s_\-./]+", plain)
    left = "".join(word for word in words if word not in _TIME_WORDS)
    stem = _TIME_END.sub("", left)
    return None if stem == "".join(words) and not _START_END.search(plain) else stem
