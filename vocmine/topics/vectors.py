"""Vectors of topics: sentence vectors joined with reduced character n-grams; a row depends on its text alone."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from vocmine.embed import Encoder

_NGRAMS = (1, 3)
_MAX_FEATURES = 15_000
_MASK = re.compile(r"\[[^\[\]\s]{1,12}\]")
_SPACES = re.compile(r"\s+")


class JointVectors:
    """Sentence vectors with character n-gram TF-IDF, reduced, beside them.

    The sentence vector knows meaning, the n-grams know product names, codes and spellings: together they cluster
    better than either alone.

    Parameters
    ----------
    encoder : Encoder
        Gives sentence vectors of length 1.
    weight : float
        Length of the n-gram part; the sentence part has length 1.
    dimensions : int
        Length of the reduced n-gram part at most.

    Examples
    --------
    >>> from vocmine.embed import CharacterEncoder
    >>> v = JointVectors(CharacterEncoder(32), dimensions=4).fit(["返金したい", "返金は", "画面が暗い", "画面が"])
    >>> v.transform(["返金"]).shape
    (1, 35)
    """

    def __init__(self, encoder: Encoder, weight: float = 0.5, dimensions: int = 256) -> None:
        self.encoder, self.weight, self.dimensions = encoder, weight, dimensions
        self.vocabulary_: list[str] = []
        self.projection_: np.ndarray = np.empty((0, 0), dtype=np.float32)

    def fit(self, texts: list[str]) -> JointVectors:
        """Learn the n-grams, their weights and the reduction from distinct texts."""
        from scipy.sparse import diags
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import CountVectorizer

        texts = [without_masks(t) for t in texts]
        counter = CountVectorizer(
            analyzer="char", ngram_range=_NGRAMS, min_df=min(2, len(texts)), max_features=_MAX_FEATURES
        )
        try:
            counts = counter.fit_transform(texts)
        except ValueError:  # no n-gram stands in two texts
            self.vocabulary_, self.projection_ = [], np.empty((0, 0), dtype=np.float32)
            return self
        self.vocabulary_ = counter.get_feature_names_out().tolist()
        frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        idf = np.log((1 + len(texts)) / (1 + frequency)) + 1
        weighted = _unit_rows(_log_counts(counts) @ diags(idf))
        size = min(self.dimensions, min(counts.shape) - 1)
        if size < 1:
            self.vocabulary_, self.projection_ = [], np.empty((0, 0), dtype=np.float32)
            return self
        reducer = TruncatedSVD(size, random_state=0).fit(weighted)
        # half precision: what is kept on disk is what is used, so a loaded model gives the same bits
        self.projection_ = (idf[:, None] * reducer.components_.T).astype(np.float16).astype(np.float32)
        return self

    def transform(self, texts: list[str], sentence: np.ndarray | None = None) -> np.ndarray:
        """Give the joined vectors, float32 of shape (n, d); two texts' product is between -1 and 1.

        ``sentence`` may hold the encoder's vectors of the texts, where they are known.
        """
        texts = [without_masks(t) for t in texts]
        if sentence is None:
            sentence = self.encoder.encode(texts)
        if not self.vocabulary_:
            return sentence
        characters = _unit_dense(self._counts(texts) @ self.projection_) * np.float32(self.weight)
        length = np.float32(np.sqrt(1 + self.weight**2))
        return np.hstack([sentence, characters]) / length

    def _counts(self, texts: list[str]) -> Any:
        from sklearn.feature_extraction.text import CountVectorizer

        counter = CountVectorizer(analyzer="char", ngram_range=_NGRAMS, vocabulary=self.vocabulary_)
        return _log_counts(counter.transform(texts)).astype(np.float32)


def without_masks(text: str) -> str:
    """Take the masks of personal data out: who named themselves is no topic, yet vectors would see one.

    Examples
    --------
    >>> without_masks("[氏名]です。返金を [電話番号] へ")
    'です。返金を へ'
    """
    return _SPACES.sub(" ", _MASK.sub("", text)).strip() if "[" in text else text


def _log_counts(counts: Any) -> Any:
    logged = counts.astype(np.float64)
    logged.data = np.log(logged.data) + 1
    return logged


def _unit_rows(matrix: Any) -> Any:
    from scipy.sparse import diags

    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return diags(1 / np.where(length > 0, length, 1)) @ matrix


def _unit_dense(matrix: np.ndarray) -> np.ndarray:
    length = np.sqrt(np.einsum("ij,ij->i", matrix, matrix))[:, None]
    out: np.ndarray = np.divide(matrix, length, out=np.zeros_like(matrix), where=length > 0)
    return out
