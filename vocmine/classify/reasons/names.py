"""Reasons from their names and descriptions alone: the nearest name wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.classify.reasons.calibration import with_best
from vocmine.classify.reasons.ngrams import SparseFeatures
from vocmine.classify.reasons.word_match import Encode, WordMatch
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.linalg import cosines, sigmoid, softmax, unit_rows


@dataclass(frozen=True)
class NamesParameters:
    """How a text is compared with names, which depends on the sentence vectors.

    Chosen on development texts of several trades, for the views by ``scripts/fit_names.py``;
    ``scripts/tune_reasons.py`` shows how sensitive the answers are.

    Parameters
    ----------
    temperature : float
        Divides similarities before the softmax.
    min_centred : int
        Up to so many names nothing is centred: their mean is the names themselves.
    ngram_weight : float
        Weight of the cosine of character n-grams beside that of sentence vectors.
    coverage_weight : float
        Weight of the share of the name's n-grams that the text has: a long text says more than the name.
    word_weight : float
        Weight of the share of the name's words whose meaning the text has.
    confidence : tuple of float
        Log odds that the nearest name is right: by its similarity, its lead, and for all.
    typical_examples : int
        Shipped examples a reason and language that stand for what customers write.
    field_weight : float
        How far contacts lie in the direction of their field, so far as its names tell.
    """

    temperature: float = 0.06
    min_centred: int = 8
    ngram_weight: float = 0.2
    coverage_weight: float = 0.25
    word_weight: float = 0.35
    confidence: tuple[float, float, float] = (3.0, 5.0, -2.5)
    typical_examples: int = 3
    field_weight: float = 0.3


PARAMETERS = NamesParameters()  # for the bundled encoder, and for one that nothing is known of
# scripts/fit_names.py; in the Japanese view no other value was better than those for the bundled encoder
VIEW_PARAMETERS = {
    "en": NamesParameters(ngram_weight=0.05, coverage_weight=0.1, word_weight=0.25, confidence=(3.5, 6.0, -2.4),
                          field_weight=0.6),
}


def parameters_for(spec: dict[str, Any]) -> NamesParameters:
    """Give the parameters that fit an encoder, told by what describes it.

    Examples
    --------
    >>> parameters_for({"encoder": "bundled"}) == PARAMETERS
    True
    """
    return VIEW_PARAMETERS.get(str(spec.get("view")), PARAMETERS)


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
    lexical_means : ndarray, shape (2, m)
        What letters and words give a Japanese and an English contact on average, taken off too.
    features : SparseFeatures
        Of the names and descriptions.
    sparse : ndarray, shape (m, f)
        Their sparse features.
    words : WordMatch
        Their words.
    parameters : NamesParameters
        Those that fit the sentence vectors.
    """

    vectors: np.ndarray
    rows: np.ndarray
    centres: np.ndarray
    lexical_means: np.ndarray
    features: SparseFeatures
    sparse: np.ndarray
    words: WordMatch
    parameters: NamesParameters

    def open_set(self, near: np.ndarray) -> np.ndarray:
        """Turn similarities into probabilities, that of the nearest being how often such a name was right."""
        top = np.sort(near.astype(np.float64), axis=1)[:, -2:]
        by_similarity, by_lead, for_all = self.parameters.confidence
        odds = by_similarity * top[:, 1] + by_lead * (top[:, 1] - top[:, 0]) + for_all
        return with_best(self.closed_set(near), sigmoid(odds))

    def closed_set(self, near: np.ndarray) -> np.ndarray:
        """Turn similarities into probabilities if the reason of each text were surely one of these; rows sum to 1."""
        return softmax(near / self.parameters.temperature)

    def similarity(self, analysed: pd.DataFrame, vectors: np.ndarray, k: int, encode: Encode) -> np.ndarray:
        """Say how near each of ``k`` reasons is, shape (n, k)."""
        english = (analysed["lang"] == "en").to_numpy().astype(int)
        near = cosines(unit_rows(vectors - self.centres[english]), self.vectors)
        near = near + self.lexical_similarity(analysed, encode) - self.lexical_means[english]
        best = np.full((len(near), k), -1.0, dtype=np.float32)
        for row, reason in enumerate(self.rows):
            best[:, reason] = np.maximum(best[:, reason], near[:, row])
        return best

    def lexical_similarity(self, analysed: pd.DataFrame, encode: Encode) -> np.ndarray:
        """Give what letters and words say for each name, shape (n, m)."""
        ngrams = self.features.transform(analysed["text_clean"].tolist())
        share = self.sparse / np.maximum(self.sparse.sum(axis=1, keepdims=True), 1e-9)
        weights = self.parameters
        covered = weights.coverage_weight * ((ngrams > 0).astype(np.float32) @ share.T)
        letters = weights.ngram_weight * (ngrams @ self.sparse.T) + covered
        words = weights.word_weight * self.words.scores(analysed["terms"].tolist(), encode)
        return np.asarray(letters + words, dtype=np.float32)


def fit_names(
    names: pd.DataFrame, rows: np.ndarray, encode: Encode, parameters: NamesParameters | None = None
) -> NamesModel:
    """Make the model of names.

    Parameters
    ----------
    names : DataFrame, m rows
        Analysed names and descriptions.
    rows : ndarray of int, shape (m,)
        The reason of each.
    encode : callable
        Gives the sentence vectors of texts.
    parameters : NamesParameters, optional
        Those of `parameters_for` the encoder; those for the bundled one if None.
    """
    chosen = PARAMETERS if parameters is None else parameters
    texts = names["text_clean"].tolist()
    vectors = encode(texts)
    contacts = _typical_contacts(chosen.typical_examples)
    words = sorted({word for frame in contacts for text in frame["terms"] for word in text.split()})
    mean = encode([word.replace("_", " ") for word in words]).mean(axis=0)
    centres = np.stack([encode(frame["text_clean"].tolist()).mean(axis=0) for frame in contacts])
    if len(vectors) > chosen.min_centred:
        centres = centres + np.float32(chosen.field_weight) * _field(names, vectors, encode)
        vectors = unit_rows(vectors - vectors.mean(axis=0))
    else:
        centres = 0 * centres  # a mean of few names is the names themselves
    features = SparseFeatures(words=True).fit(texts)
    sparse = features.transform(texts).toarray()
    match = WordMatch(names["terms"].tolist(), mean, encode)
    lexical = np.zeros((2, len(rows)), dtype=np.float32)
    model = NamesModel(vectors, rows, centres, lexical, features, sparse, match, chosen)
    lexical[:] = [model.lexical_similarity(frame, encode).mean(axis=0) for frame in contacts]
    return model


def _field(names: pd.DataFrame, vectors: np.ndarray, encode: Encode) -> np.ndarray:
    """Give how these names differ on average from those of the shipped taxonomy, shape (d,)."""
    shipped = Taxonomy.default()
    typical = np.stack([encode([shipped[r].names[lang] for r in shipped.leaves]).mean(axis=0) for lang in ("ja", "en")])
    english = (names["lang"] == "en").to_numpy().astype(int)
    return np.asarray((vectors - typical[english]).mean(axis=0))


def _typical_contacts(few: int) -> list[pd.DataFrame]:
    """Give what customers write in Japanese and in English, from the shipped examples."""
    from vocmine.text import as_analysed

    shipped = Taxonomy.default()
    return [as_analysed([text for r in shipped.leaves for text in shipped[r].examples[lang][:few]])
            for lang in ("ja", "en")]
