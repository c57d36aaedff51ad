"""Known strings found in many texts at once: one sweep over the letters in place of a search for each string."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

_BLOCK = 100_000  # characters swept together: what is held for each stays in the processor's cache
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing (Knuth 1973)
_STRING_BITS = 24  # of the number of a string
_ROOM = 4  # places of a table for each key: few keys then meet another


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


class _HashTable:
    """Distinct whole numbers, not negative, and the place of each in the array of them."""

    def __init__(self, keys: np.ndarray) -> None:
        size = 1 << max(int(len(keys) * _ROOM - 1).bit_length(), 4)
        self._shift, self._mask = np.uint64(64 - (size.bit_length() - 1)), size - 1
        self._keys, self._values = np.full(size, -1, dtype=np.int64), np.full(size, -1, dtype=np.int32)
        left, at = np.arange(len(keys), dtype=np.int32), self._slots(keys)
        while len(left):
            free = np.flatnonzero(self._keys[at] < 0)
            self._keys[at[free]] = keys[left[free]]  # of several that want a place, one gets it
            placed = self._keys[at] == keys[left]
            self._values[at[placed]] = left[placed]
            left, at = left[~placed], at[~placed] + 1 & self._mask

    def _slots(self, keys: np.ndarray) -> np.ndarray:
        return (keys.astype(np.uint64) * _MULTIPLIER >> self._shift).astype(np.int64)

    def places(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give which of some keys are known, in order, and the value of each of these."""
        at = self._slots(keys)
        met = self._keys[at]
        out = np.where(met == keys, self._values[at], -1)
        open_ = np.flatnonzero((met != keys) & (met >= 0))
        while len(open_):  # another key was here first
            at = at[open_] + 1 & self._mask if len(at) != len(open_) else at + 1 & self._mask
            met = self._keys[at]
            wanted = keys[open_]
            hit = met == wanted
            out[open_[hit]] = self._values[at[hit]]
            left = ~hit & (met >= 0)
            at, open_ = at[left], open_[left]
        known = np.flatnonzero(out >= 0)
        return known, out[known]


@dataclass(frozen=True, eq=False)
class _Level:
    """The beginnings of strings that have one letter more than those of the level before."""

    table: _HashTable
    string: np.ndarray  # number of the string that ends here, -1 if none does
    goes_on: np.ndarray  # whether a longer string begins so


class KnownStrings:
    """Finds many known strings in many texts (a trie over all places at once; compare Aho and Corasick 1975).

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
        letters = np.unique(points("".join(strings))).tolist()
        self._letters = len(letters) + 1
        self._code = np.zeros(max(letters, default=0) + 2, dtype=np.int32)  # the last is that of all further letters
        self._code[letters] = np.arange(1, self._letters)
        self._levels = list(self._made())

    def _made(self) -> Iterator[_Level]:
        codes = self._code[points("".join(self.strings))].astype(np.int64)
        starts = np.cumsum(self.lengths) - self.lengths
        node = np.zeros(len(self.strings), dtype=np.int64)
        for depth in range(self.lengths.max(initial=0)):
            open_ = np.flatnonzero(self.lengths > depth)
            keys, node[open_] = np.unique(
                node[open_] * self._letters + codes[starts[open_] + depth], return_inverse=True
            )
            ended = open_[self.lengths[open_] == depth + 1]
            string, goes_on = np.full(len(keys), -1), np.zeros(len(keys), dtype=bool)
            string[node[ended]] = ended
            goes_on[node[self.lengths > depth + 1]] = True
            yield _Level(_HashTable(keys), string, goes_on)

    def places(self, texts: Sequence[str]) -> Places:
        """Give every place at which a known string stands: by block of texts, length, then place."""
        found = [self._in_block(texts[a:b], a) for a, b in _blocks(texts)]
        return Places(*(np.concatenate(part) for part in zip(*found, strict=True)))

    def _in_block(self, texts: Sequence[str], first: int) -> Places:
        point = points("\n".join([*texts, ""]))
        code = self._code[np.minimum(point, len(self._code) - 1)]
        lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
        ends = np.cumsum(lengths)
        begins = ends - lengths
        code[ends - 1] = 0  # no string reaches into the next text
        at, node = np.flatnonzero(code), np.zeros(0, dtype=np.int64)
        starts, strings = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for depth, level in enumerate(self._levels):
            key = code[at + depth].astype(np.int64)
            if depth:
                key += node * self._letters
            known, reached = level.table.places(key)
            at = at[known]
            string = level.string[reached]
            ended = np.flatnonzero(string >= 0)
            starts.append(at[ended])
            strings.append(string[ended])
            on = level.goes_on[reached]
            at, node = at[on], reached[on].astype(np.int64)
        start = np.concatenate(starts)
        row = np.repeat(np.arange(len(texts)), lengths)[start]
        return Places(row + first, start - begins[row], np.concatenate(strings))

    def counts(self, texts: Sequence[str]) -> Any:
        """Count the strings in each text, a sparse matrix of shape (n, m); columns of a row are in order.

        Examples
        --------
        >>> KnownStrings(["あ", "あい"]).counts(["", "あいあ"]).toarray().tolist()
        [[0.0, 0.0], [2.0, 1.0]]
        """
        from scipy import sparse

        row, _, string = self.places(texts)
        key = row << _STRING_BITS | string
        key.sort()  # much faster than to make the matrix from places in any order
        first = np.flatnonzero(np.diff(key, prepend=-1))
        many = np.diff(first, append=len(key)).astype(np.float64)
        key = key[first]
        starts = np.searchsorted(key, np.arange(len(texts) + 1) << _STRING_BITS)
        columns = key & (1 << _STRING_BITS) - 1
        parts = many, columns.astype(np.int32), starts.astype(np.int32)
        return sparse.csr_matrix(parts, shape=(len(texts), len(self.strings)))


def points(text: str) -> np.ndarray:
    """Give the code points of a text.

    Examples
    --------
    >>> points("ab").tolist()
    [97, 98]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


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
