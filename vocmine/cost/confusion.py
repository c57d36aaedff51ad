"""A small model of the tagger's mistakes: what a contact is really about, given its tags, scores and handle time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from vocmine.cost.attribution import Pairs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_STEPS = 8  # of Newton's method
# Worth, in checked contacts, of what all labels together say about one label.
_PRIOR_OFF = 2.0
_PRIOR_EFFORT = 2.0  # contacts that an issue's mean effort is drawn to the average with


@dataclass(frozen=True)
class Confusion:
    """Chance that a tag is right by label and score, what is true where it is wrong, and log effort by true issue.

    Parameters
    ----------
    slope : ndarray of shape (2 + n_issues,)
        Logistic regression of "this tag is right": constant, logit of the score, a shift by label.
    off : ndarray of shape (n_issues, n_issues)
        Where a tag is wrong: chances of the true issue; diagonal 0.
    centre : ndarray of shape (n_issues,)
        Mean log effort by true issue.
    spread : float
        Variance of log effort in an issue.
    """

    slope: Floats
    off: Floats
    centre: Floats
    spread: float

    def predict(self, pairs: Pairs, log_effort: Floats, rows: slice) -> Floats:
        """Give the chances of the true issue of contacts, shape (rows, n_issues); rows add up to 1."""
        first, last = np.searchsorted(pairs.row, [rows.start, rows.stop])
        place = pairs.row[first:last] - rows.start
        issue, share = pairs.issue[first:last], pairs.share[first:last]
        right = _logistic(_design(issue, pairs.score[first:last], len(pairs.issues)), self.slope)
        shape = (rows.stop - rows.start, len(pairs.issues))
        kept = csr_array((share * right, (place, issue)), shape=shape).toarray()
        moved = csr_array((share * (1 - right), (place, issue)), shape=shape) @ self.off
        chances = np.asarray(kept + moved, dtype=float)
        effort = log_effort[rows]
        seen = np.isfinite(effort)
        likely = -((effort[seen, None] - self.centre) ** 2) / (2 * self.spread)
        chances[seen] *= np.exp(likely - likely.max(axis=1, keepdims=True))
        return np.asarray(chances / chances.sum(axis=1, keepdims=True), dtype=float)


def fit_confusion(pairs: Pairs, log_effort: Floats, rows: Ints, truth: Floats) -> Confusion:
    """Fit the model on checked contacts.

    Parameters
    ----------
    pairs : Pairs
        Predicted reasons of all contacts, sorted by contact.
    log_effort : ndarray of shape (n,)
        Log of handle time; NaN where it was not measured.
    rows : ndarray of int, shape (m,)
        Checked contacts.
    truth : ndarray of shape (m, n_issues)
        Their true shares.

    Returns
    -------
    Confusion
    """
    k = len(pairs.issues)
    place = np.full(len(pairs.main), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    chosen = place[pairs.row] >= 0
    at, issue, share = place[pairs.row[chosen]], pairs.issue[chosen], pairs.share[chosen]
    hit = (truth[at, issue] > 0).astype(float)
    slope = _fit_logistic(_design(issue, pairs.score[chosen], k), hit, share)
    wrong = csr_array((share * (1 - hit), (issue, at)), shape=(k, len(rows))) @ truth
    seen = np.isfinite(log_effort[rows])
    centre, spread = _effort(log_effort[rows][seen], truth[seen])
    return Confusion(slope, _off_diagonal(np.asarray(wrong, dtype=float)), centre, spread)


def _design(issue: Ints, score: Floats, k: int) -> tuple[Floats, Ints, int]:
    bounded = np.clip(score, 0.01, 0.99)
    return np.log(bounded / (1 - bounded)), issue, k


def _logistic(design: tuple[Floats, Ints, int], slope: Floats) -> Floats:
    x, issue, _k = design
    return np.asarray(1 / (1 + np.exp(-(slope[0] + slope[1] * x + slope[2 + issue]))), dtype=float)


def _fit_logistic(design: tuple[Floats, Ints, int], hit: Floats, weight: Floats) -> Floats:
    """Newton steps; the shift of a label is drawn to 0 (a normal prior of variance 1)."""
    x, issue, k = design
    full = np.zeros((len(x), 2 + k))
    full[:, 0], full[:, 1] = 1, x
    full[np.arange(len(x)), 2 + issue] = 1
    penalty = np.r_[0.01, 0.1, np.ones(k)]
    slope = np.zeros(2 + k)
    slope[0] = 1.0
    for _ in range(_STEPS):
        p = _logistic(design, slope)
        curve = weight * p * (1 - p) + 1e-6
        gradient = full.T @ (weight * (hit - p)) - penalty * slope
        slope = slope + np.linalg.solve((full * curve[:, None]).T @ full + np.diag(penalty), gradient)
        slope = np.clip(slope, -8, 8)
    return slope


def _off_diagonal(wrong: Floats) -> Floats:
    """Chances of the true issue of a wrong tag, drawn to what wrong tags of all labels are about."""
    wrong = wrong.copy()
    np.fill_diagonal(wrong, 0)
    prior = np.tile(wrong.sum(axis=0) + 0.5, (len(wrong), 1))
    np.fill_diagonal(prior, 0)
    total = prior.sum(axis=1, keepdims=True)
    prior = np.divide(prior, total, out=np.eye(len(wrong)), where=total > 0)
    mixed = wrong + _PRIOR_OFF * prior
    return np.asarray(mixed / mixed.sum(axis=1, keepdims=True), dtype=float)


def _effort(log_effort: Floats, truth: Floats) -> tuple[Floats, float]:
    k = truth.shape[1]
    if len(log_effort) < 2 * k:
        return np.zeros(k), np.inf
    middle = float(log_effort.mean())
    centre = (truth.T @ log_effort + _PRIOR_EFFORT * middle) / (truth.sum(axis=0) + _PRIOR_EFFORT)
    spread = float((truth * (log_effort[:, None] - centre) ** 2).sum() / len(log_effort))
    return np.asarray(centre, dtype=float), max(spread, 1e-6)
