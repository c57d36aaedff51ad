"""Counts of known character n-grams, for many texts at once and the same for each alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

NGRAMS = (1, 5)  # characters; as the pretrained model was built
_BITS = 12  # of the number of a letter; five of them fit into 63 bits


def _points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)


@dataclass(frozen=True, eq=False)
class NgramVocabulary:
    """The known n-grams, with every beginning of a known one known too.

    Parameters
    ----------
    size : int
        Columns of the matrix of counts.
    letters : ndarray
        Code points that known n-grams hold, sorted; their places plus 1 are their numbers, 0 is any other.
    keys, columns : tuple of ndarray
        For each length: sorted keys and the column of each (-1: only a beginning).
    """

    size: int
    letters: np.ndarray
    keys: tuple[np.ndarray, ...]
    columns: tuple[np.ndarray, ...]

    @classmethod
    def of(cls, grams: list[str]) -> NgramVocabulary:
        """Make it from n-grams in the order of their columns.

        Examples
        --------
        >>> NgramVocabulary.of(["a", "ab"]).counts(["abab"]).toarray().tolist()
        [[2.0, 2.0]]
        """
        letters = np.unique(_points("".join(grams)))
        number = {point: place for place, point in enumerate(letters.tolist(), 1)}
        tables: list[dict[int, int]] = [{} for _ in range(NGRAMS[1])]
        for column, gram in enumerate(grams):
            points = _points(gram).tolist()
            key = 0
            for place, point in enumerate(points):
                key = key << _BITS | number[point]
                known = tables[place].setdefault(key, -1)
                tables[place][key] = column if place == len(points) - 1 else known
        order = [sorted(table) for table in tables]
        return cls(
            len(grams),
            letters,
            tuple(np.array(keys, dtype=np.int64) for keys in order),
            tuple(np.array([t[k] for k in keys], dtype=np.int64) for t, keys in zip(tables, order, strict=True)),
        )

    def grams(self) -> list[str]:
        """Give the known n-grams in the order of their columns.

        Examples
        --------
        >>> NgramVocabulary.of(["ab", "a"]).grams()
        ['ab', 'a']
        """
        found = [""] * self.size
        for place, (keys, columns) in enumerate(zip(self.keys, self.columns, strict=True)):
            for key, column in zip(keys.tolist(), columns.tolist(), strict=True):
                numbers = [key >> _BITS * back & (1 << _BITS) - 1 for back in range(place, -1, -1)]
                if column >= 0:
                    found[column] = "".join(chr(self.letters[number - 1]) for number in numbers)
        return found

    def counts(self, texts: list[str]) -> Any:
        """Count n-grams, a sparse matrix of shape (n, size); columns of a row are in order.

        Examples
        --------
        >>> NgramVocabulary.of(["あ", "あい"]).counts(["", "あいあ"]).toarray().tolist()
        [[0.0, 0.0], [2.0, 1.0]]
        """
        points = _points("\n".join(texts) + "\n" if texts else "")
        codes = _place_in(self.letters, points) + 1
        ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
        owner = np.repeat(np.arange(len(texts)), np.diff(ends, prepend=0))
        codes[ends - 1] = 0  # no n-gram reaches into the next text
        at = np.flatnonzero(codes)
        key = np.zeros(len(at), dtype=np.int64)
        rows, columns = [], []
        for place, (keys, numbers) in enumerate(zip(self.keys, self.columns, strict=True)):
            inside = at + place < len(codes)
            at, key = at[inside], key[inside]
            key = key << _BITS | codes[at + place]
            found = _place_in(keys, key)
            at, key, column = at[found >= 0], key[found >= 0], numbers[found[found >= 0]]
            rows.append(owner[at[column >= 0]])
            columns.append(column[column >= 0])
        row, col = np.concatenate(rows), np.concatenate(columns)
        made = sparse.csr_matrix((np.ones(len(row)), (row, col)), shape=(len(texts), self.size))
        made.sum_duplicates()
        return made


def _place_in(known: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Give the place of each value in a sorted array, -1 where it is not in it."""
    if not len(known):
        return np.full(len(values), -1)
    found = np.searchsorted(known, values)
    found[found == len(known)] = 0
    return np.where(known[found] == values, found, -1)
