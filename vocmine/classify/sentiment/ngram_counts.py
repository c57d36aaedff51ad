"""Counts of known character n-grams, for many texts at once and the same for each alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from vocmine.classify.sentiment.word_trie import Joined, WordTrie

_BITS = 20  # of the number of an n-gram
NGRAMS = (1, 5)  # characters; as the pretrained model was built


@dataclass(frozen=True, eq=False)
class NgramVocabulary:
    """The known n-grams.

    Parameters
    ----------
    size : int
        Columns of the matrix of counts.
    trie : WordTrie
        The n-grams in the order of their columns.
    """

    size: int
    trie: WordTrie

    @classmethod
    def of(cls, grams: list[str]) -> NgramVocabulary:
        """Make it from n-grams in the order of their columns.

        Examples
        --------
        >>> NgramVocabulary.of(["a", "ab"]).counts(["abab"]).toarray().tolist()
        [[2.0, 2.0]]
        """
        return cls(len(grams), WordTrie.of(grams))

    def grams(self) -> list[str]:
        """Give the known n-grams in the order of their columns.

        Examples
        --------
        >>> NgramVocabulary.of(["ab", "a"]).grams()
        ['ab', 'a']
        """
        return self.trie.texts()

    def counts(self, texts: list[str]) -> Any:
        """Count n-grams, a sparse matrix of shape (n, size); columns of a row are in order.

        Examples
        --------
        >>> NgramVocabulary.of(["あ", "あい"]).counts(["", "あいあ"]).toarray().tolist()
        [[0.0, 0.0], [2.0, 1.0]]
        """
        joined = Joined.of(texts)
        at, column = self.trie.find(joined)
        place = joined.owner[at] << _BITS | column
        place.sort()  # much faster than making the matrix from places in any order
        first = np.flatnonzero(np.diff(place, prepend=-1))
        many = np.diff(first, append=len(place)).astype(np.float64)
        place = place[first]
        rows = np.searchsorted(place, np.arange(len(texts) + 1) << _BITS)
        columns = (place & (1 << _BITS) - 1).astype(np.int32)
        return sparse.csr_matrix((many, columns, rows.astype(np.int32)), shape=(len(texts), self.size))
