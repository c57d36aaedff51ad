"""Which contact has which word, each word once a contact, and how many of each group have it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class WordCounts:
    """Contacts by word and group.

    Parameters
    ----------
    words : ndarray of str, shape (n_words,)
        In order of the alphabet.
    table : ndarray of int, shape (n_words, n_columns)
        Contacts that have the word, by column (a day, or a group).
    totals : ndarray of int, shape (n_columns,)
        All contacts of each column.
    """

    words: np.ndarray
    table: np.ndarray
    totals: np.ndarray


@dataclass(frozen=True)
class WordIncidence:
    """Which contact has which word.

    Parameters
    ----------
    words : ndarray of str, shape (n_words,)
        In order of the alphabet.
    word, row : ndarray of int, shape (n_pairs,)
        Place of a word in ``words``, and a contact that has it; by word, then by contact, no pair twice.
    """

    words: np.ndarray
    word: np.ndarray
    row: np.ndarray

    @cached_property
    def _ends(self) -> np.ndarray:
        return np.searchsorted(self.word, np.arange(len(self.words) + 1))

    def contacts(self, word: int) -> np.ndarray:
        """Give the contacts that have a word, by its place in ``words``."""
        return self.row[self._ends[word] : self._ends[word + 1]]

    def count(self, column: np.ndarray, n_columns: int) -> np.ndarray:
        """Count contacts by word and column, shape (n_words, n_columns).

        Parameters
        ----------
        column : ndarray of int
            Column of each contact, from 0; a contact at -1 is left out.
        n_columns : int
        """
        own = column[self.row]
        at = (self.word * n_columns + own)[own >= 0]
        return np.bincount(at, minlength=len(self.words) * n_columns).reshape(len(self.words), n_columns)

    def only(self, kept: np.ndarray) -> WordIncidence:
        """Give some of the words, by a mask."""
        place = np.cumsum(kept) - 1
        own = kept[self.word]
        return WordIncidence(self.words[kept], place[self.word[own]], self.row[own])


def word_incidence(terms: list[str], stop: frozenset[str] = frozenset()) -> WordIncidence:
    """Find which contact has which word.

    Parameters
    ----------
    terms : list of str
        Content words of each contact, joined by spaces.
    stop : frozenset of str
        Words not to count; nor are single Latin letters, which say nothing alone.

    Examples
    --------
    >>> found = word_incidence(["返金 返金", "画面 返金"])
    >>> found.words.tolist(), found.contacts(1).tolist(), found.count(np.array([0, 1]), 2).tolist()
    (['画面', '返金'], [0, 1], [[0, 1], [1, 1]])
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = pc.utf8_split_whitespace(pa.array(terms, pa.large_string()))
    coded = pc.list_flatten(parts).dictionary_encode()
    written = np.array(coded.dictionary.to_pylist(), dtype=object)
    counted = np.array([bool(w) and w not in stop and not (len(w) == 1 and w.isascii()) for w in written], dtype=bool)
    order = [i for i in np.argsort(written.astype(str), kind="stable") if counted[i]]
    place = np.full(len(written), -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    word = place[coded.indices.to_numpy()]
    row = pc.list_parent_indices(parts).to_numpy()
    pairs = np.unique((word * max(len(terms), 1) + row)[word >= 0])
    return WordIncidence(written[order], pairs // max(len(terms), 1), pairs % max(len(terms), 1))


def word_counts(terms: list[str], column: np.ndarray, n_columns: int, stop: frozenset[str]) -> WordCounts:
    """Count contacts by word and column: each word once a contact; words of no counted contact are left out.

    Parameters
    ----------
    terms : list of str
        Content words of each contact, joined by spaces.
    column : ndarray of int
        Column of each contact, from 0; a contact at -1 is left out.
    n_columns : int
    stop : frozenset of str
        As for `word_incidence`.

    Examples
    --------
    >>> counted = word_counts(["返金 返金", "画面 返金", "画面"], np.array([0, 1, -1]), 2, frozenset())
    >>> counted.words.tolist(), counted.table.tolist(), counted.totals.tolist()
    (['画面', '返金'], [[0, 1], [1, 1]], [1, 1])
    """
    found = word_incidence(terms, stop)
    table = found.count(column, n_columns)
    seen = table.any(axis=1)
    return WordCounts(found.words[seen], table[seen], np.bincount(column[column >= 0], minlength=n_columns))
