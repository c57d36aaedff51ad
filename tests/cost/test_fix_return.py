"""What a fix did to contacts, and when it pays: by hand, and against a truth that is known."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import Fix, IssueCosts, fix_effects, fix_returns, fix_saving
from vocmine.cost.fix_return import RETURN_COLUMNS


def weekly(before=40.0, after=15.0, n=30, at=20, seed=0, spread=0.6):
    rng = np.random.default_rng(seed)
    weeks = pd.date_range("2026-01-05", periods=n, freq="W-MON").strftime("%Y-%m-%d")
    counts = rng.poisson(np.where(np.arange(n) < at, before, after)).astype(float)
    cost = counts * rng.lognormal(5, spread, n)
    return IssueCosts(pd.DataFrame({"week": weeks, "issue": "bill", "n_contacts": counts, "cost": cost})), weeks


def lines(**columns):
    return IssueCosts(pd.DataFrame({"issue": ["bill"], "cost": [40_000.0], "cost_low": [30_000.0], "cost_high": [60_000.0], **columns}), currency="JPY")


def test_the_change_of_contacts_is_that_of_the_same_series():
    costs, weeks = weekly()
    row = fix_effects(costs, [Fix("bill", weeks[20])]).iloc[0]
    alone = fix_saving(costs, "bill", weeks[20], value="n_contacts")
    assert (row.contacts_change, row.contacts_change_low, row.contacts_change_high) == (alone.change, alone.change_low, alone.change_high)
    assert (row.contacts_fewer, row.contacts_fewer_low) == (alone.saving, alone.low)
    assert row.contacts_change_low < -0.625 < row.contacts_change_high


def test_contacts_tell_more_surely_than_cost():
    costs, weeks = weekly(spread=1.2)
    row = fix_effects(costs, [Fix("bill", weeks[20])]).iloc[0]
    widths = [np.log1p(row[f"{name}_high"]) - np.log1p(row[f"{name}_low"]) for name in ("contacts_change", "change")]
    assert widths[0] < widths[1]


def test_the_range_of_contacts_holds_the_truth_as_often_as_it_says():
    held = 0
    for seed in range(40):
        costs, weeks = weekly(seed=seed)
        row = fix_effects(costs, [Fix("bill", weeks[20])], trend=False).iloc[0]
        held += row.contacts_change_low <= 15 / 40 - 1 <= row.contacts_change_high
    assert held >= 35  # of 40; 95 % would be 38


def test_contacts_are_told_where_nothing_was_timed():
    costs, weeks = weekly()
    bare = IssueCosts(costs.table.assign(cost=0.0))
    row = fix_effects(bare, [Fix("bill", weeks[20])]).iloc[0]
    assert math.isnan(row.saving)
    assert row.contacts_change < -0.4
    assert row.problem == ""
    gone = fix_effects(costs, [Fix("login", weeks[20])]).iloc[0]
    assert gone.problem == "not in the costs"


def test_a_planned_fix_is_no_effect_and_pays_by_what_could_be_avoided():
    costs, _ = weekly()
    plan = Fix("bill", "", cost=60_000, planned=True)
    assert fix_effects(costs, [plan]).empty
    row = fix_returns(None, [plan], lines(avoidable_cost=20_000.0), 30, "2026-10-30").iloc[0]
    assert (row.payback_low, row.payback_months, row.payback_high) == (2.0, 3.0, 4.0)
    assert row.paid_back == ""
    half = fix_returns(None, [plan], lines(avoidable_cost=20_000.0), 15, "2026-10-30").iloc[0]
    assert half.payback_months == pytest.approx(1.5)
    wanted = fix_returns(None, [plan], lines(avoidable_cost=0.0), 30, "2026-10-30").iloc[0]
    assert math.isinf(wanted.payback_months)
    unknown = fix_returns(None, [plan], lines(), 30, "2026-10-30").iloc[0]
    assert unknown.problem == "nothing known to avoid"
    assert math.isnan(unknown.payback_months)


def effects(saving, low, high):
    return pd.DataFrame({"issue": ["bill"], "fixed_at": ["2026-10-01"], "note": [""], "saving": [saving], "low": [low], "high": [high], "problem": [""]})


@pytest.mark.parametrize(("cost", "paid"), [(1_000, "yes"), (30_000, "open"), (90_000, "no"), (None, "")])
def test_a_fix_has_paid_back_only_beyond_doubt(cost, paid):
    made = fix_returns(effects(30_000.0, 25_000.0, 35_000.0), [Fix("bill", "2026-10-01", cost=cost)], lines(), 30, "2026-10-30")
    assert made.paid_back.tolist() == [paid]
    assert made.saving_month.tolist() == [30_000.0]


def test_the_range_holds_the_time_series_and_the_tags():
    row = fix_returns(effects(30_000.0, 26_000.0, 34_000.0), [Fix("bill", "2026-10-01", cost=30_000)], lines(), 30, "2026-10-30").iloc[0]
    assert row.saving_month_low == pytest.approx(30_000 - math.hypot(4_000, 7_500))
    assert row.saving_month_high == pytest.approx(30_000 + math.hypot(4_000, 15_000))
    assert row.payback_low == pytest.approx(30_000 / row.saving_month_high)


def test_what_may_save_nothing_has_no_latest_month():
    row = fix_returns(effects(10_000.0, -5_000.0, 20_000.0), [Fix("bill", "2026-10-01", cost=10_000)], lines(), 30, "2026-10-30").iloc[0]
    assert row.payback_months == 1.0
    assert math.isinf(row.payback_high)
    assert 0 < row.payback_low < 1
    worse = fix_returns(effects(-10_000.0, -15_000.0, -5_000.0), [Fix("bill", "2026-10-01", cost=10_000)], lines(), 30, "2026-10-30").iloc[0]
    assert worse.paid_back == "no"
    assert math.isinf(worse.payback_months)


def test_no_fix_gives_no_row_and_the_same_columns():
    assert fix_returns(None, [], lines(), 30, "2026-10-30").columns.tolist()[-len(RETURN_COLUMNS):] == list(RETURN_COLUMNS)
