"""What a fix saved: a planted saving is found, and none where nothing was fixed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import (
    IssueCosts,
    fix_saving,
)
from vocmine.errors import SettingsError


def planted(seed: int, n: int = 36, cut: int = 20, effect: float = 0.4):
    """Weekly cost of an issue with a season it shares with another, and a fix that ends a share of its contacts."""
    rng = np.random.default_rng(seed)
    t = np.arange(n)
    shared = 0.2 * np.sin(2 * np.pi * t / 26 + rng.uniform(0, 6)) + rng.normal(0, 0.08, n)
    mean = 80 * np.exp(shared + 0.004 * t)
    keep = np.where(t >= cut, 1 - effect, 1.0)
    cost = [rng.gamma(2, 250, size=size).sum() for size in rng.poisson(mean * keep)]
    other = [rng.gamma(2, 200, size=size).sum() for size in rng.poisson(150 * np.exp(shared))]
    weeks = pd.date_range("2026-01-05", periods=n, freq="W-MON").strftime("%Y-%m-%d")
    costs = pd.concat([
        pd.DataFrame({"week": weeks, "issue": "fixed", "cost": cost}),
        pd.DataFrame({"week": weeks, "issue": "other", "cost": other}),
    ])
    return IssueCosts(costs), weeks[cut], float((mean * (1 - keep)).sum() * 500)


def test_a_planted_saving_is_covered():
    inside, bias = [], []
    for seed in range(120):
        costs, cut, saving = planted(seed)
        effect = fix_saving(costs, "fixed", cut, compare="other")
        inside.append(effect.low <= saving <= effect.high)
        bias.append(effect.saving / saving - 1)
    assert np.mean(inside) >= 0.93
    assert abs(np.mean(bias)) < 0.06


def test_no_fix_is_seldom_taken_for_one():
    found = []
    for seed in range(80):
        costs, cut, _saving = planted(1_000 + seed, effect=0.0)
        effect = fix_saving(costs, "fixed", cut, compare="other")
        found.append(effect.low > 0 or effect.high < 0)
    assert np.mean(found) <= 0.10


def test_fix_needs_periods():
    costs, _cut, _saving = planted(0)
    with pytest.raises(SettingsError, match="too few periods"):
        fix_saving(costs, "fixed", "2026-01-19")
    with pytest.raises(SettingsError, match="nowhere"):
        fix_saving(costs, "nowhere", "2026-05-25")
    with pytest.raises(SettingsError, match="by="):
        fix_saving(costs.with_table(costs.table.drop(columns="week")), "fixed", "2026-05-25")


def test_daily_costs_know_the_day_of_the_week():
    rng = np.random.default_rng(0)
    days = pd.date_range("2026-01-01", periods=84, freq="D")
    base = np.where(days.day_of_week < 5, 400.0, 100.0) * np.where(np.arange(84) >= 56, 0.5, 1.0)
    costs = pd.DataFrame({"day": days.strftime("%Y-%m-%d"), "issue": "a", "cost": base * rng.lognormal(0, 0.05, 84)})
    effect = fix_saving(IssueCosts(costs), "a", days[56], trend=False)
    assert effect.change == pytest.approx(-0.5, abs=0.03)
    assert effect.change_high - effect.change_low < 0.1
