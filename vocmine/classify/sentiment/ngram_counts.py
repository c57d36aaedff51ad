"""Counts of known character n-grams (one to three characters), for many texts at once and the same for each alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

NGRAMS = (1, 3)  # characters; as the pretrained model was built
_BITS = 21  # a code point fits; three of them fit into 63 bits


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64) + 1


@dataclass(frozen=True, eq=False)
class NgramVocabulary:
    """The known n-grams, with every beginning of a known one known too.

    Parameters
    ----------
    size : int
        Columns of the matrix of counts.
    keys, columns : tuple of ndarray
        For one, two and three characters: sorted keys and the column of each (-1: only a beginning).
    """

    size: int
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
        tables: list[dict[int, int]] = [{} for _ in range(NGRAMS[1])]
        for column, gram in enumerate(grams):
            codes = _codes(gram).tolist()
            key = 0
            for place, code in enumerate(codes):
                key = key << _BITS | code
                known = tables[place].setdefault(key, -1)
                tables[place][key] = column if place == len(codes) - 1 else known
        order = [sorted(table) for table in tables]
        return cls(
            len(grams),
            tuple(np.array(keys, dtype=np.int64) for keys in order),
            tuple(np.array([t[k] for k in keys], dtype=np.int64) for t, keys in zip(tables, order, strict=True)),
        )

    def counts(self, texts: list[str]) -> Any:
        """Count n-grams, a sparse matrix of shape (n, size); columns of a row are in order.

        Examples
        --------
        >>> NgramVocabulary.of(["あ", "あい"]).counts(["", "あいあ"]).toarray().tolist()
        [[0.0, 0.0], [2.0, 1.0]]
        """
        codes = _codes("\n".join(texts) + "\n" if texts else "")
        ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
        owner = np.repeat(np.arange(len(texts)), np.diff(ends, prepend=0))
        codes[ends - 1] = 0  # no n-gram reaches into the next text
        at, key = np.arange(len(codes)), np.zeros(len(codes), dtype=np.int64)
        rows, columns = [], []
        for place in range(NGRAMS[1]):
            inside = at + place < len(codes)
            at, key = at[inside], key[inside]
            key = key << _BITS | codes[at + place]
            found = np.searchsorted(self.keys[place], key)
            found[found == len(self.keys[place])] = 0
            known = self.keys[place][found] == key if len(self.keys[place]) else np.zeros(len(key), dtype=bool)
            at, key, column = at[known], key[known], self.columns[place][found[known]]
            rows.append(owner[at[column >= 0]])
            columns.append(column[column >= 0])
        row, col = np.concatenate(rows), np.concatenate(columns)
        made = sparse.csr_matrix((np.ones(len(row)), (row, col)), shape=(len(texts), self.size))
        made.sum_duplicates()
        return made
