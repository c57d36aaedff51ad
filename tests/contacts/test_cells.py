"""Cells of a raw column: any object becomes text, and nothing of a cell can break a log."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.contacts.cells import (
    VALUE_CHARS,
    as_cells,
    as_strings,
    broken_bytes,
    fold,
    masked,
    masked_ids,
    object_array,
    text_of,
)


@pytest.mark.parametrize(("cell", "text"), [
    ("a", "a"), (None, ""), (pd.NA, ""), (pd.NaT, ""), (float("nan"), ""), (np.nan, ""), (True, "true"), (np.bool_(False), "false"),
    (12.0, "12"), (np.float32(3), "3"), (-0.5, "-0.5"), (1e20, "1e+20"), (7, "7"), ({"b": [1]}, '{"b": [1]}'), (["電話"], '["電話"]'),
    (dt.date(2026, 11, 21), "2026-11-21"), (pd.Timestamp("2026-11-21 09:00"), "2026-11-21 09:00:00"),
])
def test_any_cell_as_text(cell, text):
    assert text_of(cell) == text
    assert as_strings([cell]).tolist() == [text]


@pytest.mark.parametrize("values", [
    [None, "a", float("nan")], pd.Series(["a", None, pd.NA], index=[5, 5, 1]), pd.Series(["a", None, "a"], dtype="category"),
    np.array([1.0, np.nan]), pd.Series([1, None], dtype="Int64"), pd.to_datetime(pd.Series(["2026-11-21", None])),
])
def test_missing_cells_are_none_and_the_rest_stay(values):
    cells = as_cells(values)
    assert cells.dtype == object
    assert [cell is None for cell in cells] == pd.Series(values).isna().tolist()


def test_objects_that_are_lists_stay_one_cell_each():
    cells = object_array([[1, 2], [3, 4]])
    assert cells.shape == (2,)
    assert cells[0] == [1, 2]


@pytest.mark.parametrize(("word", "folded"), [(" ＴＥＬ ", "tel"), ("ﾁｬｯﾄ", "チャット"), ("Straße", "strasse"), ("", "")])
def test_words_are_folded_to_be_looked_up(word, folded):
    assert fold(word) == folded == fold(folded)


def test_bytes_that_did_not_fit_are_seen():
    assert broken_bytes(["a", "電話", "\udc81", "高い\udcff", "😡", ""]).tolist() == [False, False, True, True, False, False]


@given(st.lists(st.text(alphabet=st.characters(codec=None), max_size=120), max_size=4))
@settings(deadline=None)
def test_what_is_shown_is_short_on_one_line_and_can_be_written(values):
    for shown in masked(values):
        assert len(shown) <= VALUE_CHARS
        assert len(shown.splitlines()) <= 1
        shown.encode("utf-8")


@pytest.mark.parametrize("key", ["C-00012", "12345678", "570306133677760513", "ticket#99", "", "a1"])
def test_plain_keys_stay(key):
    assert masked_ids([key]) == [key]


@pytest.mark.parametrize("key", ["090-1234-5678", "4111111111111111", "taro@example.com"])
def test_ids_that_are_personal_data_are_masked(key):
    assert key not in masked_ids(["C-1", key, "C-2"])[1]
    assert masked_ids(["C-1", key])[0] == "C-1"


@pytest.mark.parametrize(("cell", "text"), [
    (np.array(["a", "b"], dtype=object), '["a", "b"]'), ({"x": np.array([1, 2])}, '{"x": [1, 2]}'), ([np.int64(3)], "[3]"),
    ([{"at": pd.Timestamp("2026-04-01")}], '[{"at": "2026-04-01 00:00:00"}]'),
])
def test_arrays_are_json_and_never_what_python_prints(cell, text):
    assert text_of(cell) == text
