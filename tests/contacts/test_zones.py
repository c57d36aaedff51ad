"""Zones in names of columns and behind times; words of several zones are never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.zones import header_zone, own_words, without_zone, zone_behind, zone_named, zone_table


@pytest.mark.parametrize(("header", "zone"), [
    ("created_at (UTC)", "UTC"), ("Created (EDT)", "UTC-04:00"), ("日時(JST)", "Asia/Tokyo"), ("Time [GMT+9]", "UTC+09:00"),
    ("作成日時(UTC+09:00)", "UTC+09:00"), ("timestamp_utc", "UTC"), ("created_at_utc", "UTC"), ("Created at - America/New_York", "America/New_York"),
    ("開始（ＰＳＴ）", "UTC-08:00"), ("Start (CET)", "UTC+01:00"), ("受付日時（日本時間）", "Asia/Tokyo"), ("受付日時（米国東部時間）", "America/New_York"),
    ("createdAtUtc", "UTC"), ("受付日時_JST", "Asia/Tokyo"), ("受付日時JST", "Asia/Tokyo"), ("UTC time", "UTC"), ("date (all times UTC)", "UTC"),
    ("Created (Eastern Time (US & Canada))", "America/New_York"), ("日時（UTC-05:30）", "UTC-05:30"), ("date (Europe/Berlin)", "Europe/Berlin"), ("日時 (JST/日本時間)", "Asia/Tokyo"), ("date (EST5EDT)", "EST5EDT"),
    ("受付日時", ""), ("created_at", ""), ("日時(必須)", ""), ("best_date", ""), ("date (et al)", ""), ("updated", ""), ("west_date", ""), ("estimate_date", ""),
])
def test_zone_in_a_name(header, zone):
    found = header_zone(header)
    assert (found.zone, found.trouble) == (zone, "")


@pytest.mark.parametrize(("header", "trouble"), [
    ("Created (CST)", "several"), ("created_at_ist", "several"), ("日時（現地時間）", "unknown"), ("Time (local time)", "unknown"), ("Date (ALMT)", "unknown"),
])
def test_zone_that_a_name_only_hints_at(header, trouble):
    assert (header_zone(header).zone, header_zone(header).trouble) == ("", trouble)


@pytest.mark.parametrize(("tail", "zone", "trouble"), [
    ("", "", ""), (" (utc)", "UTC", ""), ("z", "UTC", ""), ("+0900", "UTC+09:00", ""), ("-05", "UTC-05:00", ""), (" gmt+9", "UTC+09:00", ""),
    (" (水)", "", ""), (" (wed) (jst)", "Asia/Tokyo", ""), (" gmt+0900 (japan standard time)", "UTC+09:00", ""), (" [asia/tokyo]", "Asia/Tokyo", ""),
    (" cest", "UTC+02:00", ""), (" (moon)", "", "unknown"), (" (bst)", "", "several"), ("+99:00", "", "unknown"), (" (utc) (soon)", "", "unknown"),
    (" -0400 (edt)", "UTC-04:00", ""), (" +0900 (edt)", "", "unknown"), (" +0100 (bst)", "UTC+01:00", ""), ("頃", "", "unknown"),
])
def test_what_stands_behind_a_time(tail, zone, trouble):
    found = zone_behind(tail)
    assert (found.zone, found.trouble) == (zone, trouble)


def test_a_bare_sign_behind_a_bare_date_is_no_zone():
    assert zone_behind(" -5", timed=False).trouble == "unknown"


@pytest.mark.parametrize(("header", "left"), [
    ("created_at (UTC)", "created_at"), ("timestamp_utc", "timestamp"), ("受付日時（日本時間）", "受付日時"), ("受付日時JST", "受付日時"), ("受付日時(必須)", "受付日時(必須)"),
])
def test_name_without_its_zone(header, left):
    assert without_zone(header) == left


def test_words_of_the_table_mean_one_thing_and_places_exist():
    table = zone_table()
    assert not set(table["several"]) & set(table["offsets"])
    assert all(not zone_named(word).trouble for group in table["zones"].values() for word in group)
    assert all(not zone_named(place).trouble for pair in table["several"].values() for place in pair)
    assert all(not zone_named(place).trouble for place in table["seasons"].values())


def test_clocks_know_their_own_abbreviations():
    assert own_words("Europe/London") == {"gmt", "bst"}
    assert own_words("UTC+09:00") == frozenset()


@given(st.text(max_size=30))
def test_any_text_has_a_zone_or_none(text):
    assert header_zone(text).trouble in ("", "several", "unknown")
    assert zone_behind(text).trouble in ("", "several", "unknown")
    assert isinstance(without_zone(text), str)
