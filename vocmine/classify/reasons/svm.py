"""Linear margins (support vectors) beside the ridge: both together are right more often than each."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_C = 0.5
_C_FEW = 1.0
_SHARE = 0.6  # spread of the margins beside that of the ridge's scores
_MANY = 3_000  # rows from which on sparse features alone and fewer folds do
_NOT = -1.0  # of a row for its own reason where that is left out


@dataclass(frozen=True)
class Margins:
    """Linear margins, one reason against all others, moved to about 1 for the reason a text has and 0 for others.

    Parameters
    ----------
    weights : ndarray, shape (f, k) or (f + d, k)
        Of the sparse features, and of the vectors where there are few rows.
    offset : ndarray, shape (k,)
        Added to each reason.
    alone : ndarray, shape (n, k)
        Margins of the training rows by fits without them.
    unknown : ndarray, shape (n, k)
        The same by fits without their whole reason.
    """

    weights: np.ndarray
    offset: np.ndarray
    alone: np.ndarray
    unknown: np.ndarray

    def scaled(self, factor: float) -> Margins:
        """Multiply all by a number."""
        return Margins(self.weights * factor, self.offset * factor, self.alone * factor, self.unknown * factor)


def fit_margins(sparse: Any, vectors: np.ndarray, texts: Sequence[str], rows: np.ndarray, k: int) -> Margins:
    """Fit margins and predict each row without itself, and without its whole reason, by folds.

    Parameters
    ----------
    sparse : sparse matrix, shape (n, f)
        Sparse features.
    vectors : ndarray, shape (n, d)
        Sentence vectors, read where there are few rows.
    texts : sequence of str
        The texts, by which rows are dealt out to the folds: their order does not matter.
    rows : ndarray of int, shape (n,)
        The reason of each row.
    k : int
        Number of reasons.
    """
    from scipy.sparse import hstack

    order = np.lexsort((np.array([zlib.crc32(text.encode("utf-8", "replace")) for text in texts]), rows))
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    many = len(rows) > _MANY
    features, given = (sparse if many else hstack([sparse, vectors]).tocsr())[order], rows[order]
    folds = 6 if many else 10
    weights, offset = _fit(features, given, k)
    alone = np.empty((len(given), k), dtype=np.float32)
    for out in _dealt(np.arange(len(given)), folds):
        alone[out] = _predicted(features, given, out, k)
    unknown = alone.copy()
    for out in _dealt(given, min(folds // 2, k)):
        left = _predicted(features, given, out, k)
        seen = np.setdiff1d(np.arange(k), given[out])
        unknown[np.ix_(np.flatnonzero(out), seen)] = left[:, seen]
    unknown[np.arange(len(given)), given] = _NOT
    return Margins(weights, offset, alone[back], unknown[back])


def beside(margins: Margins, scores: np.ndarray) -> Margins:
    """Bring margins to the spread of other scores of the same rows."""
    spread = float(margins.alone.std(axis=1).mean())
    return margins.scaled(_SHARE * float(scores.std(axis=1).mean()) / max(spread, 1e-9))


def _dealt(numbers: np.ndarray, folds: int) -> Iterator[np.ndarray]:
    for fold in range(folds):
        out = numbers % folds == fold
        if out.any() and not out.all():
            yield out


def _predicted(features: Any, given: np.ndarray, out: np.ndarray, k: int) -> np.ndarray:
    weights, offset = _fit(features[~out], given[~out], k)
    return np.asarray(features[out] @ weights + offset, dtype=np.float32)


def _fit(features: Any, given: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Fit and give weights (f, k) and offset (k,); 0 for a reason without rows."""
    from sklearn.svm import LinearSVC

    weights = np.zeros((features.shape[1], k), dtype=np.float32)
    offset = np.zeros(k, dtype=np.float32)
    seen = np.unique(given)
    if len(seen) < 2:
        return weights, offset
    weight = _C if len(given) > _MANY // 2 else _C_FEW
    model = LinearSVC(C=weight, dual=True, tol=1e-3, max_iter=4_000, random_state=0).fit(features, given)
    coefficients, intercept = model.coef_, model.intercept_
    if len(seen) == 2:  # two reasons have one margin
        coefficients, intercept = np.vstack([-coefficients, coefficients]), np.r_[-intercept, intercept]
    weights[:, seen], offset[seen] = coefficients.T / 2, (intercept + 1) / 2
    return weights, offset
