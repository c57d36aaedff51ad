"""Patterns of a taxonomy over many texts: which reason matches where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

import numpy as np

from vocmine.classify.taxonomy.patterns import compiled, needed
from vocmine.classify.taxonomy.taxonomy import Taxonomy

PATTERN_CONFIDENCE = 0.9  # a pattern alone is right about this often, on development texts
HINT_CONFIDENCE = 0.7  # and a hint
_EVEN_SHARE = 0.02  # added to what the model says before it divides a text among matched reasons: none gets nothing
_INSIDE = re.compile("[A-Za-z]{2}")
_CHUNK = 4096  # texts searched at once: bounds the memory
Found = dict[tuple[int, int], tuple[int, int, float]]
_Pattern = tuple[int, "re.Pattern[str]", tuple[tuple[str, ...], ...]]


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
        known = [(number, taxonomy[c]) for number, c in enumerate(classes) if c in taxonomy]
        self._patterns = [_prepared(number, p) for number, reason in known for p in reason.patterns]
        self._hints = [_prepared(number, p) for number, reason in known for p in reason.hints]
        needs = [group for _, _, groups in self._patterns + self._hints for group in groups]
        self._letters = sorted({letters for group in needs for letters in group})

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def find(self, texts: list[str]) -> Found:
        """Give start, end and confidence of the first match, by number of text and of reason."""
        found: Found = {}
        for start in range(0, len(texts) if self._patterns or self._hints else 0, _CHUNK):
            part = texts[start : start + _CHUNK]
            has = _rows_with(self._letters, part)
            here = _search(self._patterns, part, has, np.ones(len(part), dtype=bool), PATTERN_CONFIDENCE)
            open_rows = np.ones(len(part), dtype=bool)
            open_rows[[row for row, _ in here]] = False
            here.update(_search(self._hints, part, has, open_rows, HINT_CONFIDENCE))
            found.update({(start + row, number): place for (row, number), place in here.items()})
        return found

    def blend(self, probabilities: np.ndarray, found: Found) -> np.ndarray:
        """Move probability to the reasons whose pattern matched; where several did, the model divides it.

        Examples
        --------
        >>> rules = Rules(Taxonomy.default(), ("billing.refund", "contract.cancel"))
        >>> rules.blend(np.array([[0.3, 0.1], [0.3, 0.1]]), rules.find(["返金まだ?", "はい"])).round(2).tolist()
        [[0.93, 0.01], [0.3, 0.1]]
        """
        if not found:
            return probabilities
        confidence = np.zeros(probabilities.shape)
        confidence[tuple(np.array(list(found)).T)] = [place[2] for place in found.values()]
        hit = confidence > 0
        some = hit.any(axis=1)
        weight = np.where(hit, probabilities + _EVEN_SHARE, 0.0)
        share = weight[some] / weight[some].sum(axis=1, keepdims=True)
        out = probabilities.copy()
        kept = np.maximum(confidence.max(axis=1), (probabilities * hit).sum(axis=1))[some][:, None]
        out[some] = kept * share + (1 - kept) * probabilities[some]
        return out


def _prepared(number: int, pattern: str) -> _Pattern:
    return number, compiled((pattern,)), needed(pattern)


def _search(
    patterns: list[_Pattern], texts: list[str], has: dict[str, np.ndarray], wanted: np.ndarray, confidence: float
) -> Found:
    found: Found = {}
    for number, pattern, needs in patterns:
        for row in _candidates(needs, has, wanted):
            key = (int(row), number)
            match = None if key in found else _at_a_word(pattern, texts[row])
            if match is not None:
                found[key] = (*match.span(), confidence)
    return found


def _at_a_word(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Give the first match that does not begin inside a word of Latin letters: "line" is not in "airline"."""
    match = pattern.search(text)
    while match is not None and match.start() and _INSIDE.match(text, match.start() - 1):
        match = pattern.search(text, match.start() + 1)
    return match


def _rows_with(letters: Iterable[str], texts: list[str]) -> dict[str, np.ndarray]:
    """Give for each run of letters the numbers of the texts that have it, read in one sweep over all texts."""
    lower = [text.lower().replace("\n", " ") for text in texts]
    ends = list(accumulate(len(text) + 1 for text in lower))
    whole = "\n".join(lower)
    out = {}
    for run in letters:
        rows, at = [], whole.find(run)
        while at >= 0:
            row = bisect_right(ends, at)
            rows.append(row)
            at = whole.find(run, ends[row])  # the next text
        if rows:
            out[run] = np.asarray(rows)
    return out


def _candidates(needs: tuple[tuple[str, ...], ...], has: dict[str, np.ndarray], wanted: np.ndarray) -> np.ndarray:
    """Give the wanted texts that have, of each group of letters, at least one."""
    mask = wanted.copy()
    for group in needs:
        some = np.zeros(len(wanted), dtype=bool)
        for letters in group:
            if letters in has:
                some[has[letters]] = True
        mask &= some
        if not mask.any():
            break
    return np.flatnonzero(mask)
