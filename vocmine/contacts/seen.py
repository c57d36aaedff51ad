"""Which contact ids were accepted before, in 8 bytes an id."""

from __future__ import annotations

import numpy as np
import pandas as pd


class SeenIds:
    """A set of ids kept as sorted 64-bit hashes.

    Ten million ids take 80 MB; the chance that any two of them are taken for one is below one in 300,000.

    Examples
    --------
    >>> seen = SeenIds()
    >>> seen.add(np.array(["a", "b", "a"], dtype=object)).tolist()
    [False, False, True]
    >>> seen.add(np.array(["b", "c"], dtype=object)).tolist()
    [True, False]
    >>> seen.has(np.array(["c", "d"], dtype=object)).tolist()
    [True, False]
    """

    def __init__(self) -> None:
        self._runs: list[np.ndarray] = []

    def __len__(self) -> int:
        return sum(map(len, self._runs))

    def add(self, ids: np.ndarray) -> np.ndarray:
        """Add ids; tell for each whether it was there before, or earlier in these ids."""
        return self.add_hashes(pd.util.hash_array(ids, categorize=False))

    def has(self, ids: np.ndarray) -> np.ndarray:
        """Tell for each id whether it was added before; nothing is added."""
        return self.has_hashes(pd.util.hash_array(ids, categorize=False))

    def add_hashes(self, hashes: np.ndarray) -> np.ndarray:
        """Do as `add` does, for what was hashed already."""
        again: np.ndarray = pd.Series(hashes).duplicated().to_numpy(copy=True) | self.has_hashes(hashes)
        new = np.sort(hashes[~again])
        if len(new):
            self._runs.append(new)
        # merging runs of like size keeps their number small and the whole work at n log n
        while len(self._runs) > 1 and len(self._runs[-2]) <= 2 * len(self._runs[-1]):
            self._runs[-2:] = [np.sort(np.concatenate(self._runs[-2:]))]
        return again

    def has_hashes(self, hashes: np.ndarray) -> np.ndarray:
        """Do as `has` does, for what was hashed already."""
        there = np.zeros(len(hashes), dtype=bool)
        for run in self._runs:
            place = np.minimum(np.searchsorted(run, hashes), len(run) - 1)
            there |= run[place] == hashes
        return there
