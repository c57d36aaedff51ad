"""Watched topics, without outliers."""

from __future__ import annotations


def test_topics_leave_outliers_out(full_report):
    report = full_report()
    assert report.summary.topics == ((0, 210), (1, 60), (2, 44))
    assert "宛名を変えた領収書が欲しい。" in report.html
