"""Ids wrapped for a spreadsheet, and destroyed by one."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.judges.ids import IdJudge, destroyed_ids, unwrap
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError


@pytest.mark.parametrize(("cell", "text"), [
    ('="000777"', "000777"), ('=""000777""', "000777"), ("'000777", "000777"), ("’090-1", "090-1"), ('="2026/05/02 8:15"', "2026/05/02 8:15"), ('=""', ""),
    ("'tis late", "'tis late"), ("=A1", "=A1"), ('="a"&"b"', '="a"&"b"'), ("000777", "000777"), (7, 7), (None, None), ('say "="', 'say "="'),
])
def test_unwrap(cell, text):
    assert unwrap(pd.Series(["x", cell], dtype=object)).tolist() == ["x", text]


def test_nothing_to_undo_gives_the_same_object():
    for cells in (pd.Series(["a", "b"]), pd.Series([1, 2]), pd.Series(["it's", None], dtype=object)):
        assert unwrap(cells) is cells


def test_the_index_and_the_name_stay():
    out = unwrap(pd.Series(["x", '="01"'], index=[5, 9], name="id"))
    assert (out.index.tolist(), out.name, out.tolist()) == ([5, 9], "id", ["x", "01"])


@pytest.mark.parametrize("text", ["1.23457E+15", "1.23457e+15", "4E+18", "１．２Ｅ＋１５", "1,23E+15"])
def test_destroyed(text):
    assert destroyed_ids([text]).tolist() == [True]


@pytest.mark.parametrize("text", ["12E45", "1E5", "A1.2E+15", "", "+81", "user+15", None])
def test_not_destroyed(text):
    assert destroyed_ids([text]).tolist() == [False]


def judged(cells: list[str], target: str = "contact_id") -> list[tuple[str, int]]:
    notes, judge = Notes(), IdJudge("case", target)
    judge.add(pd.Series(cells))
    judge.check("a.csv", notes)
    return [(doubt.code, doubt.rows) for doubt in notes.doubts]


def test_most_destroyed_is_refused_and_some_are_told():
    with pytest.raises(ContactError, match=r"Excel.*has destroyed the ids.*export the file again"):
        judged(["1.23457E+15", "1.23457E+15", "A-1"])
    assert judged(["1.23457E+15", "A-1", "A-2"]) == [("destroyed_ids", 1)]
    assert judged(["1.23457E+15", "1.23457E+15"], "customer_id") == [("destroyed_ids", 2)]


def test_long_ids_that_end_in_zeros_are_told():
    assert judged(["1234567890123450000", "1234567890123460000"]) == [("destroyed_ids", 2)]
    assert judged(["1234567890123456789", "1234567890123450000", "1234567890123456777"]) == []
    assert judged(["1000", "2000"]) == []


@given(st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=8)), max_size=6))
def test_any_cells_pass(cells):
    series = pd.Series(cells, dtype=object)
    assert len(unwrap(series)) == len(destroyed_ids(series)) == len(cells)
