"""Days on which a source fell silent: planted ones are found, usual ones are not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.silence import GAP_COLUMNS, LOW, MISSING, silent_days


def daily(counts, name="call", start="2026-09-07"):  # a Monday
    return pd.DataFrame({name: counts}, index=pd.date_range(start, periods=len(counts)))


@pytest.mark.parametrize(("day", "count", "status"), [(10, 0, MISSING), (23, 0, MISSING), (30, 6, LOW)])
def test_a_planted_day_is_found_with_what_was_expected(day, count, status):
    counts = np.full(42, 40)
    counts[day] = count
    found = silent_days(daily(counts))
    assert found[["source", "n", "expected", "status"]].values.tolist() == [["call", count, 40.0, status]]
    assert found["day"].iloc[0] == pd.Timestamp("2026-09-07") + pd.Timedelta(days=day)
    assert found["p"].iloc[0] < 1e-3


def test_many_silent_days_do_not_hide_each_other():
    counts = np.full(60, 30)
    counts[20:34] = 0
    assert len(silent_days(daily(counts))) == 14


def test_usual_days_are_seldom_silent():
    rng = np.random.default_rng(0)
    found = sum(len(silent_days(daily(rng.poisson(rng.uniform(5, 60), 56)))) for _ in range(60))
    assert found <= 0.002 * 60 * 56


def test_closed_weekends_and_small_sources_are_no_gaps():
    weekday = np.arange(56) % 7
    assert len(silent_days(daily(np.where(weekday < 5, 40, 0)))) == 0
    assert len(silent_days(daily(np.where(weekday == 2, 3, 40)))) == 0  # a weekday that is a kind of its own
    assert len(silent_days(daily(np.tile([0, 1, 0, 2], 14)))) == 0
    working_sunday = np.where(weekday < 5, 40, 0)
    working_sunday[9] = 0
    assert len(silent_days(daily(working_sunday))) == 1


def test_a_source_that_grows_is_held_against_the_weeks_around():
    counts = np.linspace(100, 300, 180).astype(int)
    assert len(silent_days(daily(counts))) == 0
    counts[150] = 105  # more than on its first days
    assert silent_days(daily(counts))["status"].tolist() == [LOW]


def test_days_before_a_source_began_are_none():
    counts = np.r_[np.zeros(20, int), np.full(30, 25)]
    assert len(silent_days(daily(counts))) == 0


@pytest.mark.parametrize("frame", [pd.DataFrame(), daily([0, 0, 0]), daily([5])])
def test_where_nothing_can_be_told_the_table_is_empty_with_its_columns(frame):
    found = silent_days(frame)
    assert len(found) == 0
    assert tuple(found.columns) == GAP_COLUMNS


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=60), st.lists(st.integers(0, 60), min_size=60, max_size=60))
def test_sources_are_judged_one_by_one(one, other):
    other = other[: len(one)]
    both = silent_days(pd.concat([daily(one, "a"), daily(other, "b")], axis=1))
    each = [silent_days(daily(one, "a")), silent_days(daily(other, "b"))]
    assert both.values.tolist() == [row for table in each for row in table.values.tolist()]
    assert (both["n"] < 0.5 * both["expected"]).all()
