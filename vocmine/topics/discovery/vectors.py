"""Vectors of topics: sentence vectors and character n-grams, sharpened; a row depends on its text alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from vocmine.embed import Encoder
from vocmine.linalg import log, unit_rows
from vocmine.topics.discovery.metric_learning import RIDGE, Sharpener, learn

_NGRAMS = (1, 3)  # characters
_MAX_FEATURES = 15_000  # the most frequent; the others stand in few texts
# chosen by scripts/tune_topics.py: with 2 hotel requests are the same, English questions in the English view worse
TOPIC_RIDGE = 8.0
_CHUNK = 8192  # texts at a time, which bounds the memory of what comes in between
_FEW, _FEW_SHARE = 10, 0.02  # texts of a second language that are too few to have a middle of their own
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")
_MASK = re.compile(r"\[[^\[\]\s]{1,12}\]")
_SPACES = re.compile(r"\s+")


class JointVectors:
    """Sentence vectors with character n-gram TF-IDF, reduced, beside them.

    The sentence vector knows meaning, the n-grams know product names, codes and spellings: together they cluster
    better than either alone. The joined vectors are then sharpened
    (`vocmine.topics.discovery.metric_learning`): what differs between the nearest texts, as greetings and endings do,
    weighs less. Where Japanese and other texts come together, each kind is seen from its own middle first, so that
    topics hold both.

    Parameters
    ----------
    encoder : Encoder
        Gives sentence vectors of length 1.
    weight : float
        Length of the n-gram part; the sentence part has length 1.
    dimensions : int
        Length of the reduced n-gram part at most.
    ridge : float
        How little is sharpened, see `vocmine.topics.discovery.metric_learning.learn`.

    Examples
    --------
    >>> from vocmine.embed import CharacterEncoder
    >>> v = JointVectors(CharacterEncoder(32), dimensions=4).fit(["返金したい", "返金は", "画面が暗い", "画面が"])
    >>> v.transform(["返金"]).shape
    (1, 35)
    """

    def __init__(
        self, encoder: Encoder, weight: float = 0.5, dimensions: int = 256, ridge: float = RIDGE
    ) -> None:
        self.encoder, self.weight, self.dimensions, self.ridge = encoder, weight, dimensions, ridge
        self.vocabulary_: list[str] = []
        self.projection_: np.ndarray = np.empty((0, 0), dtype=np.float32)
        self.middle_: np.ndarray | None = None
        self.sharpener_: Sharpener | None = None

    def fit(self, texts: list[str], sentence: np.ndarray | None = None) -> JointVectors:
        """Learn the n-grams, their weights, the reduction and the sharpening from distinct texts.

        ``sentence`` may hold the encoder's vectors of the texts, as `sentences` gives them.
        """
        self.fit_transform(texts, sentence)
        return self

    def fit_transform(self, texts: list[str], sentence: np.ndarray | None = None) -> np.ndarray:
        """Learn from distinct texts as `fit` does, and give their vectors as `transform` does, counting once."""
        self.vocabulary_, self.projection_ = [], np.empty((0, 0), dtype=np.float32)
        self.middle_, self.sharpener_ = None, None
        if sentence is None:
            sentence = self.sentences(texts)
        self._fit_characters(texts)
        joined, other = self.joined(texts, sentence), not_japanese(texts)
        if min(other.sum(), (~other).sum()) >= max(_FEW, _FEW_SHARE * len(texts)):
            self.middle_ = np.stack([joined[~other].mean(axis=0), joined[other].mean(axis=0)])
            joined = _from_middle(joined, self.middle_, other)
        if len(joined) > 2:
            self.sharpener_ = learn(joined, None if self.middle_ is None else other, self.ridge)
        return self._sharpened(joined)

    def _fit_characters(self, texts: list[str]) -> None:
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
            return
        frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        idf = np.log((1 + len(texts)) / (1 + frequency)) + 1
        weighted = _unit_rows(_log_counts(counts) @ diags(idf))
        size = min(self.dimensions, min(counts.shape) - 1)
        if size < 1:
            return
        self.vocabulary_ = counter.get_feature_names_out().tolist()
        with np.errstate(invalid="ignore"):  # the share of variance, of texts that are all alike
            reducer = TruncatedSVD(size, random_state=0).fit(weighted)
        # half precision: what is kept on disk is what is used, so a loaded model gives the same bits
        self.projection_ = (idf[:, None] * reducer.components_.T).astype(np.float16).astype(np.float32)

    def transform(self, texts: list[str], sentence: np.ndarray | None = None) -> np.ndarray:
        """Give the sharpened vectors, float32 of shape (n, d); two texts' product is between -1 and 1.

        ``sentence`` may hold what `sentences` gives, where it is known.
        """
        if sentence is None:
            sentence = self.sentences(texts)
        chunks = [slice(start, start + _CHUNK) for start in range(0, len(texts), _CHUNK)] or [slice(0, 0)]
        return np.concatenate([self._sharpened(self.joined(texts[p], sentence[p])) for p in chunks])

    def sentences(self, texts: list[str]) -> np.ndarray:
        """Give the encoder's vectors of the texts, masks left out, float32 of shape (n, d)."""
        return self.encoder.encode([without_masks(t) for t in texts])

    def joined(self, texts: list[str], sentence: np.ndarray | None = None) -> np.ndarray:
        """Give the joined vectors before they are sharpened, float32 of shape (n, d).

        ``sentence`` may hold what `sentences` gives, where it is known.
        """
        if sentence is None:
            sentence = self.sentences(texts)
        joined = sentence
        if self.vocabulary_:
            characters = unit_rows(self._counts([without_masks(t) for t in texts]) @ self.projection_)
            characters *= np.float32(self.weight)
            joined = np.hstack([sentence, characters]) / np.float32(np.sqrt(1 + self.weight**2))
        return joined if self.middle_ is None else _from_middle(joined, self.middle_, not_japanese(texts))

    def _sharpened(self, joined: np.ndarray) -> np.ndarray:
        return joined if self.sharpener_ is None else self.sharpener_.apply(joined)

    def sharpener_arrays(self) -> dict[str, np.ndarray]:
        """Give the arrays of the sharpening and of the middles to store, as far as there are any."""
        arrays = {} if self.middle_ is None else {"middle": self.middle_}
        if self.sharpener_ is not None:
            arrays["sharpen"] = self.sharpener_.matrix.astype(np.float16)
            arrays["sharpen_offset"] = self.sharpener_.offset
        return arrays

    def take_sharpener(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Put back what `sharpener_arrays` gave."""
        self.middle_ = arrays.get("middle")
        if "sharpen" in arrays:
            self.sharpener_ = Sharpener(arrays["sharpen"].astype(np.float32), arrays["sharpen_offset"])

    def _counts(self, texts: list[str]) -> Any:
        from sklearn.feature_extraction.text import CountVectorizer

        counter = CountVectorizer(analyzer="char", ngram_range=_NGRAMS, vocabulary=self.vocabulary_)
        return _log_counts(counter.transform(texts)).astype(np.float32)


def not_japanese(texts: list[str]) -> np.ndarray:
    """Say of each text whether it has no Japanese letter, bool of shape (n,).

    Examples
    --------
    >>> not_japanese(["OKです", "All fine", "[氏名] 100"]).tolist()
    [False, True, True]
    """
    return np.array([_JAPANESE.search(without_masks(t)) is None for t in texts], dtype=bool)


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
    logged.data = log(logged.data) + 1
    return logged


def _unit_rows(matrix: Any) -> Any:
    from scipy.sparse import diags

    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return diags(1 / np.where(length > 0, length, 1)) @ matrix


def _from_middle(joined: np.ndarray, middle: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Measure each row from the middle of its script, at length 1."""
    return unit_rows(joined - middle[other.astype(np.intp)])
