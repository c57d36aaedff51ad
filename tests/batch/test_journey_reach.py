"""Further tables of journeys: each is made where its columns are filled, and nowhere else."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.batch.journey_reach import ReachOptions, reach_contacts, reach_options, reach_tables
from vocmine.batch.measures import journey_tables
from vocmine.contacts import simulate
from vocmine.cost import CostModel
from vocmine.settings import Settings


def test_what_follows_a_reason_is_among_the_journeys():
    days = pd.to_datetime(["2026-11-01", "2026-11-02", "2026-11-20"], utc=True)
    contacts = pd.DataFrame({"contact_id": list("abc"), "customer_id": list("kkm"), "channel": "call", "created_at": days})
    tags = pd.DataFrame({"contact_id": list("abc"), "kind": "reason", "label": ["bill", "refund", "bill"], "score": 1.0})
    table = journey_tables(contacts, tags)["reason_flows"]
    assert table[["from_reason", "to_reason", "n"]].values.tolist() == [["bill", "refund", 1], ["refund", "none", 1]]
    assert "reason_flows" not in reach_tables(contacts.assign(customer_id=None), tags)


@pytest.fixture(scope="module")
def centre():
    contacts = simulate(days=40, per_day=60, seed=3)
    reason = contacts["true_reasons"].str.split("|").str[0]
    return contacts, pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": reason, "score": 1.0})


MODEL = CostModel({"call": 60, "call/請求デスク": 90, "chat": 50, "email": 50, "social": 50, "survey": 0, "bot": 0}, "JPY", concurrency={"chat": 2})


def test_agents_are_shown_only_where_it_is_allowed_and_only_with_enough_contacts(centre):
    contacts, tags = centre
    assert Settings().agents is False and reach_options(contacts, Settings(), MODEL).agent_contacts is None
    assert "one_touch_agents" not in reach_tables(contacts, tags)
    allowed = reach_options(contacts, Settings(agents=True, agent_contacts=20), MODEL)
    table = reach_tables(contacts, tags, options=allowed)["one_touch_agents"]
    assert len(table) and table["n"].min() >= 20
    assert table[["team", "agent_id"]].values.tolist() == sorted(table[["team", "agent_id"]].values.tolist())  # no ranking


def test_every_table_is_made_of_a_full_centre_and_rates_give_money(centre):
    contacts, tags = centre
    options = ReachOptions(reach_options(contacts, Settings(), MODEL).rates, None, {"billing.refund": "failure"})
    made = reach_tables(reach_contacts(contacts, MODEL), tags, options=options)
    assert set(made) == {
        "reason_flows", "paths", "chain_lengths", "preference", "handoffs", "misroutes", "one_touch_teams", "one_touch_cells", "demand", "complexity",
        "channel_complexity",
    }
    assert "money" in made["handoffs"] and "money_again" in made["misroutes"]
    assert made["misroutes"]["reason"].iloc[0] == "all"
    whole, parts = made["misroutes"].iloc[0], made["misroutes"].iloc[1:]
    assert whole["n"] == parts["n"].sum() and whole["n_misrouted"] == parts["n_misrouted"].sum()
    bare = reach_tables(contacts, tags, options=ReachOptions(reach_options(contacts, Settings(), CostModel.hours_only()).rates))
    assert "money" not in bare["handoffs"]


def test_contacts_of_incidents_are_left_out_of_what_compares_teams(centre):
    contacts, tags = centre
    aside = set(contacts["contact_id"].head(500))
    all_of, calm = reach_tables(contacts, tags), reach_tables(contacts, tags, aside=aside)
    pd.testing.assert_frame_equal(all_of["paths"], calm["paths"])
    assert calm["misroutes"]["n"].iloc[0] < all_of["misroutes"]["n"].iloc[0]


def test_rates_go_by_team_and_nothing_has_money_without_them(centre):
    rates = reach_options(centre[0], Settings(), MODEL).rates
    assert rates["call/請求デスク"] == 90 and rates["bot"] == 0
    assert reach_options(centre[0], Settings(), None).rates is None
    assert reach_contacts(centre[0].assign(concurrency=None), MODEL).groupby("channel")["concurrency"].first().to_dict()["chat"] == 2.0
