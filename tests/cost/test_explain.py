"""The steps of an explanation add up, from contacts to the line."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostModel, CostOptions, explain_issue, issue_costs
from vocmine.errors import SettingsError

MODEL = CostModel({"call": 61.7, "call/b": 80.0}, "JPY", fixed_per_contact={"call": 3.3})


@pytest.fixture(params=[False, True], ids=["as tagged", "audited"])
def costs(request, make_ledger, draw_audit):
    contacts, tags, truth = make_ledger(4, n=900)
    rng = np.random.default_rng(0)
    seconds = np.where(rng.random(900) < 0.2, np.nan, contacts["handle_seconds"])
    seconds[5] = 80_000.0
    contacts = contacts.assign(
        handle_seconds=seconds, cost_extra=np.where(rng.random(900) < 0.1, 777.7, 0.0), team=rng.choice(["a", "b"], 900)
    )
    audit = draw_audit(tags, truth, each=15) if request.param else None
    return issue_costs(contacts, tags, MODEL, audit=audit, options=CostOptions(ledger=True))


def test_every_line_is_the_end_of_its_steps(costs):
    lines = costs.table.set_index("issue")
    for issue in lines.index:
        steps = explain_issue(costs.ledger, issue)
        assert steps.cost == pytest.approx(lines.cost[issue], abs=1e-4)
        assert steps.payout == pytest.approx(lines.payout[issue], abs=1e-4)
        assert steps.channels["labour"].sum() + steps.other == pytest.approx(steps.tagged)
        assert steps.tagged + steps.moved_in - steps.moved_out + steps.rounding == pytest.approx(steps.cost)
        assert steps.paid_tagged + steps.paid_moved == pytest.approx(steps.payout)
        assert (steps.channels["minutes"] * steps.channels["rate"]).to_numpy() == pytest.approx(steps.channels["labour"].to_numpy())
        assert steps.channels["rate"].between(61.7, 80.0).all()
        assert steps.other == pytest.approx(3.3 * steps.shares)
        assert abs(steps.rounding) < 1 or costs.n_checked
        assert (steps.moved_in + steps.moved_out > 1) == bool(costs.n_checked)


def test_recorded_estimated_and_cut_minutes_are_told_apart(costs):
    ledger = costs.ledger
    steps = [explain_issue(ledger, issue) for issue in costs.table["issue"]]
    assert sum(each.n_cut for each in steps) == 1
    assert sum(each.minutes_cut for each in steps) == pytest.approx((ledger["minutes_recorded"] - ledger["minutes"]).max())
    assert sum(each.n_imputed for each in steps) == ledger.loc[ledger["imputed"], "contact_id"].nunique()
    assert sum(each.shares for each in steps) == pytest.approx(900)


def test_an_issue_that_is_not_there_is_refused(costs):
    with pytest.raises(SettingsError, match="no such issue"):
        explain_issue(costs.ledger, "nothing")
    with pytest.raises(SettingsError, match="columns are missing"):
        explain_issue(costs.ledger.drop(columns="share"), "reason_0")


def test_without_rates_there_are_minutes_and_no_amounts():
    contacts = pd.DataFrame({"contact_id": ["a"], "channel": "call", "handle_seconds": 90.0})
    tags = pd.DataFrame({"contact_id": ["a"], "label": "bill", "score": 0.9})
    steps = explain_issue(issue_costs(contacts, tags, CostModel.hours_only(), options=CostOptions(ledger=True)).ledger, "bill")
    assert steps.minutes == 1.5 and np.isnan([steps.cost, steps.tagged, steps.payout, steps.moved_in]).all()


def test_the_unallocated_line_belongs_to_no_contact():
    contacts = pd.DataFrame({"contact_id": ["a"], "channel": "call", "handle_seconds": 60.0})
    tags = pd.DataFrame({"contact_id": ["a"], "label": "bill", "score": 0.9})
    model = CostModel({"call": 60}, "JPY", numerator="absorbed", ledger_total=100)
    steps = explain_issue(issue_costs(contacts, tags, model, options=CostOptions(ledger=True)).ledger, "unallocated")
    assert steps.n_contacts == 0 and steps.cost == 40 and steps.channels.empty
