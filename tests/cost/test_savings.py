"""Before and after a fix, forecast, rank, shift, plan, stored audits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import (
    CostModel,
    IssueCosts,
    audit_drift,
    avoidable_cost,
    fix_saving,
    forecast_costs,
    issue_costs,
    load_audit,
    plan_labels,
    rank_issues,
    save_audit,
    shift_channel,
)
from vocmine.cost.series import cost_series
from vocmine.errors import AuditError, SettingsError, StoreError


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


def test_series_has_the_empty_periods(make_ledger, yen):
    contacts, tags, _truth = make_ledger(30)
    whole = issue_costs(contacts, tags, yen, by="day")
    costs = whole.table
    assert costs["cost"].sum() == round(contacts.handle_seconds.sum())
    table = cost_series(whole.with_table(costs[costs["day"] != "2026-01-12"]), ["reason_0", "reason_5"])
    assert table.loc["2026-01-12"].tolist() == [0.0, 0.0] and len(table) == costs["day"].nunique()


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


COSTS = IssueCosts(pd.DataFrame({
    "issue": ["a", "b", "c", "unknown"], "n_contacts": [500.0, 300.0, 100.0, 50.0], "cost": [500.0, 480.0, 100.0, 900.0],
    "cost_low": [350.0, 400.0, 90.0, 800.0], "cost_high": [700.0, 560.0, 111.0, 1000.0],
}))


def test_ranks_say_how_sure_they_are():
    table = rank_issues(COSTS).set_index("issue")
    assert table["rank"].to_dict() == {"a": 1, "b": 2, "c": 3}
    assert table.loc["a", ["rank_low", "rank_high"]].tolist() == [1, 2]
    assert table.loc["c", ["rank_low", "rank_high"]].tolist() == [3, 3]
    pd.testing.assert_frame_equal(rank_issues(COSTS), rank_issues(COSTS.with_table(COSTS.table.sample(frac=1, random_state=0))))


def test_rank_takes_avoidable_cost_severity_and_growth():
    costs = avoidable_cost(COSTS, {"a": "value", "b": "failure", "c": "failure"})
    table = rank_issues(costs, severity={"c": 10.0}, growth={"c": (2.0, 1.0, 4.0)}).set_index("issue")
    assert table["rank"].to_dict() == {"c": 1, "b": 2, "a": 3}
    assert table.priority["c"] == 2_000 and table.cost_rank["a"] == 1
    with pytest.raises(SettingsError, match="wrong factor"):
        rank_issues(COSTS, growth={"a": -1.0})


@pytest.mark.parametrize(
    "kwargs", [{"demand": {"a": "bad"}}, {"demand": {"a": 2.0}}, {"demand": {}, "fix_rate": 1.5}]
)
def test_avoidable_refuses(kwargs):
    with pytest.raises(SettingsError):
        avoidable_cost(COSTS, **kwargs)


def test_avoidable_interval_and_marginal():
    table = avoidable_cost(COSTS, {"a": 0.5}, fix_rate={"a": 0.4}, marginal_share=0.25).table.set_index("issue")
    row = table.loc["a", ["avoidable_low", "avoidable_cost", "avoidable_high", "avoidable_marginal"]]
    assert row.tolist() == pytest.approx([70.0, 100.0, 140.0, 25.0])


def test_shift_closed_form():
    costs = pd.DataFrame({
        "channel": ["call", "chat"], "issue": "a", "n_contacts": [200.0, 10.0], "cost": [100_000.0, 1.0],
        "handle_hours": [200 * 0.125, 1.0],
    })
    costs = IssueCosts(costs)
    model = CostModel({"call": 60, "chat": 66}, "JPY", fixed_per_contact={"chat": 5})
    move = shift_channel(costs, model, "a", ("call", "chat"), share=0.25, handle_seconds=900, concurrency=3, returned=0.2)
    assert move.contacts_moved == 50 and move.contacts_added == 10
    assert move.cost_after == pytest.approx(50 * (15 / 3 * 66 + 5 + 0.2 * 500))
    assert move.saving == pytest.approx(25_000 - move.cost_after)
    assert move.hours_saved == pytest.approx(50 * (0.125 - 0.25 / 3 - 0.2 * 0.125))
    with pytest.raises(SettingsError, match="email"):
        shift_channel(costs, model, "a", ("call", "email"), share=0.5, handle_seconds=300)
    with pytest.raises(SettingsError, match="no such contacts"):
        shift_channel(costs, model, "z", ("call", "chat"), share=0.5, handle_seconds=300)


def test_the_plan_keeps_its_word(make_ledger, draw_audit, yen):
    reached = []
    for seed in range(40, 46):
        contacts, tags, truth = make_ledger(seed, n=20_000)
        pilot = issue_costs(contacts, tags, yen, audit=draw_audit(tags, truth, each=50))
        plan = plan_labels(pilot, precision=0.15, top=4)
        after = issue_costs(contacts, tags, yen, audit=draw_audit(tags, truth, each=plan.n // 6, seed=1)).table
        after = after.set_index("issue").loc[plan.table["issue"]]
        reached.append(((after.cost_high - after.cost_low) / 2 / after.cost).max())
    assert np.mean(reached) == pytest.approx(0.15, rel=0.2)


def test_plan_without_audit():
    with pytest.raises(SettingsError, match="accuracy"):
        plan_labels(COSTS)
    few, many = plan_labels(COSTS, accuracy=0.95), plan_labels(COSTS, accuracy=0.75)
    assert few.n < many.n <= 950
    assert set(few.table["issue"]) == {"a", "b", "c"}


def test_stored_audits(tmp_path, make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(41)
    audit = draw_audit(tags, truth)
    save_audit(tmp_path / "audit", audit, "2026-01-20")
    back = load_audit(tmp_path / "audit")
    fresh = issue_costs(contacts, tags, yen, audit=audit).table
    pd.testing.assert_frame_equal(issue_costs(contacts, tags, yen, audit=back).table, fresh)
    late = contacts.assign(created_at=contacts.created_at + pd.Timedelta(days=120))
    with pytest.raises(AuditError, match="expired"):
        issue_costs(late, tags, yen, audit=back)
    with pytest.raises(AuditError, match="date"):
        save_audit(tmp_path / "audit", audit, "someday")
    with pytest.raises(StoreError):
        load_audit(tmp_path / "nowhere")


def test_drift(make_ledger, draw_audit):
    audits = []
    for accuracy, seed in ((0.9, 1), (0.9, 2), (0.7, 3)):
        _contacts, tags, truth = make_ledger(seed, accuracy=accuracy)
        audits.append(draw_audit(tags, truth))
    assert audit_drift(audits[0], audits[1]) > 0.05
    assert audit_drift(audits[0], audits[2]) < 0.01
