"""Read numbers, durations, yes/no and satisfaction as people and exports write them. All on whole columns."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_cells, as_series, fold, text_of
from vocmine.contacts.shipped import shipped_table

_UNITS = (86_400.0, 3600.0, 60.0, 1.0, 0.001)
_CLOCK = re.compile(r"(-)?(?:(\d{1,4}) days?,? )?(?:(\d{1,4}):)?(\d{1,4}):([0-5]?\d(?:\.\d+)?)")
_WORDS = re.compile(
    r"(-)?(?:p(?=t?\d))?(?:(\d+(?:\.\d+)?) ?(?:日間?|days?|d),?)?t? ?(?:(\d+(?:\.\d+)?) ?(?:時間|hours?|hrs?\.?|h),?)?"
    r" ?(?:(\d+(?:\.\d+)?) ?(?:分間?|minutes?|mins?\.?|m(?!s)),?)? ?(?:(\d+(?:\.\d+)?) ?(?:秒間?|seconds?|secs?\.?|s))?"
    r" ?(?:(\d+(?:\.\d+)?) ?(?:ミリ秒|milliseconds?|msecs?|ms))?"
)
_NUMBER = re.compile(
    r"([-+]?)[¥$€\\]?([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[-+]?\d+)?) ?(?:円|点|回|人|件|名|秒|jpy|usd|%)?"
)
_STARS = re.compile(r"([★⭐]{1,5})[☆]{0,4}")
_SHARE = re.compile(r"([1-5](?:\.\d+)?) ?(?:/|点?中) ?5")


@cache
def value_table() -> dict[str, Any]:
    """Give the shipped table of values (``data/values.yaml``)."""
    table: dict[str, Any] = shipped_table("values")
    return table


@cache
def lookup(table: str) -> dict[str, str]:
    """Give a folded value -> name table, for instance of ``"languages"``."""
    return {fold(word): str(name) for name, words in value_table()[table].items() for word in words}


@cache
def missing_words() -> frozenset[str]:
    """Give the folded words that stand for "no value" in a column other than the text."""
    return frozenset(fold(word) for word in value_table()["missing"])


def by_distinct(values: Any, read: Callable[[Any], Any], dtype: str = "object") -> np.ndarray:
    """Apply `read` once per distinct value and put the results back in place."""
    cells = as_cells(values)
    try:
        codes, distinct = pd.factorize(cells, use_na_sentinel=False)
    except TypeError:  # unhashable cells, such as lists in JSON
        return np.array([read(cell) for cell in cells], dtype=dtype)
    out = np.empty(len(distinct), dtype=dtype)
    for i, value in enumerate(distinct):
        out[i] = read(value)
    return out[codes]


def parse_numbers(values: Any) -> np.ndarray:
    """Read numbers: ``"1,234円"``, ``"１２"``, ``"¥500"``, ``3.0``; NaN where it is none.

    Parameters
    ----------
    values : array-like of shape (n,)
        Cells of a column.

    Returns
    -------
    ndarray of float, shape (n,)

    Examples
    --------
    >>> parse_numbers(["1,234円", "１２", "abc", None]).tolist()
    [1234.0, 12.0, nan, nan]
    """
    return _plain_or(values, _number)


def parse_durations(values: Any) -> np.ndarray:
    """Read durations as seconds: ``"00:05:32"``, ``"5:32"`` (minutes and seconds), ``"5分32秒"``, ``"PT5M32S"``.

    Parameters
    ----------
    values : array-like of shape (n,)
        Cells of a column; a bare number is seconds.

    Returns
    -------
    ndarray of float, shape (n,)
        Seconds, NaN where it is no duration.

    Examples
    --------
    >>> parse_durations(["00:05:32", "5:32", "５分３２秒", 332, "1時間", "-3", "?"]).tolist()
    [332.0, 332.0, 332.0, 332.0, 3600.0, -3.0, nan]
    """
    series = as_series(values)
    if pd.api.types.is_timedelta64_dtype(series.dtype):
        return np.asarray(series.dt.total_seconds(), dtype=float)
    return _plain_or(values, _duration)


def parse_booleans(values: Any) -> np.ndarray:
    """Read yes and no: ``"はい"``, ``"true"``, ``"○"``, ``1``, ``"未解決"``; None where it is neither.

    Examples
    --------
    >>> parse_booleans(["はい", "false", "○", 0, "未解決", "maybe"]).tolist()
    [True, False, True, False, False, None]
    """
    table = value_table()
    words = dict.fromkeys(map(fold, table["yes_words"]), True) | dict.fromkeys(map(fold, table["no_words"]), False)
    return by_distinct(values, lambda cell: words.get(fold(text_of(cell))))


def parse_satisfaction(values: Any) -> np.ndarray:
    """Read satisfaction as 1 to 5: ``"4"``, ``"4点"``, ``"★★★★☆"``, ``"4/5"``, ``"大変満足"``, ``"good"`` (Zendesk).

    Examples
    --------
    >>> parse_satisfaction(["4点", "★★★☆☆", "5/5", "大変不満", "abc"]).tolist()
    [4.0, 3.0, 5.0, 1.0, nan]
    """
    words = lookup("satisfaction")

    def read(cell: Any) -> float:
        word = fold(text_of(cell))
        if word in words:
            return float(words[word])
        if stars := _STARS.fullmatch(word):
            return float(len(stars[1]))
        if share := _SHARE.fullmatch(word):
            return float(share[1])
        return _number(cell)

    return _plain_or(values, read)


def parse_words(values: Any, table: str) -> np.ndarray:
    """Read words by one of the shipped tables (``"languages"``, ``"speakers"``); None where the word is not known.

    Examples
    --------
    >>> parse_words(["日本語", "en-US", "??"], "languages").tolist()
    ['ja', 'en', None]
    """
    words = lookup(table)
    return by_distinct(values, lambda cell: words.get(fold(text_of(cell))))


def _plain_or(values: Any, read: Callable[[Any], float]) -> np.ndarray:
    """Numbers pass as they are, everything else is read cell by distinct cell."""
    series = as_series(values)
    if pd.api.types.is_numeric_dtype(series.dtype):
        plain = series.to_numpy(float, na_value=np.nan)
        return np.where(np.isfinite(plain), plain, np.nan)
    return by_distinct(series, read, "float64")


def _number(cell: Any) -> float:
    if isinstance(cell, int | float | np.number):
        try:
            number = float(cell)
        except OverflowError:
            return float("nan")
        return number if math.isfinite(number) else float("nan")
    match = _NUMBER.fullmatch(fold(text_of(cell)).replace("−", "-"))
    if not match or not match[2].partition("e")[0].strip("+-"):
        return float("nan")
    number = float(match[2].replace(",", ""))
    return -number if match[1] == "-" else number


def _duration(cell: Any) -> float:
    if hasattr(cell, "total_seconds"):
        return float(cell.total_seconds())
    if hasattr(cell, "microsecond") and hasattr(cell, "hour"):  # a clock cell of a spreadsheet
        point = getattr(cell, "year", 1900) > 1900  # in time, not how long something took
        return float("nan") if point else float(cell.hour * 3600 + cell.minute * 60 + cell.second)
    word = fold(text_of(cell)).replace("−", "-")
    if match := _CLOCK.fullmatch(word):
        seconds = int(match[2] or 0) * 86_400.0 + int(match[3] or 0) * 3600 + int(match[4]) * 60 + float(match[5])
        seconds = float("nan") if match[3] and int(match[4]) > 59 else seconds
        return -seconds if match[1] else seconds
    match = _WORDS.fullmatch(word)
    if match and any(match.groups()[1:]):
        parts = zip(match.groups()[1:], _UNITS, strict=True)
        seconds = sum(float(part) * unit for part, unit in parts if part)
        return -seconds if match[1] else seconds
    return _number(cell)
