"""Ranges of parts: never narrower, values untouched, down to nothing where a few strays may be all there is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch.part_ranges import stray_contacts, widened
from vocmine.results import IssueCosts

TABLE = pd.DataFrame(
    {
        "team": ["A", "A", "A", "B"], "issue": ["bill", "login", "unallocated", "bill"], "n_contacts": [400.0, 4.0, 0.0, 10.0],
        "n_low": [350.0, 3.0, 0.0, 9.0], "n_high": [460.0, 6.0, 0.0, 12.0], "cost": [40_000.0, 400.0, 7.0, 1_000.0],
        "cost_low": [35_000.0, 300.0, 7.0, 900.0], "cost_high": [46_000.0, 600.0, 7.0, 1_200.0],
        "payout": [0.0, 50.0, 0.0, 0.0], "payout_low": [0.0, 50.0, 0.0, 0.0], "payout_high": [0.0, 50.0, 0.0, 0.0],
    }
)


@pytest.mark.parametrize("basis", ["audit", "prior", "labels"])
def test_ranges_are_wider_and_values_as_they_were(basis):
    found = widened(IssueCosts(TABLE, currency="JPY", basis=basis), "team").table
    for value, low, high in (("n_contacts", "n_low", "n_high"), ("cost", "cost_low", "cost_high"), ("payout", "payout_low", "payout_high")):
        assert (found[low] <= TABLE[low]).all() and (found[high] >= TABLE[high]).all()
        assert found[value].equals(TABLE[value])
    assert found.loc[1, "cost_low"] == 0 and found.loc[1, "n_low"] == 0  # four of 404 may be strays
    assert 25_000 < found.loc[0, "cost_low"] < 35_000
    assert found.loc[2].equals(TABLE.loc[2])
    assert (found["cost_high"] <= found.groupby("team")["cost"].transform("sum").clip(lower=TABLE["cost_high"])).all()


def test_an_audit_of_all_leaves_more_open_in_a_part():
    audited, read = (widened(IssueCosts(TABLE, currency="JPY", basis=basis), "team").table for basis in ("audit", "prior"))
    assert audited.loc[0, "cost_low"] < read.loc[0, "cost_low"]
    assert read.loc[0, "cost_high"] == TABLE.loc[0, "cost_high"]


def test_counted_tags_and_hours():
    assert widened(IssueCosts(TABLE, basis="counted")).table.equals(TABLE)
    hours = TABLE.assign(cost=np.nan, cost_low=np.nan, cost_high=np.nan)
    found = widened(IssueCosts(hours, basis="prior"), "team").table
    assert found["cost_low"].isna().all() and (found["n_low"] < TABLE["n_low"]).any()


def test_strays_grow_slower_than_the_part():
    counts = np.array([0.0, 10.0, 1_000.0, 100_000.0])
    strays = stray_contacts(counts)
    assert strays[0] == 1 and (np.diff(strays) > 0).all() and (np.diff(strays[1:] / counts[1:]) < 0).all()
