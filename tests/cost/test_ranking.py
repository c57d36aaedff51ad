"""The order of issues says how sure it is."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.cost import (
    IssueCosts,
    avoidable_cost,
    rank_issues,
)
from vocmine.errors import SettingsError

COSTS = IssueCosts(pd.DataFrame({
    "issue": ["a", "b", "c", "unknown"], "n_contacts": [500.0, 300.0, 100.0, 50.0], "cost": [500.0, 480.0, 100.0, 900.0],
    "cost_low": [350.0, 400.0, 90.0, 800.0], "cost_high": [700.0, 560.0, 111.0, 1000.0],
}))


def test_ranks_say_how_sure_they_are():
    table = rank_issues(COSTS).set_index("issue")
    assert table["rank"].to_dict() == {"a": 1, "b": 2, "c": 3}
    assert table.loc["a", ["rank_low", "rank_high"]].tolist() == [1, 2]
    assert table.loc["c", ["rank_low", "rank_high"]].tolist() == [3, 3]
    pd.testing.assert_frame_equal(rank_issues(COSTS), rank_issues(COSTS.with_table(COSTS.table.sample(frac=1, random_state=0))))


def test_rank_takes_avoidable_cost_severity_and_growth():
    costs = avoidable_cost(COSTS, {"a": "value", "b": "failure", "c": "failure"})
    table = rank_issues(costs, severity={"c": 10.0}, growth={"c": (2.0, 1.0, 4.0)}).set_index("issue")
    assert table["rank"].to_dict() == {"c": 1, "b": 2, "a": 3}
    assert table.priority["c"] == 2_000 and table.cost_rank["a"] == 1
    with pytest.raises(SettingsError, match="wrong factor"):
        rank_issues(COSTS, growth={"a": -1.0})
