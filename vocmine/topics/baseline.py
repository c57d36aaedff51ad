"""How many contacts a topic should have: its share of the past volume, with the spread it had."""

from __future__ import annotations

import numpy as np

_HALF_LIFE_DAYS = 21.0
MEMORY_DAYS = 28


def expected(
    counts: np.ndarray, totals: np.ndarray, ages: np.ndarray, volume: float, valid: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Expect counts from shares of the volume, so that a day on which everything doubles is no news.

    Parameters
    ----------
    counts : ndarray of float, shape (days, topics)
        Contacts of each topic on past days.
    totals : ndarray of float, shape (days,)
        All contacts of those days.
    ages : ndarray of float, shape (days,)
        Days from each to the day in question.
    volume : float
        All contacts of the day or days in question.
    valid : ndarray of bool, shape (days, topics), optional
        Counts that may be compared; all if None.

    Returns
    -------
    mean : ndarray of float, shape (topics,)
    size : ndarray of float, shape (topics,)
        Size of the negative binomial: its variance is mean + mean^2 / size. It holds the uncertain share (a gamma
        posterior with half a contact of prior) and the overdispersion of past days (Pearson's statistic).

    Examples
    --------
    >>> mean, size = expected(np.full((14, 1), 10.0), np.full(14, 100.0), np.arange(14, 0, -1.0), 200)
    >>> mean.round(1).tolist(), bool(size[0] > 50)
    ([20.1], True)
    """
    used = np.broadcast_to(((ages <= MEMORY_DAYS) & (totals > 0))[:, None], counts.shape)
    used = used if valid is None else used & valid
    weight = np.where(used, 0.5 ** (ages / _HALF_LIFE_DAYS)[:, None], 0.0)
    seen = (weight * counts).sum(axis=0) + 0.5
    share = seen / np.maximum((weight * totals[:, None]).sum(axis=0), 1.0)
    mean = share * volume
    fitted = np.maximum(np.outer(totals, share), 1e-9)
    freedom = np.maximum(used.sum(axis=0) - 1, 1)
    spread = np.where(used, (counts - fitted) ** 2 / np.maximum(fitted, 0.5), 0).sum(axis=0) / freedom
    spread = 1 + np.maximum(spread - 1, 0) * np.minimum(1.0, freedom / 10)
    return mean, 1 / (1 / seen + (spread - 1) / np.maximum(mean, 1e-9))


def tails(n: np.ndarray, mean: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the chance of as many contacts or more, and of as few or fewer."""
    from scipy.stats import nbinom

    chance = size / (size + mean)
    return nbinom.sf(n - 1, size, chance), nbinom.cdf(n, size, chance)


def band(mean: np.ndarray, size: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Give the range that holds a count with probability ``level``."""
    from scipy.stats import nbinom

    chance = size / (size + mean)
    return nbinom.ppf((1 - level) / 2, size, chance), nbinom.ppf((1 + level) / 2, size, chance)


def able(least: np.ndarray, alpha: float) -> int:
    """Count the tests whose least p-value could pass; the others cost nothing (R. Tarone, Biometrics 46, 1990).

    Examples
    --------
    >>> able(np.array([0.001, 0.002, 0.9, 0.9]), 0.01)
    3
    """
    passing = np.sort(least) * np.arange(1, len(least) + 1) <= alpha
    return int(np.flatnonzero(passing).max(initial=-1)) + 2
