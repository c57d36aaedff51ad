"""Reasons that suddenly rose or ended: the latest alarm of each."""

from __future__ import annotations


def test_the_latest_alarm_of_a_reason_counts(full_report):
    rows = full_report().summary.section("watch").grid("watch").rows
    assert [(row[0], row[1], row[2], row[5]) for row in rows] == [
        ("technical.app_crash", "アプリ", "status_growing", 31), ("delivery.late", "", "status_ended", 18)]
