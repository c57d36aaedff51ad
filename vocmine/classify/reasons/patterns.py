"""Patterns of a taxonomy over many texts: which reason matches where."""

from __future__ import annotations

import re

import numpy as np

from vocmine.classify.taxonomy.pattern_needs import PatternNeeds
from vocmine.classify.taxonomy.patterns import compiled
from vocmine.classify.taxonomy.taxonomy import Taxonomy

PATTERN_CONFIDENCE = 0.9  # a pattern alone is right about this often, on development texts
HINT_CONFIDENCE = 0.7  # and a hint
_EVEN_SHARE = 0.02  # added to what the model says before it divides a text among matched reasons: none gets nothing
_INSIDE = re.compile("[A-Za-z]{2}")
Found = dict[tuple[int, int], tuple[int, int, float]]


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
        patterns = [(number, pattern) for number, reason in known for pattern in reason.patterns]
        hints = [(number, pattern) for number, reason in known for pattern in reason.hints]
        self._needs = PatternNeeds([pattern for _, pattern in patterns + hints])
        self._patterns, self._hints = ([(n, compiled((p,))) for n, p in part] for part in (patterns, hints))

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def find(self, texts: list[str], hints: bool = True) -> Found:
        """Give start, end and confidence of the first match, by number of text and of reason.

        Hints count where no pattern matches, and may be left out.
        """
        rows = self._needs.rows(texts)
        split = len(self._patterns)
        found = _search(self._patterns, texts, rows[:split], PATTERN_CONFIDENCE)
        if hints:
            matched = {row for row, _ in found}
            rest = [[row for row in some if row not in matched] for some in rows[split:]]
            found |= _search(self._hints, texts, rest, HINT_CONFIDENCE)
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


def _search(
    patterns: list[tuple[int, re.Pattern[str]]], texts: list[str], rows: list[list[int]], confidence: float
) -> Found:
    found: Found = {}
    for (number, pattern), tried in zip(patterns, rows, strict=True):
        for row in tried:
            match = None if (row, number) in found else _at_a_word(pattern, texts[row])
            if match is not None:
                found[row, number] = (*match.span(), confidence)
    return found


def _at_a_word(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Give the first match that does not begin inside a word of Latin letters: "line" is not in "airline"."""
    match = pattern.search(text)
    while match is not None and match.start() and _INSIDE.match(text, match.start() - 1):
        match = pattern.search(text, match.start() + 1)
    return match
