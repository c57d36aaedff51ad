"""One made-up centre through all of it, as a user would: every table fits the others."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import simulate
from vocmine.cost import (
    CostModel,
    CostOptions,
    avoidable_cost,
    contact_rates,
    decompose_change,
    forecast_costs,
    issue_costs,
    rank_issues,
    shift_channel,
    whole_periods,
)
from vocmine.journeys import (
    answer_divergence,
    at_risk,
    bot_handover,
    break_points,
    chain_lengths,
    chains,
    csat_by_team,
    reason_complexity,
    source_gaps,
    standard_measures,
    transfer_matrix,
)

MODEL = CostModel({"call": 65.7, "chat": 52, "email": 58, "social": 58, "survey": 20, "bot": 5}, "JPY")


@pytest.fixture(scope="module")
def centre():
    return simulate(days=64, per_day=60, seed=11)


@pytest.fixture(scope="module")
def tags(centre):
    pairs = centre.assign(label=centre["true_reasons"].str.split("|")).explode("label")
    place = pairs.groupby("contact_id").cumcount()
    reasons = pd.DataFrame({"contact_id": pairs["contact_id"], "kind": "reason", "label": pairs["label"], "score": 0.9 - 0.1 * place})
    angry = centre[centre["true_reasons"].str.contains("contract.cancel")]
    return pd.concat([reasons, pd.DataFrame({"contact_id": angry["contact_id"], "kind": "signal", "label": "churn", "score": 0.9})])


def test_repeats_and_hand_overs_of_the_centre_are_found(centre, tags):
    found = chains(centre, tags, window_days=14, handover_hours=24).set_index("contact_id")
    for column in ("true_repeat_of", "true_handover_of"):
        pairs = centre[centre[column].astype(str).str.len() > 0]
        pairs = pairs[pairs["customer_id"].notna() & pairs[column].isin(found.index)]
        joined = found.loc[pairs["contact_id"], "chain_id"].to_numpy() == found.loc[pairs[column], "chain_id"].to_numpy()
        assert len(pairs) > 20 and joined.mean() > 0.9, column
    lengths = chain_lengths(found.reset_index(), centre, tags)
    assert lengths["contacts_per_issue"].dropna().between(1, 3).all()


def test_tables_of_the_centre_fit_each_other(centre, tags):
    chained = chains(centre, tags, handover_hours=24)
    counted = issue_costs(centre, tags, MODEL)
    plain = counted.table
    demand = {label: "failure" if label.startswith(("technical", "billing")) else "value" for label in plain["issue"]}
    costs = issue_costs(centre, tags, MODEL, options=CostOptions(chains=chained, demand=demand, fix_rate=0.5, marginal_share=0.3))
    whole = costs.table
    assert whole["cost"].sum() == plain["cost"].sum()
    assert np.allclose(whole["avoidable_marginal"], 0.3 * whole["avoidable_cost"])
    risk = at_risk(centre, tags, 12_000.0)
    beside = whole.merge(risk, left_on="issue", right_on="reason", how="left")
    assert len(beside) == len(whole) and beside["n_customers"].notna().all()
    assert rank_issues(costs)["issue"].iloc[0] == whole.sort_values("avoidable_cost")["issue"].iloc[-1]
    assert set(avoidable_cost(counted, demand).table["issue"]) == set(plain["issue"])


def test_times_of_the_centre(centre, tags):
    day = centre["created_at"].dt.tz_convert("Asia/Tokyo").dt.strftime("%Y-%m-%d")
    weekly = whole_periods(issue_costs(centre, tags, MODEL, by="week"), day.min(), day.max())
    total = weekly.table.groupby("week", as_index=False)[["cost", "n_contacts"]].sum().assign(issue="all")
    ahead = forecast_costs(weekly.with_table(total), horizon=2)
    assert (ahead["low"] < total["cost"].mean()).all() and (total["cost"].mean() < ahead["high"]).all()
    both = issue_costs(centre, tags, MODEL, by=["month", "channel"])
    change = decompose_change(both, "2026-09", "2026-10")
    assert np.allclose(change[["volume", "mix", "rate", "price"]].sum(axis=1), change["change"])
    units = {product: 1_000 + i for i, product in enumerate(sorted(centre["product"].unique()))}
    rates = contact_rates(issue_costs(centre, tags, MODEL, by="product"), units, key="product").table
    assert (rates["contact_rate"] * rates["units"]).sum() == pytest.approx(len(centre))


def test_what_if_and_teams_of_the_centre(centre, tags):
    simple = reason_complexity(centre, tags)
    assert simple["is_candidate"].any() and not simple["is_candidate"].all()
    costs = issue_costs(centre, tags, MODEL, by="channel")
    move = shift_channel(costs, MODEL, str(simple.loc[simple["is_candidate"], "reason"].iloc[0]), ("call", "chat"), share=0.5, handle_seconds=300)
    assert move.cost_before - move.cost_after == pytest.approx(move.saving)
    assert len(source_gaps(centre, timezone="Asia/Tokyo")) <= 2
    measures = standard_measures(centre, tags)
    assert "handle_seconds" in set(standard_measures(centre, tags, by="channel")["measure"])
    assert {"first_contact_resolution", "one_touch_share", "csat"} <= set(measures["measure"])
    assert ((measures["low"] <= measures["value"]) & (measures["value"] <= measures["high"])).all()
    matrix = transfer_matrix(centre, tags)
    assert matrix["n_transferred"].sum() == (centre["transfers"] > 0).sum()
    assert len(csat_by_team(centre, tags)) == centre.loc[centre["csat"].notna(), "team"].nunique()
    assert bot_handover(centre, tags)["n"].sum() > 0
    assert break_points(centre, tags)["n"].gt(0).all()
    assert answer_divergence(centre, tags, words=False)["share"].between(0, 1).all()
