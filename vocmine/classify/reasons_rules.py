"""Patterns of a taxonomy over many texts: which reason matches where."""

from __future__ import annotations

import numpy as np

from vocmine.classify.taxonomy import Taxonomy
from vocmine.classify.taxonomy_rules import compiled

SURE = 0.9  # a pattern alone is right about this often


class Rules:
    """The patterns of the reasons ``classes``.

    Parameters
    ----------
    taxonomy : Taxonomy
        Whose patterns.
    classes : tuple of str
        Ids of the reasons, in the order of the columns.
    """

    def __init__(self, taxonomy: Taxonomy, classes: tuple[str, ...]) -> None:
        patterns = {c: taxonomy[c].patterns for c in classes if c in taxonomy}
        self._searches = [(i, compiled(patterns[c]).search) for i, c in enumerate(classes) if patterns.get(c)]
        self._k = len(classes)

    def __bool__(self) -> bool:
        return bool(self._searches)

    def find(self, texts: list[str]) -> dict[tuple[int, int], tuple[int, int]]:
        """Give the place of the first match, by number of text and of reason."""
        found = {}
        for row, text in enumerate(texts):
            for reason, search in self._searches:
                match = search(text)
                if match is not None:
                    found[row, reason] = match.span()
        return found

    def blend(self, probabilities: np.ndarray, found: dict[tuple[int, int], tuple[int, int]]) -> np.ndarray:
        """Move probability to the reasons whose pattern matched; where several did, the model divides it.

        Examples
        --------
        >>> rules = Rules(Taxonomy.default(), ("billing.refund", "contract.cancel"))
        >>> rules.blend(np.array([[0.3, 0.1], [0.3, 0.1]]), rules.find(["返金まだ?", "はい"])).round(2).tolist()
        [[0.91, 0.01], [0.3, 0.1]]
        """
        if not found:
            return probabilities
        hit = np.zeros(probabilities.shape, dtype=bool)
        hit[tuple(np.array(list(found)).T)] = True
        some = hit.any(axis=1)
        weight = np.where(hit, probabilities + 0.02, 0.0)
        share = weight[some] / weight[some].sum(axis=1, keepdims=True)
        out = probabilities.copy()
        kept = np.maximum(SURE, (probabilities * hit).sum(axis=1)[some])[:, None]
        out[some] = kept * share + (1 - kept) * probabilities[some]
        return out
