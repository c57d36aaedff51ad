"""A regression whose effects are shrunk by how much effects of their kind differ: empirical Bayes.

Effects of one block are taken as drawn around 0 from Student's t with a scale of their own, which the data say: by EM
of the restricted likelihood of the linear mixed model (Laird and Ware 1982, Biometrics 38, 963-974), with weights for
t, so that one bad issue among harmless ones is not shrunk away (Lange, Little and Taylor 1989, J. Am. Stat. Assoc. 84,
881-896), and the boundary-avoiding prior of Chung, Rabe-Hesketh, Dorie, Gelman and Liu 2013 (Psychometrika 78,
685-709), so that no scale is 0 and no range has no width. Contacts of one customer are alike: the variance of a figure
is the larger of the posterior's, with the design effect of customers, and that of the sandwich over customers (Liang
and Zeger 1986, Biometrika 73, 13-22) with the bias that shrinking is to be expected to bring. To both comes what is not
known of the scales (Kass and Steffey 1989, J. Am. Stat. Assoc. 84, 717-726).

Sums over contacts are those of `vocmine.linalg`; what small matrices give differs between processors in digits that no
caller writes: all round.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vocmine.linalg import product
from vocmine.stats import Floats

_STEPS = 60  # of EM; a fixed number, so that no last digit decides when to stop
_START = 0.1  # of the variance of the outcome, for each block
_FEW = 3  # features of a block, from which their variance can be told
_TAILS = 4.0  # degrees of freedom of the t of effects
_WIDEST = 1.0  # of the logarithm of a squared scale: the points around it stay where its likelihood is smooth
_TINY = 1e-9


@dataclass(frozen=True, eq=False)
class ShrunkFit:
    """Effects with what is not known of them.

    Parameters
    ----------
    effects : ndarray of shape (p,)
        The fixed ones, then the shrunk ones in the order of the blocks.
    posterior, sandwich : ndarray of shape (p, p)
        Two estimates of their covariance.
    variances : ndarray of shape (p,)
        What the size of each effect is taken to be, squared, before it is seen; infinite for the fixed ones.
    noise : float
        Variance of what is left, of one contact.
    degrees : float
        Degrees of freedom of it.
    """

    effects: Floats
    posterior: Floats
    sandwich: Floats
    variances: Floats
    noise: float
    degrees: float

    def figures(self, weights: Floats, level: float) -> tuple[Floats, Floats, Floats]:
        """Give value, low and high of weighted sums of the effects, one a row of `weights`."""
        from scipy.special import stdtrit

        value = weights @ self.effects
        spread = [((weights @ matrix) * weights).sum(axis=1) for matrix in (self.posterior, self.sandwich)]
        half = float(stdtrit(self.degrees, (1 + level) / 2)) * np.sqrt(np.maximum(np.maximum(*spread), 0.0))
        return value, value - half, value + half


def fit_shrunk(
    fixed: Floats, blocks: Sequence[Floats], y: Floats, people: np.ndarray, learned: Sequence[bool] | None = None
) -> ShrunkFit:
    """Fit effects of which those of each block are shrunk towards 0.

    Parameters
    ----------
    fixed : ndarray of shape (n, q)
        Columns that are not shrunk, as the level.
    blocks : sequence of ndarray of shape (n, p)
        Columns whose effects are of one size.
    y : ndarray of shape (n,)
        What is explained.
    people : ndarray of int, shape (n,)
        Whose contact each is.
    learned : sequence of bool, optional
        Whether the variance of each block is learned; that of a small block is always that of the outcome.

    Returns
    -------
    ShrunkFit

    Examples
    --------
    Two of three groups are alike; the third is 1 below them, and shrunk a little:

    >>> group = np.repeat(np.eye(3), 50, axis=0)
    >>> y = np.repeat([4.0, 4.0, 3.0], 50) + np.tile([0.5, -0.5], 75)
    >>> fit = fit_shrunk(np.ones((150, 1)), [group], y, np.arange(150))
    >>> value, low, high = fit.figures(np.array([[0.0, -0.5, -0.5, 1.0]]), 0.95)
    >>> bool(-1 < value[0] < -0.9), bool(low[0] < -1 < high[0])
    (True, True)
    """
    x = np.hstack([fixed, *blocks])
    gram, cross, square = _sums(x, y)
    of_block = np.repeat(np.arange(len(blocks) + 1), [fixed.shape[1], *(b.shape[1] for b in blocks)])
    spread = float(max(square / len(y) - (y.sum() / len(y)) ** 2, _TINY))
    sizes = [block.shape[1] for block in blocks]
    told = learned or [True] * len(blocks)
    free = [size >= _FEW and may for size, may in zip(sizes, told, strict=True)]
    start = np.array([np.inf, *(_START * spread if learn else spread for learn in free)])[of_block]
    noise, variances = _estimate(gram, cross, (square, len(y)), of_block, (spread, start, np.array([False, *free])))
    effects, _ = _solve(gram, cross, noise, variances)
    residuals = y - product(x, effects[None])[:, 0]
    totals = np.bincount(people, residuals)
    design_effect = max(1.0, float((totals**2).sum() / max((residuals**2).sum(), _TINY)))
    effects, posterior = _solve(gram, cross, noise * design_effect, variances)
    scaled = [of_block == b for b, learn in enumerate(free, 1) if learn]
    doubt = _of_unknown_scales(gram, cross, noise * design_effect, variances, scaled)
    residuals = y - product(x, effects[None])[:, 0]
    scores = _scores(x, residuals, people) / (noise * design_effect)
    n_people = max(len(scores), 2)
    meat = scores.T @ scores * (n_people / (n_people - 1))
    sandwich = posterior @ (meat + np.diag(1 / variances)) @ posterior
    used = float((posterior * gram).sum()) / (noise * design_effect)
    return ShrunkFit(effects, posterior + doubt, sandwich + doubt, variances, noise, max(n_people - used, 1.0))


def _sums(x: Floats, y: Floats) -> tuple[Floats, Floats, float]:
    both = np.column_stack([x, y]).T
    sums = product(both, both)
    sums = (sums + sums.T) / 2
    return sums[:-1, :-1], sums[:-1, -1], float(sums[-1, -1])


def _solve(gram: Floats, cross: Floats, noise: float, variances: Floats) -> tuple[Floats, Floats]:
    """Give the effects and their posterior covariance."""
    inverse = np.linalg.inv(gram / noise + np.diag(1 / variances))
    posterior = (inverse + inverse.T) / 2
    return posterior @ (cross / noise), posterior


def _estimate(
    gram: Floats, cross: Floats, size: tuple[float, int], of_block: np.ndarray, start: tuple[float, Floats, np.ndarray]
) -> tuple[float, Floats]:
    """Find the variance of what is left, and what the squared size of each effect is to be expected to be."""
    (square, n), (noise, variances, free) = size, start
    p = np.bincount(of_block, minlength=len(free))
    scale, learned = variances.copy(), free[of_block]
    for _ in range(_STEPS):
        effects, posterior = _solve(gram, cross, noise, variances)
        second = effects**2 + posterior.diagonal()
        weight = np.where(learned, (_TAILS + 1) / (_TAILS + second / scale), 0.0)
        of_all = np.bincount(of_block, weight * second, minlength=len(free)) / np.maximum(p - 1, 1)
        scale = np.where(learned, np.maximum(of_all[of_block], _TINY), variances)
        variances = np.where(learned, scale * (_TAILS + second / scale) / (_TAILS + 1), variances)
        left = square - 2 * (effects * cross).sum() + effects @ gram @ effects + (gram * posterior).sum()
        noise = float(max(left / n, _TINY))
    return noise, variances


def _of_unknown_scales(
    gram: Floats, cross: Floats, noise: float, variances: Floats, blocks: Sequence[np.ndarray]
) -> Floats:
    """Give what the covariance gains as the scales themselves are estimates: mean and spread over points around them.

    The logarithm of a squared scale has a variance of about 2 by the number of effects that the data tell.
    """
    effects, posterior = _solve(gram, cross, noise, variances)
    gain = np.zeros_like(posterior)
    for mine in blocks:
        told = float((1 - posterior.diagonal()[mine] / variances[mine]).clip(0, 1).sum())
        step = min(math.sqrt(2 / max(told, 0.5)), _WIDEST) * math.sqrt(len(blocks))
        for sign in (-1, 1):
            other, around = _solve(gram, cross, noise, np.where(mine, variances * math.exp(sign * step), variances))
            gain += (around - posterior + np.outer(other - effects, other - effects)) / (2 * len(blocks))
    return gain


def _scores(x: Floats, residuals: Floats, people: np.ndarray) -> Floats:
    """Sum up what each person's contacts say, one row a person."""
    order = np.argsort(people, kind="stable")
    starts = np.flatnonzero(np.diff(people[order], prepend=-1))
    return np.asarray(np.add.reduceat((x * residuals[:, None])[order], starts, axis=0))

