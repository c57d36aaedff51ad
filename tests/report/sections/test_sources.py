"""Days without contacts are named as missing data."""

from __future__ import annotations


def test_a_silent_day_is_named_as_missing(full_report):
    rows = full_report().summary.section("sources").grid("gaps").rows
    assert [(row[0], row[2], row[3]) for row in rows] == [("chat", "gap_low", 1), ("email", "gap_missing", 0)]
