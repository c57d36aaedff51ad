"""Which issue is first, and whether that can be told: one name where ranges part, all that it may be where they don't.

The rule is the chance to be the largest, from the ranges, and not whether two ranges overlap: ranges of 95 % may
overlap a little where the order is all but certain, and among thirty wide ones the dearest overlaps many that are
hardly ever first. The chance is an integral, so the same report names the same issues without a seed.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vocmine.report.summary import IssueLine, Summary
from vocmine.stats import Estimate, normal_quantile

Floats = NDArray[np.float64]

_SMALL = 0.05  # chance to be first below which an issue is not named beside the likeliest
_STEPS = 400  # of the integral over an amount: its error is far below a chance that is worth a word
_CERTAIN = 1e-9  # spread of the logarithm of an amount without an interval


def chance_largest(amounts: Sequence[Estimate], level: float = 0.95) -> Floats:
    """Give the chance of each amount to be the largest of all, from their intervals.

    Each is taken as log-normal, with its value as median and its interval as quantiles, and on its own; the chance is
    the integral over one of them that all others lie below. An amount without an interval is taken as certain, and two
    that are certain and equal have the same chance.

    Parameters
    ----------
    amounts : sequence of Estimate
        Of one kind; those not above 0 or unknown have no chance.
    level : float
        Of the intervals.

    Examples
    --------
    >>> chance_largest([Estimate(100.0, 60.0, 160.0), Estimate(90.0, 60.0, 140.0), Estimate(10.0, 5.0, 20.0)]).round(2)
    array([0.63, 0.37, 0.  ])
    >>> chance_largest([Estimate(100.0, 90.0, 110.0), Estimate(50.0, 45.0, 55.0)]).round(2)
    array([1., 0.])
    """
    from scipy.special import ndtr, ndtri

    out = np.zeros(len(amounts))
    rows = np.array([i for i, amount in enumerate(amounts) if amount.value > 0], dtype=np.intp)
    if not len(rows):
        return out
    middle, spread = (np.array(part) for part in zip(*(_on_log_scale(amounts[i], level) for i in rows), strict=True))
    steps = ndtri((np.arange(_STEPS) + 0.5) / _STEPS)
    at = middle[:, None] + spread[:, None] * steps[None, :]  # amount, step
    below = ndtr((at[:, None, :] - middle[None, :, None]) / spread[None, :, None])
    own = np.arange(len(rows))
    below[own, own] = 1.0
    chance = below.prod(axis=1).mean(axis=1)
    out[rows] = chance / chance.sum()
    return out


def cost_leaders(s: Summary) -> tuple[IssueLine, ...]:
    """Give the issues one of which costs (takes, counts) most, the largest estimate first: one where that can be told.

    They are those of `Summary.focus`: what customers wanted anyway is left out.
    """
    return _leaders(s.focus, [_size(line, s) for line in s.focus], s.level)


def paid_leaders(s: Summary) -> tuple[IssueLine, ...]:
    """Give the issues one of which has the largest payouts."""
    return _leaders(s.issues, [line.payout for line in s.issues], s.level)


def saving_leaders(s: Summary) -> tuple[IssueLine, ...]:
    """Give the issues one of which has the largest saving within reach: it is as sure as the cost it is a part of."""
    known = [line for line in s.issues if line.saves]
    return _leaders(known, [scaled(line.cost, line.avoidable) for line in known], s.level)


def priority_leaders(s: Summary) -> tuple[IssueLine, ...]:
    """Give the issues one of which is first in the order that was given: those whose places reach up to the first."""
    placed = [line for line in s.issues if line.rank.known]
    placed.sort(key=lambda line: line.rank.value)
    return tuple(line for i, line in enumerate(placed) if i == 0 or line.rank.low <= 1)


def top_is_known(s: Summary, k: int) -> bool:
    """Whether the first issues of the report can be told from the rest: no other is likely enough to be among them."""
    top, rest = s.focus[:k], s.focus[k:]
    if s.ranked:
        return all(not line.rank.ranged or line.rank.high <= k for line in top)
    pairs = ([_size(other, s), _size(line, s)] for line in top for other in rest)
    return all(chance_largest(pair, s.level)[0] < _SMALL for pair in pairs)


def _leaders(lines: Sequence[IssueLine], sizes: Sequence[Estimate], level: float) -> tuple[IssueLine, ...]:
    chance = chance_largest(sizes, level)
    order = sorted(range(len(lines)), key=lambda i: (-_value(sizes[i]), lines[i].issue))
    return tuple(lines[i] for place, i in enumerate(order) if place == 0 or chance[i] >= _SMALL)


def _value(size: Estimate) -> float:
    return size.value if size.known else -math.inf


def _size(line: IssueLine, s: Summary) -> Estimate:
    """Give the size of an issue with a range; hours are as sure as the contacts that take them."""
    size = s.size(line)
    return scaled(line.contacts, size.value) if s.measure == "hours" else size


def scaled(whole: Estimate, value: float) -> Estimate:
    """Give a part of an amount the relative range of the whole."""
    if not whole.ranged or not whole.value > 0:
        return Estimate(value)
    factor = value / whole.value
    return Estimate(value, whole.low * factor, whole.high * factor)


def _on_log_scale(amount: Estimate, level: float) -> tuple[float, float]:
    """Give the median and the spread of an amount's logarithm; a trace of spread where there is none."""
    if not amount.ranged:
        return math.log(amount.value), _CERTAIN
    floor = max(1e-3 * amount.value, sys.float_info.min)  # a bound of 0 has no logarithm
    width = math.log(max(amount.high, floor)) - math.log(max(amount.low, floor))
    return math.log(amount.value), max(width / (2 * normal_quantile(level)), _CERTAIN)
