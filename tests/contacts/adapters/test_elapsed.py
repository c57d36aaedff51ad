"""Handle time from the clock of turns, where it is effort."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.contacts.adapters.elapsed import elapsed_effort
from vocmine.contacts.reading import Notes

HOUR = 3600.0


@pytest.mark.parametrize(("clock", "call", "gap", "wanted"), [
    ([0, 60, 300], False, None, 300), ([300, 0, 60], False, None, 300), ([0, 601], False, None, None),
    ([0, 600], False, None, 600), ([0, 900], True, None, 900), ([0, 5 * HOUR], True, None, None),
    ([0, 60, 10 * HOUR, 10 * HOUR + 30], False, 10, 90), ([0, 60, 10 * HOUR], False, 1, 60),
    ([0, 900], True, 10, 900), ([0, 5 * HOUR, 5 * HOUR + 60], True, 10, 60), ([0, 2 * HOUR], False, 10, None),
    ([7], False, None, None), ([7, 7], False, None, None), ([float("nan"), float("nan")], False, None, None),
])
def test_one_conversation(clock, call, gap, wanted):
    talks = np.array(["t"] * len(clock), dtype=object)
    found = elapsed_effort(talks, np.array(clock, float), frozenset(["t"] if call else []), gap).tolist()
    assert found == ([wanted] if wanted is not None else pytest.approx([float("nan")], nan_ok=True))


def test_a_live_chat_of_more_than_four_hours_is_no_sitting():
    clock = np.arange(0, 5 * HOUR, 300)
    assert np.isnan(elapsed_effort(np.array(["t"] * len(clock), dtype=object), clock)["t"])


def test_conversations_left_empty_are_counted_with_the_line_that_settles_it():
    notes = Notes()
    talks = np.array(["a", "a", "b", "b", "c"], dtype=object)
    found = elapsed_effort(talks, np.array([0, 5 * HOUR, 0, 60, 0]), notes=notes)
    assert found.index.tolist() == ["a", "b", "c"] and found["b"] == 60
    assert [(doubt.code, doubt.rows, doubt.line) for doubt in notes.doubts] == [("elapsed_not_effort", 1, "active_gap_minutes: 10")]
