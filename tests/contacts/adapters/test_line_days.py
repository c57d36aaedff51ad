"""Day lines of LINE talk histories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.adapters.line_days import DAY_LINE, ordered_days
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError


@pytest.mark.parametrize("line", [
    "2026/05/12(火)", "2026/5/12（火）", "2026.05.12 火曜日", "2026.05.12 Tuesday", "2026年5月12日(火)", "2026/05/12(Tue)",
    "Tue, 5/12/2026", "Tue, 12/05/2026", "2026/05/12（週二）", "2026/5/12 周二",
])
def test_ways_of_writing_a_day(line):
    assert ordered_days([line], Notes()) == ["2026-05-12"]


@pytest.mark.parametrize("line", ["2026/05/12に届きました", "2026/05/12", "5月12日(火)", "09:30", "Tue", "2026/05/12(火) 09:30"])
def test_what_is_no_day_line(line):
    assert not DAY_LINE.fullmatch(line)


def test_weekdays_decide_for_the_whole_file():
    notes = Notes()  # 3 December and 12 March 2026 are both a Thursday; 4 May is a Monday, 5 April is none
    assert ordered_days(["Thu, 12/3/2026", "Mon, 04/05/2026"], notes) == ["2026-03-12", "2026-05-04"]
    assert notes.doubts == ()


def test_both_orders_that_fit_are_doubted():
    notes = Notes()
    assert ordered_days(["Thu, 12/3/2026", "Thu, 12/3/2026"], notes) == ["2026-12-03"] * 2
    assert [(doubt.code, doubt.rows) for doubt in notes.doubts] == [("day_or_month_first", 1)]


def test_weekdays_that_fit_nothing_are_refused():
    for line in ("Mon, 5/12/2026", "Tue, 13/13/2026"):
        with pytest.raises(ContactError, match="weekday"):
            ordered_days([line], Notes())


@given(st.dates())
def test_any_day_of_the_american_way_comes_back(day):
    line = f"{day:%a}, {day.month}/{day.day}/{day.year:04d}"
    read = ordered_days([line], Notes())
    assert read == [day.isoformat()] or (day.month <= 12 and day.day <= 12)
