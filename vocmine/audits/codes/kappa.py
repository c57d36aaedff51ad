"""Agreement beyond chance: Cohen's kappa with its interval."""

from __future__ import annotations

from typing import Any

import numpy as np

from vocmine.stats import Estimate, normal_quantile

_FEWEST = 5  # pairs below which nothing is said of chance


def cohen_kappa(first: Any, second: Any, level: float = 0.95) -> Estimate:
    """Give Cohen's kappa of two labellings of the same things.

    Parameters
    ----------
    first, second : sequence of str, shape (n,)
        Labels.
    level : float
        Level of the interval.

    Returns
    -------
    Estimate
        1 is full agreement, 0 what chance alone would give. Unknown for fewer than five pairs, and where both have one
        label alone, as nothing could have gone wrong. The interval is that of large samples, cut at -1 and 1; where all
        pairs agree, or none does by more than chance could tell, its spread is taken from one more pair of each kind.

    References
    ----------
    Cohen 1960, Educational and Psychological Measurement 20; Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72.

    Examples
    --------
    >>> both = cohen_kappa(list("aaaaabbbbb"), list("aaaabbbbbb"))
    >>> round(both.value, 2), round(both.low, 2), round(both.high, 2), both.n
    (0.8, 0.44, 1.0, 10)
    """
    from sklearn.metrics import cohen_kappa_score

    one, two = np.asarray(first, dtype=object).astype(str), np.asarray(second, dtype=object).astype(str)
    n = len(one)
    labels, codes = np.unique(np.concatenate([one, two]), return_inverse=True)
    if n < _FEWEST or len(labels) < 2:
        return Estimate(n=n)
    table = np.zeros((len(labels), len(labels)))
    np.add.at(table, (codes[:n], codes[n:]), 1.0)
    value = float(cohen_kappa_score(one, two))
    spread = _variance(table / n, n)
    if spread <= 0:
        seen = (table.sum(axis=0) + table.sum(axis=1)) > 0
        more = table + np.outer(seen, seen) / max(seen.sum() ** 2, 1)
        spread = _variance(more / more.sum(), more.sum())
    reach = normal_quantile(level) * float(np.sqrt(max(spread, 0.0)))
    return Estimate(value, max(value - reach, -1.0), min(value + reach, 1.0), n)


def _variance(share: np.ndarray, n: float) -> float:
    """Give the variance of kappa in large samples (Fleiss, Cohen and Everitt 1969, their equation 13)."""
    row, column = share.sum(axis=1), share.sum(axis=0)
    agreed, chance = float(np.trace(share)), float(row @ column)
    if chance >= 1:
        return 0.0
    kappa = (agreed - chance) / (1 - chance)
    both = row[:, None] + column[None, :]
    on = float((np.diag(share) * (1 - np.diag(both) * (1 - kappa)) ** 2).sum())
    weight = (column[:, None] + row[None, :]) ** 2
    off = float((share * weight).sum() - (np.diag(share) * np.diag(weight)).sum())
    middle = (kappa - chance * (1 - kappa)) ** 2
    return max(on + (1 - kappa) ** 2 * off - middle, 0.0) / ((1 - chance) ** 2 * n)
