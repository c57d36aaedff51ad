"""A duration whose column says minutes is in minutes; what is written with a unit of its own is left alone."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts import read_contacts
from vocmine.contacts.units import in_seconds, seconds_per_unit

ROW = {"contact_id": ["1"], "created_at": ["2026-11-21"], "channel": ["call"], "text": ["返金してほしい"]}


@pytest.mark.parametrize(
    ("header", "cell", "seconds"),
    [
        ("対応時間(分)", "5.5", 330), ("対応時間（分）", "５", 300), ("応対分数", "2", 120), ("handle_time_min", "2", 120),
        ("Handle Time [min]", "1,000", 60_000), ("AHT (minutes)", 3, 180), ("応対時間(時間)", "0.5", 1800),
        ("処理時間", "95", 95), ("処理時間(秒)", "95", 95), ("処理時間(分:秒)", "1:35", 95), ("処理時間(分)", "1:35", 95),
        ("処理時間(分)", "95秒", 95), ("handle_seconds", "95", 95), ("AHT", "95", 95), ("aht_sec", "95", 95),
    ],
)
def test_the_name_of_a_column_tells_its_unit(header, cell, seconds):
    contacts = read_contacts(pd.DataFrame({**ROW, header: [cell]}))
    assert contacts["handle_seconds"].tolist() == [seconds]


def test_a_told_column_keeps_its_unit():
    contacts = read_contacts(pd.DataFrame({**ROW, "かかった時間(分)": ["4"], "保留(分)": ["1"]}), {"かかった時間(分)": "handle_seconds", "保留(分)": "wait_seconds"})
    assert contacts[["handle_seconds", "wait_seconds"]].values.tolist() == [[240.0, 60.0]]


def test_other_columns_are_no_durations():
    contacts = read_contacts(pd.DataFrame({**ROW, "満足度(分)": ["4"]}))
    assert contacts["csat"].tolist() == [4.0]


@given(st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.none(), st.booleans()))
def test_any_cell_passes(cell):
    out = in_seconds(pd.Series([cell], dtype=object), "対応時間(分)")
    assert len(out) == 1
    assert in_seconds(pd.Series([cell], dtype=object), "対応時間").tolist() == [cell] or cell != cell


@given(st.text(max_size=30))
def test_any_name_has_a_unit(header):
    assert seconds_per_unit(header) in {1.0, 60.0, 3600.0}


def test_columns_may_stand_beside_the_keys_of_a_mapping():
    told = {"店名": "product", "constants": {"team": "A"}}
    contacts = read_contacts(pd.DataFrame({**ROW, "店名": ["本店"]}), told)
    assert contacts[["product", "team"]].values.tolist() == [["本店", "A"]]
