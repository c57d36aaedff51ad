"""The shipped reasons without labels: a linear model of characters and words, whose arrays are shipped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

from vocmine.linalg import log
from vocmine.text.known_strings import KnownStrings

_MAX_CHARACTERS = 2_000  # characters read: the rest of a long mail adds little
_SHOWN_SIZES = (2, 3)  # of the runs whose weights are shown as evidence: single characters say little
_NOTHING_SAID = 5.0  # log odds of no reason for a text without any known word
_BLOCK = 2_048  # texts whose n-grams are counted together


@dataclass(frozen=True, eq=False)
class LinearModel:
    """Scores of the shipped reasons, and in a last column of none of them.

    Parameters
    ----------
    classes : tuple of str
        Ids of the reasons, in the order of the columns.
    grams : KnownStrings
        Known runs of one to three characters.
    words : KnownStrings
        Known words and pairs of neighbouring words, each between blanks.
    gram_idf, word_idf : ndarray
        How rare each is.
    gram_weights, word_weights : ndarray, shape (f, k + 1)
        What each says for each reason.
    gram_offset, word_offset : ndarray, shape (k + 1,)
        Added to each reason.
    """

    classes: tuple[str, ...]
    grams: KnownStrings
    words: KnownStrings
    gram_idf: np.ndarray
    word_idf: np.ndarray
    gram_weights: np.ndarray
    word_weights: np.ndarray
    gram_offset: np.ndarray
    word_offset: np.ndarray

    def scores(self, texts: list[str], terms: list[str] | None) -> np.ndarray:
        """Give logarithms of odds, shape (n, k + 1).

        Parameters
        ----------
        texts : list of str
            Clean texts without courtesies.
        terms : list of str or None
            Their words, joined by blanks; None if they are to be read by their characters alone.

        Examples
        --------
        >>> model = shipped_model()
        >>> model.classes[model.scores(["カードが二重に引き落とされた"], ["カード 二重 引き落とす"])[0, :-1].argmax()]
        'billing.double_charge'
        """
        out = np.empty((len(texts), len(self.classes) + 1))
        for start in range(0, len(texts), _BLOCK):
            block = slice(start, start + _BLOCK)
            out[block] = weighted(self.grams.counts(readable(texts[block])), self.gram_idf) @ self.gram_weights
        out += self.gram_offset
        if terms is None:
            return out
        counts = word_counts(terms, self.words)
        out = (out + weighted(counts, self.word_idf) @ self.word_weights + self.word_offset) / 2
        out[np.diff(counts.indptr) == 0, -1] += _NOTHING_SAID
        return np.asarray(out)

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Leave the arrays behind: they are shipped."""
        return shipped_model, ()

    def gains(self, texts: list[str], reasons: list[int]) -> list[np.ndarray]:
        """Give what the characters at each place of each text say for a reason; see `gains`."""
        return gains(self.grams, self.gram_weights, self.gram_idf, texts, reasons, _SHOWN_SIZES)


def gains(
    known: KnownStrings, weights: np.ndarray, idf: np.ndarray, texts: list[str], reasons: list[int],
    sizes: tuple[int, ...],
) -> list[np.ndarray]:
    """Give what the characters at each place of each text say for a reason, one array of shape (characters,) a text.

    Parameters
    ----------
    known : KnownStrings
        Runs of characters.
    weights : ndarray, shape (f, k)
        What each says for each reason.
    idf : ndarray, shape (f,)
        How rare each is.
    texts : list of str
        As the model reads them, but with every letter at its place.
    reasons : list of int
        For each text the column of the reason.
    sizes : tuple of int
        Of the runs that count.
    """
    if not texts:
        return []
    row, start, column = known.places(texts)
    lengths = np.array([len(text) for text in texts])
    ends = np.cumsum(lengths)
    at, size_of = start + (ends - lengths)[row], known.lengths[column]
    says = weights[column, np.array(reasons)[row]] * idf[column]
    gain = np.zeros(ends[-1])
    for size in sizes:
        here = np.flatnonzero(size_of == size)
        for behind in reversed(range(size)):  # a place at most once at a time: sums always in the same order
            gain[at[here] + behind] += says[here] / size
    return np.split(gain, ends[:-1])


def readable(texts: list[str]) -> list[str]:
    """Give texts as the characters are read: lower case, one blank between words and at both ends.

    Examples
    --------
    >>> readable(["Late  AGAIN"])
    [' late again ']
    """
    return [f" {' '.join(text[:_MAX_CHARACTERS].lower().split())} " for text in texts]


def pairs(terms: str) -> list[str]:
    """Give the words of a text and its pairs of neighbours.

    Examples
    --------
    >>> pairs("カード 使う ない")
    ['カード', '使う', 'ない', 'カード 使う', '使う ない']
    """
    words = terms.lower().split()
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def whole_words(words: list[str]) -> KnownStrings:
    """Give words and pairs of neighbours as they are found whole, for `word_counts`."""
    return KnownStrings([f" {word} " for word in words])


def word_counts(terms: list[str], words: KnownStrings) -> Any:
    """Count known words and pairs, a sparse matrix of shape (n, size).

    Examples
    --------
    >>> word_counts(["a b a"], whole_words(["a", "b a"])).toarray().tolist()
    [[2.0, 1.0]]
    """
    return words.counts([f" {' '.join(text.lower().split())} " for text in terms])


def weighted(counts: Any, idf: np.ndarray) -> Any:
    """Weigh counts by how rare each feature is, rows of length 1 (sublinear TF-IDF)."""
    made = sparse.csr_matrix(counts, dtype=np.float64)
    made.data = (1 + log(made.data)) * idf[made.indices]
    square = made.copy()
    square.data = square.data**2
    length = np.sqrt(np.asarray(square.sum(axis=1)).ravel())
    made.data /= np.repeat(np.maximum(length, 1e-12), np.diff(made.indptr))
    return made


@lru_cache(maxsize=1)
def shipped_model() -> LinearModel:
    """Give the model of the shipped reasons.

    Examples
    --------
    >>> len(shipped_model().classes)
    34
    """
    source = files("vocmine.classify").joinpath("data", "reasons", "model.npz")
    with as_file(source) as path, np.load(path, allow_pickle=False) as arrays:
        return from_arrays({name: arrays[name] for name in arrays.files})


def from_arrays(arrays: dict[str, np.ndarray]) -> LinearModel:
    """Make the model from the arrays that the script wrote."""
    words = arrays["words"].tobytes().decode("utf-8").split("\n")
    grams = arrays["grams"].tobytes().decode("utf-8").split("\n")
    scaled = {
        f"{kind}_weights": arrays[f"{kind}_weights"].astype(np.float64) * arrays[f"{kind}_scale"].astype(np.float64)
        for kind in ("gram", "word")
    }
    plain = {name: arrays[name].astype(np.float64)
             for name in ("gram_idf", "word_idf", "gram_offset", "word_offset")}
    classes = tuple(arrays["classes"].tobytes().decode("utf-8").split("\n"))
    return LinearModel(classes, KnownStrings(grams), whole_words(words), **scaled, **plain)
