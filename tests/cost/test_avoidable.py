"""What could be avoided is failure demand alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import (
    CostOptions,
    IssueCosts,
    avoidable_cost,
    issue_costs,
)
from vocmine.errors import SettingsError

COSTS = IssueCosts(pd.DataFrame({
    "issue": ["a", "b", "c", "unknown"], "n_contacts": [500.0, 300.0, 100.0, 50.0], "cost": [500.0, 480.0, 100.0, 900.0],
    "cost_low": [350.0, 400.0, 90.0, 800.0], "cost_high": [700.0, 560.0, 111.0, 1000.0],
}))


@pytest.mark.parametrize(
    "kwargs", [{"demand": {"a": "bad"}}, {"demand": {"a": 2.0}}, {"demand": {}, "fix_rate": 1.5}]
)
def test_avoidable_refuses(kwargs):
    with pytest.raises(SettingsError):
        avoidable_cost(COSTS, **kwargs)


def test_avoidable_interval_and_marginal():
    table = avoidable_cost(COSTS, {"a": 0.5}, fix_rate={"a": 0.4}, marginal_share=0.25).table.set_index("issue")
    row = table.loc["a", ["avoidable_low", "avoidable_cost", "avoidable_high", "avoidable_marginal"]]
    assert row.tolist() == pytest.approx([70.0, 100.0, 140.0, 25.0])


def test_avoidable_is_failure_demand_alone(yen):
    contacts = pd.DataFrame({"contact_id": list("abc"), "channel": "call", "handle_seconds": [60.0, 120.0, 30.0]})
    tags = pd.DataFrame({"contact_id": list("abc"), "label": ["bill", "buy", "ask"], "score": 0.9})
    options = CostOptions(demand={"bill": "failure", "buy": "value"}, fix_rate=0.5)
    table = issue_costs(contacts, tags, yen, options=options).table.set_index("issue")
    plain = issue_costs(contacts, tags, yen).table.set_index("issue")
    assert table.avoidable_cost["bill"] == 30 and table.avoidable_cost["buy"] == 0
    assert np.isnan(table.avoidable_cost["ask"])
    assert (table.cost == plain.cost).all()
