"""Issues by week: whole weeks, and the sums of the days."""

from __future__ import annotations

import pandas as pd

from vocmine.batch.issue_details import MOST_WEEKS, issue_weeks


def daily(days: int) -> pd.DataFrame:
    day = pd.date_range("2026-10-30", periods=days).strftime("%Y-%m-%d")
    parts = [pd.DataFrame({"day": day, "issue": name, "n_contacts": 2.0, "handle_hours": 1.0, "cost": cost, "payout": 0.0}) for name, cost in (("b", 5.0), ("a", 3.0))]
    return pd.concat(parts, ignore_index=True)


def test_weeks_of_each_issue_are_whole_and_add_up():
    table = issue_weeks(daily(24))  # Friday 30 October to Sunday 22 November: three whole weeks
    assert table[["week", "issue", "cost", "n_contacts"]].values.tolist() == [
        [week, issue, 7 * cost, 14.0] for week in ("2026-11-02", "2026-11-09", "2026-11-16") for issue, cost in (("a", 3.0), ("b", 5.0))
    ]


def test_one_week_is_no_history_and_many_are_cut():
    assert issue_weeks(daily(12)) is None
    assert issue_weeks(daily(0)) is None
    assert issue_weeks(daily(7 * 130))["week"].nunique() == MOST_WEEKS
