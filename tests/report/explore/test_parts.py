"""The ledger in whole units: what is shipped adds up to the figures that the page shows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.report.explore.parts import apportion, ledger_parts


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1e6)), min_size=1, max_size=80), st.integers(-2, 2))
def test_whole_units_add_up_and_stay_near(rows, off):
    group, values = np.array([g for g, _ in rows]), np.array([v for _, v in rows])
    sizes = np.bincount(group, minlength=4)
    totals = np.round(np.bincount(group, weights=values, minlength=4)).astype(int) + np.where(sizes > 2, off, 0)
    whole = apportion(values, group, totals)
    assert np.bincount(group, weights=whole, minlength=4).tolist() == totals.tolist()
    assert np.abs(whole - values).max() <= 1 + abs(off)


@pytest.mark.parametrize("decimals", [0, 2])
def test_sums_by_issue_are_the_costs_shown(explore_frames, explored, decimals):
    frames = explore_frames(decimals=decimals)
    report = explored(frames=frames)
    totals = {line.issue: (line.cost.value, line.payout.value) for line in report.summary.lines}
    parts = ledger_parts(report.source, totals, decimals)
    sums = parts.groupby("issue")[["cost", "payout"]].sum()
    assert set(sums.index) == set(totals)
    for issue, (cost, payout) in totals.items():
        assert sums["cost"][issue] == round(cost * 10**decimals)
        assert sums["payout"][issue] == round(payout * 10**decimals)
    exact = frames.ledger.groupby("contact_id")["cost"].sum().drop("")
    by_contact = parts.loc[parts["row"] >= 0].groupby("row")["cost"].sum() / 10**decimals
    assert (by_contact.to_numpy() - exact.reindex(report.source.contacts["contact_id"]).to_numpy()).__abs__().max() <= 2 / 10**decimals


def test_a_ledger_of_other_contacts_keeps_its_own_sums(explored, explore_frames):
    frames = explore_frames()
    report = explored(frames=frames)
    totals = dict.fromkeys(("a.crash", "b.bill"), (9000000000.0, 9000000000.0))
    sums = ledger_parts(report.source, totals, 0).groupby("issue")["cost"].sum()
    own = frames.ledger.groupby("issue")["cost"].sum()
    assert sums["a.crash"] == round(own["a.crash"])


def test_without_a_ledger_contacts_count_in_equal_parts(explore_frames):
    from vocmine.report import build_report

    frames = explore_frames()
    two = pd.DataFrame({"contact_id": ["c000000"], "kind": "reason", "label": "z.other", "score": 0.9, "evidence": ""})
    costs = frames.costs.with_table(pd.concat([frames.costs.table, frames.costs.table.head(1).assign(issue="z.other")]))
    from dataclasses import replace

    report = build_report(frames.contacts, pd.concat([frames.tags, two]), replace(costs, ledger=None), "ja")
    parts = ledger_parts(report.source, {line.issue: (0.0, 0.0) for line in report.summary.lines}, 0)
    mine = parts.loc[parts["row"] == 0]
    assert mine["share"].tolist() == [0.5, 0.5]
    assert (parts["cost"] == 0).all()
    assert parts["tagged"].all()
