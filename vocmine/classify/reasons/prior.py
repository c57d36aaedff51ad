"""What is known without labels stays in the answer as far as left-out labels say it helps: few labels never hurt."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from vocmine.classify.reasons.ridge import LeftOut
from vocmine.classify.reasons.svm import NEVER
from vocmine.linalg import log


@dataclass(frozen=True)
class PriorParameters:
    """How the weight is learned; measured with ``benchmarks/bench_few_labels.py`` on development texts.

    Parameters
    ----------
    floor : float
        Least probability before the logarithm.
    trust : float
        Texts that the start weighs as much as, at which what is known without labels counts alone.
    most : float
        Bound of the weights.
    enough : int
        Texts a reason from which on it may be left out, which is faster.
    least_gain : float
        Log loss a text that it must save then.
    plenty : int
        Texts a reason from which on it is not even asked, if each reason has some.
    own_threshold : float
        Texts a reason from which on the labels alone say when to abstain.
    """

    floor: float = 1e-5
    trust: float = 10.0
    most: float = 40.0
    enough: int = 20
    least_gain: float = 0.005
    plenty: int = 40
    own_threshold: float = 10.0


PARAMETERS = PriorParameters()


@dataclass(frozen=True)
class Prior:
    """What is known of training rows without labels.

    Parameters
    ----------
    chances : ndarray, shape (n, k)
        As `log_prior` gives them; 0 for rows that are no texts of customers.
    named : float
        Share of the texts that was given a reason.
    """

    chances: np.ndarray
    named: float


def log_prior(closed: np.ndarray) -> np.ndarray:
    """Give the logarithms of probabilities, with a floor.

    Examples
    --------
    >>> log_prior(np.array([[1.0, 0.0]])).round(1).tolist()
    [[0.0, -11.5]]
    """
    return np.asarray(log(np.maximum(closed, PARAMETERS.floor)))


def prior_weight(scores: np.ndarray, prior: np.ndarray, truth: np.ndarray) -> float:
    """Learn how many times the prior is added to left-out scores, 0 where many labels do as well alone.

    Parameters
    ----------
    scores : ndarray, shape (n, k)
        Left-out scores of labelled texts.
    prior : ndarray, shape (n, k)
        As `log_prior` gives it.
    truth : ndarray of int, shape (n,)
        Their reasons.

    Notes
    -----
    A logarithmic pool (Genest and Zidek 1986) whose two weights are those of the least log loss on left-out rows, drawn
    to the prior alone.

    Examples
    --------
    >>> prior_weight(np.zeros((3, 2)), np.log([[0.9, 0.1], [0.2, 0.8], [0.9, 0.1]]), np.array([0, 1, 0])) > 10
    True
    """
    from scipy.optimize import minimize
    from scipy.special import log_softmax

    rows, n = np.arange(len(truth)), len(truth)
    centred = scores - scores.mean(axis=1, keepdims=True)

    def loss(weights: np.ndarray) -> float:
        mixed = log_softmax(weights[0] * centred + weights[1] * prior, axis=1)
        return float(-mixed[rows, truth].sum())

    def drawn(weights: np.ndarray) -> float:
        return loss(weights) + 0.5 * PARAMETERS.trust * float((weights[1] - 1) ** 2 + (0.1 * weights[0]) ** 2)

    bounds = [(1.0 / PARAMETERS.most, PARAMETERS.most), (0.0, PARAMETERS.most)]
    both = minimize(drawn, np.array([1.0, 1.0]), bounds=bounds, method="L-BFGS-B").x
    if n >= PARAMETERS.enough * scores.shape[1]:
        alone = minimize(lambda w: loss(np.append(w, 0.0)), np.array([5.0]), bounds=bounds[:1], method="L-BFGS-B").x
        if (loss(np.append(alone, 0.0)) - loss(both)) / n < PARAMETERS.least_gain:
            return 0.0
    return round(float(both[1] / both[0]), 3)


def with_prior(left_out: LeftOut, prior: np.ndarray) -> LeftOut:
    """Add a weighted prior to the left-out scores of the same rows.

    Parameters
    ----------
    left_out : LeftOut
        What labels alone say.
    prior : ndarray, shape (n, k)
        Weighted.
    """
    unknown = tuple(replace(u, scores=np.where(u.left, NEVER, u.scores + prior)) for u in left_out.unknown)
    return replace(left_out, scores=left_out.scores + prior, unknown=unknown)


def is_plenty(targets: np.ndarray) -> bool:
    """Say whether labels are so many, for each reason, that nothing else is needed.

    Examples
    --------
    >>> is_plenty(np.eye(2)[[0, 1] * 50]), is_plenty(np.eye(2)[[0, 1] * 5])
    (True, False)
    """
    n, k = targets.shape
    return bool(n >= PARAMETERS.plenty * k and targets.sum(axis=0).min() >= PARAMETERS.plenty / 8)


def eased_threshold(threshold: float, confidence: np.ndarray, named: float, reasons: int) -> float:
    """Lower a threshold so that few labels leave no more texts without a reason than were so without labels.

    Parameters
    ----------
    threshold : float
        By the labels.
    confidence : ndarray, shape (n,)
        Of left-out rows.
    named : float
        Share of the rows that was named without labels.
    reasons : int
        Number of reasons.

    Examples
    --------
    >>> eased_threshold(0.8, np.array([0.2, 0.4, 0.6, 0.9]), 1.0, 50) < 0.3 < eased_threshold(0.8, np.ones(500), 1.0, 2)
    True
    """
    own = min(1.0, len(confidence) / (PARAMETERS.own_threshold * reasons))
    share = named + own * (float((confidence >= threshold).mean()) - named)
    if own >= 1 or not len(confidence):
        return threshold
    at = float(np.quantile(confidence, min(max(1 - share, 0.0), 1.0)))
    return min(threshold, round(at * (0.98 if share > 0.95 else 1.0), 6))
