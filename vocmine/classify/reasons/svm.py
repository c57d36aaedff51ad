"""Linear support vectors, added to the ridge: both together are right more often than each."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

NEVER = -1.0  # score of a reason that was left out: below all others


@dataclass(frozen=True)
class MarginParameters:
    """How the margins are fitted.

    Chosen on development texts; ``scripts/tune_reasons.py`` shows how sensitive the answers are.

    Parameters
    ----------
    c, c_few : float
        Inverse strength of the regularisation, of many rows and of few.
    spread : float
        Spread of the margins as a share of that of the ridge's scores.
    many : int
        Rows above which sparse features alone and fewer folds do.
    folds, folds_few : int
        For the left-out margins, of many rows and of few.
    max_iter : int
        Rounds of the solver, whose warning would stop a run.
    tol : float
        Its tolerance.
    """

    c: float = 0.5
    c_few: float = 1.0
    spread: float = 0.6
    many: int = 3_000
    folds: int = 6
    folds_few: int = 10
    max_iter: int = 4_000
    tol: float = 1e-3


PARAMETERS = MarginParameters()


@dataclass(frozen=True)
class Margins:
    """Linear margins, one reason against all others, moved to about 1 for the reason a text has and 0 for others.

    Parameters
    ----------
    weights : ndarray, shape (f, k) or (f + d, k)
        Of the sparse features, and of the vectors where there are few rows.
    offset : ndarray, shape (k,)
        Added to each reason.
    left_out : ndarray, shape (n, k)
        Margins of the training rows by fits without them.
    unknown : ndarray, shape (n, k)
        The same by fits without their whole reason.
    scale : float
        What all were multiplied by.
    """

    weights: np.ndarray
    offset: np.ndarray
    left_out: np.ndarray
    unknown: np.ndarray
    scale: float = 1.0

    def scaled(self, factor: float) -> Margins:
        """Multiply all by a number."""
        weights, offset = self.weights * factor, self.offset * factor
        return Margins(weights, offset, self.left_out * factor, self.unknown * factor, self.scale * factor)


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

    Notes
    -----
    One reason against all others, squared hinge loss (Fan et al. 2008, LIBLINEAR).
    """
    order = fixed_order(texts, rows)
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    many = len(rows) > PARAMETERS.many
    features, reasons = margin_features(sparse, vectors, len(rows))[order], rows[order]
    folds = PARAMETERS.folds if many else PARAMETERS.folds_few
    weights, offset = margin_weights(features, reasons, k)
    left_out = np.empty((len(reasons), k), dtype=np.float32)
    for out in _dealt(np.arange(len(reasons)), folds):
        left_out[out] = _predicted(features, reasons, out, k)
    unknown = left_out.copy()
    for out in _dealt(reasons, min(folds // 2, k)):
        without = _predicted(features, reasons, out, k)
        seen = np.setdiff1d(np.arange(k), reasons[out])
        unknown[np.ix_(np.flatnonzero(out), seen)] = without[:, seen]
    unknown[np.arange(len(reasons)), reasons] = NEVER
    return Margins(weights, offset, left_out[back], unknown[back])


def rescaled(margins: Margins, scores: np.ndarray) -> Margins:
    """Bring margins to the spread of other scores of the same rows."""
    spread = float(margins.left_out.std(axis=1).mean())
    return margins.scaled(PARAMETERS.spread * float(scores.std(axis=1).mean()) / max(spread, 1e-9))


def _dealt(numbers: np.ndarray, folds: int) -> Iterator[np.ndarray]:
    for fold in range(folds):
        out = numbers % folds == fold
        if out.any() and not out.all():
            yield out


def _predicted(features: Any, reasons: np.ndarray, out: np.ndarray, k: int) -> np.ndarray:
    weights, offset = margin_weights(features[~out], reasons[~out], k)
    return np.asarray(features[out] @ weights + offset, dtype=np.float32)


def fixed_order(texts: Sequence[str], rows: np.ndarray) -> np.ndarray:
    """Give an order of texts, reason by reason, that does not depend on the one they come in.

    Examples
    --------
    >>> texts = ["い", "あ", "う"]
    >>> [texts[i] for i in fixed_order(texts, np.array([1, 1, 0]))]
    ['う', 'あ', 'い']
    """
    return np.lexsort((np.array([zlib.crc32(text.encode("utf-8", "replace")) for text in texts]), rows))


def margin_features(sparse: Any, vectors: np.ndarray, n: int) -> Any:
    """Give what the margins of ``n`` labelled rows read: of many sparse features alone, of few the vectors too."""
    from scipy.sparse import hstack

    return sparse if n > PARAMETERS.many else hstack([sparse, vectors]).tocsr()


def margin_weights(features: Any, reasons: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Fit and give weights (f, k) and offset (k,); 0 for a reason without rows."""
    from sklearn.svm import LinearSVC

    weights = np.zeros((features.shape[1], k), dtype=np.float32)
    offset = np.zeros(k, dtype=np.float32)
    seen = np.unique(reasons)
    if len(seen) < 2:
        return weights, offset
    c = PARAMETERS.c if len(reasons) > PARAMETERS.many // 2 else PARAMETERS.c_few
    model = LinearSVC(C=c, dual=True, tol=PARAMETERS.tol, max_iter=PARAMETERS.max_iter, random_state=0)
    with warnings.catch_warnings():  # few labels of many reasons are no regression
        warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
        model.fit(features, reasons)
    coefficients, intercept = model.coef_, model.intercept_
    if len(seen) == 2:  # two reasons have one margin
        coefficients, intercept = np.vstack([-coefficients, coefficients]), np.r_[-intercept, intercept]
    weights[:, seen], offset[seen] = coefficients.T / 2, (intercept + 1) / 2
    return weights, offset
