"""Reasons that suddenly rose or ended: the latest alarm of each."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.report import Extras, build_report


def test_the_latest_alarm_of_a_reason_counts(full_report):
    rows = full_report().summary.section("watch").grid("watch").rows
    assert [(row[0], row[1], row[2], row[5]) for row in rows] == [
        ("technical.app_crash", "アプリ", "status_growing", 31), ("delivery.late", "", "status_ended", 18)]


@pytest.mark.parametrize(
    ("change", "marked"),
    [
        ({}, True), ({"reason": "account.login"}, False), ({"status": "ended"}, False), ({"day": pd.Timestamp("2026-10-11")}, False),
        ({"product": "ルーター"}, False), ({"product": None}, True),
    ],
)
def test_an_alarm_of_a_reason_of_an_incident_links_to_it(centre, made, change, marked):
    watch = made.watch().tail(1).assign(**change)
    page = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(watch=watch, incidents=made.incidents())).html
    section = page.partition('<section id="watch"')[2].partition("</section>")[0]
    assert ('href="#incident-i-20261014-1"' in section) == marked
    assert ("QR決済の画面が真っ白" in section) == marked


@pytest.mark.parametrize(("day", "marked"), [("2026-09-18", True), ("2026-10-01", False)])
def test_an_alarm_after_the_end_of_an_incident_is_not_of_it(centre, made, day, marked):
    watch = made.watch().tail(1).assign(reason="delivery.late", product=None, day=pd.Timestamp(day))
    frame = made.incidents().tail(1).assign(as_of=pd.Timestamp("2026-09-25", tz="UTC"))
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(watch=watch, incidents=frame))
    grid = report.summary.section("watch").grid("watch")
    assert ("i-20260910-1" in grid.rows[0]) == marked == ("col_incident" in {col.head for col in grid.cols})


def test_without_incidents_there_is_no_column_for_them(centre, made):
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(watch=made.watch()))
    assert "col_incident" not in {col.head for col in report.summary.section("watch").grid("watch").cols}
