"""Frames of other libraries."""

from __future__ import annotations

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from vocmine.contacts.arrow_frames import arrow_frame, frames_of, is_one_time
from vocmine.errors import ContactError

ROWS = {"id": [1873500000000000007, None, 3], "本文": ["解約", None, "返品"], "tags": [["a", "b"], [], None]}


@pytest.mark.parametrize("make", [
    pl.DataFrame, lambda rows: pl.DataFrame(rows).lazy(), pa.table, lambda rows: duckdb.from_arrow(pa.table(rows)), lambda rows: pa.table(rows).to_reader(),
])
@pytest.mark.parametrize("chunk_rows", [1, 2, 10])
def test_rows_come_in_parts_with_whole_numbers_as_they_are(make, chunk_rows):
    parts = list(frames_of(make(ROWS), chunk_rows))
    assert [len(part) for part in parts] == {1: [1, 1, 1], 2: [2, 1], 10: [3]}[chunk_rows]
    whole = pd.concat(parts, ignore_index=True)
    assert [None if pd.isna(key) else int(key) for key in whole["id"]] == ROWS["id"]
    assert [None if pd.isna(text) else text for text in whole["本文"]] == ROWS["本文"]
    assert [None if tags is None else list(tags) for tags in whole["tags"]] == ROWS["tags"]


def test_an_empty_frame_keeps_its_columns():
    (part,) = frames_of(pl.DataFrame({"id": [], "text": []}, schema={"id": pl.Int64, "text": pl.String}), 5)
    assert list(part.columns) == ["id", "text"] and len(part) == 0


@pytest.mark.parametrize("source", [pd.DataFrame({"a": [1]}), "a.csv", ["a.csv"], None, {"a": 1}])
def test_what_is_no_frame_of_another_library(source):
    assert frames_of(source, 5) is None


def test_a_single_column_is_no_table():
    with pytest.raises(ContactError, match="no table"):
        list(frames_of(pa.chunked_array([[1, 2]]), 5))


def test_what_can_be_read_once():
    assert is_one_time(pa.table(ROWS).to_reader())
    assert not is_one_time(pa.table(ROWS)) and not is_one_time(pl.DataFrame(ROWS))


def test_an_arrow_table():
    assert arrow_frame(pa.table({"a": [2**60 + 1, None]}))["a"].tolist()[0] == 2**60 + 1
