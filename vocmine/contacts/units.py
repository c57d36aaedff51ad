"""Durations whose unit stands in the name of their column: ``対応時間(分)``, ``handle time [min]``."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_series, fold, text_of
from vocmine.contacts.values import by_distinct

_MARKS = (
    (1.0, re.compile(r"秒|(?<![a-z])(?:s|secs?|seconds?)(?![a-z])")),
    (60.0, re.compile(r"分|(?<![a-z])(?:m|mins?|minutes?)(?![a-z])")),
    (3600.0, re.compile(r"[(\[【<] ?時間 ?[)\]】>]|(?<![a-z])(?:h|hrs?|hours?)(?![a-z])")),
)
_BARE = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")


def seconds_per_unit(header: str) -> float:
    """Say how many seconds a bare number of a column is; 1 where its name tells no unit, or seconds too.

    Examples
    --------
    >>> [seconds_per_unit(name) for name in ("対応時間(分)", "handle_min", "応対(時間)", "処理(分:秒)", "AHT")]
    [60.0, 60.0, 3600.0, 1.0, 1.0]
    """
    name = fold(header)
    return next((unit for unit, mark in _MARKS if mark.search(name)), 1.0)


def in_seconds(column: pd.Series, header: str) -> pd.Series:
    """Turn bare numbers into seconds by the unit in the name of their column; ``5:32`` and ``90秒`` stay as they are.

    Examples
    --------
    >>> in_seconds(pd.Series(["1.5", "1:30", "90秒", ""]), "対応時間(分)").tolist()
    ['90.0', '1:30', '90秒', '']
    """
    unit = seconds_per_unit(header)
    plain = as_series(column)
    if unit == 1.0 or pd.api.types.is_timedelta64_dtype(plain.dtype):
        return column
    if pd.api.types.is_numeric_dtype(plain.dtype):
        return pd.Series(plain.to_numpy(float, na_value=np.nan) * unit, index=column.index)

    def read(cell: Any) -> Any:
        if isinstance(cell, bool) or not isinstance(cell, str | int | float | np.number):
            return cell
        word = fold(text_of(cell)).replace("−", "-")
        if not word.strip("+-") or not _BARE.fullmatch(word):
            return cell
        seconds = float(word.replace(",", "")) * unit
        return str(seconds) if isinstance(cell, str) else seconds

    return pd.Series(by_distinct(plain, read), index=column.index, dtype=object)
