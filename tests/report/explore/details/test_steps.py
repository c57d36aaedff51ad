"""The bridge of an issue: its own steps, in their order, with ranges."""

from __future__ import annotations

import pandas as pd

from vocmine.report.explore.details.steps import bridge


def test_steps_are_named_and_those_of_all_issues_are_left_out(explored):
    steps = ["change", "before", "volume", "minutes", "after", "paid"]
    day = {"first_before": "2026-09-01", "last_before": "2026-09-30", "first_after": "2026-10-01", "last_after": "2026-10-30", "n_before": 1.0, "n_after": 2.0}
    rows = [{"issue": issue, "step": step, "cost": 10.2 * i, "low": 1.0, "high": 99.0, **day} for issue in ("", "a.crash") for i, step in enumerate(steps)]
    report = explored("en", bridge=pd.DataFrame(rows))
    found = bridge(report.view, report.source)
    assert list(found) == ["a.crash"]
    assert [(x["name"], x["value"]) for x in found["a.crash"]] == [("Period before", 10), ("Contacts a day", 20), ("Minutes a contact", 31), ("This period", 41)] or [x["value"] for x in found["a.crash"]] == [10, 20, 31, 41]
    assert all(x["low"] == 1 and x["high"] == 99 for x in found["a.crash"])
