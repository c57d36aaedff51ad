"""Forecasts hold their intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import (
    IssueCosts,
    forecast_costs,
)
from vocmine.errors import SettingsError


def test_forecast_intervals_hold():
    inside = []
    months = pd.date_range("2023-01-01", periods=39, freq="MS").strftime("%Y-%m")
    for seed in range(40):
        rng = np.random.default_rng(seed)
        t = np.arange(39)
        cost = 1e6 * np.exp(0.01 * t + 0.2 * np.sin(2 * np.pi * t / 12) + rng.normal(0, 0.1, 39))
        costs = pd.DataFrame({"month": months[:36], "issue": "a", "cost": cost[:36]})
        ahead = forecast_costs(IssueCosts(costs), horizon=3)
        assert ahead["seasonal"].all() and ahead["month"].dt.strftime("%Y-%m").tolist() == months[36:].tolist()
        inside.append(((ahead["low"] <= cost[36:]) & (cost[36:] <= ahead["high"])).to_numpy())
        assert (ahead["high"] / ahead["low"]).max() < 4
    assert 0.90 <= np.mean(inside) <= 1.0


def test_forecast_intervals_hold_and_are_of_use_where_contacts_are_few():
    inside, width = [], []
    weeks = pd.date_range("2026-01-05", periods=16, freq="W-MON").strftime("%Y-%m-%d")
    for seed in range(60):
        rng = np.random.default_rng(seed)
        cost = np.array([rng.gamma(2, 500, size=n).sum() for n in rng.poisson(6, 16)])
        ahead = forecast_costs(IssueCosts(pd.DataFrame({"week": weeks[:12], "issue": "a", "cost": cost[:12]})), horizon=4)
        inside.append(((ahead["low"] <= cost[12:]) & (cost[12:] <= ahead["high"])).to_numpy())
        width.append((ahead["high"] - ahead["low"]).mean() / cost.mean())
    assert 0.90 <= np.mean(inside) <= 0.995
    assert np.median(width) < 3


def test_forecast_refuses_little_and_takes_nothing():
    months = pd.date_range("2025-01-01", periods=10, freq="MS").strftime("%Y-%m")
    costs = IssueCosts(pd.DataFrame({"month": months, "issue": "a", "cost": 0.0}))
    assert forecast_costs(costs)[["expected", "high"]].to_numpy().sum() == 0
    with pytest.raises(SettingsError, match="too few periods"):
        forecast_costs(costs.with_table(costs.table.head(5)))
    with pytest.raises(SettingsError, match="horizon"):
        forecast_costs(costs, horizon=0)
