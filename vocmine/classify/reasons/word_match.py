"""Words of a name found again in a text by their meaning: each word of the name looks for its nearest word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from vocmine.linalg import Factor, cosines, exp, unit_rows


class Encode(Protocol):
    """Gives the sentence vectors of texts."""

    def __call__(self, texts: list[str], words: Sequence[str | None] | None = None) -> np.ndarray:
        """Give float32 of shape (n, d); ``words`` are those of the texts where they were split already."""
        ...


@dataclass(frozen=True)
class WordMatchParameters:
    """How words are met; chosen on development texts, ``scripts/tune_reasons.py`` shows how sensitive the answers are.

    Parameters
    ----------
    sharpness : float
        A word of the text that is nearer to other words of the names counts less for this one, the more the smaller.
    length_power : float
        Power of a name's length that the found weight is divided by: long names that are met say more.
    cache_size : int
        Distinct words whose row is kept.
    """

    sharpness: float = 0.2
    length_power: float = 0.75
    cache_size: int = 50_000


PARAMETERS = WordMatchParameters()


class WordMatch:
    """How much of each name's meaning a text has, word by word (late interaction; Khattab and Zaharia 2020).

    Parameters
    ----------
    names : sequence of str
        Terms of the names, joined by spaces.
    mean : ndarray, shape (d,)
        Mean vector of words, taken from the vector of each word.
    encode : callable
        Gives the vectors of words.

    Notes
    -----
    For a word ``w`` of a name and a word ``t`` of a text, the match is the cosine times
    ``exp((cos(w, t) - max_v cos(v, t)) / 0.2)`` over all words ``v`` of the names; the best ``t`` counts, and a name is
    the sum of its words weighted by how rare they are among the names.

    References
    ----------
    Khattab and Zaharia 2020, ColBERT: efficient and effective passage search via contextualized late interaction.
    """

    def __init__(self, names: Sequence[str], mean: np.ndarray, encode: Encode) -> None:
        counts = Counter(word for name in names for word in sorted(set(name.split())))
        words = sorted(counts)
        column = {word: i for i, word in enumerate(words)}
        self._mean = mean
        self._words = Factor(self._vectors(words, encode))
        rare = np.array([np.log((len(names) + 1) / (counts[word] + 0.5)) for word in words])
        weights = np.zeros((len(names), len(words)))
        for row, name in enumerate(names):
            for word in name.split():
                weights[row, column[word]] += rare[column[word]]
        length = weights.sum(axis=1, keepdims=True)
        typical, power = np.median(length[length > 0]) if (length > 0).any() else 1.0, PARAMETERS.length_power
        scale = np.maximum(length**power * typical ** (1 - power), 1e-9)
        self._weights = Factor((weights / scale).astype(np.float32))
        self._known: dict[str, np.ndarray] = {}

    def scores(self, terms: Sequence[str], encode: Encode) -> np.ndarray:
        """Score texts, given as their terms, against each name, shape (n, m); 0 where nothing is met."""
        split = [text.split() for text in terms]
        self._learn([word for text in split for word in text], encode)
        best = np.zeros((len(split), len(self._words.rows)), dtype=np.float32)
        for row, text in enumerate(split):
            if text:
                best[row] = np.stack([self._known[word] for word in text]).max(axis=0)
        return cosines(best, self._weights)

    def __getstate__(self) -> dict[str, object]:
        """Leave out what is met again at once."""
        return {**self.__dict__, "_known": {}}

    def _learn(self, words: list[str], encode: Encode) -> None:
        if len(self._known) > PARAMETERS.cache_size:
            self._known.clear()
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if new:
            near = np.maximum(cosines(self._vectors(new, encode), self._words), 0)
            lead = near - near.max(axis=1, keepdims=True, initial=0)
            self._known.update(zip(new, near * exp(lead / PARAMETERS.sharpness).astype(np.float32), strict=True))

    def _vectors(self, words: list[str], encode: Encode) -> np.ndarray:
        """Give vectors of words less the mean, of length 1."""
        if not words:
            return np.zeros((0, len(self._mean)), dtype=np.float32)
        return unit_rows(encode([word.replace("_", " ") for word in words]) - self._mean)
