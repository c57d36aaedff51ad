"""The estimate before checked contacts and the one from them, weighed together."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.cost import CostModel, issue_costs
from vocmine.cost.combined import combine
from vocmine.cost.keys import Domains
from vocmine.cost.totals import COST, HOURS, PAYOUT, Totals

MODEL = CostModel(rate_per_minute={"call": 60.0, "chat": 30.0}, currency="JPY")


def totals_of(whole, variance, basis, known=None):
    table = np.tile(np.asarray(whole, dtype=float), (6, 1))[:, None, :]
    spread = np.tile(np.asarray(variance, dtype=float), (6, 1))[:, None, :]
    bounds = np.zeros((6, len(whole))) if known is None else np.tile(np.asarray(known, dtype=float), (6, 1))
    domains = Domains(pd.DataFrame(index=[0]), np.zeros(3, dtype=np.int64))
    names = tuple(f"i{j}" for j in range(len(whole)))
    return Totals(table, spread, bounds, names, domains, n_checked=10**12, basis=basis)


sizes = st.lists(st.tuples(st.floats(1, 1e5), st.floats(1, 1e5), st.floats(0, 1e8), st.floats(0, 1e8)), min_size=1, max_size=6)


@given(sizes)
def test_the_variance_is_above_neither_and_the_sum_is_kept(rows):
    audited, before, seen, expected = map(np.array, zip(*rows, strict=True))
    both = combine(totals_of(audited, seen, "audit"), totals_of(before * audited.sum() / before.sum(), expected, "prior"))
    for quantity in (COST, HOURS, PAYOUT):
        assert (both.variance[quantity, 0] <= np.minimum(seen, expected) * (1 + 1e-9) + 1e-12).all()
        assert both.totals[quantity].sum() == pytest.approx(audited.sum())
    assert both.basis == "audit"


def test_by_hand():
    both = combine(totals_of([100.0, 300.0], [100.0, 100.0], "audit"), totals_of([200.0, 200.0], [100.0, 100.0], "prior"))
    assert both.totals[COST, 0].tolist() == pytest.approx([150.0, 250.0])
    assert both.variance[COST, 0].tolist() == pytest.approx([50.0, 50.0])


def test_an_audit_of_everything_stands_and_tags_that_were_only_counted_say_nothing():
    before = totals_of([200.0, 200.0], [100.0, 400.0], "prior")
    sure = totals_of([100.0, 300.0], [0.0, 0.0], "audit")
    assert combine(sure, before).totals.tolist() == sure.totals.tolist()
    known = totals_of([100.0, 300.0], [50.0, 50.0], "audit")
    assert combine(known, dataclasses.replace(before, basis="counted")) is known


def test_what_checked_contacts_hold_stays_a_lower_bound():
    both = combine(totals_of([100.0, 300.0], [1e4, 1e4], "audit", known=[90.0, 0.0]), totals_of([1.0, 399.0], [1.0, 1.0], "prior"))
    assert both.totals[COST, 0, 0] >= 90
    assert both.totals[COST].sum() == pytest.approx(400)


def checked(tags, truth, n, seed=0):
    reasons = tags[tags["kind"] == "reason"].assign(truth=truth)
    size = reasons.groupby("label")["contact_id"].transform("size")
    each = np.minimum(size, -(-n // reasons["label"].nunique()))
    drawn = reasons.assign(prob=each / size, each=each).sample(frac=1, random_state=seed)
    drawn = drawn[drawn.groupby("label").cumcount() < drawn["each"]]
    return pd.DataFrame({"contact_id": drawn["contact_id"], "label_tag": drawn["label"], "prob": drawn["prob"], "label": drawn["truth"]})


def test_checked_contacts_bring_the_costs_nearer(make_candidates):
    wrong = []
    for seed in range(4):
        contacts, tags, truth = make_candidates(seed, n=800)
        true = (contacts["handle_seconds"] / 60 * contacts["channel"].map(MODEL.rate_per_minute)).groupby(truth).sum()
        found = []
        for n in (0, 300):
            audit = checked(tags, truth, n, seed) if n else None
            costs = issue_costs(contacts, tags, MODEL, audit=audit)
            assert costs.table["cost"].sum() == pytest.approx(true.sum(), abs=0.51)
            assert set(costs.table["basis"]) == {"audit" if n else "prior"}
            found.append(costs.table.set_index("issue")["cost"].sub(true, fill_value=0).abs().sum() / true.sum())
        wrong.append(found)
    none, many = np.mean(wrong, axis=0)
    assert many < none


def test_a_few_checked_contacts_never_widen_a_range(make_candidates):
    contacts, tags, truth = make_candidates(9, n=500, k=4)
    widths = {}
    for n in (0, 20, 100, 300):
        audit = checked(tags, truth, n) if n else None
        table = issue_costs(contacts, tags, MODEL, audit=audit).table.set_index("issue")
        widths[n] = float((table["cost_high"] - table["cost_low"]).sum())
    assert widths[20] <= widths[0] * 1.02
    assert widths[300] < widths[100] < widths[0]
