"""Dates of whole columns: zone and order are told, proved, or refused."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.contacts.judges.dates import DateJudge, DateRule
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError


def judged(header: str, cells: list, **told: object) -> tuple[DateRule, Notes, list[str | None]]:
    notes = Notes()
    judge = DateJudge(header, str(told.pop("zone", "Asia/Tokyo")), **told)
    for start in range(0, len(cells), 3):  # chunk by chunk, as a source comes
        judge.add(pd.Series(cells[start:start + 3], dtype=object))
    rule = judge.rule("a.csv", notes)
    read = rule.read(pd.Series(cells, dtype=object))
    return rule, notes, [None if time is pd.NaT else time.strftime("%Y-%m-%dT%H:%M") for time in read]


def codes(notes: Notes) -> list[str]:
    return [doubt.code for doubt in notes.doubts if doubt.sentence("ja") != doubt.sentence("en")]


def test_a_zone_in_the_name_counts():
    rule, notes, read = judged("opened (UTC)", ["2026-05-02 08:15", "2026-05-02 22:40"])
    assert read == ["2026-05-02T08:15", "2026-05-02T22:40"]
    assert rule.how == "zone UTC, from its name"
    assert not notes.doubts


def test_a_zone_in_a_cell_wins_over_the_name():
    _, _, read = judged("opened (UTC)", ["2026-05-02 08:15 (JST)", "2026-05-02 08:15", "2026-05-02 08:15"])
    assert read == ["2026-05-01T23:15", "2026-05-02T08:15", "2026-05-02T08:15"]


def test_a_told_zone_wins_over_the_name_and_says_so():
    _, notes, read = judged("opened (UTC)", ["2026-05-02 08:15"], timezone_told=True)
    assert read == ["2026-05-01T23:15"]
    assert codes(notes) == ["zone_contradicted"]
    assert notes.doubts[0].line == "timezone: UTC"


def test_a_told_zone_that_the_name_only_says_in_other_words_is_no_contradiction():
    assert codes(judged("日時(JST)", ["2026-05-02 08:15"], timezone_told=True)[1]) == []
    assert codes(judged("at (EDT)", ["2026-05-02 08:15"], zone="America/New_York", timezone_told=True)[1]) == []


def test_several_zones_of_one_abbreviation_are_refused_unless_the_zone_is_told():
    with pytest.raises(ContactError, match=r"several meanings.*CST.*timezone: America/Chicago"):
        judged("opened (CST)", ["2026-05-02 08:15"])
    with pytest.raises(ContactError, match="IST"):
        judged("opened", ["2026-05-02 08:15 IST", "2026-05-03 08:15 IST"])
    assert judged("opened (CST)", ["2026-01-02 08:15"], zone="America/Chicago", timezone_told=True)[2] == ["2026-01-02T14:15"]
    assert judged("opened", ["2026-01-02 08:15 CST"], zone="Asia/Shanghai", timezone_told=True)[2] == ["2026-01-02T00:15"]


def test_few_cells_with_such_a_word_are_told_and_not_read():
    _, notes, read = judged("opened", ["2026-05-02 08:15", "2026-05-02 08:15 BST", "2026-05-02 09:15"])
    assert read[1] is None
    assert codes(notes) == ["zone_of_several"]


def test_a_column_in_winter_time_the_whole_year_is_doubted():
    assert codes(judged("opened (PST)", ["2026-01-05 09:00", "2026-07-05 09:00"])[1]) == ["zone_of_other_season"]
    assert codes(judged("opened (PST)", ["2026-01-05 09:00", "2026-02-05 09:00"])[1]) == []


def test_a_clock_that_is_not_named_and_a_zone_that_some_leave_out():
    assert codes(judged("opened (local time)", ["2026-05-02 08:15"])[1]) == ["zone_not_named"]
    assert codes(judged("opened", ["2026-05-02 08:15 JST", "2026-05-02 08:15 UTC", "2026-05-02 08:15"])[1]) == ["zone_left_out"]


def test_the_day_is_first_where_the_column_proves_it():
    rule, notes, read = judged("d", ["02/05/2026 08:15", "14/05/2026 08:15", "03/06/2026 08:15"], zone="UTC")
    assert read == ["2026-05-02T08:15", "2026-05-14T08:15", "2026-06-03T08:15"]
    assert rule.how == "zone UTC, as none is named; day first, from 1 of 3 rows"
    assert not notes.doubts


def test_the_month_is_first_where_the_column_proves_it():
    assert judged("d", ["02-05-2026", "02-14-2026"], zone="UTC")[2] == ["2026-02-05T00:00", "2026-02-14T00:00"]


@pytest.mark.parametrize("cells", [["02/05/2026", "03/05/2026"], ["14/05/2026", "05/14/2026"], ["02/05/26", "03/05/26"], ["2026-14-05", "2026-13-05"]])
def test_an_order_that_is_not_proved_is_refused(cells):
    with pytest.raises(ContactError, match="day"):
        judged("d", cells)


def test_the_sentence_names_the_line_to_add():
    with pytest.raises(ContactError, match="say day_first: true or day_first: false in the mapping"):
        judged("d", ["02/05/2026"])


def test_a_told_order_is_taken_and_what_contradicts_it_is_told():
    assert judged("d", ["02/05/2026"], zone="UTC", day_first=True)[2] == ["2026-05-02T00:00"]
    _, notes, read = judged("d", ["02/05/2026", "14/05/2026"], zone="UTC", day_first=False)
    assert read == ["2026-02-05T00:00", None]
    assert [(doubt.code, doubt.rows, doubt.line) for doubt in notes.doubts] == [("day_first_contradicted", 1, "day_first: true")]


@pytest.mark.parametrize(("header", "cell", "day"), [
    ("Date (DD/MM/YYYY)", "02/05/2026", "2026-05-02"), ("Date (MM/DD/YYYY)", "02/05/2026", "2026-02-05"), ("日付（日/月/年）", "02/05/2026", "2026-05-02"),
    ("date dd.mm.yy", "02.05.26", "2026-05-02"), ("日付(yy/mm/dd)", "26/05/02", "2026-05-02"),
])
def test_an_order_in_the_name_counts(header, cell, day):
    rule, _, read = judged(header, [cell], zone="UTC")
    assert read == [f"{day}T00:00"]
    assert "from its name" in rule.how


def test_a_name_that_the_cells_contradict_does_not_count():
    assert judged("Date (DD/MM/YYYY)", ["02/05/2026", "02/14/2026"], zone="UTC")[2] == ["2026-02-05T00:00", "2026-02-14T00:00"]


def test_the_same_either_way_needs_no_order():
    rule, _, read = judged("d", ["05/05/2026", "06/06/2026"], zone="UTC")
    assert rule.day_first is None
    assert read == ["2026-05-05T00:00", "2026-06-06T00:00"]


def test_one_row_that_fits_nobody_else_is_that_rows_mistake():
    _, notes, read = judged("d", ["14/05/2026"] * 59 + ["05/14/2026"], zone="UTC")
    assert read.count(None) == 1
    assert [(doubt.code, doubt.rows) for doubt in notes.doubts] == [("date_order_outliers", 1)]
    _, notes, read = judged("d", ["2026-05-14"] * 59 + ["05/04/2026"], zone="UTC")
    assert read[-1] is None
    assert codes(notes) == ["date_order_unknown"]


def test_two_digits_of_the_year():
    assert judged("d", ["26/05/01", "26/05/14", "26/06/02"], zone="UTC")[2] == ["2026-05-01T00:00", "2026-05-14T00:00", "2026-06-02T00:00"]
    assert judged("d", ["01/05/26", "14/05/26"], zone="UTC")[2] == ["2026-05-01T00:00", "2026-05-14T00:00"]
    assert judged("d", ["01/05/26"], zone="UTC", day_first=False)[2] == ["2026-01-05T00:00"]


def test_numbers_among_texts_are_told():
    _, notes, read = judged("d", ["2026-05-02 08:15", "2026-05-02 08:15", "1777705200000"], zone="UTC")
    assert read[2] == "2026-05-02T07:00"
    assert [(doubt.code, doubt.shown) for doubt in notes.doubts] == [("mixed_dates", "UNIX ms")]


def test_days_that_a_spreadsheet_swapped_are_told():
    cells = [dt.datetime(2026, 3, 4), dt.datetime(2026, 5, 4), dt.datetime(2026, 6, 4), "13/04/2026", "14/04/2026", "25/04/2026"]
    assert "dates_half_converted" in codes(judged("d", cells)[1])


def test_a_forms_sheet_in_japanese():
    cells = ["2026/05/02 8:15:30 午前 GMT+9", "2026/05/02 12:20:00 午後 GMT+9", "2026/05/02 12:20:00 午前 GMT+9"]
    assert judged("タイムスタンプ", cells)[2] == ["2026-05-01T23:15", "2026-05-02T03:20", "2026-05-01T15:20"]


def test_typed_columns_and_empty_ones():
    notes, judge = Notes(), DateJudge("d (UTC)", "Asia/Tokyo")
    judge.add(pd.Series(pd.to_datetime(["2026-05-02", None])))
    assert judge.date_only
    rule = judge.rule("a", notes)
    assert rule.read(pd.Series(pd.to_datetime(["2026-05-02 08:15"])))[0] == pd.Timestamp("2026-05-02T08:15Z")
    assert judged("d", ["", None])[2] == [None, None]


def test_a_row_without_a_time_of_day_among_others_is_told():
    assert codes(judged("d", ["2026-05-02 08:15", "2026-05-02 09:15", "2026-05-02"])[1]) == ["date_without_time"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 31)), min_size=1, max_size=8), st.booleans())
def test_never_wrong_a_column_is_read_right_or_refused(days, day_first):
    style = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    try:
        _, _, read = judged("d", [day.strftime(style) for day in days], zone="UTC")
    except ContactError:
        assert all(day.day <= 12 for day in days)
        return
    assert read == [f"{day.isoformat()}T00:00" for day in days]
