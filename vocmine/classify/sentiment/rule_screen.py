"""Tells for many texts at once which rules may match in them, by words that the rules need: no other is tried."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vocmine.classify.sentiment.lexicon import rule_rows
from vocmine.classify.sentiment.required_words import alternatives, required_words
from vocmine.text.known_strings import KnownStrings

_LIKELY = 5.0  # words in nearly all texts: an n, the worst here, still spares the rule in Japanese

_ONE_CASE = {"İ": "i", "ı": "i", "ſ": "s"}  # `str.lower` leaves them apart


class RuleScreen:
    """The words that rules of ``rules.yaml`` need.

    Parameters
    ----------
    groups : sequence of str or tuple of str
        Rules, or some together; those of place i are bit i of what `may_match` gives.

    Examples
    --------
    >>> RuleScreen(("thanks", ("so_so", "wish"))).may_match(["Thanks", "普通です", "遅い", "感謝、でも普通"])
    [1, 2, 0, 3]
    """

    def __init__(self, groups: Sequence[str | tuple[str, ...]]) -> None:
        masks: dict[str, int] = {}
        for bit, group in enumerate(groups):
            rows = [row for name in ([group] if isinstance(group, str) else group) for row in rule_rows(name)]
            for pattern in (one for row in rows for one in alternatives(row)):
                for word in required_words(pattern, _LIKELY):
                    masks[word] = masks.get(word, 0) | 1 << bit
        self._words = KnownStrings(list(masks))
        self._masks = np.array(list(masks.values()), dtype=np.int64)

    def may_match(self, texts: list[str]) -> list[int]:
        """Give the rules that may match in each text as bits of a number."""
        row, _, word = self._words.places(in_one_case(texts))
        found = np.zeros(len(texts), dtype=np.int64)
        np.bitwise_or.at(found, row, self._masks[word])
        return list(found.tolist())


def in_one_case(texts: list[str]) -> list[str]:
    """Give texts as patterns without case read them.

    Examples
    --------
    >>> in_one_case(["Wi-Fi", "ıſ"])
    ['wi-fi', 'is']
    """
    if any(letter in text for text in texts for letter in _ONE_CASE):
        for letter, plain in _ONE_CASE.items():
            texts = [text.replace(letter, plain) for text in texts]
    return [text.lower() for text in texts]
