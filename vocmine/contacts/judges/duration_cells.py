"""Kinds of cells of durations: with a unit of their own, clocks of two parts, bare numbers, typed clocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_cells, as_series, fold, text_of
from vocmine.contacts.values import parse_durations

NONE, OWN, CLOCK, BARE, TYPED = range(5)
_TWO = re.compile(r"\d{1,4}:[0-5]?\d")
_THREE = re.compile(r"\d{1,4}:[0-5]?\d:[0-5]?\d(?:\.\d+)?")
_BARE = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?(?:e([-+]?\d+))?")
_DAY = 86_400.0
_DECIMALS = 6  # of a fraction of a day that tells a second from its neighbours


@dataclass(frozen=True)
class DurationCells:
    """Cells of one chunk by kind.

    Parameters
    ----------
    kind : ndarray of int, shape (n,)
        ``NONE``, ``OWN`` (seconds, sure), ``CLOCK`` (two parts: first x 60 + second), ``BARE``, ``TYPED`` (seconds).
    value : ndarray of float, shape (n,)
        NaN where there is none.
    fraction : ndarray of bool, shape (n,)
        Bare numbers below 1 that are whole seconds as a fraction of a day, to six decimals or more.
    three : ndarray of bool, shape (n,)
        Forms such as ``00:05:32``.
    """

    kind: np.ndarray
    value: np.ndarray
    fraction: np.ndarray
    three: np.ndarray


def split_durations(cells: Any) -> DurationCells:
    """Tell the kind of each cell, once per distinct cell.

    Examples
    --------
    >>> split_durations(["5分", "5:32", "332", ""]).kind.tolist()
    [1, 2, 3, 0]
    >>> split_durations(["0.003842593", "0.5"]).fraction.tolist()
    [True, False]
    """
    series = as_series(cells)
    if pd.api.types.is_timedelta64_dtype(series.dtype):
        seconds = parse_durations(series)
        kind = np.where(np.isnan(seconds), NONE, OWN)
        return DurationCells(kind, seconds, np.zeros(len(kind), bool), np.zeros(len(kind), bool))
    plain = as_cells(series)
    try:
        codes, distinct = pd.factorize(plain, use_na_sentinel=False)
    except TypeError:  # unhashable cells, such as lists in JSON
        codes, distinct = np.arange(len(plain)), plain
    seconds = parse_durations(pd.Series(distinct, dtype=object))
    kinds = [_kind(cell, value) for cell, value in zip(distinct, seconds, strict=True)]
    kind = np.array([found[0] for found in kinds], dtype="int64")
    fraction = np.array([found[1] for found in kinds], dtype=bool)
    three = np.array([found[2] for found in kinds], dtype=bool)
    return DurationCells(kind[codes], seconds[codes], fraction[codes], three[codes])


def _kind(cell: Any, seconds: float) -> tuple[int, bool, bool]:
    if np.isnan(seconds):
        return NONE, False, False
    if hasattr(cell, "microsecond") and hasattr(cell, "hour"):
        return TYPED, False, False
    if not isinstance(cell, str | int | float | np.number):
        return OWN, False, False
    word = fold(text_of(cell)).replace("−", "-")
    if _TWO.fullmatch(word):
        return CLOCK, False, False
    match = _BARE.fullmatch(word)
    if not match:
        return OWN, False, _THREE.fullmatch(word) is not None
    return BARE, _is_fraction(seconds, len(match[1] or "") - int(match[2] or 0)), False


def _is_fraction(number: float, decimals: int) -> bool:
    if not 0 < number < 1 or decimals < _DECIMALS:
        return False
    seconds = number * _DAY
    return bool(abs(seconds - round(seconds)) <= 0.55 * _DAY * 10.0**-decimals + 1e-6 and round(seconds) > 0)
