"""Known strings in many texts."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.text import known_strings
from vocmine.text.known_strings import KnownStrings

LETTERS = st.text(alphabet="ab返金\n😀\ud800", max_size=6)


@pytest.mark.parametrize("block", [1, 10, 100_000])
@settings(max_examples=60, deadline=None)
@given(st.sets(LETTERS.filter(bool), max_size=8), st.lists(st.text(alphabet="ab返金c\n😀😃\ud800", max_size=20), max_size=6))
def test_every_place_is_found(block, strings, texts):
    known = KnownStrings(sorted(strings))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known_strings, "_BLOCK", block)
        found = known.places(texts)
    plain = {
        (row, start, number)
        for row, text in enumerate(texts) for number, string in enumerate(known.strings)
        for start in range(len(text)) if text.startswith(string, start)
    }
    got = list(zip(*(part.tolist() for part in found), strict=True))
    assert set(got) == plain and len(got) == len(plain)


def test_counts_stand_in_order():
    counts = KnownStrings(["b", "a", "ab"]).counts(["abab", "", "xb"])
    assert counts.toarray().tolist() == [[2, 2, 2], [0, 0, 0], [1, 0, 0]] and counts.has_sorted_indices
    assert KnownStrings([]).counts(["abc"]).shape == (1, 0) and KnownStrings(["a"]).counts([]).shape == (0, 1)


def test_many_strings_that_share_places_of_a_table():
    strings = [chr(0x4E00 + i) + chr(0x4E00 + j) for i in range(60) for j in range(60)]
    row, start, string = KnownStrings(strings).places(strings)
    assert (np.sort(string) == np.arange(3600)).all() and (row == string).all() and not start.any()


GRAMS = ["a", "ab", "abc", "b", "返", "返金", "返金を", "😡", "ca"]


def by_hand(text: str) -> list[int]:
    sizes = range(1, 6)
    seen = Counter(text[at : at + size] for size in sizes for at in range(len(text) - size + 1))
    return [seen[gram] for gram in GRAMS]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abc返金を😡\n ", max_size=20), max_size=5))
def test_counts_are_those_of_a_plain_count(texts: list[str]) -> None:
    counts = KnownStrings(GRAMS).counts(texts)
    assert counts.shape == (len(texts), len(GRAMS))
    assert np.array_equal(counts.toarray(), np.array([by_hand(text) for text in texts]).reshape(len(texts), len(GRAMS)))


def test_a_vocabulary_of_nothing_counts_nothing() -> None:
    assert KnownStrings([]).counts(["abc"]).shape == (1, 0)
