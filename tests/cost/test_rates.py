"""Contacts and costs per unit, with the denominator that the user gave."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.cost import (
    contact_rates,
    issue_costs,
)
from vocmine.errors import SettingsError


def test_rates_are_divided_by_what_the_user_gave(make_ledger, yen):
    contacts, tags, _truth = make_ledger(60, n=600)
    contacts["product"] = np.where(np.arange(600) % 4 == 0, "本体", "部品")
    costs = issue_costs(contacts, tags, yen, by="product")
    found = contact_rates(costs, {"本体": 2_000, "部品": 500.0}, key="product")
    rates, table = found.table, costs.table
    assert np.allclose(rates["contact_rate"] * rates["product"].map({"本体": 2_000, "部品": 500}), table["n_contacts"])
    assert np.allclose(rates["cost_per_unit"] * rates["units"], table["cost"])
    assert (rates["cost_per_unit_low"] <= rates["cost_per_unit"]).all() and found.currency == "JPY"
    assert np.allclose(contact_rates(costs, 100).table["contact_rate"], table["n_contacts"] / 100)


@pytest.mark.parametrize(
    ("units", "key", "words"),
    [({"本体": 5}, "product", "部品"), ({"本体": 5, "部品": 0}, "product", "部品"), ({"本体": 5, "部品": float("nan")}, "product", "部品"),
     (0, None, "no units"), (float("inf"), None, "no units"), ({"本体": 5}, None, "units by what"), ({"a": 5}, "shop", "don't go by"), (5, "product", "don't go by")],
)
def test_no_rate_without_its_denominator(units, key, words, make_ledger, yen):
    contacts, tags, _truth = make_ledger(61, n=60)
    costs = issue_costs(contacts.assign(product=["本体", "部品"] * 30), tags, yen, by="product")
    with pytest.raises(SettingsError, match=words):
        contact_rates(costs, units, key=key)
