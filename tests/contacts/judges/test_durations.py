"""Units of whole columns: named, told, proved, or left empty with a word."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.contacts.judges.durations import DurationJudge
from vocmine.contacts.reading import Notes


def judged(header: str, cells: list, target: str = "handle_seconds", told: str | None = None, date_only: bool = False):
    notes, judge = Notes(), DurationJudge(header, target, told)
    for start in range(0, len(cells), 2):
        judge.add(pd.Series(cells[start:start + 2], dtype=object))
    rule = judge.rule(notes, date_only)
    read = [None if math.isnan(value) else value for value in rule.read(pd.Series(cells, dtype=object))]
    return read, [doubt.code for doubt in notes.doubts if doubt.sentence("ja") != doubt.sentence("en")], rule, notes


@pytest.mark.parametrize(("header", "cells", "seconds"), [
    ("対応時間（時:分）", ["0:10", "2:05"], [600, 7500]), ("AHT [h:mm]", ["0:45"], [2700]), ("handle_ms", ["51000", "400500"], [51, 400.5]),
    ("通話（ミリ秒）", [51000], [51]), ("effort (h)", ["0.5", "1:30"], [1800, 5400]), ("対応時間(分)", ["5.5", "1:35", "90秒"], [330, 95, 90]),
    ("対応時間", ["332", "410"], [332, 410]), ("対応時間", ["5:32", "4:10"], [332, 250]), ("対応時間", ["1:10", "75:10"], [70, 4510]),
    ("対応時間", ["1:10", "00:04:00"], [70, 240]), ("対応時間", ["0.002777778", "0.006944444"], [240, 600]), ("対応時間", [0.002777777777777778], [240]),
    ("対応時間", [dt.time(0, 4), dt.time(0, 10, 5)], [240, 605]), ("対応時間", [dt.timedelta(minutes=4)], [240]), ("AHT（分）", ["0.333333", "12"], [19.99998, 720]),
    ("対応時間", ["５分", "４：１０"], [300, 250]), ("Total time spent (HH:MM)", ["0:25", "12:10"], [1500, 43800]), ("対応時間", ["0:00"], [0]),
    ("対応時間", [dt.datetime(2026, 5, 2, 8, 15)], [None]), ("対応時間", [], []), ("対応時間", ["", None], [None, None]),
])
def test_what_is_read(header, cells, seconds):
    read, codes, rule, _ = judged(header, cells)
    assert read == (pytest.approx(seconds) if all(seconds) else seconds)
    assert (codes, rule.doubtful) == ([], False)


@pytest.mark.parametrize(("header", "cells", "code"), [
    ("Time tracked", ["00:20", "01:15", "00:05"], "clock_unit_unknown"), ("対応時間", ["0:45"], "clock_unit_unknown"), ("対応時間", ["0.5", "0.25"], "unit_doubtful"),
    ("AHT", ["51000", "400500"], "unit_doubtful"), ("AHT", ["4", "9", "12"], "unit_doubtful"), ("AHT (sec)", ["510000", "4005000"], "unit_doubtful"),
    ("AHT (min)", ["0.002777778", "0.006944444"], "unit_doubtful"), ("対応時間(時:分)", ["8:15", "12:40"], "clock_not_effort"),
    ("対応時間", [dt.time(5, 32), dt.time(4, 10)], "clock_unit_unknown"), ("対応時間", [f"{hour}:10" for hour in range(8, 20)], "clock_not_effort"),
])
def test_what_is_left_empty_with_a_word(header, cells, code):
    read, codes, rule, notes = judged(header, cells)
    assert set(read) == {None}
    assert (codes, rule.doubtful) == ([code], True)
    assert notes.doubts[0].line.startswith(f'units: {{"{header}": ')


def test_clock_times_beside_days_are_no_effort():
    cells = ["8:15", "12:40", "17:05"]
    assert judged("応対時間", cells, date_only=True)[1] == ["clock_not_effort"]
    assert judged("応対時間", cells)[0] == [495, 760, 1025]
    assert judged("応対時間", ["5:32", "3:10", "4:45"], date_only=True)[0] == [332, 190, 285]


@pytest.mark.parametrize(("told", "seconds"), [("hh:mm", [1200, 4500]), ("mm:ss", [20, 75])])
def test_the_mapping_settles_it(told, seconds):
    read, codes, rule, _ = judged("Time tracked", ["00:20", "01:15"], told=told)
    assert (read, codes, rule.how) == (seconds, [], f"{told}, from the mapping")


def test_a_response_may_take_hours():
    assert judged("First response time", ["12:05", "8:30"], "wait_seconds")[1] == ["clock_unit_unknown"]
    assert judged("待ち時間", ["12:05", "8:30"], "wait_seconds")[0] == [725, 510]


def test_a_told_unit_settles_bare_numbers():
    assert judged("AHT", ["4", "9"], told="分")[0] == [240, 540]
    assert judged("AHT", ["51000"], told="ms")[0] == [51]


@pytest.mark.parametrize(("header", "cells", "seconds"), [
    ("対応時間", [300, 410, 0.0027777778], [300, 410, None]), ("AHT (min)", ["5", "0.002777778", "7"], [300, None, 420]),
    ("対応時間", ["5分", "7", "3分"], [300, None, 180]), ("対応時間(時:分)", ["0:05", "7", "1:30"], [300, None, 5400]),
])
def test_a_cell_that_fits_nobody_else_is_left_empty_and_told(header, cells, seconds):
    read, codes, _, notes = judged(header, cells)
    assert read == seconds
    assert codes == ["duration_outliers"]
    assert notes.doubts[0].rows == 1


@pytest.mark.parametrize(("target", "cells", "seconds"), [
    ("wait_seconds", ["4", "9"], [4, 9]), ("after_call_seconds", ["1:10", "2:05"], [70, 125]), ("hold_seconds", ["0:45", "0:50"], [45, 50]),
    ("seconds", ["0:05", "1:30"], [5, 90]), ("seconds", ["3", "900000"], [3, 900_000]),
])
def test_what_is_absurd_depends_on_what_it_is(target, cells, seconds):
    assert judged("x", cells, target)[:2] == (seconds, [])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(30, 7200), min_size=1, max_size=6))
def test_fractions_of_a_day_round_trip(seconds):
    assert judged("対応時間", [f"{value / 86_400:.9f}" for value in seconds])[0] == seconds
