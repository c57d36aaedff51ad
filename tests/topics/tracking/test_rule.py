"""The rule of membership: what it finds, that it forgives wrong seeds, and that it is the same alone and in a batch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.topics.tracking.rule import Usual, excess, learn

from .conftest import ONSET


def learned(memory, seeds, onset=ONSET):
    before = memory.day < onset
    vectors = memory.vectors.astype(np.float32)
    usual = Usual.of(vectors[before], np.full(before.sum(), (~before).sum() / before.sum()))
    return learn(usual, vectors[~before], seeds[~before]), vectors[~before]


@pytest.mark.parametrize("wrong", [0, 2, 4])
def test_a_few_contacts_find_the_others_even_where_some_of_them_are_wrong(contacts, wrong):
    memory, is_new = contacts
    seeds = np.zeros(len(memory), dtype=bool)
    seeds[np.flatnonzero(is_new)[:6]] = True
    seeds[np.flatnonzero(~is_new & (memory.day >= ONSET))[:wrong]] = True
    found, _ = learned(memory, seeds)
    truth = is_new[memory.day >= ONSET]
    assert found.members[truth].mean() >= 0.9
    assert truth[found.members].mean() >= 0.9
    assert found.expected < 3 and found.surprise > 50


def test_a_row_is_judged_the_same_alone_and_in_any_batch(contacts):
    memory, is_new = contacts
    seeds = is_new & (memory.day < ONSET + 3)
    found, later = learned(memory, seeds)
    whole = found.rule.members(later)
    assert [bool(found.rule.members(later[i : i + 1])[0]) for i in range(0, len(later), 7)] == whole[::7].tolist()


def test_too_few_seeds_give_no_rule(contacts):
    memory, is_new = contacts
    seeds = np.zeros(len(memory), dtype=bool)
    seeds[np.flatnonzero(is_new)[:2]] = True
    assert learned(memory, seeds)[0] is None


@given(st.integers(1, 500), st.floats(0.01, 400))
@settings(max_examples=80, deadline=None)
def test_an_excess_is_never_negative_and_grows_with_the_count(n, expected):
    counts = np.array([n, n + 1])
    low, high = excess(counts, np.array([expected, expected]))
    assert 0 <= low <= high
    assert (low == 0) == (n <= expected)
