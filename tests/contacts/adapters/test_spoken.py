"""Pieces of speech put together."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.spoken import Spoken, join_spoken, spoken_turns


@pytest.mark.parametrize(("parts", "wanted"), [
    ([" It is", " late."], "It is late."), (["届き", "ません。"], "届きません。"), (["注文は", "ABC-1", "です"], "注文は ABC-1 です"),
    (["", "x", ""], "x"), ([], ""),
])
def test_joining(parts, wanted):
    assert join_spoken(parts) == wanted


def test_turns_end_where_another_speaks():
    frame, rows = spoken_turns([Spoken("a", 0, "x", 1), Spoken("a", 1, " ", 2), Spoken("b", 2, "y", 3), Spoken("a", 3, "z", 4)])
    assert frame[["speaker", "text", "seconds"]].values.tolist() == [["a", "x", 0], ["b", "y", 2], ["a", "z", 3]] and rows == (1, 3, 4)
    assert frame["conversation_id"].tolist() == [""] * 3
    assert len(spoken_turns([])[0]) == 0
