"""How far chances are off, apart from what chance alone gives."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from vocmine.stats import Floats

_BINS = 10
_PLACES = 4


def calibration(chance: Floats, hits: np.ndarray) -> tuple[float, float, pd.DataFrame]:
    """Hold chances against what happened, in ten groups of about equal size; equal chances stay together.

    Parameters
    ----------
    chance : ndarray of shape (n,)
        Predicted.
    hits : ndarray of shape (n,)
        0 or 1.

    Returns
    -------
    error, p_value : float
        Root mean square of what chances are off by, less what chance alone gives (Kumar, Liang and Ma 2019, NeurIPS);
        and how likely so large a one is by chance (Hosmer and Lemeshow 1980).
    bins : DataFrame
        ``predicted, actual, n``.

    Examples
    --------
    >>> error, p_value, bins = calibration(np.repeat([0.2, 0.8], 500), np.tile([0, 0, 0, 0, 1], 200))
    >>> round(error, 2), p_value < 0.01, bins["actual"].round(1).unique().tolist()
    (0.42, True, [0.2])
    """
    from scipy.stats import chi2

    parts = [part for part in _equal_parts(chance) if len(part) > 1]
    n = np.array([len(part) for part in parts], dtype=float)
    predicted = np.array([math.fsum(chance[part].tolist()) / len(part) for part in parts])
    actual = np.array([hits[part].mean() for part in parts])
    by_chance = actual * (1 - actual) / (n - 1)
    square = float((((predicted - actual) ** 2 - by_chance) * n).sum() / n.sum())
    noise = np.maximum(predicted * (1 - predicted) / n, 1e-12)
    p_value = float(chi2.sf((((predicted - actual) ** 2) / noise).sum(), len(parts)))
    bins = pd.DataFrame({"predicted": predicted.round(_PLACES), "actual": actual.round(_PLACES), "n": n.astype(int)})
    return round(math.sqrt(max(square, 0.0)), _PLACES), round(p_value, 6), bins


def _equal_parts(chance: Floats) -> list[np.ndarray]:
    """Give the places of the smallest tenth of chances, of the next, and so on."""
    rounded = chance.round(_PLACES)
    ends = np.sort(rounded)[(np.arange(1, _BINS) * len(rounded)) // _BINS]
    part = np.searchsorted(np.unique(ends), rounded, side="right")
    return [np.flatnonzero(part == k) for k in range(int(part.max()) + 1)]
