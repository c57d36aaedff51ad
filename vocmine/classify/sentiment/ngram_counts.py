"""Counts of known character n-grams, for many texts at once and the same for each alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vocmine.text.known_strings import KnownStrings

NGRAMS = (1, 5)  # characters; as the pretrained model was built


@dataclass(frozen=True, eq=False)
class NgramVocabulary:
    """The known n-grams.

    Parameters
    ----------
    size : int
        Columns of the matrix of counts.
    known : KnownStrings
        The n-grams in the order of their columns.
    """

    size: int
    known: KnownStrings

    @classmethod
    def of(cls, grams: list[str]) -> NgramVocabulary:
        """Make it from n-grams in the order of their columns.

        Examples
        --------
        >>> NgramVocabulary.of(["a", "ab"]).counts(["abab"]).toarray().tolist()
        [[2.0, 2.0]]
        """
        return cls(len(grams), KnownStrings(grams))

    def grams(self) -> list[str]:
        """Give the known n-grams in the order of their columns.

        Examples
        --------
        >>> NgramVocabulary.of(["ab", "a"]).grams()
        ['ab', 'a']
        """
        return list(self.known.strings)

    def counts(self, texts: list[str]) -> Any:
        """Count n-grams, a sparse matrix of shape (n, size); columns of a row are in order.

        Examples
        --------
        >>> NgramVocabulary.of(["あ", "あい"]).counts(["", "あいあ"]).toarray().tolist()
        [[0.0, 0.0], [2.0, 1.0]]
        """
        return self.known.counts(texts)
