"""Small intervals for counts, shares and means. Each takes and gives plain numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.report.summary import Estimate


def share_interval(hits: int, n: int, level: float = 0.95) -> Estimate:
    """Give a share with Wilson's score interval (Wilson 1927, J. Am. Stat. Assoc. 22:209).

    Parameters
    ----------
    hits, n : int
        Contacts that have it, of how many.
    level : float
        Of the interval.

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
    from scipy.special import ndtri

    if n <= 0:
        return Estimate()
    z2 = float(ndtri((1 + level) / 2)) ** 2
    p = hits / n
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = (z2 * (p * (1 - p) / n + z2 / (4 * n * n))) ** 0.5 / (1 + z2 / n)
    return Estimate(p, max(0.0, centre - half), min(1.0, centre + half), n)


def ratio_interval(now: int, before: int, level: float = 0.95) -> Estimate:
    """Give the ratio of two counts over equally long times, with the exact conditional interval.

    Given the sum, the later count is binomial; its Clopper-Pearson interval is turned into one for the ratio
    (Przyborowski and Wilenski 1940, Biometrika 31:313).

    Parameters
    ----------
    now, before : int
        Contacts in the later and in the earlier window.
    level : float
        Of the interval.

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


def mean_interval(values: pd.Series, level: float = 0.95, bounds: tuple[float, float] = (1.0, 5.0)) -> Estimate:
    """Give a mean with Student's interval, kept inside the scale.

    Parameters
    ----------
    values : Series of float
        Missing ones are left out.
    level : float
        Of the interval.
    bounds : (float, float)
        Ends of the scale.

    Examples
    --------
    >>> e = mean_interval(pd.Series([1.0, 2.0, 2.0, 3.0, None]))
    >>> round(e.value, 1), round(e.low, 2), round(e.high, 2), e.n
    (2.0, 1.0, 3.3, 4)
    """
    from scipy.special import stdtrit

    seen = values.dropna().to_numpy(dtype=float)
    n = len(seen)
    if n == 0:
        return Estimate()
    mean = float(seen.mean())
    if n < 2:
        return Estimate(mean, n=n)
    half = float(stdtrit(n - 1, (1 + level) / 2)) * float(seen.std(ddof=1)) / float(np.sqrt(n))
    return Estimate(mean, max(bounds[0], mean - half), min(bounds[1], mean + half), n)


def _odds(p: float) -> float:
    return p / (1 - p) if p < 1 else float("inf")
