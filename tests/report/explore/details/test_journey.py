"""Repeats, and what comes before and after an issue."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.report.explore.details.journey import after, before, repeats

FLOWS = pd.DataFrame({
    "from_reason": ["a.crash", "a.crash", "a.crash", "b.bill"], "to_reason": ["none", "b.bill", "c.late", "a.crash"], "n": [90, 4, 7, 2], "n_from": [101, 101, 101, 9],
    "share": 0.1, "low": 0.0, "high": 0.2, "p_adjusted": 1.0, "median_hours": 3.0, "lift": [1.0, 0.5, 3.456, 1.0], "lift_low": [0.9, 0.2, 1.2, float("nan")], "lift_high": [1.1, 1.3, 9.0, float("inf")],
})


def test_what_follows_and_what_came_before(explored):
    report = explored(journeys={"reason_flows": FLOWS})
    assert after(report.view, report.source, 1)["a.crash"] == [{"name": "c.late", "n": 7, "lift": 3.46, "low": 1.2, "high": 9}, {"name": "請求", "n": 4, "lift": 0.5, "low": 0.2, "high": 1.3}]
    assert before(report.view, report.source, 1)["a.crash"] == [{"name": "請求", "n": 2, "lift": 1, "low": None, "high": None}]
    assert "a.crash" not in before(report.view, report.source, 3)
    assert after(explored().view, explored().source, 1) == {}


def test_repeats_have_their_range(explored):
    table = pd.DataFrame({"reason": ["a.crash", "b.bill"], "n": [100, 3], "n_repeat": [6, 0], "share": [0.06, 0.0], "low": [0.028, 0.0], "high": [0.1248, 0.5], "n_left_out": 0})
    report = explored(journeys={"repeats": table})
    assert repeats(report.source, 5) == {"a.crash": {"share": 0.06, "low": 0.028, "high": 0.1248, "n": 100}}
    with pytest.raises(SettingsError, match="journeys"):
        repeats(explored(journeys={"repeats": table[["reason", "n", "n_repeat", "low", "high", "n_left_out"]]}).source, 5)
