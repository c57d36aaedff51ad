"""Counts of known character n-grams."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.classify.sentiment.ngram_counts import NGRAMS, NgramVocabulary

GRAMS = ["a", "ab", "abc", "b", "返", "返金", "返金を", "😡", "ca"]


def by_hand(text: str) -> list[int]:
    sizes = range(NGRAMS[0], NGRAMS[1] + 1)
    seen = Counter(text[at : at + size] for size in sizes for at in range(len(text) - size + 1))
    return [seen[gram] for gram in GRAMS]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abc返金を😡\n ", max_size=20), max_size=5))
def test_counts_are_those_of_a_plain_count(texts: list[str]) -> None:
    counts = NgramVocabulary.of(GRAMS).counts(texts)
    assert counts.shape == (len(texts), len(GRAMS))
    assert np.array_equal(counts.toarray(), np.array([by_hand(text) for text in texts]).reshape(len(texts), len(GRAMS)))


def test_a_vocabulary_of_nothing_counts_nothing() -> None:
    assert NgramVocabulary.of([]).counts(["abc"]).shape == (1, 0)
