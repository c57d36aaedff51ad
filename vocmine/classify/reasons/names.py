"""Reasons from their names and descriptions alone: the nearest name wins."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.classify.reasons.calibration import with_best
from vocmine.classify.reasons.ngrams import SparseFeatures
from vocmine.classify.reasons.word_match import Encode, WordMatch
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.linalg import cosines, sigmoid, softmax, unit_rows

_TEMPERATURE = 0.06
_FEW = 8
_LETTERS = 0.2  # weight of the cosine of character pieces beside that of sentence vectors
_COVERED = 0.25  # weight of the share of the name's pieces that the text has: a long text says more than the name
_WORDS = 0.35  # weight of the share of the name's words whose meaning the text has
_SURE = (3.0, 5.0, -2.5)  # log odds of the nearest name: by its nearness, its lead, and for all
_MOVED = 0.3  # contacts lie in the direction of their field, so far as its names tell
_HUMP = re.compile(r"(?<=[a-z][a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


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
    usual : ndarray, shape (2, m)
        What letters and words give a Japanese and an English contact on average, taken off too.
    features : SparseFeatures
        Of the names and descriptions.
    sparse : ndarray, shape (m, f)
        Their sparse features.
    words : WordMatch
        Their words.
    """

    vectors: np.ndarray
    rows: np.ndarray
    centres: np.ndarray
    usual: np.ndarray
    features: SparseFeatures
    sparse: np.ndarray
    words: WordMatch

    def probabilities(self, analysed: pd.DataFrame, vectors: np.ndarray, k: int, encode: Encode) -> np.ndarray:
        """Give the probability of each of ``k`` reasons, shape (n, k); rows sum to 1 at most.

        That of the nearest is how often such a name was right with texts of several trades.
        """
        near = self.nearness(analysed, vectors, k, encode)
        top = np.sort(near.astype(np.float64), axis=1)[:, -2:]
        odds = _SURE[0] * top[:, 1] + _SURE[1] * (top[:, 1] - top[:, 0]) + _SURE[2]
        return with_best(softmax(near / _TEMPERATURE), sigmoid(odds))

    def among_these(self, analysed: pd.DataFrame, vectors: np.ndarray, k: int, encode: Encode) -> np.ndarray:
        """Give the same if the reason of each text were surely one of these; rows sum to 1."""
        return softmax(self.nearness(analysed, vectors, k, encode) / _TEMPERATURE)

    def nearness(self, analysed: pd.DataFrame, vectors: np.ndarray, k: int, encode: Encode) -> np.ndarray:
        """Say how near each of ``k`` reasons is, shape (n, k)."""
        english = (analysed["lang"] == "en").to_numpy().astype(int)
        near = cosines(unit_rows(vectors - self.centres[english]), self.vectors)
        near = near + self.spelled(analysed, encode) - self.usual[english]
        best = np.full((len(near), k), -1.0, dtype=np.float32)
        for row, reason in enumerate(self.rows):
            best[:, reason] = np.maximum(best[:, reason], near[:, row])
        return best

    def spelled(self, analysed: pd.DataFrame, encode: Encode) -> np.ndarray:
        """Give what letters and words say for each name, shape (n, m)."""
        pieces = self.features.transform(analysed["text_clean"].tolist())
        covered = self.sparse / np.maximum(self.sparse.sum(axis=1, keepdims=True), 1e-9)
        letters = _LETTERS * (pieces @ self.sparse.T) + _COVERED * ((pieces > 0).astype(np.float32) @ covered.T)
        return np.asarray(letters + _WORDS * self.words.scores(analysed["terms"].tolist(), encode), dtype=np.float32)


def fit_names(said: pd.DataFrame, rows: np.ndarray, encode: Encode) -> NamesModel:
    """Make the model from the analysed names and descriptions of the reasons ``rows``."""
    texts = said["text_clean"].tolist()
    vectors = encode(texts)
    contacts = _usual_contacts()
    words = sorted({word for frame in contacts for text in frame["terms"] for word in text.split()})
    mean = encode([word.replace("_", " ") for word in words]).mean(axis=0)
    centres = np.stack([encode(frame["text_clean"].tolist()).mean(axis=0) for frame in contacts])
    if len(vectors) > _FEW:
        centres = centres + np.float32(_MOVED) * _field(said, vectors, encode)
        vectors = unit_rows(vectors - vectors.mean(axis=0))
    else:
        centres = 0 * centres  # a mean of few names is the names themselves
    features = SparseFeatures(words=True).fit(texts)
    sparse = features.transform(texts).toarray()
    match = WordMatch(said["terms"].tolist(), mean, encode)
    usual = np.zeros((2, len(rows)), dtype=np.float32)
    model = NamesModel(vectors, rows, centres, usual, features, sparse, match)
    usual[:] = [model.spelled(frame, encode).mean(axis=0) for frame in contacts]
    return model


def readable(name: str) -> str:
    """Give a name as words: ``a::b``, ``a_b`` and ``FileClaim`` are read as written in words.

    Examples
    --------
    >>> [readable(name) for name in ("card_arrival", "FileClaim", "料金::返金", "Wi-Fi")]
    ['card arrival', 'File Claim', '料金 返金', 'Wi-Fi']
    """
    spaced = name.replace("::", " ").replace("_", " ")
    return spaced if " " in name.strip() else _HUMP.sub(" ", spaced)


def _field(said: pd.DataFrame, vectors: np.ndarray, encode: Encode) -> np.ndarray:
    """Give how these names differ on average from those of the shipped taxonomy, shape (d,)."""
    shipped = Taxonomy.default()
    usual = np.stack([encode([shipped[r].names[lang] for r in shipped.leaves]).mean(axis=0) for lang in ("ja", "en")])
    english = (said["lang"] == "en").to_numpy().astype(int)
    return np.asarray((vectors - usual[english]).mean(axis=0))


def _usual_contacts() -> list[pd.DataFrame]:
    """Give what customers write in Japanese and in English, from the shipped examples."""
    from vocmine.text import as_analysed

    shipped = Taxonomy.default()
    return [as_analysed([text for r in shipped.leaves for text in shipped[r].examples[lang][:3]])
            for lang in ("ja", "en")]
