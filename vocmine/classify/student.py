"""A fast linear model on sparse pieces that learns from the slow one: serves where it loses little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vocmine.classify.reasons_head import LeftOut, Unknown, fits_one, without_groups
from vocmine.classify.reasons_trust import Trust, fit_trust

if TYPE_CHECKING:
    from vocmine.classify.reasons_model import Rows

_RIDGE = 0.6
_TEACHER = 0.5  # share of the teacher's left-out scores in what the student learns; the rest are the labels


@dataclass(frozen=True)
class Student:
    """A linear model on sparse features.

    Parameters
    ----------
    weights : ndarray of float32, shape (f, k)
        Of the features.
    trust : Trust
        Probabilities of its own scores; it does not know how near a text is to known ones.
    """

    weights: np.ndarray
    trust: Trust

    def probabilities(self, sparse: Any) -> np.ndarray:
        """Give probabilities, shape (n, k)."""
        scores = np.asarray(sparse @ self.weights)
        return self.trust.probabilities(scores, _signs(sparse, scores))


def fit_student(
    sparse: Any, pieces: np.ndarray, rows: Rows, teacher: np.ndarray, precision: float, unknown_share: float
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
    teacher : ndarray, shape (n, k)
        Left-out scores of the teacher.
    precision, unknown_share : float
        See `fit_trust`.
    """
    from scipy.linalg import cho_factor, cho_solve
    from scipy.linalg.lapack import spotri

    kernel = pieces
    kernel[np.diag_indices_from(kernel)] += np.float32(_RIDGE)
    labels = rows.targets - rows.targets.mean(axis=0)
    wanted = ((1 - _TEACHER) * labels + _TEACHER * teacher).astype(np.float32)
    factor, lower = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    weights = cho_solve((factor, lower), wanted, check_finite=False)
    inverse, _ = spotri(factor, lower=True, overwrite_c=True)
    alone = wanted - weights / inverse.diagonal()[:, None]
    scores, left = without_groups(inverse, weights, wanted, rows.only, np.arange(weights.shape[1]))
    unknown = Unknown(scores, _signs(sparse, np.where(left, 0, scores)), left)
    left_out = LeftOut(alone, _signs(sparse, alone), (unknown,))
    trust = fit_trust(left_out, rows.targets, rows.real, precision, unknown_share)
    return Student(np.asarray(sparse.T @ weights, dtype=np.float32), trust), alone


def _signs(sparse: Any, scores: np.ndarray) -> np.ndarray:
    """Give how many known pieces a text has, in place of the nearness that only the teacher sees, and the fit."""
    return np.column_stack([np.log1p(np.diff(sparse.indptr)) / 10, fits_one(scores)]).astype(np.float32)
