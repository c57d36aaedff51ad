"""A duration whose column says minutes is in minutes; what is written with a unit of its own is left alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vocmine.contacts import read_contacts
from vocmine.contacts.judges.durations import DurationJudge
from vocmine.contacts.reading import Notes
from vocmine.contacts.units import header_unit, told_unit


def seconds(cells, header):
    judge = DurationJudge(header, "handle_seconds")
    judge.add(pd.Series(cells, dtype=object))
    return judge.rule(Notes()).read(pd.Series(cells, dtype=object))


ROW = {"contact_id": ["1"], "created_at": ["2026-11-21"], "channel": ["call"], "text": ["返金してほしい"]}


@pytest.mark.parametrize(
    ("header", "cell", "seconds"),
    [
        ("対応時間(分)", "5.5", 330), ("対応時間（分）", "５", 300), ("応対分数", "2", 120), ("handle_time_min", "2", 120),
        ("Handle Time [sec]", "1,000", 1_000), ("AHT (minutes)", 3, 180), ("応対時間(時間)", "0.5", 1800),
        ("処理時間", "95", 95), ("処理時間(秒)", "95", 95), ("処理時間(分:秒)", "1:35", 95), ("処理時間(分)", "1:35", 95),
        ("処理時間(分)", "95秒", 95), ("handle_seconds", "95", 95), ("AHT", "95", 95), ("aht_sec", "95", 95),
    ],
)
def test_the_name_of_a_column_tells_its_unit(header, cell, seconds):
    contacts = read_contacts(pd.DataFrame({**ROW, header: [cell]}))
    assert contacts["handle_seconds"].tolist() == [seconds]


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("対応時間（時:分）", "hh:mm"), ("Duration [h:mm]", "hh:mm"), ("AHT (mm:ss)", "mm:ss"), ("通話（分：秒）", "mm:ss"),
        ("処理時間(HH:MM:SS)", "hh:mm:ss"), ("handle_time (ms)", "ms"), ("talkTimeMs", "ms"), ("待ち時間_ミリ秒", "ms"), ("wait_msec", "ms"),
        ("Resolution time (in hrs)", "h"), ("effort (h)", "h"), ("対応時間（単位：時間）", "h"), ("対応時間(日)", "days"), ("age (days)", "days"),
        ("応対分数", "min"), ("Time (minutes)", "min"), ("保留秒数", "s"), ("talk_s", "s"), ("Time tracked", ""), ("応対時間", ""),
        ("区分別処理時間", ""), ("部分対応時間", ""), ("Agent's time", ""), ("分類", ""), ("AHT", ""),
    ],
)
def test_unit_in_a_name(header, word):
    assert header_unit(header).word == word


@pytest.mark.parametrize(
    ("told", "word"), [("分", "min"), ("ＭＳ", "ms"), ("hh:mm", "hh:mm"), ("時:分", "hh:mm"), ("mm:ss", "mm:ss"), ("hours", "h"), ("日", "days"), ("moons", "")]
)
def test_unit_told(told, word):
    assert told_unit(told).word == word


def test_hours_and_minutes_become_seconds():
    read = seconds(["0:05", "1:30", "x"], "応対(h:mm)")
    assert read[:2].tolist() == [300.0, 5400.0]
    assert np.isnan(read[2])


def test_a_told_column_keeps_its_unit():
    contacts = read_contacts(pd.DataFrame({**ROW, "かかった時間(分)": ["4"], "保留(分)": ["1"]}), {"かかった時間(分)": "handle_seconds", "保留(分)": "wait_seconds"})
    assert contacts[["handle_seconds", "wait_seconds"]].values.tolist() == [[240.0, 60.0]]


def test_other_columns_are_no_durations():
    contacts = read_contacts(pd.DataFrame({**ROW, "満足度(分)": ["4"]}))
    assert contacts["csat"].tolist() == [4.0]


@given(st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.none(), st.booleans()))
@example(2.9961552247705265e306)
def test_any_cell_passes(cell):
    for header in ("対応時間(分)", "対応時間"):
        assert len(seconds([cell], header)) == 1


@given(st.text(max_size=30))
def test_any_name_has_a_unit(header):
    assert (header_unit(header).seconds or 1.0) in {0.001, 1.0, 60.0, 3600.0, 86_400.0}


def test_columns_may_stand_beside_the_keys_of_a_mapping():
    told = {"店名": "product", "constants": {"team": "A"}}
    contacts = read_contacts(pd.DataFrame({**ROW, "店名": ["本店"]}), told)
    assert contacts[["product", "team"]].values.tolist() == [["本店", "A"]]
