"""Costs over time: empty periods are there, halves of periods are not."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.cost import (
    IssueCosts,
    issue_costs,
    whole_periods,
)
from vocmine.cost.series import cost_series


def test_series_has_the_empty_periods(make_ledger, yen):
    contacts, tags, _truth = make_ledger(30)
    whole = issue_costs(contacts, tags, yen, by="day")
    costs = whole.table
    assert costs["cost"].sum() == round(contacts.handle_seconds.sum())
    table = cost_series(whole.with_table(costs[costs["day"] != "2026-01-12"]), ["reason_0", "reason_5"])
    assert table.loc["2026-01-12"].tolist() == [0.0, 0.0] and len(table) == costs["day"].nunique()


@pytest.mark.parametrize(
    ("name", "values", "first", "last", "kept"),
    [
        ("day", ["2026-01-01", "2026-01-02", "2026-01-03"], "2026-01-02", "2026-01-03", ["2026-01-02", "2026-01-03"]),
        ("week", ["2026-01-05", "2026-01-12"], "2026-01-05", "2026-01-17", ["2026-01-05"]),
        ("month", ["2026-01", "2026-02", ""], "2026-01-01", "2026-02-28", ["2026-01", "2026-02"]),
        ("month", ["2026-01", "2026-02"], "2026-01-01", "2026-02-27", ["2026-01"]),
        ("fiscal_month", ["2026-01", "2026-02"], "2026-01-21", "2026-03-20", ["2026-01", "2026-02"]),
        ("fiscal_month", ["2026-01", "2026-02"], "2026-01-22", "2026-03-20", ["2026-02"]),
    ],
)
def test_only_whole_periods_stay(name, values, first, last, kept):
    costs = IssueCosts(pd.DataFrame({name: values, "issue": "a", "cost": 1.0}), currency="JPY")
    found = whole_periods(costs, first, last, fiscal_month_start=21)
    assert found.table[name].tolist() == kept and found.currency == "JPY"
