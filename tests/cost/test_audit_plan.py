"""How many contacts to check first: bounded, and as narrow as it says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.audits import Audit
from vocmine.cost import IssueCosts, issue_costs
from vocmine.cost.audit_plan import FEWEST, MOST, expected_accuracy, expected_narrowing, plan_audit
from vocmine.errors import SettingsError


def made(costs: dict[str, float], score: float, each: int = 300):
    """Issues of equally many contacts, whose costs vary."""
    ids = [f"c{i:05d}" for i in range(each * len(costs))]
    label = np.repeat(list(costs), each)
    value = np.random.default_rng(0).lognormal(0, 0.6, len(ids)) * np.repeat(list(costs.values()), each)
    tags = pd.DataFrame({"contact_id": ids, "kind": "reason", "label": label, "score": score})
    table = pd.DataFrame({"issue": list(costs), "cost": pd.Series(value).groupby(label).sum().reindex(list(costs)).to_numpy(), "n_contacts": float(each)})
    return IssueCosts(table), tags, pd.Series(value, index=ids)


FOUR = {"a": 4.0, "b": 3.0, "c": 2.0, "d": 1.0}


def test_the_number_is_bounded_and_follows_the_doubt():
    sizes = [plan_audit(*made(FOUR, score)).n for score in (0.99, 0.9, 0.8, 0.7)]
    assert sizes == sorted(sizes)
    assert FEWEST <= sizes[0] < sizes[-1] <= MOST
    assert plan_audit(*made({f"i{i:02d}": 1.0 for i in range(30)}, 0.5)).n == MOST
    assert plan_audit(*made({"a": 2.0, "b": 1.0}, 0.9, each=10)).n == 20


def test_more_labels_are_expected_to_bring_more():
    widths = [plan_audit(*made(FOUR, 0.8), n).half_width for n in (20, 50, 100, 300, 1_200)]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == 0
    assert plan_audit(*made(FOUR, 0.8), 100).issue == "a"


def test_hours_do_where_there_is_no_money():
    costs, tags, values = made(FOUR, 0.8)
    hours = costs.with_table(costs.table.assign(handle_hours=costs.table["cost"], cost=np.nan))
    assert plan_audit(hours, tags, values) == plan_audit(costs, tags, values)
    nothing = plan_audit(costs.with_table(costs.table.assign(cost=0.0)), tags, values * 0)
    assert (nothing.issue, nothing.percent, nothing.n) == ("", None, FEWEST)


def test_scores_are_taken_for_what_they_are():
    tags = pd.DataFrame({"contact_id": ["a", "b"], "label": "x", "score": 0.1})
    assert expected_accuracy(tags) == 0.5
    assert expected_accuracy(tags.assign(score=1.0)) == 0.97
    assert expected_accuracy(tags.assign(score=np.nan)) == 0.5
    with pytest.raises(SettingsError, match="too few contacts"):
        plan_audit(*made(FOUR, 0.8), 0)


def test_what_was_expected_comes_about(make_ledger, yen):
    """Six ledgers, 200 labels: the interval is as narrow as said, or a little narrower (the correction learns)."""
    ratio = []
    for seed in range(80, 86):
        contacts, tags, truth = make_ledger(seed, k=8, accuracy=0.8)
        cost = pd.Series(contacts["handle_seconds"].to_numpy(), index=contacts["contact_id"])
        before, scored = issue_costs(contacts, tags, yen), tags.assign(score=0.8)
        plan = plan_audit(before, scored, cost, 200)
        then = expected_narrowing(before, scored, cost, 200).set_index("issue").loc[plan.issue, "then"]
        drawn = Audit.sample(tags, plan.n, seed=seed + 500, costs=cost).table
        true = pd.Series(truth, index=contacts["contact_id"]).reindex(drawn["contact_id"]).to_numpy()
        line = issue_costs(contacts, tags, yen, audit=drawn.assign(label=true)).table.set_index("issue").loc[plan.issue]
        ratio.append((line["cost_high"] - line["cost_low"]) / 2 / line["cost"] / then)
        assert then <= plan.half_width
    assert 0.7 < np.mean(ratio) < 1.1, ratio


@pytest.mark.parametrize("basis", ["prior", "labels", "audit", "counted"])
def test_what_is_known_before_stays_known(basis):
    costs, tags, values = made(FOUR, 0.8)
    table = costs.table.assign(cost_low=lambda t: t.cost * 0.6, cost_high=lambda t: t.cost * 1.6)
    found = [expected_narrowing(IssueCosts(table, basis=basis), tags, values, n) for n in (20, 100, 300, 5_000)]
    assert found[0]["issue"].tolist() == ["a", "b", "c", "d"] and found[1]["n"].unique().tolist() == [100]
    then = np.stack([each["then"] for each in found])
    assert (np.diff(then, axis=0) < 0).all() and (then[-1] == 0).all() and found[-1]["n"].eq(1_200).all()
    if basis == "counted":
        assert found[0]["now"].isna().all()
    else:
        assert (found[0]["now"].round(9) == 0.5).all() and (then < 0.5).all()


def test_hours_and_counts_borrow_the_range_of_contacts():
    costs, tags, values = made(FOUR, 0.8)
    gone = costs.table.assign(cost=np.nan, cost_low=np.nan, cost_high=np.nan, n_low=200.0, n_high=500.0)
    for table, weights in ((gone.assign(handle_hours=costs.table["cost"]), values), (gone, values * 0)):
        found = expected_narrowing(IssueCosts(table, basis="prior"), tags, weights)
        assert (found["now"] == 0.5).all() and (found["then"] < 0.5).all()
    assert expected_narrowing(IssueCosts(gone.assign(n_contacts=0.0), basis="prior"), tags, values).empty


def test_unknown_and_what_no_tag_names_are_left_out():
    costs, tags, values = made(FOUR, 0.8)
    rest = costs.table.head(2).assign(issue=["unknown", "never tagged"])
    table = pd.concat([costs.table, rest], ignore_index=True).assign(cost_low=0.0, cost_high=1e9)
    assert expected_narrowing(IssueCosts(table, basis="prior"), tags, values)["issue"].tolist() == ["a", "b", "c", "d"]
