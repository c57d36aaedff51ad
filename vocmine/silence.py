"""Days on which a source fell silent: missing data must not read as a drop, in a report or in an alarm."""

from __future__ import annotations

import numpy as np
import pandas as pd

MISSING, LOW = "missing", "low"
WEEKEND = (5, 6)
_RARE = 1e-3
_LEAST_DAYS = 3
_REACH_DAYS = 42  # a business that grows is held against the weeks around a day
_OWN_KIND = 0.5  # a weekday with less than half or more than twice the usual contacts is a kind of its own
GAP_COLUMNS = ("source", "day", "n", "expected", "p", "status")


def silent_days(daily: pd.DataFrame, rest_days: tuple[int, ...] = WEEKEND) -> pd.DataFrame:
    """Find days on which a source brought far fewer contacts than it does on such days of the week.

    The count of a day is held against the median of the days of the same kind (working days, each day of rest, each
    other weekday that is far from the usual) in the six weeks before and after, so that a source that fell silent for a
    third of them is still found. With a flat prior the next count of a Poisson source is negative binomial (Gelman et
    al., Bayesian Data Analysis, 3rd ed. 2013, section 2.6); counts that vary more than that are scaled down first.

    Parameters
    ----------
    daily : DataFrame
        Contacts a day: a row a day without gaps (DatetimeIndex), a column a source.
    rest_days : tuple of int
        Days of the week that are each a kind of their own, 0 for Monday.

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
    alike = _alike(count, pd.DatetimeIndex(counts.index).day_of_week.to_numpy(), rest_days)
    m = alike.sum(axis=1) - 1
    expected = np.nanmedian(np.where(alike, count[None, :], np.nan), axis=1)
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


def _alike(count: np.ndarray, weekday: np.ndarray, rest_days: tuple[int, ...]) -> np.ndarray:
    """Mark the days that each day is held against, itself among them, shape (days, days)."""
    ordinary = count[~np.isin(weekday, rest_days)]
    usual = float(np.median(ordinary)) if len(ordinary) else 0.0
    own = set(rest_days)
    for day in set(weekday.tolist()) - own:
        middle = float(np.median(count[weekday == day]))
        if not _OWN_KIND * usual <= middle <= usual / _OWN_KIND:
            own.add(day)
    kind = np.where(np.isin(weekday, sorted(own)), weekday + 1, 0)
    place = np.arange(len(count))
    near: np.ndarray = np.abs(place[:, None] - place[None, :]) <= _REACH_DAYS
    return near & (kind[:, None] == kind[None, :])
