"""What each contact costs: rates, concurrency, fixed and extra cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostModel, issue_costs
from vocmine.cost.ledger import absurd_payouts, number_column, open_tab_table, price_contacts
from vocmine.errors import ContactError, SettingsError


def small(**columns):
    frame = pd.DataFrame({"contact_id": ["a", "b", "c"], "channel": "call", "handle_seconds": [60.0, 120.0, 180.0]})
    return frame.assign(**columns)


TAGS = pd.DataFrame({"contact_id": ["a", "b"], "kind": "reason", "label": ["bill", "login"], "score": 0.9})


def test_direct_cost_has_fixed_transfer_and_extra():
    rates = {"rate_per_minute": {"call": 60}, "fixed_per_contact": {"call": 10}, "cost_per_transfer": 5, "currency": "JPY"}
    contacts = small(cost_extra=[100.0, np.nan, 0.0], transfers=[2, 0, 0])
    assert issue_costs(contacts, TAGS, CostModel(**rates)).table.set_index("issue").cost["bill"] == 60 + 10 + 10
    assert issue_costs(contacts, TAGS, CostModel(**rates, numerator="labour")).table.set_index("issue").cost["bill"] == 60


def test_concurrency_and_after_call_work():
    model = CostModel(
        rate_per_minute={"chat": 60}, currency="JPY", concurrency={"chat": 2}, after_call_seconds={"chat": 60}
    )
    contacts = small(channel="chat", concurrency=[np.nan, 4.0, np.nan])
    table = issue_costs(contacts, TAGS, model).table.set_index("issue")
    assert table.cost["bill"] == 60.0 and table.cost["login"] == 45.0
    assert table.handle_hours["bill"] == pytest.approx(60 / 3600)


def test_no_rate_says_which_lines_to_write(yen):
    with pytest.raises(SettingsError) as error:
        issue_costs(small(channel=["call", "email", "social"]), TAGS, yen)
    assert "currency: JPY\nrate_per_minute:\n  email: " in str(error.value) and "\n  social: " in str(error.value)


def test_team_rate_goes_before_channel():
    model = CostModel(rate_per_minute={"call": 60, "call/二次": 120}, currency="JPY")
    table = issue_costs(small(team=["二次", None, "一次"]), TAGS, model).table.set_index("issue")
    assert table.cost.to_dict() == {"bill": 120.0, "login": 120.0, "unknown": 180.0}


def test_hours_have_no_price():
    priced = price_contacts(small(concurrency=[1.0, 2.0, np.nan]), np.array(["x"] * 3), CostModel.hours_only())
    assert np.isnan(priced.cost).all()
    assert (priced.hours * 3600).tolist() == pytest.approx([60, 60, 180])
    assert priced.imputed.tolist() == [0, 0, 0]


def test_imputed_cost_is_that_of_the_contacts_without_a_time(yen):
    contacts = pd.concat([small(contact_id=[f"{i}a", f"{i}b", f"{i}c"]) for i in range(20)], ignore_index=True)
    contacts.loc[[3, 8], "handle_seconds"] = np.nan
    priced = price_contacts(contacts, np.array(["x"] * 60), yen, seed=1)
    assert np.flatnonzero(priced.imputed).tolist() == [3, 8]
    assert priced.imputed[[3, 8]] == pytest.approx(priced.cost[[3, 8]])
    assert priced.draws.shape[1] == 2
    assert priced.draws.mean(axis=0) == pytest.approx([0, 0], abs=1e-6)


@pytest.mark.parametrize(("values", "got"), [([1, None, 3], [1, 9, 3]), (["2", "x", ""], [2, 9, 9]), (pd.array([1, None, 0], dtype="Int64"), [1, 9, 0])])
def test_a_column_of_numbers_has_its_default_where_none_is(values, got):
    assert number_column(pd.DataFrame({"a": values}), "a", 9.0).tolist() == got
    assert number_column(pd.DataFrame({"a": values}), "b", 9.0).tolist() == [9, 9, 9]


@pytest.mark.parametrize(("column", "value"), [("cost_extra", -1.0), ("transfers", np.inf), ("concurrency", 0.5)])
def test_wrong_numbers_are_named(column, value, yen):
    with pytest.raises(ContactError, match=column):
        price_contacts(small(**{column: value}), np.array(["x"] * 3), yen)


def test_payouts_stand_apart_from_labour():
    contacts = small(cost_extra=[100.0, np.nan, 30.5])
    for numerator, total in (("labour", 360), ("direct", 390)):
        model = CostModel({"call": 60}, "USD", fixed_per_contact={"call": 10}, numerator=numerator)
        table = issue_costs(contacts, TAGS, model).table.set_index("issue")
        assert table["payout"].to_dict() == {"login": 0.0, "bill": 100.0, "unknown": 30.5}
        assert table["cost"].sum() == total
    assert issue_costs(contacts, TAGS, CostModel.hours_only()).table["payout"].isna().all()


def test_unpriced_contacts_and_minutes_are_counted(yen):
    contacts = small(channel=["call", "email", "email"], handle_seconds=[60.0, 600.0, np.nan])
    with pytest.raises(SettingsError, match=r"got: email \(2 contacts, 10 min recorded\)"):
        issue_costs(contacts, TAGS, yen)
    with pytest.raises(SettingsError, match=r"social \(3 contacts, no time recorded\)"):
        issue_costs(small(channel="social", handle_seconds=np.nan), TAGS, yen)


def test_payouts_in_another_currency_are_refused(yen):
    contacts = small(cost_extra=[0.0, 5.0, 7.0], currency=["USD", "usd ", None])
    with pytest.raises(ContactError, match=r"another currency than the rates; .*got: USD \(1 contacts\); expected: JPY"):
        issue_costs(contacts, TAGS, yen)
    assert issue_costs(contacts.assign(currency="jpy"), TAGS, yen).table["payout"].sum() == 12


@pytest.mark.parametrize(("payout", "found"), [
    ([0.0, 1e9], (0, 0.0, 0.0)), ([500.0, 700.0, 600.0, 0.0], (0, 0.0, 600.0)), ([500.0, 700.0, 600.0, 2e6, 3e6], (2, 5e6, 700.0)),
])
def test_absurd_payouts_are_counted_and_kept(payout, found, yen):
    assert absurd_payouts(np.array(payout)) == found
    contacts = pd.concat([small(contact_id=[f"{i}a", f"{i}b", f"{i}c"]) for i in range(2)]).iloc[: len(payout)].assign(cost_extra=payout)
    costs = issue_costs(contacts, TAGS.iloc[:0], yen)
    assert costs.table["payout"].sum() == sum(payout)
    assert any(note.code == "payouts_absurd" for note in costs.notes) == bool(found[0])
def test_what_open_tabs_take_out_adds_up(yen):
    contacts = pd.concat([small(contact_id=[f"{i}a", f"{i}b", f"{i}c"]) for i in range(30)], ignore_index=True)
    contacts.loc[5, "handle_seconds"] = 28_800.0
    contacts.loc[[7, 8], "handle_seconds"] = np.nan
    reasons = np.array(["x"] * 90)
    priced = price_contacts(contacts, reasons, yen, seed=1)
    table = open_tab_table(contacts, priced).set_index("channel")
    channel = contacts["channel"].iloc[5]
    assert table["n_cut"].to_dict() == {name: int(name == channel) for name in table.index}
    assert table["n_timed"].sum() == 88
    row = table.loc[channel]
    assert row["minutes_measured"] - row["minutes_counted"] == pytest.approx(row["minutes_removed"])
    as_measured = price_contacts(contacts, reasons, replace(yen, open_tab_sigmas=None), seed=1)
    assert as_measured.cost[5] - priced.cost[5] == pytest.approx(row["cost_removed"])


def test_after_call_work_that_was_measured_is_not_added_again():
    model = CostModel(rate_per_minute={"call": 60}, currency="JPY", after_call_seconds={"call": 30})
    priced = price_contacts(small(after_call_seconds=[20.0, np.nan, 0.0]), np.array(["x"] * 3), model)
    assert priced.cost.tolist() == [60.0, 150.0, 180.0]
