"""Fixes in a results folder."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.batch.fixing import FIXES, fix_table, write_fixes
from vocmine.cost import Fix
from vocmine.results import IssueCosts


def daily(cost=True):
    days = pd.date_range("2026-08-01", "2026-10-30").strftime("%Y-%m-%d")
    n = np.where(np.arange(len(days)) < 60, 12.0, 4.0) + np.arange(len(days)) % 3
    return pd.DataFrame({"day": days, "issue": "bill", "n_contacts": n, "handle_hours": n / 6, "cost": n * 500.0 * cost})


COSTS = IssueCosts(pd.DataFrame({"issue": ["bill"], "cost": [90_000.0], "cost_low": [70_000.0], "cost_high": [120_000.0], "avoidable_cost": [45_000.0]}), currency="JPY")
SPAN = ("2026-10-01", "2026-10-30")


def test_fixes_are_written_with_what_they_did_and_when_they_pay(tmp_path):
    fixes = [Fix("bill", "2026-09-30", cost=50_000), Fix("bill", "", note="=next", cost=90_000, planned=True)]
    table = write_fixes(tmp_path, fix_table(daily(), fixes, COSTS, SPAN, value="cost", level=0.95))
    read = pd.read_csv(tmp_path / FIXES)
    assert len(read) == 2
    assert read["contacts_change_high"].iloc[0] < 0
    assert read["paid_back"].iloc[0] == "yes" == table["paid_back"].iloc[0]
    assert read["payback_months"].iloc[1] == 2.0
    first = (tmp_path / FIXES).read_bytes()
    write_fixes(tmp_path, fix_table(daily(), fixes, COSTS, SPAN, value="cost", level=0.95))
    assert (tmp_path / FIXES).read_bytes() == first


def test_without_fixes_there_is_no_file(tmp_path):
    (tmp_path / FIXES).write_text("old")
    assert write_fixes(tmp_path, fix_table(daily(), [], COSTS, SPAN, value="cost", level=0.95)) is None
    assert not (tmp_path / FIXES).exists()


def test_hours_pay_nothing_back():
    table = fix_table(daily(), [Fix("bill", "2026-09-30", cost=50_000)], COSTS, SPAN, value="handle_hours", level=0.95)
    assert table["payback_months"].isna().all()
    assert table["contacts_change_high"].iloc[0] < 0
