"""The time of day in its own column."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from vocmine.contacts.judges.companions import clock_seconds, possible_times, spreads_like_a_clock, time_companion

DAYS = pd.Series(["2026/05/02", "2026/05/03", "2026/05/03"])
CLOCK = pd.Series(["8:15", "13:40", "9:05"])


@pytest.mark.parametrize(("day", "time"), [
    ("受付日", "受付時刻"), ("Date", "Time"), ("日付", "時刻"), ("created_date", "created_time"), ("受付日", "受付開始時刻"), ("日付", "受付時刻"),
    ("受付年月日", "時刻"), ("createdDate", "createdTime"), ("Date Received", "Time Received"), ("受付日(必須)", "受付時刻(24h)"), ("受付日時", "受付時刻"),
])
def test_names_that_go_together(day, time):
    assert time_companion(day, DAYS, {"席": pd.Series(["1", "2", "3"]), time: CLOCK}) == time


@pytest.mark.parametrize(("day", "others"), [
    ("受付日", {"終了時刻": CLOCK}), ("日付", {"終了時刻": CLOCK}), ("受付日", {"受付時刻": pd.Series(["a", "b", "c"])}), ("応対日", {"応対時間": pd.Series(["5:32", "3:10", "12:45"])}),
    ("Call date", {"Call time": pd.Series(["5:32", "3:10", "2:45"])}), ("Date", {"start_time": CLOCK, "created time": CLOCK}),
])
def test_what_is_not_certain_is_not_taken(day, others):
    assert time_companion(day, DAYS, others) is None


def test_dates_with_a_time_need_no_companion():
    assert time_companion("Date", pd.Series(["2026/05/02 8:15"]), {"Time": pd.Series(["8:15"])}) is None


def test_an_unclear_name_is_taken_where_the_cells_are_a_clock():
    assert time_companion("応対日", DAYS, {"応対時間": pd.Series(["8:15", "12:40", "17:05"])}) == "応対時間"
    assert time_companion("応対日", DAYS, {"応対時間": pd.Series(["午後1:05", "午前9:00", "午後3:30"])}) == "応対時間"


def test_what_looks_like_a_time_of_day_is_given_for_a_doubt():
    assert possible_times(DAYS, {"終了時刻": CLOCK, "席": pd.Series(["1", "2", "3"]), "保留": pd.Series(["0:10", "0:20", "0:05"])}) == ["終了時刻"]


def test_clock_seconds_of_typed_and_written_cells():
    assert clock_seconds([dt.time(8, 15), "午後2時5分", "PM 2:05", "14:05:30"]).tolist() == [29_700.0, 50_700.0, 50_700.0, 50_730.0]
    assert pd.isna(clock_seconds(["26:99", None, "8"])).all()


@pytest.mark.parametrize(("hours", "clock"), [([9, 12, 18], True), ([0.1, 0.2, 0.3], False), ([9, 9.5, 9.2], False), ([9], False), ([9, 30], False)])
def test_spread_of_a_working_day(hours, clock):
    assert spreads_like_a_clock(pd.Series(hours).to_numpy(float) * 3600) is clock
