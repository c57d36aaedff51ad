"""Days without contacts are named as missing data."""

from __future__ import annotations

from vocmine.report import Extras, build_report


def test_a_silent_day_is_named_as_missing(full_report):
    rows = full_report().summary.section("sources").grid("gaps").rows
    assert [(row[0], row[2], row[3]) for row in rows] == [("chat", "gap_low", 1), ("email", "gap_missing", 0)]


def test_a_channel_that_fell_silent_is_said_and_comes_first(full_report):
    section = full_report().summary.section("sources")
    rows = section.grid("lags").rows
    assert [(row[0], row[5], row[-1]) for row in rows] == [("email", 10, "lag_late"), ("call", 0, "lag_fine")]
    assert section.sentences[-1].key == "lags_late" and not section.grid("lags").folded


def test_where_all_arrives_the_table_is_folded_and_nothing_is_said(centre, made):
    lags = made.lags().iloc[:1]
    section = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(lags=lags)).summary.section("sources")
    assert section.grid("lags").folded and not section.sentences
