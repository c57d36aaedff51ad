"""Whose contact belongs to an incident: an exact rule on its text, learned against the contacts before the incident.

Before an incident began no contact told of it, so the days before are a clean sample of what is usual. The rule is the
direction in which the first members differ most from it (Fisher's linear discriminant with a ridge), and its bound is
the one at which contacts since then exceed what the days before let expect by most: the Poisson scan statistic of
M. Kulldorff (A spatial scan statistic, Commun. Stat. Theory Methods 26 (1997)). Each contact before is scored by a rule
that was learned without it, each member by one that did not know that it is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vocmine import linalg

# Chosen by scripts/tune_incidents.py among 0.0003 to 0.03, beside a variance of about 0.0013 a dimension
_RIDGE = 0.001
_DIGITS = 24  # binary places of what a solver gives: the last ones differ between processors
_ROUNDS = 6  # in which members teach the rule that finds members
_HALF = 0.5  # contacts: nothing seen before is no proof of none
_LEAST = 3  # members below which there is no rule
_PLACES = 6  # of the scan statistic: the last digits differ between processors


@dataclass(frozen=True)
class Usual:
    """Contacts of the days before, and how they spread.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
    weight : ndarray of shape (n,)
        Of how many later contacts each tells: the volume of its channel later over that before.
    mean : ndarray of shape (d,)
    inverse : ndarray of shape (d, d)
        Of their covariance with a ridge.
    reach : ndarray of shape (n,)
        Factor that turns the score of a contact into that of a rule learned without it.
    """

    vectors: np.ndarray
    weight: np.ndarray
    mean: np.ndarray
    inverse: np.ndarray
    reach: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray, weight: np.ndarray) -> Usual:
        """Learn from contacts before; there must be two or more."""
        from scipy.linalg import cho_factor, cho_solve

        n, d = vectors.shape
        mean = linalg.on_fixed_grid(vectors.mean(axis=0, dtype=np.float64), _DIGITS)
        away = vectors - mean
        spread = linalg.product(np.ascontiguousarray(away.T), away.T) / n + _RIDGE * np.eye(d)
        inverse = linalg.on_fixed_grid(cho_solve(cho_factor(spread), np.eye(d)), _DIGITS)
        leverage = linalg.on_fixed_grid(_leverage(away, inverse), _DIGITS)
        return cls(vectors, weight, mean, inverse, 1 / np.maximum(1 - leverage / n, 0.1))


@dataclass(frozen=True)
class MemberRule:
    """Who is a member: whoever scores the bound or more.

    Parameters
    ----------
    weights : ndarray of float32, shape (d,)
    bound : float
    """

    weights: np.ndarray
    bound: float

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        """Score texts by their vectors, float64 of shape (n,)."""
        return np.asarray(linalg.product(vectors, self.weights[None])[:, 0])

    def members(self, vectors: np.ndarray) -> np.ndarray:
        """Tell who is a member, bool of shape (n,); the same alone and in any batch."""
        return np.asarray(self.scores(vectors) >= self.bound)


@dataclass(frozen=True)
class Learned:
    """A rule with what it found.

    Parameters
    ----------
    rule : MemberRule
    members : ndarray of bool, shape (n_later,)
        Later contacts that belong.
    usual : ndarray of bool, shape (n_before,)
        Contacts before that look as if they did.
    expected : float
        Members that the contacts before let expect.
    surprise : float
        Logarithm of the likelihood ratio of so many members.
    """

    rule: MemberRule
    members: np.ndarray
    usual: np.ndarray
    expected: float
    surprise: float


def learn(usual: Usual, later: np.ndarray, seeds: np.ndarray) -> Learned | None:
    """Learn who belongs, from a few contacts that may not all be right.

    Parameters
    ----------
    usual : Usual
    later : ndarray of float32, shape (n, d)
        Contacts since the first day.
    seeds : ndarray of bool, shape (n,)
        Those that are thought to belong.

    Returns
    -------
    Learned, optional
        None where no bound leaves more members than are to be expected.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> v = linalg.unit_rows(rng.normal(size=(300, 16)).astype(np.float32))
    >>> v[260:] = linalg.unit_rows(v[260:] + 2 * v[299])
    >>> found = learn(Usual.of(v[:200], np.full(200, 0.5)), v[200:], np.arange(200, 300) >= 290)
    >>> bool(found.members[60:].mean() > 0.9), bool(found.members[:60].mean() < 0.1)
    (True, True)
    """
    away = later - usual.mean
    members, best = seeds, None
    for _ in range(_ROUNDS):
        if members.sum() < _LEAST:
            break
        direction = linalg.on_fixed_grid(later[members].mean(axis=0, dtype=np.float64) - usual.mean, _DIGITS)
        weights = linalg.product(direction[None], usual.inverse)[0].astype(np.float32)
        found = _bounded(usual, away, members, weights)
        if found is None:
            break
        if best is None or found.surprise > best.surprise:
            best = found
        if np.array_equal(found.members, members):
            break
        members = found.members
    return best


def _bounded(usual: Usual, away: np.ndarray, members: np.ndarray, weights: np.ndarray) -> Learned | None:
    """Give a direction the bound at which members stand out most."""
    rule = MemberRule(weights, 0.0)
    middle = float(rule.scores(usual.mean[None])[0])
    before = (rule.scores(usual.vectors) - middle) * usual.reach
    scores = rule.scores(away)
    n = int(members.sum())
    own = linalg.on_fixed_grid(_leverage(away[members], usual.inverse), _DIGITS)
    scores[members] = (n * scores[members] - own) / max(n - 1, 1)  # by a mean without it
    order = np.argsort(-scores, kind="stable")
    fallen = np.argsort(-before, kind="stable")
    chance = np.concatenate([[0.0], np.cumsum(usual.weight[fallen])])
    above = np.searchsorted(-before[fallen], -scores[order], side="right")
    expected = chance[above] + _HALF * float(usual.weight.mean())
    surprise = np.round(excess(np.arange(1, len(order) + 1), expected), _PLACES)
    best = int(surprise.argmax()) if len(surprise) else 0
    if not len(surprise) or surprise[best] <= 0 or best + 1 < _LEAST:
        return None
    bound = float(scores[order[best]])
    found = scores >= bound
    rule = MemberRule(weights, bound + middle)
    return Learned(rule, found, before >= bound, float(expected[best]), float(surprise[best]))


def excess(n: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Give the logarithm of the likelihood ratio of counts against an expectation, 0 where they don't exceed it.

    Examples
    --------
    >>> excess(np.array([10, 2]), np.array([1.0, 4.0])).round(2).tolist()
    [14.03, 0.0]
    """
    ratio = np.maximum(n / expected, 1.0)
    return np.asarray(np.where(ratio > 1, n * linalg.log(ratio) - (n - expected), 0.0))


def _leverage(away: np.ndarray, inverse: np.ndarray) -> np.ndarray:
    return np.asarray(np.einsum("ij,ij->i", linalg.product(away, inverse), away))
