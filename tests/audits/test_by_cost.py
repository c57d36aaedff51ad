"""Contacts drawn by what their mistake would move: exact chances, nothing left out, a narrower headline."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.audits import Audit, by_cost, sample_audit
from vocmine.cost import issue_costs


def made(seed: int, sizes: list[int]):
    rng = np.random.default_rng(seed)
    label = np.repeat(np.array([f"r{i}" for i in range(len(sizes))], dtype=object), sizes)
    return label, rng.uniform(0, 1, len(label)), rng.lognormal(0, 1, len(label)) * (rng.random(len(label)) > 0.1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 200), min_size=1, max_size=12), st.integers(0, 9), st.data())
def test_chances_add_up_and_every_reason_that_matters_is_drawn(sizes, seed, data):
    label, score, cost = made(seed, sizes)
    if len(label) < 2 or not cost.any():
        return
    n = data.draw(st.integers(1, len(label) - 1))
    chance = by_cost.chances(label, score, cost, n)
    assert chance.sum() == pytest.approx(n)
    assert (chance > 0).all() and (chance <= 1).all()
    rows = by_cost.draw(chance, label, seed)
    assert len(rows) == n == len(set(rows))
    held = pd.Series(cost).groupby(label).sum()
    must = held.index[held >= by_cost.MUST_SHARE * held.sum()]
    if n > len(must):
        assert set(must) <= set(label[rows])


def test_chances_are_what_they_say():
    label, score, cost = made(1, [60, 25, 15])
    chance = by_cost.chances(label, score, cost, 30)
    seen = np.zeros(len(label))
    for seed in range(1_500):
        seen[by_cost.draw(chance, label, seed)] += 1
    assert np.abs(seen / 1_500 - chance).max() < 0.06


def test_money_and_doubt_are_drawn_more():
    tags = pd.DataFrame({"contact_id": [f"c{i:03d}" for i in range(400)], "kind": "reason", "label": ["x", "y"] * 200, "score": [0.95] * 200 + [0.55] * 200})
    costs = pd.Series([1.0, 9.0] * 200, index=tags["contact_id"])
    drawn = sample_audit(tags, 100, costs=costs).merge(tags[["contact_id", "score"]])
    share = drawn.groupby("label")["prob"].mean()
    assert share["y"] > share["x"]
    assert drawn[drawn["score"] < 0.9]["prob"].mean() > 1.5 * drawn[drawn["score"] > 0.9]["prob"].mean()


@pytest.mark.parametrize("n", [150, 400])
def test_the_headline_is_narrower_with_as_many_labels(make_ledger, yen, n):
    """The dearest issue, mean half-width of 12 ledgers: 150 labels 0.148 instead of 0.185, 400 labels 0.081 for 0.099."""
    width: dict[str, list[float]] = {"label": [], "cost": []}
    hits = []
    for seed in range(60, 72):
        contacts, tags, truth = make_ledger(seed, k=12, accuracy=0.75)
        true = pd.Series(truth, index=contacts["contact_id"])
        cost = pd.Series(contacts["handle_seconds"].to_numpy(), index=contacts["contact_id"])
        whole = cost.groupby(true).sum()
        for how, given_costs in (("label", None), ("cost", cost)):
            drawn = Audit.sample(tags, n, seed=seed + 1_000, costs=given_costs).table
            audit = drawn.assign(label=true.reindex(drawn["contact_id"]).to_numpy())
            table = issue_costs(contacts, tags, yen, audit=audit).table.set_index("issue")
            line = table.loc[whole.idxmax()]
            width[how].append((line["cost_high"] - line["cost_low"]) / 2 / line["cost"])
            if how == "cost":
                real = table.index.intersection(whole.index)
                hits += (table.loc[real, "cost_low"] <= whole[real]).to_numpy().tolist()
                hits += (table.loc[real, "cost_high"] >= whole[real]).to_numpy().tolist()
    assert np.mean(width["cost"]) < 0.9 * np.mean(width["label"])
    assert np.mean(hits) > 0.96
