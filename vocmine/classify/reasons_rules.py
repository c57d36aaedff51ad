"""Patterns of a taxonomy over many texts: which reason matches where."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from vocmine.classify.taxonomy import Taxonomy
from vocmine.classify.taxonomy_rules import compiled, needed

SURE = 0.9  # a pattern alone is right about this often
_CHUNK = 4096


class Rules:
    """The patterns of the reasons ``classes``.

    A pattern is tried only on texts that have the letters it can't do without: most texts have them for few patterns.

    Parameters
    ----------
    taxonomy : Taxonomy
        Whose patterns.
    classes : tuple of str
        Ids of the reasons, in the order of the columns.
    """

    def __init__(self, taxonomy: Taxonomy, classes: tuple[str, ...]) -> None:
        self._patterns = [
            (number, compiled((pattern,)), needed(pattern))
            for number, reason_id in enumerate(classes)
            if reason_id in taxonomy
            for pattern in taxonomy[reason_id].patterns
        ]
        self._letters = sorted({letters for _, _, needs in self._patterns for group in needs for letters in group})

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def find(self, texts: list[str]) -> dict[tuple[int, int], tuple[int, int]]:
        """Give the place of the first match, by number of text and of reason."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for start in range(0, len(texts) if self._patterns else 0, _CHUNK):
            part = texts[start : start + _CHUNK]
            has = _rows_with(self._letters, part)
            for number, pattern, needs in self._patterns:
                for row in _candidates(needs, has, len(part)):
                    key = (start + int(row), number)
                    match = None if key in found else pattern.search(part[row])
                    if match is not None:
                        found[key] = match.span()
        return found

    def blend(self, probabilities: np.ndarray, found: dict[tuple[int, int], tuple[int, int]]) -> np.ndarray:
        """Move probability to the reasons whose pattern matched; where several did, the model divides it.

        Examples
        --------
        >>> rules = Rules(Taxonomy.default(), ("billing.refund", "contract.cancel"))
        >>> rules.blend(np.array([[0.3, 0.1], [0.3, 0.1]]), rules.find(["返金まだ?", "はい"])).round(2).tolist()
        [[0.93, 0.01], [0.3, 0.1]]
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


def _rows_with(letters: Iterable[str], texts: list[str]) -> dict[str, np.ndarray]:
    """Give for each run of letters the numbers of the texts that have it, read in one sweep over all texts."""
    lower = [text.lower().replace("\n", " ") for text in texts]
    ends = np.cumsum([len(text) + 1 for text in lower])
    whole = "\n".join(lower)
    out = {}
    for run in letters:
        rows, at = [], whole.find(run)
        while at >= 0:
            row = int(np.searchsorted(ends, at, side="right"))
            rows.append(row)
            at = whole.find(run, int(ends[row]))  # the next text
        if rows:
            out[run] = np.asarray(rows)
    return out


def _candidates(needs: tuple[tuple[str, ...], ...], has: dict[str, np.ndarray], n: int) -> np.ndarray:
    """Give the texts that have, of each group of letters, at least one."""
    mask = np.ones(n, dtype=bool)
    for group in needs:
        some = np.zeros(n, dtype=bool)
        for letters in group:
            if letters in has:
                some[has[letters]] = True
        mask &= some
        if not mask.any():
            break
    return np.flatnonzero(mask)
