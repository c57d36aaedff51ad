"""A fast linear model on character n-grams that learns from the slow one: serves where it loses little."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vocmine import linalg
from vocmine.classify.reasons.calibration import MIN_THRESHOLD, Calibration, fit_calibration
from vocmine.classify.reasons.ridge import DIGITS, LeftOut, Unknown, fits_one, solved, without_groups
from vocmine.classify.reasons.svm import NEVER, Margins, fit_margins
from vocmine.classify.reasons.training_rows import TrainingRows
from vocmine.linalg import log1p


@dataclass(frozen=True)
class StudentParameters:
    """How the student is fitted.

    Chosen on development texts; ``scripts/tune_reasons.py`` shows how sensitive the answers are.

    Parameters
    ----------
    ridge, ridge_with_margins : float
        Added to the diagonal of the kernel, without margins and with.
    many : int
        Rows from which on the margins are worth their time; of fewer the ridge alone says as much.
    margin_spread : float
        Spread of the margins as a share of that of the ridge's scores.
    teacher_share : float
        Share of the teacher's left-out scores in what the student learns; the rest are the labels.
    """

    ridge: float = 0.6
    ridge_with_margins: float = 0.25
    many: int = 1_000
    margin_spread: float = 2.0
    teacher_share: float = 0.5


PARAMETERS = StudentParameters()


@dataclass(frozen=True)
class Student:
    """A linear model on sparse features.

    Parameters
    ----------
    weights : ndarray of float32, shape (f, k)
        Of the features.
    offset : ndarray of float32, shape (k,)
        Added to each reason.
    calibration : Calibration
        Probabilities of its own scores; it does not know how near a text is to known ones.
    """

    weights: np.ndarray
    offset: np.ndarray
    calibration: Calibration

    def probabilities(self, sparse: Any) -> np.ndarray:
        """Give probabilities, shape (n, k)."""
        scores = np.asarray(sparse @ self.weights + self.offset)
        return self.calibration.probabilities(scores, _confidence_features(sparse, scores))


def fit_student(
    sparse: Any, gram: np.ndarray, rows: TrainingRows, teacher: LeftOut, margins: Margins | None, *,
    precision: float, unknown_share: float,
) -> tuple[Student, LeftOut]:
    """Fit the student on labels and on what the teacher says; give its left-out predictions too.

    Parameters
    ----------
    sparse : sparse matrix, shape (n, f)
        Sparse features.
    gram : ndarray, shape (n, n)
        Their inner products, as `sparse_kernel` gives them; written over.
    rows : TrainingRows
        Labels.
    teacher : LeftOut
        What the teacher's ridge says of the rows.
    margins : Margins or None
        Of the teacher; taken over where they are of sparse features alone.
    precision, unknown_share : float
        See `fit_calibration`.

    Notes
    -----
    Learning from a teacher's scores is distillation (Hinton, Vinyals and Dean 2015); left-out scores keep the student
    from learning what the teacher knows by heart.
    """
    mine = _margins(sparse, rows, margins)
    kernel, share = gram, PARAMETERS.teacher_share
    kernel[np.diag_indices_from(kernel)] += PARAMETERS.ridge if mine is None else PARAMETERS.ridge_with_margins
    labels = rows.targets - rows.targets.mean(axis=0)
    wanted = ((1 - share) * labels + share * teacher.scores).astype(np.float32)
    dual, inverse = solved(kernel, wanted)
    scores = linalg.on_fixed_grid(wanted - dual / inverse.diagonal()[:, None], DIGITS)
    parts = [without_groups(inverse, dual, wanted, rows.only, np.arange(dual.shape[1]))]
    weights, offset = np.asarray(sparse.T @ dual, dtype=np.float32), np.zeros(dual.shape[1], dtype=np.float32)
    if mine is not None:
        spread, of_margins = (float(values.std(axis=1).mean()) for values in (scores, mine.left_out))
        mine = mine.scaled(PARAMETERS.margin_spread * spread / max(of_margins, 1e-9))
        weights, offset = _mean(weights, mine.weights), _mean(offset, mine.offset)
        scores = _mean(scores, mine.left_out)
        parts = [(np.where(left, NEVER, _mean(without, mine.unknown)), left) for without, left in parts]
    unknown = tuple(Unknown(s, _confidence_features(sparse, np.where(left, 0, s)), left) for s, left in parts)
    left_out = LeftOut(scores, _confidence_features(sparse, scores), unknown)
    calibration = fit_calibration(left_out, rows.targets, rows.real, precision=precision, unknown_share=unknown_share)
    return Student(weights, offset, calibration), left_out


def fit_taught_student(
    sparse: Any, rows: TrainingRows, texts: Sequence[str], chances: np.ndarray, *, precision: float,
    unknown_share: float,
) -> tuple[Student, LeftOut]:
    """Fit the student on labels and on the reasons that the teacher gives other texts.

    Many texts with the teacher's reasons teach more than few labels; those it is not sure of may have another reason,
    that nobody knows, and are not learned. What it says of a label that was left out is worth
    nothing, as the teacher saw that label before it gave like texts their reason: so chances are learned from the
    teacher's own, which hold, by drawing a reason a text.

    Parameters
    ----------
    sparse : sparse matrix, shape (n + u, f)
        Sparse features of the labelled rows, then of the other texts.
    rows : TrainingRows
        Labels, one a row.
    texts : sequence of str
        The other texts.
    chances : ndarray, shape (u, k)
        The teacher's probabilities of them.
    precision, unknown_share : float
        See `fit_calibration`.

    Returns
    -------
    student : Student
    left_out : LeftOut
        What it says of all rows and texts.
    """
    n, k = rows.targets.shape
    reasons = np.concatenate([rows.only, chances.argmax(axis=1)])
    learned = np.flatnonzero(np.append(np.ones(n), chances.max(axis=1)) >= MIN_THRESHOLD)
    every, nothing = [*rows.texts, *texts], np.zeros((len(learned), 0), dtype=np.float32)
    mine = fit_margins(sparse[learned], nothing, [every[row] for row in learned], reasons[learned], k)
    left = np.arange(k) == reasons[:, None]
    scores = np.asarray(sparse @ mine.weights + mine.offset)  # left out are all that were not learned
    without = np.where(left, NEVER, scores)
    scores[learned], without[learned] = mine.left_out, mine.unknown
    scores, without = linalg.on_fixed_grid(scores, DIGITS), linalg.on_fixed_grid(without, DIGITS)
    unknown = Unknown(without, _confidence_features(sparse, np.where(left, 0, without)), left)
    left_out = LeftOut(scores, _confidence_features(sparse, scores), (unknown,))
    targets = np.vstack([rows.targets, np.eye(k, dtype=np.float32)[drawn(texts, chances)]])
    calibration = fit_calibration(left_out, targets, np.arange(len(reasons)) >= n, precision=precision,
                                  unknown_share=unknown_share)
    weights, offset = (np.asarray(each, dtype=np.float32) for each in (mine.weights, mine.offset))
    return Student(weights, offset, calibration), left_out


def drawn(texts: Sequence[str], chances: np.ndarray) -> np.ndarray:
    """Draw a reason for each text by its chances, always the same for a text; the least likely one for none of them.

    Examples
    --------
    >>> drawn(["a", "b"], np.array([[1.0, 0.0], [0.0, 0.0]])).tolist()
    [0, 0]
    """
    place = np.array([zlib.crc32(text.encode("utf-8", "replace")) for text in texts]) / 2.0**32
    reason = (place[:, None] >= np.cumsum(chances, axis=1)).sum(axis=1)
    return np.asarray(np.where(reason < chances.shape[1], reason, chances.argmin(axis=1)))


def _margins(sparse: Any, rows: TrainingRows, margins: Margins | None) -> Margins | None:
    """Give margins on sparse features alone where there are rows enough."""
    if len(rows.texts) < PARAMETERS.many or (rows.only < 0).any():
        return None
    if margins is not None and len(margins.weights) == sparse.shape[1]:
        return margins
    nothing = np.zeros((len(rows.texts), 0), dtype=np.float32)
    return fit_margins(sparse, nothing, rows.texts, rows.only, rows.targets.shape[1])


def _mean(ridge: np.ndarray, margins: np.ndarray) -> np.ndarray:
    """Put both together, so that the reason a text has is still about 1."""
    return np.asarray((ridge + margins) / np.float32(1 + PARAMETERS.margin_spread), dtype=np.float32)


def _confidence_features(sparse: Any, scores: np.ndarray) -> np.ndarray:
    """Give how many known n-grams a text has, in place of the nearness that only the teacher sees, and the fit."""
    return np.column_stack([log1p(np.diff(sparse.indptr)) / 10, fits_one(scores)]).astype(np.float32)
