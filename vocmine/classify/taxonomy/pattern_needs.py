"""Which of many patterns are worth trying on which texts: those whose letters a text has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

import numpy as np
from scipy import sparse

from vocmine.classify.known_strings import KnownStrings
from vocmine.classify.taxonomy.patterns import needed


class PatternNeeds:
    """The letters that patterns can't do without: most texts have them for few patterns.

    Parameters
    ----------
    patterns : sequence of str
        Regular expressions.

    Examples
    --------
    >>> PatternNeeds(["(?:二重|重複).{0,8}請求", "[a-z]+"]).rows(["請求が二重です", "二重", "重複請求"])
    [[0, 2], [0, 1, 2]]
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        needs = [needed(pattern) for pattern in patterns]
        groups = {group: place for place, group in enumerate(dict.fromkeys(chain.from_iterable(needs)))}
        letters = {run: place for place, run in enumerate(sorted(set(chain.from_iterable(groups))))}
        self._letters = KnownStrings(list(letters))
        self._groups = _incidence([[groups[group] for group in set(need)] for need in needs], len(groups))
        self._in_group = _incidence([[letters[run] for run in group] for group in groups], len(letters))

    def rows(self, texts: Sequence[str]) -> list[list[int]]:
        """Give for each pattern the numbers of the texts that have, of each group of letters it needs, at least one."""
        row, _, run = self._letters.places([text.lower().replace("\n", " ") for text in texts])
        shape = (len(self._letters.strings), len(texts))
        has = sparse.csr_matrix((np.ones(len(row), np.int32), (run, row)), shape=shape)
        some = self._in_group @ has
        some.data[:] = 1
        met = (self._groups @ some).tocsr()
        met.sort_indices()
        every = list(range(len(texts)))
        wanted = np.diff(self._groups.indptr).tolist()
        return [
            met.indices[a:b][met.data[a:b] == n].tolist() if n else every
            for n, (a, b) in zip(wanted, pairwise(met.indptr.tolist()), strict=True)
        ]


def _incidence(columns: list[list[int]], size: int) -> sparse.csr_matrix:
    """Give a matrix of ones at some columns of each row."""
    ends = np.cumsum([0, *map(len, columns)])
    at = np.fromiter(chain.from_iterable(columns), dtype=np.int64)
    return sparse.csr_matrix((np.ones(len(at), np.int32), at, ends), shape=(len(columns), size))
