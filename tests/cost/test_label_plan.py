"""How many labels are needed: the plan keeps its word."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import (
    IssueCosts,
    issue_costs,
    plan_labels,
)
from vocmine.errors import SettingsError

COSTS = IssueCosts(pd.DataFrame({
    "issue": ["a", "b", "c", "unknown"], "n_contacts": [500.0, 300.0, 100.0, 50.0], "cost": [500.0, 480.0, 100.0, 900.0],
    "cost_low": [350.0, 400.0, 90.0, 800.0], "cost_high": [700.0, 560.0, 111.0, 1000.0],
}))


def test_the_plan_keeps_its_word(make_ledger, draw_audit, yen):
    reached = []
    for seed in range(40, 46):
        contacts, tags, truth = make_ledger(seed, n=20_000)
        pilot = issue_costs(contacts, tags, yen, audit=draw_audit(tags, truth, each=50))
        plan = plan_labels(pilot, precision=0.15, top=4)
        after = issue_costs(contacts, tags, yen, audit=draw_audit(tags, truth, each=plan.n // 6, seed=1)).table
        after = after.set_index("issue").loc[plan.table["issue"]]
        reached.append(((after.cost_high - after.cost_low) / 2 / after.cost).max())
    assert np.mean(reached) == pytest.approx(0.15, rel=0.2)


def test_plan_without_audit():
    with pytest.raises(SettingsError, match="accuracy"):
        plan_labels(COSTS)
    few, many = plan_labels(COSTS, accuracy=0.95), plan_labels(COSTS, accuracy=0.75)
    assert few.n < many.n <= 950
    assert set(few.table["issue"]) == {"a", "b", "c"}
