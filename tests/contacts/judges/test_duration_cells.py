"""Kinds of cells of durations."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from vocmine.contacts.judges.duration_cells import BARE, CLOCK, NONE, OWN, TYPED, split_durations


@pytest.mark.parametrize(("cell", "kind", "value"), [
    ("5:32", CLOCK, 332), ("００：２５", CLOCK, 25), ("00:05:32", OWN, 332), ("5分", OWN, 300), ("332", BARE, 332), (332, BARE, 332), ("1,200", BARE, 1200),
    ("1.04167E-2", BARE, 0.0104167), (dt.time(0, 5), TYPED, 300), (dt.timedelta(minutes=5), OWN, 300), ("-0:05", OWN, -5), ("12秒", OWN, 12),
])
def test_kind_and_value(cell, kind, value):
    split = split_durations([cell])
    assert (split.kind.tolist(), split.value.tolist()) == ([kind], [value])


@pytest.mark.parametrize("cell", ["", None, "x", "5:75", [1]])
def test_no_duration(cell):
    assert split_durations([cell]).kind.tolist() == [NONE]


@pytest.mark.parametrize(("cell", "fraction"), [
    ("0.003842593", True), ("3.842593E-3", True), (0.003842592592592593, True), ("0.5", False), ("0.25", False), ("0.12345678", False), ("1.003842593", False), ("0", False),
])
def test_fractions_of_a_day_are_whole_seconds(cell, fraction):
    assert split_durations([cell]).fraction.tolist() == [fraction]


def test_typed_columns():
    assert split_durations(pd.Series(pd.to_timedelta([90, None], unit="s"))).kind.tolist() == [OWN, NONE]
    assert split_durations(pd.Series([90, 5])).kind.tolist() == [BARE, BARE]
