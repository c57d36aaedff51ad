"""A fast linear model on sparse pieces that learns from the slow one: serves where it loses little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vocmine import linalg
from vocmine.classify.reasons.calibration import Trust, fit_trust
from vocmine.classify.reasons.ridge import DIGITS, NEVER, LeftOut, Unknown, fits_one, solved, without_groups
from vocmine.classify.reasons.svm import Margins, fit_margins
from vocmine.linalg import log1p

if TYPE_CHECKING:
    from vocmine.classify.reasons.supervised import Rows

_RIDGE = 0.6
_RIDGE_MANY = 0.25
_MANY = 1_000  # rows from which on the margins are worth their time; of fewer rows the ridge alone says as much
_MARGINS = 2.0  # spread of the margins beside that of the ridge's scores
_TEACHER = 0.5  # share of the teacher's left-out scores in what the student learns; the rest are the labels


@dataclass(frozen=True)
class Student:
    """A linear model on sparse features.

    Parameters
    ----------
    weights : ndarray of float32, shape (f, k)
        Of the features.
    offset : ndarray of float32, shape (k,)
        Added to each reason.
    trust : Trust
        Probabilities of its own scores; it does not know how near a text is to known ones.
    """

    weights: np.ndarray
    offset: np.ndarray
    trust: Trust

    def probabilities(self, sparse: Any) -> np.ndarray:
        """Give probabilities, shape (n, k)."""
        scores = np.asarray(sparse @ self.weights + self.offset)
        return self.trust.probabilities(scores, _signs(sparse, scores))


def fit_student(
    sparse: Any, pieces: np.ndarray, rows: Rows, teacher: LeftOut, margins: Margins | None, trusted: tuple[float, float]
) -> tuple[Student, np.ndarray]:
    """Fit the student on labels and on what the teacher says; give its left-out scores too.

    Parameters
    ----------
    sparse : sparse matrix, shape (n, f)
        Sparse features.
    pieces : ndarray, shape (n, n)
        Their products, as `sparse_kernel` gives them; written over.
    rows : Rows
        Labels.
    teacher : LeftOut
        What the teacher's ridge says of the rows.
    margins : Margins or None
        Of the teacher; taken over where they are of sparse features alone.
    trusted : tuple of float
        Precision and share of unknown reasons, see `fit_trust`.
    """
    mine = _margins(sparse, rows, margins)
    kernel = pieces
    kernel[np.diag_indices_from(kernel)] += _RIDGE if mine is None else _RIDGE_MANY
    labels = rows.targets - rows.targets.mean(axis=0)
    wanted = ((1 - _TEACHER) * labels + _TEACHER * teacher.scores).astype(np.float32)
    dual, inverse = solved(kernel, wanted)
    alone = linalg.on_fixed_grid(wanted - dual / inverse.diagonal()[:, None], DIGITS)
    parts = [without_groups(inverse, dual, wanted, rows.only, np.arange(dual.shape[1]))]
    weights, offset = np.asarray(sparse.T @ dual, dtype=np.float32), np.zeros(dual.shape[1], dtype=np.float32)
    if mine is not None:
        mine = mine.scaled(_MARGINS * float(alone.std(axis=1).mean()) / max(float(mine.alone.std(axis=1).mean()), 1e-9))
        weights, offset, alone = _mean(weights, mine.weights), _mean(offset, mine.offset), _mean(alone, mine.alone)
        parts = [(np.where(left, NEVER, _mean(scores, mine.unknown)), left) for scores, left in parts]
    unknown = tuple(Unknown(s, _signs(sparse, np.where(left, 0, s)), left) for s, left in parts)
    left_out = LeftOut(alone, _signs(sparse, alone), unknown)
    trust = fit_trust(left_out, rows.targets, rows.real, *trusted)
    return Student(weights, offset, trust), alone


def _margins(sparse: Any, rows: Rows, margins: Margins | None) -> Margins | None:
    """Give margins on sparse features alone where there are rows enough."""
    if len(rows.texts) < _MANY or (rows.only < 0).any():
        return None
    if margins is not None and len(margins.weights) == sparse.shape[1]:
        return margins
    nothing = np.zeros((len(rows.texts), 0), dtype=np.float32)
    return fit_margins(sparse, nothing, rows.texts, rows.only, rows.targets.shape[1])


def _mean(ridge: np.ndarray, margins: np.ndarray) -> np.ndarray:
    """Put both together, so that the reason a text has is still about 1."""
    return np.asarray((ridge + margins) / np.float32(1 + _MARGINS), dtype=np.float32)


def _signs(sparse: Any, scores: np.ndarray) -> np.ndarray:
    """Give how many known pieces a text has, in place of the nearness that only the teacher sees, and the fit."""
    return np.column_stack([log1p(np.diff(sparse.indptr)) / 10, fits_one(scores)]).astype(np.float32)
