"""Each statistic once: an estimate with its interval, shares, ratios, means, medians, amounts, and many tests at once.

One rule where nothing was counted (n = 0): value and bounds are NaN, and the estimate is not `known`. Who has to show
something there all the same, as the check of tags does (0 to 1, "it may be any share"), says so where it does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vocmine.errors import SettingsError

_NOTHING = 1e-150  # amounts below it are none: a ratio to them would leave the range of float64
Floats = NDArray[np.float64]
NAN = float("nan")


@dataclass(frozen=True)
class Estimate:
    """A number with its interval and the number of contacts behind it.

    Parameters
    ----------
    value, low, high : float
        NaN where it can't be told.
    n : int
        Contacts it rests on.
    imputed : float
        Share of it that was filled in and not measured, 0 to 1.

    Examples
    --------
    >>> Estimate(2.0, 1.0, 3.0, 10).ranged, Estimate(2.0).ranged, Estimate().known
    (True, False, False)
    """

    value: float = NAN
    low: float = NAN
    high: float = NAN
    n: int = 0
    imputed: float = 0.0

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return not math.isnan(self.value)

    @property
    def ranged(self) -> bool:
        """Whether there is a value and an interval."""
        return not (math.isnan(self.value) or math.isnan(self.low) or math.isnan(self.high))

    @property
    def numbers(self) -> tuple[float, float, float]:
        """Value, low and high."""
        return self.value, self.low, self.high


def normal_quantile(level: float) -> float:
    """Give the two-sided normal quantile of a level.

    Raises
    ------
    SettingsError
        If the level is not between 0 and 1.

    Examples
    --------
    >>> round(normal_quantile(0.95), 2)
    1.96
    """
    from scipy.special import ndtri

    if not 0 < level < 1:
        raise SettingsError("wrong level", where="level", got=str(level), expected="between 0 and 1, such as 0.95")
    return float(ndtri((1 + level) / 2))


def wilson(k: Any, n: Any, level: float = 0.95) -> tuple[Floats, Floats]:
    """Give Wilson's score interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22, 209-212).

    Parameters
    ----------
    k, n : array-like of shape (m,)
        Hits and trials; `n` may be an effective number (Kish 1965) where trials count differently.
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
    z2, hits, trials = normal_quantile(level) ** 2, np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / trials
        middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
        half = np.sqrt(z2 * (share * (1 - share) / trials + z2 / (4 * trials * trials))) / (1 + z2 / trials)
    some = trials > 0
    low = np.where(some & (hits <= 0), 0.0, np.maximum(middle - half, 0.0))
    high = np.where(some & (hits >= trials), 1.0, np.minimum(middle + half, 1.0))
    return np.where(some, low, NAN), np.where(some, high, NAN)


def newcombe(k1: Any, n1: Any, k2: Any, n2: Any, level: float = 0.95) -> tuple[Floats, Floats]:
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
        NaN where either n is 0.

    Raises
    ------
    SettingsError
        If the level is not between 0 and 1.

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


def share_interval(hits: int, n: int, level: float = 0.95) -> Estimate:
    """Give one share with `wilson`'s interval.

    Parameters
    ----------
    hits, n : int
        Contacts that have it, of how many.
    level : float
        Level of the interval.

    Returns
    -------
    Estimate
        All NaN where `n` is 0.

    Examples
    --------
    >>> e = share_interval(30, 100)
    >>> round(e.value, 2), round(e.low, 3), round(e.high, 3)
    (0.3, 0.219, 0.396)
    """
    if n <= 0:
        return Estimate()
    low, high = wilson(hits, n, level)
    return Estimate(hits / n, float(low), float(high), n)


def ratio_interval(now: int, before: int, level: float = 0.95) -> Estimate:
    """Give the ratio of two counts over equally long times, with the exact conditional interval.

    Given the sum, the later count is binomial; its Clopper-Pearson interval is turned into one for the ratio
    (Przyborowski and Wilenski 1940, Biometrika 31, 313-323).

    Parameters
    ----------
    now, before : int
        Contacts in the later and in the earlier window.
    level : float
        Level of the interval.

    Returns
    -------
    Estimate
        NaN where both are 0; infinite where only `before` is 0.

    Examples
    --------
    >>> e = ratio_interval(60, 30)
    >>> round(e.value, 1), round(e.low, 2), round(e.high, 2)
    (2.0, 1.27, 3.21)
    """
    from scipy.special import betaincinv

    n = now + before
    if n == 0:
        return Estimate()
    tail = (1 - level) / 2
    low = float(betaincinv(now, before + 1, tail)) if now else 0.0
    high = float(betaincinv(now + 1, before, 1 - tail)) if before else 1.0
    return Estimate(_odds(now / n), _odds(low), _odds(high), n)


def _odds(p: float) -> float:
    return p / (1 - p) if p < 1 else float("inf")


def mean_interval(
    values: Any, level: float = 0.95, bounds: tuple[float, float] = (-math.inf, math.inf)
) -> Estimate:
    """Give a mean with Student's t interval (Student 1908), kept inside the scale.

    Parameters
    ----------
    values : array-like of float
        NaN ones are left out.
    level : float
        Level of the interval.
    bounds : (float, float)
        Ends of the scale, in the unit of the values.

    Returns
    -------
    Estimate
        All NaN where nothing is known, without an interval where one value is.

    Raises
    ------
    SettingsError
        If the level is not between 0 and 1.

    Examples
    --------
    Extra hours of sleep under the second drug (Student 1908, Biometrika 6, 1-25, table): mean 2.33.

    >>> e = mean_interval([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    >>> [round(x, 2) for x in e.numbers], e.n
    ([2.33, 0.9, 3.76], 10)
    >>> mean_interval([1.0, 2.0, 2.0, 3.0], bounds=(1.0, 5.0)).low
    1.0
    """
    from scipy.special import stdtrit

    normal_quantile(level)
    known = _known(values)
    n = len(known)
    if n < 2:
        return Estimate(float(known[0]) if n else NAN, n=n)
    mean = float(known.mean())
    half = float(stdtrit(n - 1, (1 + level) / 2)) * float(known.std(ddof=1)) / float(np.sqrt(n))
    return Estimate(mean, max(bounds[0], mean - half), min(bounds[1], mean + half), n)


def median_interval(values: Any, level: float = 0.95) -> Estimate:
    """Give the median with the interval between two order statistics (Hahn and Meeker, Statistical Intervals, 1991).

    Parameters
    ----------
    values : array-like of float
        NaN ones are left out.
    level : float
        Least level of the interval.

    Returns
    -------
    Estimate
        All NaN where nothing is known, without an interval where one value is.

    Raises
    ------
    SettingsError
        If the level is not between 0 and 1.

    Examples
    --------
    By hand: of six values the least and the largest hold the median with a chance of 1 - 2 / 2**6 = 0.97.

    >>> median_interval([1.0, 2.0, 3.0, 4.0, 5.0, 60.0]).numbers
    (3.5, 1.0, 60.0)
    """
    from scipy.stats import binom

    normal_quantile(level)
    known = np.sort(_known(values))
    n = len(known)
    if n < 2:
        return Estimate(float(known[0]) if n else NAN, n=n)
    place = max(int(binom.ppf((1 - level) / 2, n, 0.5)), 1)
    return Estimate(float(np.median(known)), float(known[place - 1]), float(known[n - place]), n)


def _known(values: Any) -> Floats:
    array: Floats = np.asarray(values, dtype=float)
    return array[~np.isnan(array)]


def log_interval(
    estimate: Floats, variance: Floats, level: float, *, degrees: float, known: Floats | float = 0.0
) -> tuple[Floats, Floats]:
    """Give an interval of an amount that can't be negative: on the log scale, ``estimate x exp(-+ t x se / estimate)``.

    Near 0 it stays above 0 and is longer upwards, as small estimates are skewed; t is Student's, as the variance is
    itself an estimate (Särndal, Swensson and Wretman 1992, section 5.2, for such intervals).

    Parameters
    ----------
    estimate, variance : ndarray
        Of the same shape.
    level : float
        Confidence, 0 to 1.
    degrees : float
        Degrees of freedom of the variance.
    known : ndarray or float
        What is certain: no bound is below.

    Returns
    -------
    low, high : ndarray

    Examples
    --------
    >>> low, high = log_interval(np.array([100.0]), np.array([100.0]), 0.95, degrees=30)
    >>> low.round(1).tolist(), high.round(1).tolist()
    ([81.5], [122.7])
    """
    from scipy.special import stdtrit

    error = np.sqrt(np.maximum(variance, 0.0))
    none = ~(estimate > _NOTHING)
    safe = np.where(none, 1.0, estimate)
    quantile = float(stdtrit(degrees, 0.5 + level / 2))
    # Beyond twice the estimate the log scale would only blow up: go on from there in a straight line.
    ratio = quantile * error / safe
    high = np.where(ratio <= 1, safe * np.exp(np.minimum(ratio, 1)), safe * np.e * ratio)
    low = np.maximum(safe * np.exp(-ratio), known)
    none_high = np.maximum(quantile * error, np.maximum(estimate, 0.0))
    return np.where(none, 0.0, np.minimum(low, safe)), np.where(none, none_high, high)


def benjamini_hochberg(p_values: Any) -> Floats:
    """Adjust p-values for how many were looked at: the false discovery rate.

    Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, 289-300.

    Parameters
    ----------
    p_values : array-like of shape (m,)
        Each 0 to 1; none gives none.

    Returns
    -------
    ndarray of shape (m,)
        In the order given, at most 1.

    Examples
    --------
    Fifteen hypotheses on thrombolysis (section 4 there): four stand at 0.05.

    >>> p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
    ...      0.7590, 1.0]
    >>> int((benjamini_hochberg(p) <= 0.05).sum())
    4
    """
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    out = np.empty(len(p))
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return out
