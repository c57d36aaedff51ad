"""Words of a text that no known text of its supposed reason has: what speaks against that reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vocmine.classify.reasons.ngrams import shortened
from vocmine.linalg import log, log1p

_WORD = re.compile(r"[^\W_ぁ-ゖァ-ヿ一-鿿々]+|[ァ-ヺー]+|[一-鿿々]+")  # runs of one script; hiragana tells little


@dataclass(frozen=True)
class ReasonVocabulary:
    """Which words the texts of each reason have.

    Parameters
    ----------
    words : tuple of str
        All words, in the order of the alphabet.
    counts : ndarray of int, shape (f,)
        Texts that have each.
    known : ndarray of int64
        ``word * k + reason`` of each word that texts of a reason have, rising.
    size : ndarray of int, shape (2,)
        Number of texts, number of reasons.
    """

    words: tuple[str, ...]
    counts: np.ndarray
    known: np.ndarray
    size: np.ndarray

    def confidence_features(self, texts: Sequence[str], best: np.ndarray) -> np.ndarray:
        """Weigh the words that the best reason does not know, shape (n, 2): their share of all, and their sum.

        A word weighs more the rarer it is (inverse document frequency; Spärck Jones 1972).
        """
        n, k = self.size
        row, word = _flat(texts, {w: i for i, w in enumerate(self.words)})
        code = word * k + best[row]
        place = np.minimum(np.searchsorted(self.known, code), max(len(self.known) - 1, 0))
        seen = (self.known[place] == code) & (word >= 0) if len(self.known) else np.zeros(len(word), dtype=bool)
        counts = np.where(word >= 0, self.counts[word], 0) if len(self.counts) else np.zeros(len(word))
        return _weighed(row, log((n + 1) / (counts + 0.5)), seen, len(texts))


def fit_vocabulary(texts: Sequence[str], rows: np.ndarray, k: int) -> tuple[ReasonVocabulary, LeftOutWords]:
    """Learn the words of each reason.

    Parameters
    ----------
    texts : sequence of str
        Texts of customers.
    rows : ndarray of int, shape (n,)
        Their reasons.
    k : int
        Number of reasons.
    """
    split = [_words(text) for text in shortened(texts)]
    words = tuple(sorted({word for text in split for word in text}))
    number = {word: i for i, word in enumerate(words)}
    row = np.repeat(np.arange(len(split)), [len(text) for text in split])
    word = np.array([number[w] for text in split for w in text], dtype=np.int64)
    table = np.zeros((len(words), k), dtype=np.int32)
    np.add.at(table, (word, rows[row]), 1)
    made = ReasonVocabulary(words, table.sum(axis=1), np.flatnonzero(table.ravel() > 0), np.array([len(split), k]))
    return made, LeftOutWords(row, word, table, rows)


@dataclass(frozen=True)
class LeftOutWords:
    """The words of the training texts, to say what the vocabulary would be without some of them."""

    row: np.ndarray
    word: np.ndarray
    table: np.ndarray
    rows: np.ndarray

    def without_itself(self, best: np.ndarray) -> np.ndarray:
        """Give the confidence features of each text by a vocabulary without it, shape (n, 2)."""
        seen = self.table[self.word, best[self.row]] - (best == self.rows)[self.row] > 0
        return self._weighed(self.table.sum(axis=1)[self.word] - 1, seen)

    def without_reasons(self, best: np.ndarray, left: np.ndarray) -> np.ndarray:
        """Give the same by a vocabulary without the reasons ``left`` out, bool of shape (n, k)."""
        kinds, kind = np.unique(left, axis=0, return_inverse=True)
        gone = self.table @ kinds.T.astype(np.int32)
        counts = self.table.sum(axis=1)[self.word] - gone[self.word, kind.ravel()[self.row]]
        return self._weighed(counts, self.table[self.word, best[self.row]] > 0)

    def _weighed(self, counts: np.ndarray, seen: np.ndarray) -> np.ndarray:
        n = len(self.rows)
        return _weighed(self.row, log((n + 1) / (counts + 0.5)), seen, n)


def _weighed(row: np.ndarray, weight: np.ndarray, seen: np.ndarray, n: int) -> np.ndarray:
    unseen = np.bincount(row, weight * ~seen, minlength=n)
    every = np.bincount(row, weight, minlength=n)
    return np.column_stack([unseen / np.maximum(every, 1e-9), log1p(unseen)])


def _flat(texts: Sequence[str], number: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Give the row and the number (-1 for a new one) of each word of each text."""
    split = [_words(text) for text in shortened(texts)]
    row = np.repeat(np.arange(len(split)), [len(text) for text in split])
    return row, np.array([number.get(word, -1) for text in split for word in text], dtype=np.int64)


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(_WORD.findall(text)))
