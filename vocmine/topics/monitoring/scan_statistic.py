"""Where talk became denser than before: a scan over neighbourhoods for issues that no topic names yet.

Around each recent contact its nearest neighbours in memory are looked at. If nothing changed, a neighbour is recent
with the probability that any contact of its channel in memory is, whatever the volume of the days, and whether a
channel is new or fell silent; a binomial test says where there are too many recent ones. P-values are multiplied by the
number of tests (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vocmine import linalg

_SIZES = (6, 9, 13, 19, 28, 40)  # neighbours, in steps of about a half
_LEAST_EXPECTED = 0.5  # contacts: nothing seen before is no proof of none
_CHANNEL_PRIOR = 5.0  # contacts of a channel that are taken to be as recent as those of all


@dataclass(frozen=True)
class Dense:
    """A neighbourhood with more recent contacts than expected.

    Parameters
    ----------
    rows : ndarray of int64
        Its recent contacts, as rows of the memory, nearest the middle first.
    expected : float
        Recent contacts expected there from the contacts before.
    n_past : float
        Contacts before that the expectation rests on, those of half a contact at least.
    p_adjusted : float
        Binomial p-value times the number of tests.
    """

    rows: np.ndarray
    expected: float
    n_past: float
    p_adjusted: float

    @property
    def ratio(self) -> float:
        """Recent contacts over those expected, with half a contact as the least expectation."""
        return len(self.rows) / max(self.expected, _LEAST_EXPECTED)


@dataclass(frozen=True)
class ScanRule:
    """What counts as an alarm.

    Parameters
    ----------
    alpha : float
        Greatest adjusted p-value.
    least : int
        Least number of recent contacts.
    ratio : float
        Least ratio of recent contacts to those expected.
    """

    alpha: float = 0.01
    least: int = 6
    ratio: float = 3.0


def scan(
    vectors: np.ndarray, recent: np.ndarray, past: np.ndarray, tests: int, rule: ScanRule,
    channel: np.ndarray | None = None,
) -> list[Dense]:
    """Find neighbourhoods that became dense, the surest first, without overlap.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
        The memory.
    recent, past : ndarray of bool, shape (n,)
        The recent contacts and those to compare with; a row may be in neither.
    tests : int
        How many such scans share the error rate.
    rule : ScanRule
    channel : ndarray of str, shape (n,), optional
        Where each came from; all from one if None.

    Returns
    -------
    list of Dense

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> v = rng.normal(size=(300, 16)); v[260:, 0] += 20
    >>> v = (v / np.linalg.norm(v, axis=1, keepdims=True)).astype(np.float32)
    >>> recent = np.arange(300) >= 240
    >>> [len(d.rows) >= 30 for d in scan(v, recent, ~recent, 1, ScanRule())]
    [True]
    """
    from scipy.stats import binom

    rows = np.flatnonzero(recent | past)
    seeds = np.flatnonzero(recent[rows])
    sizes = [k for k in _SIZES if k < len(rows)]
    if len(seeds) < rule.least or not sizes or not past.any():
        return []
    x, is_recent = vectors[rows], recent[rows]
    share = _recent_shares(is_recent, None if channel is None else channel[rows])
    hits, chance = _recent_neighbours(x, seeds, is_recent, share, sizes)
    # a sum of unequal chances spreads no more than a binomial of their mean (Hoeffding, Ann. Math. Stat. 27, 1956)
    p = binom.sf(hits - 1, np.array(sizes), chance) * len(seeds) * len(sizes) * tests
    found: list[Dense] = []
    used = np.zeros(len(rows), dtype=bool)
    for i in np.lexsort((seeds, p.min(axis=1))):
        if p[i].min() > rule.alpha:
            break
        if used[seeds[i]]:
            continue
        dense = _grow(x, seeds[i], sizes[int(p[i].argmin())], is_recent, share, float(p[i].min()))
        if len(dense.rows) >= rule.least and dense.ratio >= rule.ratio and used[dense.rows].mean() < 0.3:
            found.append(replace(dense, rows=rows[dense.rows]))
        used[dense.rows] = True
    return found


def _recent_shares(is_recent: np.ndarray, channel: np.ndarray | None) -> np.ndarray:
    """Give each row the share of recent contacts of its channel, shrunk to that of all."""
    overall = float(is_recent.mean())
    if channel is None:
        return np.full(len(is_recent), overall)
    _, which = np.unique(channel, return_inverse=True)
    n, hits = np.bincount(which), np.bincount(which, weights=is_recent)
    if len(n) == 1:
        return np.full(len(is_recent), overall)
    return np.asarray(((hits + _CHANNEL_PRIOR * overall) / (n + _CHANNEL_PRIOR))[which])


def _recent_neighbours(
    x: np.ndarray, seeds: np.ndarray, is_recent: np.ndarray, share: np.ndarray, sizes: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Count recent contacts among the nearest neighbours of each seed, and give their mean chance: (seeds, sizes)."""
    most, last = max(sizes), np.array(sizes) - 1
    out = np.empty((len(seeds), len(sizes)), dtype=np.int64)
    chance = np.empty((len(seeds), len(sizes)))
    known = linalg.Factor(x)
    for start in range(0, len(seeds), 512):
        block = seeds[start : start + 512]
        alike = linalg.cosines(x[block], known)
        alike[np.arange(len(block)), block] = -np.inf
        nearest = linalg.nearest(alike, most)
        out[start : start + 512] = is_recent[nearest].cumsum(axis=1)[:, last]
        chance[start : start + 512] = share[nearest].cumsum(axis=1)[:, last] / np.array(sizes)
    return out, chance


def _grow(
    x: np.ndarray, seed: int, size: int, is_recent: np.ndarray, share: np.ndarray, p: float
) -> Dense:
    """Move a neighbourhood to the mean of its recent contacts, and give it the size that stands out most."""
    from scipy.stats import binom

    near = np.argsort(-linalg.cosines(x, x[seed][None])[:, 0], kind="stable")[: size + 1]
    for _ in range(2):
        middle = x[near[is_recent[near]]].mean(axis=0)
        order = np.argsort(-linalg.cosines(x, middle[None])[:, 0], kind="stable")[: 5 * (size + 1)]
        hits = is_recent[order].cumsum()
        ends = np.arange(1, len(order) + 1)
        surprise = -binom.logsf(hits - 1, ends, share[order].cumsum() / ends)
        near = order[: int(surprise[4:].argmax()) + 5]
    members = near[is_recent[near]]
    before = near[~is_recent[near]]
    # each contact before tells of so many recent ones as its channel has for it
    odds = share / np.maximum(1 - share, 1e-9)
    n_past = max(float(len(before)), _LEAST_EXPECTED / max(float(odds[near].mean()), 1e-9))
    return Dense(members, float(odds[before].sum()), n_past, p)
