"""Adjectives whose side depends on their subject: 発送が早い is good, 電池の減りが早い is bad."""

from __future__ import annotations

import re
from functools import lru_cache

from vocmine.classify.sentiment.lexicon import rule_rows

_REACH = 18  # characters before an adjective in which its subject is looked for


@lru_cache(maxsize=1)
def _rows() -> dict[str, list[tuple[float, re.Pattern[str]]]]:
    """Give, by the first letter of an adjective, the scores and the subjects under which they hold."""
    table: dict[str, list[tuple[float, re.Pattern[str]]]] = {}
    for row in rule_rows("by_subject"):
        heads, score, subjects = row.split(" ", 2)
        # the subject, a particle, and an adverb of degree stand right before the adjective
        pattern = re.compile(f"(?:{subjects})(?:が|は|も|の|まで|って)?[^、。!?がはを]{{0,5}}$")
        for head in heads:
            table.setdefault(head, []).append((float(score), pattern))
    return table


def score_by_subject(text: str, start: int, score: float) -> float:
    """Give the score of the adjective that begins here: that of its subject's row, else its own.

    Examples
    --------
    >>> score_by_subject("インクの減りが早い", 7, 1.1), score_by_subject("返信が早い", 3, 1.1)
    (-1.4, 1.1)
    """
    rows = _rows().get(text[start])
    if rows:
        before = text[max(0, start - _REACH) : start]
        for found, subjects in rows:
            if subjects.search(before):
                return found
    return score
