"""Texts without labels beside labelled ones: what the labels say of them is learned as far as left-out labels agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from vocmine import linalg
from vocmine.classify.reasons.ridge import DIGITS, Head, LeftOut, fits_one, head_kernel, sparse_kernel, weights_of
from vocmine.classify.reasons.ridge import PARAMETERS as RIDGE
from vocmine.classify.reasons.svm import Margins, fixed_order, margin_features, margin_weights

Predicted = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class SelfTrainingParameters:
    """How texts without labels are learned from.

    Chosen on development texts; ``scripts/tune_reasons.py`` shows how sensitive the answers are.

    Parameters
    ----------
    max_rows : int
        Labels, names and texts without labels, which the kernel takes memory by the square of.
    folds : int
        Labels are left out in so many parts.
    surest : float
        Share of the texts that were given a reason, the surest of each, that are learned from.
    shares : tuple of float
        What is learned may have one of these shares of the ridge's scores.
    least_gain : float
        Log loss a left-out label that it must save.
    log_temperature : tuple of float
        Bounds of the logarithm of the temperature.
    """

    max_rows: int = 8_000
    folds: int = 5
    surest: float = 0.75
    shares: tuple[float, ...] = (0.25, 0.5, 0.75, 1.0)
    least_gain: float = 0.0
    log_temperature: tuple[float, float] = (-5.0, 2.0)


PARAMETERS = SelfTrainingParameters()


@dataclass(frozen=True)
class Unlabelled:
    """Texts without labels.

    Parameters
    ----------
    texts : list of str
        Clean texts, u of them, none of them labelled.
    vectors : ndarray, shape (u, d)
        Their sentence vectors.
    chances : ndarray, shape (u, k), or None
        What is known of them without labels, as `log_prior` gives it.
    """

    texts: list[str]
    vectors: np.ndarray
    chances: np.ndarray | None = None


@dataclass(frozen=True)
class Teacher:
    """What labels say, as it was fitted on the first rows.

    Parameters
    ----------
    vectors : ndarray, shape (n + u, d)
        Sentence vectors of labelled rows, then of those without labels.
    sparse : sparse matrix, shape (n + u, f)
        Their sparse features.
    texts : list of str
        The labelled texts, by which they are dealt out: their order does not matter.
    targets : ndarray, shape (n, k)
        1 where the row has the reason.
    real : ndarray of bool, shape (n,)
        False for names and descriptions, which are never left out.
    margins : Margins
        Of the labelled rows, at the scale of the ridge's scores.
    chances : ndarray, shape (n + u, k)
        What is known without labels, weighted.
    """

    vectors: np.ndarray
    sparse: Any
    texts: list[str]
    targets: np.ndarray
    real: np.ndarray
    margins: Margins
    chances: np.ndarray


@dataclass(frozen=True)
class SelfTrained:
    """A ridge on what the labels say of the other texts too, in place of a part of the ridge on labels.

    Parameters
    ----------
    share : float
        Its share of the scores.
    rows : ndarray of int, shape (m,)
        The rows that it rests on, the labelled ones first.
    weights : ndarray, shape (m, k)
        Of these rows, at the scale of the other ridge's scores.
    sparse_weights : ndarray, shape (f, k)
        The same of the sparse features.
    left_out : ndarray, shape (n, k)
        Scores of the labelled rows by fits without their label.
    accuracy_without : float
        Share of left-out labels that are told by labels alone.
    """

    share: float
    rows: np.ndarray
    weights: np.ndarray
    sparse_weights: np.ndarray
    left_out: np.ndarray
    accuracy_without: float

    def mixed(self, head: Head, vectors: np.ndarray) -> Head:
        """Give the head with its scores and these, which are weighed on the same rows; ``vectors`` of all rows."""
        own, mine = 1 - self.share, self.share
        weights = mine * self.weights
        weights[: len(head.weights)] += own * head.weights
        sparse = own * head.sparse_weights + mine * self.sparse_weights
        return replace(head, vectors=np.asarray(vectors[self.rows], np.float32), weights=weights.astype(np.float32),
                       sparse_weights=np.asarray(sparse, np.float32))

    def mixed_left_out(self, left_out: LeftOut) -> LeftOut:
        """Give what the mixed head would have said of the labelled rows."""
        own, mine = 1 - self.share, self.share
        scores = own * left_out.scores + mine * self.left_out
        unknown = []
        for part in left_out.unknown:
            without = np.where(part.left, part.scores, own * part.scores + mine * self.left_out)
            seen = np.column_stack([part.confidence_features[:, 0], fits_one(np.where(part.left, 0, without))])
            unknown.append(replace(part, scores=without, confidence_features=seen))
        seen = np.column_stack([left_out.confidence_features[:, 0], fits_one(scores)])
        return LeftOut(scores, seen, tuple(unknown))


def self_trained(teacher: Teacher, left_out: LeftOut, known: np.ndarray) -> SelfTrained | None:
    """Learn what the labels say of the other texts, None where left-out labels are not told better by it.

    Parameters
    ----------
    teacher : Teacher
        What labels say.
    left_out : LeftOut
        What the ridge on labels says of its rows.
    known : ndarray, shape (n, k)
        What margins and prior add to it, left out too.

    Notes
    -----
    Self-training (Scudder 1965): a kernel ridge on the labels and on the reasons that the teacher gives the texts it is
    surest of. To judge it, a part of the labels is left out, the teacher fitted without it, and the reasons that it
    gives learned, so that a label never comes back by way of the texts like its own.

    References
    ----------
    Scudder 1965, Probability of error of some adaptive pattern-recognition machines.
    """
    n = len(teacher.texts)
    real, truth = teacher.real, teacher.targets.argmax(axis=1)
    kernel = head_kernel(linalg.cosines(teacher.vectors, teacher.vectors), sparse_kernel(teacher.sparse))
    said = _teaching(teacher, kernel)
    scores = np.asarray(left_out.scores, dtype=np.float64).copy()
    for part in _parts(teacher):
        rows, weights = _learned(teacher, kernel, said(~part), ~part)
        scores[part] = kernel[np.ix_(part.nonzero()[0], rows)].astype(np.float64) @ weights
    spread, mine = (float(each[real].std(axis=1).mean()) for each in (left_out.scores, scores))
    scale = round(spread / max(mine, 1e-9), 6)
    scores = linalg.on_fixed_grid(np.where(real[:, None], scale * scores, left_out.scores), DIGITS)
    share = _share(left_out.scores[real], known[real], scores[real], truth[real])
    if not share:
        return None
    alone = float(((left_out.scores + known)[real].argmax(axis=1) == truth[real]).mean())
    everything = np.ones(n, dtype=bool)
    rows, weights = _learned(teacher, kernel, said(everything), everything)
    folded = np.asarray(RIDGE.sparse_weight * (teacher.sparse[rows].T @ (scale * weights)))
    return SelfTrained(share, rows, scale * weights, folded, scores, alone)


def surest(scores: np.ndarray) -> np.ndarray:
    """Give the rows of each reason that are surely its own: by far ahead of all others; rising.

    Parameters
    ----------
    scores : ndarray, shape (n, k)
        Of each text for each reason.

    Examples
    --------
    >>> surest(np.array([[0.9, 0.1], [0.6, 0.5], [0.7, 0.2], [0.8, 0.1], [0.2, 0.3]]))
    array([0, 2, 3, 4])
    """
    top = np.sort(np.partition(scores, -2, axis=1)[:, -2:], axis=1)
    lead, best = linalg.on_fixed_grid(top[:, 1] - top[:, 0], DIGITS), scores.argmax(axis=1)
    order = np.lexsort((-lead, best))
    count = np.bincount(best, minlength=scores.shape[1])
    place = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
    return np.sort(order[place < np.ceil(PARAMETERS.surest * np.repeat(count, count))])


def _learned(
    teacher: Teacher, kernel: np.ndarray, scores: np.ndarray, kept: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Learn some labels and what the teacher says of the other texts; give the rows and their weights."""
    n, k = teacher.targets.shape
    rows = np.concatenate([kept.nonzero()[0], n + surest(scores[n:])])
    wanted = np.vstack([teacher.targets[kept], np.eye(k)[scores[rows[kept.sum() :]].argmax(axis=1)]])
    some = kernel[np.ix_(rows, rows)]
    some[np.diag_indices_from(some)] += RIDGE.ridge
    return rows, weights_of(some, wanted - wanted.mean(axis=0))


def _parts(teacher: Teacher) -> Iterator[np.ndarray]:
    """Deal the labelled texts out, reason by reason."""
    real = np.flatnonzero(teacher.real)
    order = real[fixed_order([teacher.texts[row] for row in real.tolist()], teacher.targets[real].argmax(axis=1))]
    for fold in range(PARAMETERS.folds):
        part = np.zeros(len(teacher.real), dtype=bool)
        part[order[fold :: PARAMETERS.folds]] = True
        if part.any():
            yield part


def _teaching(teacher: Teacher, kernel: np.ndarray) -> Predicted:
    """Give the function that fits ridge and margins on some of the labelled rows and scores all rows."""
    n, k = teacher.targets.shape
    truth = teacher.targets.argmax(axis=1)
    features = margin_features(teacher.sparse, teacher.vectors, n)
    order = fixed_order(teacher.texts, truth)

    def scored(kept: np.ndarray) -> np.ndarray:
        part = order[kept[order]]
        wanted = teacher.targets[part] - teacher.targets[part].mean(axis=0, keepdims=True)
        some = kernel[np.ix_(part, part)]
        some[np.diag_indices_from(some)] += RIDGE.ridge
        ridge = kernel[:, part] @ weights_of(some, wanted)
        slopes, offset = margin_weights(features[part], truth[part], k)
        margins = teacher.margins.scale * (features @ slopes + offset)
        return linalg.on_fixed_grid(ridge + margins + teacher.chances, DIGITS)

    return scored


def _steepness(scores: np.ndarray, truth: np.ndarray) -> float:
    """Give what scores are multiplied by, so that their softmax has the least log loss."""
    from scipy.optimize import minimize_scalar

    def loss(log_temperature: float) -> float:
        return log_loss(scores / np.exp(log_temperature), truth)

    best = minimize_scalar(loss, bounds=PARAMETERS.log_temperature, method="bounded").x
    return round(float(np.exp(-best)), 4)


def log_loss(scores: np.ndarray, truth: np.ndarray) -> float:
    """Give the mean log loss of the softmax of scores.

    Examples
    --------
    >>> round(log_loss(np.zeros((2, 2)), np.array([0, 1])), 3)
    0.693
    """
    from scipy.special import log_softmax

    return float(-log_softmax(scores, axis=1)[np.arange(len(truth)), truth].mean())


def _share(ridge: np.ndarray, known: np.ndarray, scores: np.ndarray, truth: np.ndarray) -> float:
    """Choose the share of the least log loss, 0 where none gains."""
    def least(share: float) -> float:
        mixed = (1 - share) * ridge + share * scores + known
        return log_loss(_steepness(mixed, truth) * mixed, truth)

    found = {share: least(share) for share in PARAMETERS.shares}
    best = min(found, key=lambda share: found[share])
    return best if found[best] < least(0.0) - PARAMETERS.least_gain else 0.0
