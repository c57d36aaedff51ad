"""Intervals for shares and their differences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError

Array = np.ndarray[Any, np.dtype[np.float64]]


def z_of(level: float) -> float:
    """Give the two-sided normal quantile of a level."""
    from scipy.stats import norm

    if not 0 < level < 1:
        raise SettingsError("wrong level", where="level", got=str(level), expected="between 0 and 1, such as 0.95")
    return float(norm.ppf((1 + level) / 2))


def wilson(k: Any, n: Any, level: float = 0.95) -> tuple[Array, Array]:
    """Give Wilson's score interval of a share (Wilson 1927).

    Parameters
    ----------
    k, n : array-like of shape (m,)
        Hits and trials.
    level : float
        Level of the interval.

    Returns
    -------
    low, high : ndarray of shape (m,)
        NaN where n is 0.

    Raises
    ------
    SettingsError
        If the level is not between 0 and 1.

    Examples
    --------
    81 of 263 and 1 of 29 (Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3):

    >>> low, high = wilson([81, 1], [263, 29])
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.2553, 0.0061], [0.3662, 0.1718])
    """
    z, hits, trials = z_of(level), np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / trials
        middle = share + z**2 / (2 * trials)
        half = z * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
        scale = 1 + z**2 / trials
        low, high = (middle - half) / scale, (middle + half) / scale
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def newcombe(k1: Any, n1: Any, k2: Any, n2: Any, level: float = 0.95) -> tuple[Array, Array]:
    """Give the interval of the difference of two shares, first minus second (Newcombe 1998, method 10).

    Parameters
    ----------
    k1, n1, k2, n2 : array-like of shape (m,)
        Hits and trials of both groups.
    level : float
        Level of the interval.

    Returns
    -------
    low, high : ndarray of shape (m,)

    Examples
    --------
    56 of 70 against 48 of 80 (Newcombe 1998, Statistics in Medicine 17, 873-890, table II):

    >>> low, high = newcombe([56], [70], [48], [80])
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0524], [0.3339])
    """
    low1, high1 = wilson(k1, n1, level)
    low2, high2 = wilson(k2, n2, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        p1 = np.asarray(k1, dtype=float) / np.asarray(n1, dtype=float)
        p2 = np.asarray(k2, dtype=float) / np.asarray(n2, dtype=float)
    low = p1 - p2 - np.sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    high = p1 - p2 + np.sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return low, high


def with_share(table: pd.DataFrame, hits: str, level: float, n: str = "n") -> pd.DataFrame:
    """Add `share`, `low`, `high` of a column of hits among `n`."""
    low, high = wilson(table[hits], table[n], level)
    share = table[hits].to_numpy(float) / table[n].to_numpy(float).clip(1)
    return table.assign(share=np.where(table[n] > 0, share, np.nan), low=low, high=high)
