"""Cells that are written the same way come in one group; nothing is in two."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.contacts.date_words import date_words, tidy_words


@pytest.mark.parametrize(("text", "kind"), [
    ("2026-04-01", "year first"), ("２０２６年４月１日", "year first"), ("令和8年4月1日", "era"), ("20260401", "digits"), ("20260401 9:30", "digits"),
    ("1/4/2026", "either"), ("1.4.2026", "either"), ("1 Apr 2026", "month by name"), ("26/04/01", "short"), ("1795239000", "seconds since 1970"),
    ("1795239000123", "milliseconds since 1970"), ("46347.5", "days of a spreadsheet"),
])
def test_kinds(text, kind):
    assert [(words.kind, words.rows.tolist()) for words in date_words(["", text])] == [(kind, [1])]


@pytest.mark.parametrize("text", ["", "soon", "007", "2026040109", "12", "2026-04", "a/b/c", None])
def test_what_is_no_date_is_in_no_group(text):
    assert date_words([text]) == []


def test_parts_and_time_of_day():
    (words,) = date_words(["2026/4/1 午後2:05"])
    assert {name: part.tolist() for name, part in words.parts.items()} == {"year": [2026], "month": [4], "day": [1]}
    assert words.micros.tolist() == [(14 * 60 + 5) * 60_000_000]
    assert words.timed.tolist() == [True]


def test_spaces_and_width_are_folded():
    assert tidy_words(["  ２０２６-04-01 \t 09:30\u00a0PM"]).to_pylist() == ["2026-04-01 09:30 pm"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet="0123456789-/: 年月日t午前後", max_size=16), max_size=6))
def test_no_cell_is_in_two_groups(texts):
    rows = [row for words in date_words(texts) for row in words.rows.tolist()]
    assert len(rows) == len(set(rows))
