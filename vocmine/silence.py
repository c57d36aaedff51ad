"""Days on which a source fell silent: missing data must not read as a drop, in a report or in an alarm."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

MISSING, LOW = "missing", "low"
WEEKEND = (5, 6)  # Saturday and Sunday, counted from Monday
_RARE = 1e-3  # chance of so few contacts below which a day is silent
_LEAST_DAYS = 3  # like days that the usual needs
_REACH_DAYS = 42  # a business that grows is held against the weeks around a day
_OWN_KIND = 0.5  # a weekday with less than half or more than twice the usual contacts is a kind of its own
_REST = 0.8  # a day of rest is one unless it is much like the others
GAP_COLUMNS = ("source", "day", "n", "expected", "p", "status")


def silent_days(daily: pd.DataFrame, rest_days: tuple[int, ...] = WEEKEND) -> pd.DataFrame:
    """Find days on which a source brought far fewer contacts than it does on such days of the week.

    The count of a day is held against the median of the days of the same kind (working days, each day of rest that
    differs from them, each other weekday that is far from them) in the six weeks before and after, so that a source
    that fell silent for a third of them is still found. With a flat prior the next count of a Poisson source is
    negative binomial (Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, section 2.6); counts that vary more than
    that are scaled down first.

    Parameters
    ----------
    daily : DataFrame
        Contacts a day: a row a day without gaps (DatetimeIndex), a column a source.
    rest_days : tuple of int
        Days of the week, 0 for Monday, that are each a kind of their own from a smaller difference on.

    Returns
    -------
    DataFrame
        ``source, day`` (as in the index), ``n, expected, p, status``: ``missing`` (nothing came) or ``low`` (less than
        half). Only days less likely than one in a thousand; days before a source began are none.

    Examples
    --------
    >>> daily = pd.DataFrame({"chat": 10}, index=pd.date_range("2026-11-01", periods=28))
    >>> daily.iloc[8] = 0
    >>> silent_days(daily)[["source", "n", "expected", "status"]].values.tolist()
    [['chat', 0, 10.0, 'missing']]
    """
    parts = [_silent(str(name), daily[name], rest_days) for name in daily]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(GAP_COLUMNS))


def _silent(name: str, counts: pd.Series, rest_days: tuple[int, ...]) -> pd.DataFrame:
    from scipy.stats import nbinom

    counts = counts.iloc[int(np.argmax(counts.to_numpy() > 0)) :]
    count = counts.to_numpy(dtype=float)
    kind = _kinds(count, pd.DatetimeIndex(counts.index).day_of_week.to_numpy(), rest_days)
    around = sliding_window_view(np.pad(count, _REACH_DAYS), 2 * _REACH_DAYS + 1)
    alike = sliding_window_view(np.pad(kind, _REACH_DAYS, constant_values=-1), 2 * _REACH_DAYS + 1) == kind[:, None]
    m = alike.sum(axis=1) - 1
    expected = _medians(around, alike)
    # The median square, too, keeps the silent days themselves from hiding in a large spread.
    square = (count - expected) ** 2 / np.maximum(expected, 0.5)
    spread = max(1.0, float(np.median(square)) / 0.455)
    p = nbinom.cdf(np.floor(count / spread), m * expected / spread + 1, m / (m + 1))
    found = (p < _RARE) & (count < 0.5 * expected) & (m >= _LEAST_DAYS)
    table = pd.DataFrame({
        "source": name, "day": counts.index, "n": count.astype(int),
        "expected": expected, "p": p, "status": np.where(count == 0, MISSING, LOW),
    })
    return pd.DataFrame(table[found])


def _medians(values: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Give the median of the counted values of each row, one at least; ``np.nanmedian`` goes row by row in Python.

    Examples
    --------
    >>> _medians(np.array([[3.0, 1.0, 9.0], [5.0, 2.0, 4.0]]), np.array([[1, 1, 0], [1, 1, 1]], dtype=bool)).tolist()
    [2.0, 4.0]
    """
    ordered, n = np.sort(np.where(counted, values, np.inf), axis=1), counted.sum(axis=1)
    row = np.arange(len(n))
    return np.asarray((ordered[row, (n - 1) // 2] + ordered[row, n // 2]) / 2)


def _kinds(count: np.ndarray, weekday: np.ndarray, rest_days: tuple[int, ...]) -> np.ndarray:
    """Give each day its kind: 0 for the ordinary ones, each unusual weekday its own."""
    ordinary = count[~np.isin(weekday, rest_days)]
    usual = float(np.median(ordinary)) if len(ordinary) else 0.0
    own = []
    for day in sorted(set(weekday.tolist())):
        middle, least = float(np.median(count[weekday == day])), _REST if day in rest_days else _OWN_KIND
        if not least * usual <= middle <= usual / least:
            own.append(day)
    return np.where(np.isin(weekday, own), weekday + 1, 0)
