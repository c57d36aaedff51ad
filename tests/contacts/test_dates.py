"""Dates as they are written in real exports; never a guess by row."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.contacts.dates import DateStyle, parse_dates, read_dates
from vocmine.errors import SettingsError

AT_1430 = "2026-11-21T14:30"
SAME = [
    "2026-11-21 14:30", "2026/11/21 14:30", "2026-11-21T14:30:00+09:00", "2026-11-21T05:30:00Z", "2026-11-21T05:30:00.000Z",
    "2026年11月21日14時30分", "2026年11月21日 14:30", "2026年11月21日(土)14時30分00秒", "2026/11/21(土) 14:30",
    "令和8年11月21日14時30分", "R8.11.21 14:30", "r8/11/21 午後2時30分", "2026/11/21 午後2:30", "2026/11/21 2:30 PM",
    "2026/11/21 14:30", "20261121143000", "20261121T143000", "202611211430", "2026.11.21 14:30:00",
    "21 Nov 2026 14:30", "Nov 21, 2026 2:30 PM", "November 21st, 2026, 14:30", "Sat, 21 Nov 2026 14:30:00 +0900",
    "Sat Nov 21 05:30:00 +0000 2026", "1795239000", "1795239000000", "1795239000.0", "2026-11-21 14:30 JST",
    "2026-11-21 05:30 UTC", "2026-11-21 05:30 (UTC)", "2026-11-21 00:30 (EST)", "Nov 20, 2026 9:30 PM (PST)", "2026-11-21 14:30 [Asia/Tokyo]",
    "2026/11/21 2:30 午後 GMT+9", "2026/11/21 14:30（日本時間）", "2026-11-21 06:30 CET", "2026-11-21T14:30:00+09:00[Asia/Tokyo]",
    "Sat Nov 21 2026 14:30:00 GMT+0900 (日本標準時)", "2026-11-21 14:30:00 +0900 (JST)", "2026-11-21 14:30 UTC+09:00", "2026/11/21 14:30 (土)",
    "Sat Nov 21 14:30:00 JST 2026", "21-Nov-2026 14:30", "21-Nov-26 14:30", "November 21, 2026 at 2:30 PM", "20261121 14:30",
    "2026-11-21 00:00:00 14:30", "2026-11-21 00:30 America/New_York", "2026/11/21 14:30 日本時間", "2026-11-21 00:30 米国東部時間", "46347.604166666664", "11/21/2026 14:30",
]
DAYS = [
    ("2026-11-21", "2026-11-20T15:00"), ("昭和64年1月7日", "1989-01-06T15:00"), ("平成31年4月30日", "2019-04-29T15:00"),
    ("令和元年5月1日", "2019-04-30T15:00"), ("H31/4/30", "2019-04-29T15:00"), ("20261121", "2026-11-20T15:00"),
    ("2026/11/21 25:30", "2026-11-21T16:30"), ("2026/11/21 24:00", "2026-11-21T15:00"), ("46347", "2026-11-20T15:00"),
    ("2026/11/21 12:05:00 午後 GMT+9", "2026-11-21T03:05"), ("2026/11/21 12:10:00 午前 GMT+9", "2026-11-20T15:10"),
    ("2026/11/21 午前12時05分", "2026-11-20T15:05"), ("2026/11/21 12:05 AM", "2026-11-20T15:05"),
]
WRONG = [
    "", "昨日", "2026-02-30", "2026-13-01", "13/02/2026", "2026/11/21 30:00", "2026/11/21 12:61", "1899-12-31", "3026-01-01",
    "12", "-5", "令和99年13月1日", "26/11/21", "2026-11", "11月21日", "nan", "2026-11-21T05:30+99:00", "2026-11-21 14:30 (soon)",
    "2026-11-21 14:30 (CST)", "2026-11-21 14:30 IST", "2026-11-21 -5", "2026112114", "0312345678", "2026-11-21 14:30 +0900 (EDT)", "2026-11-21 13:30 AM",
    "13/14/2026", "1e9", "2026-11-21 14:30 x", None, float("nan"), [1],
]


@pytest.mark.parametrize("text", SAME)
def test_many_ways_to_write_one_time(text):
    assert parse_dates([text])[0] == pd.Timestamp(AT_1430, tz="Asia/Tokyo")


@pytest.mark.parametrize(("text", "utc"), DAYS)
def test_days_and_late_hours(text, utc):
    assert parse_dates([text])[0] == pd.Timestamp(utc, tz="UTC")


@pytest.mark.parametrize("value", WRONG)
def test_what_is_no_date_is_none(value):
    assert parse_dates([value]).isna().all()


def test_day_first_only_when_told():
    assert parse_dates(["03/04/2026"], "UTC")[0].month == 3
    assert parse_dates(["03/04/2026"], "UTC", day_first=True)[0].month == 4
    assert parse_dates(["13/02/2026"], "UTC", day_first=True)[0].day == 13


def test_order_that_is_not_known_reads_only_what_is_the_same_both_ways():
    found = read_dates(["04/04/2026", "03/04/2026"], DateStyle("UTC", day_first=None))
    assert found.strftime("%m-%d").tolist()[0] == "04-04"
    assert found.isna().tolist() == [False, True]


@pytest.mark.parametrize(("order", "day"), [("ymd", "2003-04-05"), ("dmy", "2005-04-03"), ("mdy", "2005-03-04")])
def test_two_digits_of_the_year_in_a_told_order(order, day):
    assert read_dates(["03/04/05"], DateStyle("UTC", short=order)).strftime("%Y-%m-%d").tolist() == [day]


def test_an_abbreviation_of_several_zones_is_read_where_the_zone_is_told():
    style = DateStyle("America/Chicago", own_words=frozenset({"cst", "cdt"}))
    assert read_dates(["2026-01-05 09:30 CST"], style).strftime("%H:%M").tolist() == ["15:30"]


def test_numbers_that_are_days_written_as_digits():
    assert parse_dates(pd.Series([20261121, 46347])).strftime("%m-%d").tolist() == ["11-20", "11-20"]


def test_bytes_that_fit_no_encoding_are_no_date():
    assert parse_dates(["2026-11-21 \udcff", "2026-11-21"]).isna().tolist() == [True, False]


def test_clock_changes():
    times = parse_dates(["2026-10-25 02:30", "2026-03-29 02:30"], "Europe/Berlin")
    assert times.strftime("%H:%M").tolist() == ["00:30", "01:00"]


def test_typed_columns():
    naive = pd.Series(pd.to_datetime(["2026-11-21 14:30", None]))
    assert parse_dates(naive)[0] == pd.Timestamp(AT_1430, tz="Asia/Tokyo")
    assert parse_dates(naive).isna().tolist() == [False, True]
    cells = [dt.datetime(2026, 11, 21, 14, 30), dt.date(2026, 11, 21), pd.Timestamp(AT_1430, tz="Asia/Tokyo"), np.int64(1795239000)]
    assert parse_dates(cells).strftime("%d %H:%M").tolist() == ["21 05:30", "20 15:00", "21 05:30", "21 05:30"]
    assert parse_dates(pd.Series([1795239000, 5])).isna().tolist() == [False, True]


def test_unknown_zone_is_an_error():
    with pytest.raises(SettingsError, match="time zone"):
        parse_dates(["2026-11-21"], "Asia/Tokio")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.datetimes(dt.datetime(1951, 1, 1), dt.datetime(2099, 12, 31)), min_size=1, max_size=5), st.sampled_from(["%Y-%m-%dT%H:%M:%S.%f", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日%H時%M分%S秒"]))
def test_round_trip_and_no_effect_of_neighbours(times, style):
    texts = [time.strftime(style) for time in times]
    found = parse_dates(texts, "UTC")
    assert found.strftime(style).tolist() == texts
    assert [parse_dates([text], "UTC")[0] for text in texts] == list(found)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_text_is_a_date_or_none(texts):
    assert len(parse_dates(texts)) == len(texts)
