"""Why an issue grew: parts that add up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost import (
    IssueCosts,
    decompose_change,
    issue_costs,
)
from vocmine.errors import SettingsError


def cube(counts, prices):
    rows = [
        (month, channel, issue, counts[t][c][i], counts[t][c][i] * prices[t][c][i])
        for t, month in enumerate(("2026-01", "2026-02"))
        for c, channel in enumerate(("call", "chat", "email"))
        for i, issue in enumerate(("a", "b"))
    ]
    return IssueCosts(pd.DataFrame(rows, columns=["month", "channel", "issue", "n_contacts", "cost"]))


NUMBERS = st.lists(st.lists(st.lists(st.integers(0, 300), min_size=2, max_size=2), min_size=3, max_size=3), min_size=2, max_size=2)


PRICES = st.lists(st.lists(st.lists(st.floats(1, 900), min_size=2, max_size=2), min_size=3, max_size=3), min_size=2, max_size=2)


@settings(max_examples=15, deadline=None)
@given(NUMBERS, PRICES)
def test_parts_of_a_change_add_up_to_it(counts, prices):
    for value in ("cost", "n_contacts"):
        table = decompose_change(cube(counts, prices), "2026-01", "2026-02", value=value)
        parts = table[["volume", "mix", "rate", "price"]].sum(axis=1)
        assert np.allclose(parts, table["change"], atol=1e-6 * (1 + table[["before", "after"]].to_numpy().max()))
        assert ((table["rate_low"] <= table["rate"]) & (table["rate"] <= table["rate_high"])).all()


def test_each_cause_is_found_for_what_it_is():
    even = [[[100, 100], [100, 100], [100, 100]]]
    flat = [[[10.0, 10.0]] * 3] * 2
    causes = {
        "volume": (cube([*even, [[150, 150]] * 3], flat), 500.0 * 3),
        "mix": (cube([[[180, 20], [20, 180], [50, 50]], [[270, 30], [10, 90], [50, 50]]], flat), 10.0 * 80),
        "rate": (cube([*even, [[160, 40]] * 3], flat), 10.0 * 180),
        "price": (cube(even * 2, [[[10.0, 10.0]] * 3, [[13.0, 10.0]] * 3]), 3.0 * 300),
    }
    for part, (costs, size) in causes.items():
        row = decompose_change(costs, "2026-01", "2026-02").set_index("issue").loc["a"]
        others = [name for name in ("volume", "mix", "rate", "price") if name != part]
        assert row[part] == pytest.approx(size) and row[others].abs().max() < 1e-6, part


def test_interval_of_the_own_growth_holds():
    inside = []
    rng = np.random.default_rng(0)
    mean = np.array([[[80.0, 20], [30, 70], [25, 25]], [[90.0, 45], [60, 140], [20, 30]]])
    flat = np.ones_like(mean)
    truth = decompose_change(cube(mean, flat), "2026-01", "2026-02").set_index("issue")["rate"].sort_index()
    for _ in range(60):
        table = decompose_change(cube(rng.poisson(mean), flat), "2026-01", "2026-02").set_index("issue").sort_index()
        inside.append(((table["rate_low"] <= truth) & (truth <= table["rate_high"])).to_numpy())
    assert 0.88 <= np.mean(inside) <= 1.0


def test_a_change_needs_its_periods(make_ledger, yen):
    contacts, tags, _truth = make_ledger(62, n=300)
    costs = issue_costs(contacts, tags, yen, by=["month", "channel"])
    with pytest.raises(SettingsError, match="no such period"):
        decompose_change(costs, "2025-01", "2026-01")
    with pytest.raises(SettingsError, match="product"):
        decompose_change(costs, "2026-01", "2026-01", key="product")
    with pytest.raises(SettingsError, match="without periods"):
        decompose_change(issue_costs(contacts, tags, yen), "2026-01", "2026-02")
