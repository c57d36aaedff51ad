"""A list of fixes in a file; whole periods; rates per unit; why an issue grew."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost import (
    Fix,
    IssueCosts,
    contact_rates,
    decompose_change,
    fix_saving,
    fix_savings,
    issue_costs,
    read_fixes,
    whole_periods,
)
from vocmine.errors import SettingsError


def weekly(issues=("a", "b"), n=24, seed=0):
    rng = np.random.default_rng(seed)
    weeks = pd.date_range("2026-01-05", periods=n, freq="W-MON").strftime("%Y-%m-%d")
    parts = [pd.DataFrame({"week": weeks, "issue": issue, "cost": rng.gamma(50, 10, n)}) for issue in issues]
    return IssueCosts(pd.concat(parts, ignore_index=True)), weeks


def test_a_list_of_fixes_is_each_fix_by_itself():
    costs, weeks = weekly()
    fixes = [Fix("a", weeks[8], note="v5.1"), Fix("b", weeks[12], compare="a"), Fix("gone", weeks[9]), Fix("b", weeks[22])]
    table = fix_savings(costs, fixes)
    assert table["fixed_at"].tolist() == [weeks[22], weeks[12], weeks[9], weeks[8]]
    alone = fix_saving(costs, "b", weeks[12], compare="a")
    row = table.iloc[1]
    assert (row["saving"], row["low"], row["high"], row["n_after"]) == (alone.saving, alone.low, alone.high, 12)
    assert table["problem"].tolist() == ["too few periods to judge a fix", "", "not in the costs", ""]
    assert table["saving"].isna().tolist() == [True, False, True, False]
    assert fix_savings(costs, []).columns.tolist() == table.columns.tolist()


GOOD = "fixes:\n- issue: billing.points\n  fixed_at: 2026-10-01\n  compare: delivery.late\n  note: ポイント付与を修正\n"


def test_fixes_from_a_file(tmp_path):
    path = tmp_path / "fixes.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_fixes(path) == (Fix("billing.points", "2026-10-01", "delivery.late", "ポイント付与を修正"),)
    path.write_text("fixes: []\n", encoding="utf-8")
    assert read_fixes(path) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no list of fixes"),
        ("- issue: a\n", "no list of fixes"),
        ("fixes: {a: 1}\n", "no list of fixes"),
        ("fixes: [\n", "not YAML"),
        ("fixes:\n- issue: a\n", r"fix 1.*issue and fixed_at"),
        ("fixes:\n- {issue: a, fixed_at: 2026-01-01, by: me}\n", r"fix 1.*compare, note"),
        ("fixes:\n- {issue: a, fixed_at: soon}\n", r"fix 1: a.fixed_at.*2026-10-01"),
        ("fixes:\n- {issue: '', fixed_at: 2026-01-01}\n", "without an issue"),
        ("fixes:\n- {issue: a, fixed_at: 2026-01-01, compare: a}\n", "compared with itself"),
        ("fixes:\n- 3\n", "wrong entry"),
    ],
)
def test_wrong_files_of_fixes(tmp_path, text, words):
    path = tmp_path / "fixes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words) as error:
        read_fixes(path)
    assert "fixes.yaml" in str(error.value)
    with pytest.raises(SettingsError, match="can't be read"):
        read_fixes(tmp_path / "none.yaml")


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


def test_rates_are_divided_by_what_the_user_gave(make_ledger, yen):
    contacts, tags, _truth = make_ledger(60, n=600)
    contacts["product"] = np.where(np.arange(600) % 4 == 0, "本体", "部品")
    costs = issue_costs(contacts, tags, yen, by="product")
    found = contact_rates(costs, {"本体": 2_000, "部品": 500.0}, key="product")
    rates, table = found.table, costs.table
    assert np.allclose(rates["contact_rate"] * rates["product"].map({"本体": 2_000, "部品": 500}), table["n_contacts"])
    assert np.allclose(rates["cost_per_unit"] * rates["units"], table["cost"])
    assert (rates["cost_per_unit_low"] <= rates["cost_per_unit"]).all() and found.currency == "JPY"
    assert np.allclose(contact_rates(costs, 100).table["contact_rate"], table["n_contacts"] / 100)


@pytest.mark.parametrize(
    ("units", "key", "words"),
    [({"本体": 5}, "product", "部品"), ({"本体": 5, "部品": 0}, "product", "部品"), ({"本体": 5, "部品": float("nan")}, "product", "部品"),
     (0, None, "no units"), (float("inf"), None, "no units"), ({"本体": 5}, None, "units by what"), ({"a": 5}, "shop", "don't go by"), (5, "product", "don't go by")],
)
def test_no_rate_without_its_denominator(units, key, words, make_ledger, yen):
    contacts, tags, _truth = make_ledger(61, n=60)
    costs = issue_costs(contacts.assign(product=["本体", "部品"] * 30), tags, yen, by="product")
    with pytest.raises(SettingsError, match=words):
        contact_rates(costs, units, key=key)


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
