"""Months, weeks and marks of an issue."""

from __future__ import annotations

import pandas as pd

from vocmine.report.explore.details.over_time import marks, months, weeks

MONTHS = pd.DataFrame({
    "month": ["2026-10", "2026-09", "2026-09"], "issue": ["a.crash", "a.crash", "b.bill"], "n_contacts": [30.04, 20.0, 1.0],
    "handle_hours": [3.0, 2.0, 0.1], "cost": [900.4, 600.0, 5.0], "payout": 0.0, "is_partial": [True, False, False],
})


def test_months_stand_in_order_and_say_which_are_not_whole(explored):
    report = explored(months=MONTHS, issue_weeks=MONTHS.rename(columns={"month": "week"}))
    assert months(report.view, report.source)["a.crash"] == [
        {"month": "2026-09", "part": 0, "cost": 600, "low": None, "high": None, "n": 20, "hours": 2},
        {"month": "2026-10", "part": 1, "cost": 900, "low": None, "high": None, "n": 30, "hours": 3},
    ]
    assert [row["from"] for row in weeks(report.view, report.source)["a.crash"]] == ["2026-09", "2026-10"]
    assert months(explored().view, explored().source) == {}


def test_marks_are_fixes_and_incidents_of_the_issue(explored):
    day = pd.Timestamp("2026-10-05", tz="UTC")
    incidents = pd.DataFrame({
        "incident_id": ["i1", "i2"], "name_ja": ["白画面", "遅延"], "name_en": "x", "state": ["over", "growing"], "first_day": [day, day], "last_day": [day + pd.Timedelta(days=3), day],
        "as_of": day, "n_contacts": 9, "n_people": 9, "reasons": [("a.crash", "a.crash"), ("a.crash", "c.late")], "words": [(), ()], "quotes": [(), ()], "contact_ids": [(), ()], "apart": [(), ()], "topic_ids": [(), ()], "channels": [{}, {}],
    })
    fixes = pd.DataFrame([{"issue": "a.crash", "fixed_at": "2026-10-07", "saving": 9.0, "low": 4.0, "high": 14.0}])
    report = explored(incidents=incidents, fixes=fixes)
    found = marks(report.view, report.source)
    assert [(x["kind"], x["from"], x["to"], x["name"]) for x in found["a.crash"]] == [
        ("incident", "2026-10-05", "2026-10-08", "白画面"), ("incident", "2026-10-05", None, "遅延"), ("fix", "2026-10-07", None, "対策の実施"),
    ]
    assert [x["id"] for x in found["c.late"]] == ["i2"]
