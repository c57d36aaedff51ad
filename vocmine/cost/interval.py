"""Intervals for amounts that can't be negative."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Degrees of freedom of the variance of an issue: a few strata with some tens of checked contacts bear most of it.
DEGREES = 30


def log_interval(
    estimate: Floats, variance: Floats, level: float, known: Floats | float = 0.0
) -> tuple[Floats, Floats]:
    """Give an interval on the log scale, ``estimate x exp(-+ t x se / estimate)``.

    On small issues it stays above 0 and is longer upwards, as their estimates are skewed; t has `DEGREES` degrees of
    freedom as the variance is itself an estimate (Särndal, Swensson and Wretman 1992, section 5.2, for such intervals).

    Parameters
    ----------
    estimate, variance : ndarray
        Of the same shape.
    level : float
        Confidence, 0 to 1.
    known : ndarray or float
        What is certain: no bound is below.

    Returns
    -------
    low, high : ndarray

    Examples
    --------
    >>> low, high = log_interval(np.array([100.0]), np.array([100.0]), 0.95)
    >>> low.round(1).tolist(), high.round(1).tolist()
    ([81.5], [122.7])
    """
    from scipy.stats import t

    error = np.sqrt(np.maximum(variance, 0.0))
    safe = np.where(estimate > 0, estimate, 1.0)
    # Beyond twice the estimate the log scale would only blow up: go on from there in a straight line.
    ratio = t.ppf(0.5 + level / 2, DEGREES) * error / safe
    high = np.where(ratio <= 1, safe * np.exp(np.minimum(ratio, 1)), safe * np.e * ratio)
    low = np.maximum(safe * np.exp(-ratio), known)
    none = estimate <= 0
    reach = t.ppf(0.5 + level / 2, DEGREES) * error
    return np.where(none, 0.0, np.minimum(low, safe)), np.where(none, reach, high)
