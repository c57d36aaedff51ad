"""From scores to probabilities that hold, and the threshold below which a classifier says it does not know."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vocmine import linalg
from vocmine.classify.reasons.ridge import LeftOut
from vocmine.linalg import sigmoid, softmax

_BELOW_BEST = 0.999  # share of the best probability that another may have: no other is as likely
_NEAR, _SHARE = 3, 7  # columns of the confidence features: nearest known text, and known share of the neighbours
_AWAY = -1.5  # of their spread below their mean: one of about fifteen known texts lies as low
MIN_THRESHOLD = 0.5  # below this a label is more likely wrong than right, whatever the wanted precision


@dataclass(frozen=True)
class CalibrationParameters:
    """How probabilities and threshold are learned.

    Chosen on development texts; ``scripts/tune_reasons.py`` shows how sensitive the answers are.

    Parameters
    ----------
    unknown_weight, unknown_weight_beside : float
        Least weight of a row of unknown reason when texts are put in order of confidence, without unlabelled texts and
        with, which tell such rows better (``scripts/tune_unknown.py``).
    score_prior : float
        Texts that the mean score of all reasons weighs as much as, where the typical score of one is looked for.
    spread_floor : float
        Added to the spread of a reason's scores: of few texts it is too small.
    max_threshold : float
        Of texts with one reason each: some text is always named.
    max_threshold_several : float
        Of texts with several reasons each, whose probabilities are lower.
    log_temperature : tuple of float
        Bounds of the logarithm of the temperature.
    digits : int
        Decimal ones, of what is learned: far more than is known, and processors agree on them.
    many, folds : int
        Of fewer texts the slope is learned from weights fitted without a part of them, one of so many.
    """

    unknown_weight: float = 0.12
    unknown_weight_beside: float = 0.5
    score_prior: float = 3.0
    spread_floor: float = 0.05
    max_threshold: float = 0.99
    max_threshold_several: float = 0.7
    log_temperature: tuple[float, float] = (-5.0, 2.0)
    digits: int = 6
    many: int = 3_000
    folds: int = 5


PARAMETERS = CalibrationParameters()


@dataclass(frozen=True)
class Calibration:
    """Turns scores into probabilities; learned on left-out predictions.

    Parameters
    ----------
    temperature : float
        Divides the scores before the softmax.
    centre, scale, weights : ndarray
        Of the logistic model of whether the best reason is right.
    threshold : float
        Where the best probability is lower, the classifier abstains.
    typical : ndarray, shape (2, k)
        Mean and spread of the score that texts of each reason have for it.
    several : ndarray
        Slope and intercept of the logistic model of each reason for itself; empty where texts have one reason each.
    """

    temperature: float
    centre: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    threshold: float
    typical: np.ndarray
    several: np.ndarray

    def probabilities(self, scores: np.ndarray, seen: np.ndarray) -> np.ndarray:
        """Give probabilities, shape (n, k): the best of a row is how often such a best reason is right.

        The other reasons share the rest in the proportion of a softmax, none above the best; a row sums to 1 at most.
        Where texts have several reasons each, every reason has a probability of its own.
        """
        if self.several.size:
            return sigmoid(scores * self.several[0] + self.several[1])
        if not len(scores):
            return np.zeros(scores.shape)
        confidence = self.confidence(scores, seen)
        return with_best(softmax(scores / self.temperature), confidence)

    def confidence(self, scores: np.ndarray, seen: np.ndarray) -> np.ndarray:
        """Give the probability that the best reason of each row is right, shape (n,)."""
        features = (_confidence_features(scores, seen, self.temperature, self.typical) - self.centre) / self.scale
        return sigmoid(linalg.product(features, self.weights[None, :-1])[:, 0] + self.weights[-1])

    def doubts(self, near: np.ndarray, share: np.ndarray | None = None) -> np.ndarray:
        """Say what is odd about texts beside known ones: ``new``, ``far`` or ``between``, shape (n,) of str.

        Parameters
        ----------
        near : ndarray, shape (n,)
            Cosine with the nearest known text.
        share : ndarray, shape (n,), optional
            How surely known the neighbours are, where there are texts without a label.
        """
        if self.several.size:
            return np.full(len(near), "between", dtype=object)
        out = np.where((near - self.centre[_NEAR]) / self.scale[_NEAR] < _AWAY, "far", "between").astype(object)
        if share is not None:
            out[(share - self.centre[_SHARE]) / self.scale[_SHARE] < _AWAY] = "new"
        return out


def fit_calibration(
    left_out: LeftOut, targets: np.ndarray, real: np.ndarray, *, precision: float, unknown_share: float,
    beside: bool = False,
) -> Calibration:
    """Learn probabilities and threshold from left-out predictions.

    Parameters
    ----------
    left_out : LeftOut
        Predictions of the training rows without themselves, and without their whole reason or group of reasons.
    targets : ndarray, shape (n, k)
        1 where the row has the reason.
    real : ndarray of bool, shape (n,)
        Rows that are texts of customers; the others (names, descriptions) are not counted.
    precision : float
        Wanted share of right labels among those that are not ``unknown``.
    unknown_share : float
        Share of contacts to come whose reason is not in the taxonomy.
    beside : bool
        Whether unlabelled texts speak among the confidence features.

    Notes
    -----
    Temperature scaling (Guo et al. 2017) for the order of the other reasons, and a logistic model of whether the best
    one is right (Platt 1999), on left-out predictions.
    """
    scores, wanted = left_out.scores[real], targets[real]
    if (wanted.sum(axis=1) != 1).any():
        return _several(scores, wanted, precision)
    truth = wanted.argmax(axis=1)
    digits = PARAMETERS.digits
    temperature, typical = round(_temperature(scores, truth), digits), _typical_scores(scores, truth).round(digits)
    known = _confidence_features(scores, left_out.confidence_features[real], temperature, typical)
    parts = left_out.unknown
    foreign = [
        _confidence_features(part.scores[real], part.confidence_features[real], temperature, typical) for part in parts
    ]
    n = len(known)
    right = np.r_[scores.argmax(axis=1) == truth, np.zeros(n * len(parts), dtype=bool)]
    by_part = np.array([part.weight for part in parts])
    kind = np.r_[np.ones(n), np.repeat(by_part / by_part.sum(), n)]
    centre, scale = known.mean(axis=0).round(digits), known.std(axis=0).round(digits) + 1e-6
    features = (np.vstack([known, *foreign]) - centre) / scale
    is_known = np.arange(len(features)) < n
    weight = np.where(is_known, 1.0, unknown_share * kind)
    least = PARAMETERS.unknown_weight_beside if beside else PARAMETERS.unknown_weight
    heavier = np.where(is_known, 1.0, least * kind)
    weights = _ordered(features, right.astype(float), weight, heavier, n).round(digits)
    confidence = sigmoid(linalg.product(features, weights[None, :-1])[:, 0] + weights[-1])
    threshold = _threshold(confidence, right, weight, precision)
    return Calibration(temperature, centre, scale, weights, threshold, typical, np.empty(0))


def with_best(soft: np.ndarray, confidence: np.ndarray) -> np.ndarray:
    """Give the best reason of each row its confidence; the others share the rest as before, none above the best.

    Examples
    --------
    >>> with_best(np.array([[0.6, 0.3, 0.1]]), np.array([0.8])).round(3).tolist()
    [[0.8, 0.15, 0.05]]
    """
    rows, best = np.arange(len(soft)), soft.argmax(axis=1)
    others = soft.copy()
    others[rows, best] = 0
    rest = others.sum(axis=1)
    share = np.divide(1 - confidence, rest, out=np.zeros_like(rest), where=rest > 0)
    out = np.minimum(others * share[:, None], _BELOW_BEST * confidence[:, None])
    out[rows, best] = confidence
    return np.asarray(out)


def _confidence_features(
    scores: np.ndarray, seen: np.ndarray, temperature: float, typical: np.ndarray
) -> np.ndarray:
    """Collect what speaks for the best reason.

    Its score, also against what texts of that reason have, its lead, the nearest known text, the fit to one reason, and
    what else was seen.
    """
    k = scores.shape[1]
    top = -np.partition(-scores.astype(np.float64), min(2, k - 1), axis=1)[:, : min(3, k)]
    top = np.sort(top, axis=1)[:, ::-1]
    reason = scores.argmax(axis=1)
    against = (top[:, 0] - typical[0, reason]) / typical[1, reason]
    best = linalg.log(np.clip(softmax(scores / temperature).max(axis=1), 1e-6, 1 - 1e-6))
    lead, lead3 = top[:, 0] - top[:, 1], top[:, 0] - top[:, -1]
    near, fit = seen[:, 0].astype(np.float64), seen[:, 1].astype(np.float64)
    odds = best - linalg.log1p(-linalg.exp(best))
    plain = [top[:, 0], lead, lead3, near, odds, fit, against, *seen[:, 2:].astype(np.float64).T]
    return np.column_stack([*plain, top[:, 0] ** 2, lead**2, near**2, lead * near, odds * near])


def _typical_scores(scores: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Give mean and spread of the score of each reason's own texts where it is the best, drawn to those of all."""
    own = scores[np.arange(len(truth)), truth].astype(np.float64)
    right = scores.argmax(axis=1) == truth
    own, reason = (own[right], truth[right]) if right.any() else (own, truth)
    k, prior = scores.shape[1], PARAMETERS.score_prior
    count = np.bincount(reason, minlength=k)
    mean = (np.bincount(reason, own, minlength=k) + prior * own.mean()) / (count + prior)
    away = (own - mean[reason]) ** 2
    spread = np.sqrt((np.bincount(reason, away, minlength=k) + prior * away.mean()) / (count + prior))
    return np.stack([mean, spread + PARAMETERS.spread_floor])


def _temperature(scores: np.ndarray, truth: np.ndarray) -> float:
    from scipy.optimize import minimize_scalar

    def loss(log_temperature: float) -> float:
        soft = softmax(scores / np.exp(log_temperature))
        return float(-np.log(soft[np.arange(len(truth)), truth] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=PARAMETERS.log_temperature, method="bounded").x))


def _ordered(features: np.ndarray, right: np.ndarray, weight: np.ndarray, heavier: np.ndarray, n: int) -> np.ndarray:
    """Weigh the features so that unknown reasons come last, then fit slope and intercept to how many are expected.

    With the few that are expected alone, the weights would only learn to tell right from wrong among known reasons. Of
    few texts the slope is fitted to what weights say that were learned without them: on their own it is too steep.

    Parameters
    ----------
    features : ndarray, shape (n * m, f)
        Of the ``n`` texts, then of the same texts without their reason.
    right, weight, heavier : ndarray, shape (n * m,)
        Whether the best reason is right; weight of the row for slope and intercept, and for the weights.
    n : int
        Number of texts.
    """
    most = np.maximum(weight, heavier)
    weights = _logistic(features, right, most)
    line = np.einsum("ij,j->i", features, weights[:-1])
    if n < PARAMETERS.many:
        rank = np.empty(n, dtype=np.intp)  # dealt out by what they are: the order of the texts does not matter
        rank[np.lexsort((*features[:n].T.round(PARAMETERS.digits), right[:n]))] = np.arange(n)
        part = np.tile(rank % PARAMETERS.folds, len(features) // n)
        for fold in np.unique(part):
            rest = part != fold
            without = _logistic(features[rest], right[rest], most[rest])
            line[~rest] = np.einsum("ij,j->i", features[~rest], without[:-1])
    slope, intercept = _logistic(line[:, None], right, weight)
    return np.append(weights[:-1] * slope, intercept)


def _logistic(features: np.ndarray, right: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Fit a weighted logistic regression with a slight ridge; the intercept is last."""
    from scipy.optimize import minimize
    from scipy.special import expit

    design = np.column_stack([features, np.ones(len(features))])

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        value = np.einsum("ij,j->i", design, beta)
        error = expit(value) - right
        ridge = 0.5 * float(np.square(beta[:-1]).sum())
        slope = np.einsum("ij,i->j", design, weight * error)
        slope[:-1] += beta[:-1]
        return float((weight * (np.logaddexp(0, value) - right * value)).sum()) + ridge, slope

    return np.asarray(minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x)


def _threshold(confidence: np.ndarray, right: np.ndarray, weight: np.ndarray, precision: float) -> float:
    """Give the lowest confidence from which on the kept labels have the wanted precision."""
    order = np.argsort(-confidence, kind="stable")
    kept = np.cumsum(weight[order])
    good = np.cumsum((weight * right)[order]) / kept
    enough = np.flatnonzero(good >= precision)
    lowest = float(confidence[order[enough[-1]]].round(PARAMETERS.digits)) if len(enough) else 1.0
    return min(max(lowest, MIN_THRESHOLD), PARAMETERS.max_threshold)


def _several(scores: np.ndarray, wanted: np.ndarray, precision: float) -> Calibration:
    """Learn one logistic model for all reasons, of the score of each for itself."""
    flat, truth = scores.ravel()[:, None].astype(np.float64), wanted.ravel().astype(float)
    slope, intercept = _logistic(flat, truth, np.ones(len(flat))).round(PARAMETERS.digits)
    confidence = np.asarray(sigmoid(flat[:, 0] * slope + intercept))
    threshold = _threshold(confidence, truth > 0, np.ones(len(flat)), precision)
    none, threshold = np.empty(0), min(threshold, PARAMETERS.max_threshold_several)
    return Calibration(1.0, none, none, none, threshold, none, np.array([slope, intercept]))
