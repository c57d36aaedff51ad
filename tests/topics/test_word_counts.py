"""Words are counted by contact."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vocmine.topics.word_counts import word_counts, word_incidence


def test_words_are_counted_once_a_contact() -> None:
    counted = word_counts(["a b返金 返金", "返金 x 画面", "画面"], np.array([1, 1, -1]), 3, frozenset(["画面"]))
    assert counted.words.tolist() == ["b返金", "返金"]
    assert counted.table.tolist() == [[0, 1, 0], [0, 2, 0]]
    assert counted.totals.tolist() == [0, 2, 0]
    assert word_counts([], np.zeros(0, int), 2, frozenset()).table.shape == (0, 2)


@given(st.lists(st.lists(st.sampled_from(["返金", "画面", "qr", "ﾘﾓｺﾝ", "x", "届く_ない"]), max_size=6), max_size=30))
def test_the_table_is_what_counting_by_hand_gives(bags: list[list[str]]) -> None:
    terms = [" ".join(bag) for bag in bags]
    column = np.arange(len(terms)) % 3 - 1
    found = word_incidence(terms, frozenset(["画面"]))
    assert found.words.tolist() == sorted({w for bag in bags for w in bag} - {"画面", "x"})
    for i, word in enumerate(found.words.tolist()):
        rows = [r for r, bag in enumerate(bags) if word in bag]
        assert found.contacts(i).tolist() == rows
        assert found.count(column, 2)[i].tolist() == [sum(column[r] == c for r in rows) for c in (0, 1)]
    kept = np.arange(len(found.words)) % 2 == 0
    fewer = found.only(kept)
    assert [fewer.contacts(i).tolist() for i in range(len(fewer.words))] == [
        found.contacts(i).tolist() for i in np.flatnonzero(kept)
    ]
