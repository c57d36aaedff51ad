"""The issue costs: exact sums, columns, order, an unallocated line."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost import CostModel, issue_costs
from vocmine.cost.keys import Domains
from vocmine.cost.table import make_table
from vocmine.cost.totals import COST, COUNT, HOURS, Totals
from vocmine.errors import SettingsError
from vocmine.frames import ISSUE_COSTS


def small(**columns):
    frame = pd.DataFrame({"contact_id": ["a", "b", "c"], "channel": "call", "handle_seconds": [60.0, 120.0, 180.0]})
    return frame.assign(**columns)


TAGS = pd.DataFrame({"contact_id": ["a", "b"], "kind": "reason", "label": ["bill", "login"], "score": 0.9})


def test_absorbed_has_an_unallocated_line_up_to_the_ledger():
    model = CostModel(rate_per_minute={"call": 60}, currency="USD", numerator="absorbed", ledger_total=1_000.55)
    table = issue_costs(small(), TAGS, model).table
    assert table["issue"].iloc[-1] == "unallocated" and table["cost"].iloc[-1] == pytest.approx(640.55)
    assert round(table["cost"].sum(), 2) == 1_000.55 and table["share"].sum() == pytest.approx(1)
    with pytest.raises(SettingsError, match="below the cost of the contacts"):
        issue_costs(small(), TAGS, CostModel({"call": 60}, "JPY", numerator="absorbed", ledger_total=100))


def test_hours_only():
    table = issue_costs(small(), TAGS, CostModel.hours_only()).table
    assert table["cost"].isna().all() and table["share"].isna().all()
    assert table["handle_hours"].sum() == pytest.approx(0.1) and table["issue"].tolist() == ["login", "bill", "unknown"]


def test_columns_are_those_of_the_frame(yen):
    table = issue_costs(small(), TAGS, yen).table
    names = [column.name for column in ISSUE_COSTS if column.name not in ("avoidable_cost", "avoidable_payout", "repeat_share")]
    assert table.columns.tolist() == names


def totals_of(cost, error=0.0, issues=None):
    """Give totals of one group: as many hours and contacts as cost."""
    names = issues or tuple(f"i{i}" for i in range(len(cost)))
    totals, variance = np.zeros((6, 1, len(cost))), np.zeros((6, 1, len(cost)))
    totals[[COST, HOURS, COUNT], 0] = cost
    variance[[COST, COUNT], 0] = (error * np.asarray(cost)) ** 2
    return Totals(totals, variance, np.zeros((6, len(cost))), names, Domains(np.zeros(1, dtype=np.int64), pd.DataFrame(index=[0])))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(2.0, 1e6), min_size=1, max_size=8), st.floats(0, 0.6))
def test_parts_are_whole_units_within_their_intervals_and_add_up(cost, error):
    costs = make_table(totals_of(cost, error), CostModel({"call": 60}, "JPY"), 0.95)
    table = costs.table
    assert (table["cost"] == table["cost"].round()).all()
    assert table["cost"].sum() == pytest.approx(sum(cost), abs=0.5 + 1e-6)
    assert (table["cost_low"] <= table["cost"]).all() and (table["cost"] <= table["cost_high"]).all()
    assert (table["n_low"] <= table["n_contacts"] + 1e-9).all() and (table["n_contacts"] <= table["n_high"] + 1e-9).all()
    assert table["share"].sum() == pytest.approx(1)


def test_the_dearest_goes_first_and_unknown_last():
    table = make_table(totals_of([5.0, 90.0, 40.0], issues=("a", "unknown", "b")), CostModel({"call": 60}, "JPY"), 0.95).table
    assert table["issue"].tolist() == ["b", "a", "unknown"]


def test_repeats_have_a_column_only_where_chains_are_known():
    model = CostModel({"call": 60}, "JPY")
    assert "repeat_share" not in make_table(totals_of([5.0]), model, 0.95).table
    assert make_table(totals_of([5.0]), model, 0.95, repeats=True).table["repeat_share"].tolist() == [0.0]


def test_a_wider_error_gives_a_wider_interval():
    model = CostModel({"call": 60}, "JPY")
    narrow, wide = (make_table(totals_of([400.0, 900.0], error), model, 0.95).table for error in (0.05, 0.3))
    assert (wide["cost_high"] - wide["cost_low"] > narrow["cost_high"] - narrow["cost_low"]).all()
