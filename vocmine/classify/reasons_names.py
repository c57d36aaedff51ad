"""Reasons from their names and descriptions alone: the nearest name wins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vocmine.classify.reasons_features import SparseFeatures
from vocmine.classify.reasons_head import cosines
from vocmine.classify.reasons_trust import softmax

_TEMPERATURE = 0.06
_FEW = 8
_LETTERS = 0.2  # weight of the cosine of character pieces beside that of sentence vectors
_COVERED = 0.25  # weight of the share of the name's pieces that the text has: a long text says more than the name


@dataclass(frozen=True)
class NamesModel:
    """Compares a text with what the taxonomy says of each reason.

    Parameters
    ----------
    vectors : ndarray, shape (m, d)
        Vectors of names and descriptions, less their mean, of length 1.
    rows : ndarray of int, shape (m,)
        The reason of each.
    centres : ndarray, shape (2, d)
        Mean vector of Japanese and of English contacts, taken from the vector of a text before it is compared.
    features : SparseFeatures
        Of the names and descriptions.
    sparse : ndarray, shape (m, f)
        Their sparse features.
    """

    vectors: np.ndarray
    rows: np.ndarray
    centres: np.ndarray
    features: SparseFeatures
    sparse: np.ndarray

    def probabilities(self, texts: list[str], vectors: np.ndarray, english: np.ndarray, k: int) -> np.ndarray:
        """Give the probability of each of ``k`` reasons, shape (n, k); rows sum to 1."""
        near = cosines(_unit(vectors - self.centres[english.astype(int)]), self.vectors)
        pieces = self.features.transform(texts)
        covered = self.sparse / np.maximum(self.sparse.sum(axis=1, keepdims=True), 1e-9)
        near = near + _LETTERS * (pieces @ self.sparse.T) + _COVERED * ((pieces > 0).astype(np.float32) @ covered.T)
        best = np.full((len(texts), k), -1.0, dtype=np.float32)
        for row, reason in enumerate(self.rows):
            best[:, reason] = np.maximum(best[:, reason], near[:, row])
        return softmax(best / _TEMPERATURE)


def fit_names(texts: list[str], rows: np.ndarray, vectors: np.ndarray, centres: np.ndarray) -> NamesModel:
    """Make the model from the names and descriptions ``texts`` of the reasons ``rows``."""
    features = SparseFeatures(words=True).fit(texts)
    if len(vectors) > _FEW:
        vectors = _unit(vectors - vectors.mean(axis=0))
    else:
        centres = 0 * centres  # a mean of few names is the names themselves
    return NamesModel(vectors, rows, centres, features, features.transform(texts).toarray())


def _unit(vectors: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0), dtype=np.float32)
