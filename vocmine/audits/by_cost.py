"""A sample that narrows the dearest reasons most: contacts drawn in proportion to what their mistake would move."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MUST_SHARE = 0.01
"""A predicted reason that bears this share of the cost is checked: below it, an audit may do without."""

_FEW = 3  # contacts of each such reason: two give a variance, one more makes it usable
_LEAST_COST = 0.25  # of the mean of its reason: cheap contacts count for volumes too, and their weights stay bounded
_LEAST_DOUBT, _MOST_SURE = 0.03, 0.5  # scores are not trusted beyond these
_FOCUS = 1.0  # weight of a reason is its share of the cost to this power: 0 all alike, 2 money alone


def chances(label: NDArray[np.object_], score: Floats, cost: Floats, n: int) -> Floats:
    """Give each contact its chance to be drawn; they add up to `n`, and none is 0.

    A total by reason is estimated from ``cost / chance``, so the chance that makes its variance smallest goes with the
    contact's cost times the standard deviation of what it is about (Neyman 1934; probability proportional to size:
    Särndal, Swensson and Wretman 1992, section 3.6). A contact is about its predicted reason with probability p (its
    score): p (1 - p). If it is not, its cost belongs to another: half of these to each other reason by its cost, half
    evenly. Both are relative to the cost of the reasons they move, and these weigh by their share of the cost.

    Parameters
    ----------
    label : ndarray of shape (m,)
        Predicted reason of each contact.
    score : ndarray of shape (m,)
        How sure it is.
    cost : ndarray of shape (m,)
        Cost of each contact, 0 or more.
    n : int
        Contacts to draw, fewer than there are.

    Examples
    --------
    >>> label = np.array(["a"] * 50 + ["b"] * 50, dtype=object)
    >>> chance = chances(label, np.full(100, 0.8), np.r_[np.full(50, 3.0), np.full(50, 1.0)], 20)
    >>> round(float(chance.sum()), 6), bool(chance[0] > chance[-1])
    (20.0, True)
    """
    code, _names = pd.factorize(label, sort=True)
    k = int(code.max()) + 1
    total = np.bincount(code, weights=cost, minlength=k)
    mean = total / np.bincount(code, minlength=k)
    held = np.maximum(cost, _LEAST_COST * np.maximum(mean, 0.1 * cost.mean())[code])
    size = held * np.sqrt(_doubt(code, score, total))
    must = total >= MUST_SHARE * total.sum()
    few = np.where(must, _few_each(int(must.sum()), n), 0)
    return _spread_out(size, code, few, n)


def expected_error(label: NDArray[np.object_], score: Floats, cost: Floats, chance: Floats, reason: str) -> float:
    """Give the relative standard error of a reason's cost that drawing with these chances is expected to bring.

    The same idea of mistakes as `chances` has: what a contact is about varies by p (1 - p), p the chance that it is
    this reason; each drawn contact stands for ``1 / chance`` (Särndal, Swensson and Wretman 1992, section 3.5).

    Examples
    --------
    >>> label = np.array(["a"] * 80 + ["b"] * 80, dtype=object)
    >>> errors = [expected_error(label, np.full(160, 0.8), np.ones(160), np.full(160, n / 160), "a") for n in (16, 160)]
    >>> [round(error, 2) for error in errors]
    [0.19, 0.0]
    """
    code, names = pd.factorize(label, sort=True)
    total = np.bincount(code, weights=cost, minlength=len(names))
    at = int(np.flatnonzero(np.asarray(names) == reason)[0])
    wrong = np.clip(1 - score, _LEAST_DOUBT, _MOST_SURE)
    goes = 0.5 * total / total.sum() + 0.5 / len(total)
    p = np.where(code == at, 1 - wrong, wrong * goes[at] / np.maximum(1 - goes[code], 1e-9))
    variance = float(((1 - chance) / chance * cost**2 * p * (1 - p)).sum())
    return float(np.sqrt(variance) / total[at]) if total[at] > 0 else float("nan")


def draw(chance: Floats, label: NDArray[np.object_], seed: int) -> NDArray[np.int64]:
    """Draw contacts with exactly these chances: a fixed number in all, and of each reason all but one of its share.

    Systematic sampling in a random order within each reason (Madow 1949; Goodman and Kish 1950).

    Examples
    --------
    >>> draw(np.full(10, 0.3), np.array(["a"] * 10, dtype=object), 0).shape
    (3,)
    """
    rng = np.random.default_rng(seed)
    order = np.lexsort((rng.random(len(chance)), pd.factorize(label, sort=True)[0]))
    steps = np.cumsum(chance[order])
    steps *= round(float(steps[-1])) / steps[-1]
    steps[-1] = round(float(steps[-1]))  # rounding must not cost a contact
    start = 1 - rng.random()
    reached = np.floor(np.r_[0.0, steps] - start)
    return np.sort(order[np.diff(reached) > 0]).astype(np.int64)


def _doubt(code: NDArray[np.intp], score: Floats, total: NDArray[Any]) -> Floats:
    """Variance of what a contact is about, a contact's cost apart, summed over reasons by their weight."""
    k, whole = len(total), float(total.sum())
    share = np.maximum(total / whole, 1e-6)
    weight = share**_FOCUS / share**2
    wrong = np.clip(1 - score, _LEAST_DOUBT, _MOST_SURE)
    own = (1 - wrong) * wrong * weight[code]
    if k == 1:
        return np.asarray(own)
    goes = 0.5 * share + 0.5 / k
    leak = (float((goes * weight).sum()) - (goes * weight)[code]) / np.maximum(1 - goes[code], 1e-9)
    return np.asarray(own + wrong * leak)


def _few_each(reasons: int, n: int) -> int:
    """Give how many of each reason must be drawn: half of the sample at most, or one; something is left for others."""
    return min(_FEW, max(1, n // (2 * reasons))) if n > reasons else 0


def _spread_out(size: Floats, code: NDArray[np.intp], few: NDArray[np.int64], n: int) -> Floats:
    """Scale sizes to chances of at most 1 that add up to `n`, with at least `few` (or all) of each reason."""
    least = np.minimum(few, np.bincount(code, minlength=len(few)))
    fixed = np.zeros(len(few), dtype=bool)
    chance = _capped(size, float(n))
    while True:
        held = np.bincount(code, weights=chance, minlength=len(few))
        short = (held < least - 1e-9) & ~fixed
        if not short.any():
            return chance
        for reason in np.flatnonzero(short):
            mine = code == reason
            chance[mine] = _capped(size[mine], float(least[reason]))
        fixed |= short
        rest = ~fixed[code]
        chance[rest] = _capped(size[rest], float(n - least[fixed].sum()))


def _capped(size: Floats, n: float) -> Floats:
    """Scale sizes so that they add up to `n` and none is above 1."""
    whole = np.zeros(len(size), dtype=bool)
    while True:
        left = n - whole.sum()
        chance = np.where(whole, 1.0, size * (left / max(float(size[~whole].sum()), 1e-300)))
        over = (chance > 1) & ~whole
        if not over.any():
            return np.asarray(chance)
        whole |= over
