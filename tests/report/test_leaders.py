"""One name where ranges part, all that it may be where they don't."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.report import Extras, build_report
from vocmine.report.leaders import (
    chance_largest,
    cost_leaders,
    paid_leaders,
    priority_leaders,
    saving_leaders,
    top_is_known,
)
from vocmine.stats import Estimate, normal_quantile


def issues(lines):
    return [line.issue for line in lines]


def test_the_chance_is_that_of_draws():
    amounts = [Estimate(100.0, 60.0, 180.0), Estimate(80.0, 70.0, 92.0), Estimate(50.0, 20.0, 120.0), Estimate(0.0), Estimate()]
    rng = np.random.default_rng(0)
    spread = [np.log(each.high / each.low) / 2 / normal_quantile(0.95) for each in amounts[:3]]
    drawn = [each.value * np.exp(s * rng.standard_normal(200_000)) for each, s in zip(amounts, spread, strict=False)]
    counted = np.bincount(np.argmax(drawn, axis=0), minlength=5) / 200_000
    assert chance_largest(amounts) == pytest.approx(counted, abs=0.005)


AMOUNTS = st.lists(st.tuples(st.floats(0, 1e9), st.floats(0, 3), st.booleans()), min_size=1, max_size=12)


@settings(deadline=None, max_examples=60)
@given(AMOUNTS)
def test_chances_add_up_and_the_order_does_not_matter(rows):
    amounts = [Estimate(value, value * np.exp(-width), value * np.exp(width)) if ranged else Estimate(value) for value, width, ranged in rows]
    chance = chance_largest(amounts)
    assert (chance >= 0).all()
    assert chance.sum() == pytest.approx(1.0 if any(each.value > 0 for each in amounts) else 0.0)
    assert chance_largest(amounts[::-1])[::-1] == pytest.approx(chance, abs=1e-9)


def test_what_is_certain_and_equal_is_a_tie():
    assert chance_largest([Estimate(5.0), Estimate(5.0), Estimate(4.0)]) == pytest.approx([0.5, 0.5, 0.0])


@pytest.fixture
def report_with(centre):
    """Make a report of issues whose ranges reach as far as wanted around their costs."""

    def make(width, lang="ja", **extras):
        table = centre.costs.table
        wide = table.assign(cost_low=table.cost / (1 + width), cost_high=table.cost * (1 + width))
        return build_report(centre.contacts, centre.tags, centre.costs.with_table(wide), lang, extras=Extras(**extras))

    return make


def test_a_winner_is_one_only_where_ranges_part(report_with, centre):
    assert issues(cost_leaders(report_with(0.05).summary)) == [centre.ids[0]]
    sizes = [len(cost_leaders(report_with(width).summary)) for width in (0.05, 0.3, 0.6, 1.5)]
    assert sizes == sorted(sizes) and sizes[0] == 1 and sizes[1] == 2 and sizes[-1] >= 4
    assert top_is_known(report_with(0.05).summary, 3)
    assert not top_is_known(report_with(0.6).summary, 3)


def test_what_customers_wanted_does_not_lead(centre):
    table = centre.costs.table.copy()
    table.loc[table.issue == "contract.cancel", ["cost", "cost_low", "cost_high"]] = 9e6
    report = build_report(centre.contacts, centre.tags, centre.costs.with_table(table))
    assert issues(cost_leaders(report.summary)) == ["account.login"]


def test_payouts_and_savings_have_leaders_of_their_own(centre):
    table = centre.costs.table.assign(avoidable_cost=lambda t: t.cost * np.where(t.issue == "account.login", 0.2, 0.5))
    summary = build_report(centre.contacts, centre.tags, centre.costs.with_table(table)).summary
    assert issues(paid_leaders(summary)) == ["billing.double_charge"]
    assert issues(saving_leaders(summary)) == ["billing.double_charge"]
    wide = table.assign(cost_low=table.cost / 2, cost_high=table.cost * 2, payout_low=0.0, payout_high=table.payout.where(table.payout == 0, 3e6))
    summary = build_report(centre.contacts, centre.tags, centre.costs.with_table(wide)).summary
    assert len(paid_leaders(summary)) > 1 and len(saving_leaders(summary)) > 1


def test_places_that_reach_up_to_the_first_lead_the_order(report_with, centre):
    ranking = pd.DataFrame({"issue": centre.ids[:3], "rank": [2, 1, 3], "rank_low": [1, 1, 2], "rank_high": [2, 3, 3]})
    summary = report_with(0.05, ranking=ranking).summary
    assert issues(priority_leaders(summary)) == [centre.ids[1], centre.ids[0]]
    assert top_is_known(summary, 3) and not top_is_known(summary, 2)
    bare = report_with(0.05, ranking=ranking[["issue", "rank"]]).summary
    assert issues(priority_leaders(bare)) == [centre.ids[1]] and top_is_known(bare, 2)


def test_hours_are_as_sure_as_the_contacts(centre):
    gone = dict.fromkeys(("cost", "cost_low", "cost_high"), np.nan)
    sure = centre.costs.table.assign(**gone)
    wide = sure.assign(n_low=sure.n_contacts / 2, n_high=sure.n_contacts * 2)
    found = [len(cost_leaders(build_report(centre.contacts, centre.tags, centre.costs.with_table(table)).summary)) for table in (sure, wide)]
    assert found[0] == 1 and found[1] > 2
