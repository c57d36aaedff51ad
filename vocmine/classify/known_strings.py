"""Known strings found and counted in many texts at once: one sweep in place of a search for each string and text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from vocmine.classify.sentiment.word_trie import Joined, WordTrie

_BLOCK = 100_000  # characters swept together: what is held for each stays in the processor's cache
_BITS = 31  # of the number of a string beside that of its text


class Places(NamedTuple):
    """Where known strings stand.

    Parameters
    ----------
    row, start : ndarray of int
        Text, and place in it.
    string : ndarray of int
        Number of the string.
    """

    row: np.ndarray
    start: np.ndarray
    string: np.ndarray


class KnownStrings:
    """Finds many known strings in many texts.

    Parameters
    ----------
    strings : sequence of str
        Distinct and not empty; found as they are written.

    Attributes
    ----------
    strings : tuple of str
        As they were given.
    lengths : ndarray of int
        Letters of each.

    Examples
    --------
    >>> found = KnownStrings(["ab", "b", "返金"]).places(["abb", "", "まだ返金"])
    >>> list(zip(*(part.tolist() for part in found)))
    [(0, 1, 1), (0, 2, 1), (0, 0, 0), (2, 2, 2)]
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self.strings = tuple(strings)
        self.lengths = np.array([len(string) for string in strings], dtype=np.int64)
        self._trie = WordTrie.of(list(strings))

    def places(self, texts: Sequence[str]) -> Places:
        """Give every place at which a known string stands: by block of texts, length, then place."""
        found = [self._in_block(list(texts[a:b]), a) for a, b in _blocks(texts)]
        return Places(*(np.concatenate(part) for part in zip(*found, strict=True)))

    def _in_block(self, texts: list[str], first: int) -> Places:
        joined = Joined.of(texts)
        at, string = self._trie.find(joined)
        row = joined.owner[at]
        return Places(row + first, at - joined.starts[row], string)

    def counts(self, texts: Sequence[str]) -> Any:
        """Count the strings in each text, a sparse matrix of shape (n, m); columns of a row are in order.

        Examples
        --------
        >>> KnownStrings(["あ", "あい"]).counts(["", "あいあ"]).toarray().tolist()
        [[0.0, 0.0], [2.0, 1.0]]
        """
        from scipy import sparse

        row, _, string = self.places(texts)
        key = row << _BITS | string
        key.sort()  # much faster than to let the matrix put its places in order
        first = np.flatnonzero(np.diff(key, prepend=-1))
        many = np.diff(first, append=len(key)).astype(np.float64)
        key = key[first]
        ends = np.searchsorted(key, np.arange(len(texts) + 1) << _BITS).astype(np.int32)
        columns = (key & (1 << _BITS) - 1).astype(np.int32)
        return sparse.csr_matrix((many, columns, ends), shape=(len(texts), len(self.strings)))


def _blocks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give first and last row of runs of texts that have about so many characters, a long text at most in each."""
    start, size = 0, 0
    for row, text in enumerate(texts):
        size += len(text) + 1
        if size >= _BLOCK:
            yield start, row + 1
            start, size = row + 1, 0
    if start < len(texts) or not len(texts):
        yield start, len(texts)
