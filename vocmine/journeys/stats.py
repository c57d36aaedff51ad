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
    low = np.where((hits == 0) & (trials > 0), 0.0, low)
    high = np.where((hits == trials) & (trials > 0), 1.0, high)
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


def mean_interval(values: Any, level: float = 0.95) -> tuple[float, float, float]:
    """Give the mean of values with Student's t interval (Student 1908); NaN bounds for fewer than two.

    Examples
    --------
    Extra hours of sleep under the second drug (Student 1908, Biometrika 6, 1-25, table): mean 2.33.

    >>> [round(x, 2) for x in mean_interval([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])]
    [2.33, 0.9, 3.76]
    """
    from scipy.stats import t

    z_of(level)
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if len(known) < 2:
        return (float(known.mean()) if len(known) else float("nan")), float("nan"), float("nan")
    half = float(t.ppf((1 + level) / 2, len(known) - 1) * known.std(ddof=1) / np.sqrt(len(known)))
    return float(known.mean()), float(known.mean()) - half, float(known.mean()) + half


def median_interval(values: Any, level: float = 0.95) -> tuple[float, float, float]:
    """Give the median with the interval between two order statistics (Hahn and Meeker, Statistical Intervals, 1991).

    Examples
    --------
    By hand: of six values the least and the largest hold the median with a chance of 1 - 2 / 2**6 = 0.97.

    >>> median_interval([1.0, 2.0, 3.0, 4.0, 5.0, 60.0])
    (3.5, 1.0, 60.0)
    """
    from scipy.stats import binom

    z_of(level)
    known = np.sort(np.asarray(values, dtype=float)[~np.isnan(np.asarray(values, dtype=float))])
    n = len(known)
    if n < 2:
        return (float(known[0]) if n else float("nan")), float("nan"), float("nan")
    place = max(int(binom.ppf((1 - level) / 2, n, 0.5)), 1)
    return float(np.median(known)), float(known[place - 1]), float(known[n - place])


def mantel_haenszel(tables: Any) -> float:
    """Test whether two groups differ in a share, stratum by stratum: a two-sided p-value.

    With a continuity correction, as Mantel and Haenszel 1959, J. National Cancer Institute 22, 719-748, have it.

    Parameters
    ----------
    tables : array-like of shape (strata, 4)
        Hits and trials of the one group, hits and trials of the other.

    Returns
    -------
    float
        1 where nothing can be compared.

    Examples
    --------
    Admissions to Berkeley by department, men and women (Bickel, Hammel and O'Connell 1975, Science 187, 398-404): a
    plain comparison finds the women at a loss, department by department there is no such thing.

    >>> men = [(512, 825), (353, 560), (120, 325), (138, 417), (53, 191), (22, 373)]
    >>> women = [(89, 108), (17, 25), (202, 593), (131, 375), (94, 393), (24, 341)]
    >>> departments = [(*a, *b) for a, b in zip(men, women)]
    >>> round(mantel_haenszel(departments), 4), mantel_haenszel([np.sum(departments, axis=0)]) < 1e-15
    (0.2323, True)
    """
    from scipy.stats import norm

    k1, n1, k2, n2 = np.asarray(tables, dtype=float).reshape(-1, 4).T
    n, k = n1 + n2, k1 + k2
    used = (n1 > 0) & (n2 > 0) & (n > 1)
    n1, n2, n, k, k1 = (x[used] for x in (n1, n2, n, k, k1))
    variance = float((n1 * n2 * k * (n - k) / (n**2 * (n - 1))).sum())
    if variance <= 0:
        return 1.0
    distance = max(abs(float((k1 - n1 * k / n).sum())) - 0.5, 0.0)
    return float(2 * norm.sf(distance / np.sqrt(variance)))


def adjust(p_values: Any) -> Array:
    """Adjust p-values for how many were looked at (Benjamini and Hochberg 1995).

    Examples
    --------
    Fifteen hypotheses on thrombolysis (Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, 289-300, section 4): four
    stand at 0.05.

    >>> p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
    ...      0.7590, 1.0]
    >>> int((adjust(p) <= 0.05).sum())
    4
    """
    from scipy.stats import false_discovery_control

    values = np.asarray(p_values, dtype=float)
    return np.asarray(false_discovery_control(values) if len(values) else values, dtype=float)
