"""What a run works out for staffing and shifts, and what it leaves out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.batch.staffing_tables import staffing_inputs
from vocmine.cost import CostModel
from vocmine.settings import Settings


def made():
    at = pd.date_range("2026-11-01 00:30", periods=28 * 24, freq="h", tz="Asia/Tokyo").tz_convert("UTC")
    n = len(at)
    contacts = pd.DataFrame({
        "contact_id": [f"c{i}" for i in range(n)], "created_at": at, "channel": np.where(np.arange(n) % 3, "call", "chat"),
        "customer_id": [f"k{i % 200}" for i in range(n)], "handle_seconds": 300.0 + 30.0 * (np.arange(n) % 7),
    })
    return contacts, pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": "bill", "score": 1.0})


def test_hours_and_shifts_are_made():
    contacts, tags = made()
    tables = staffing_inputs(contacts, tags, Settings(staffing_shrinkage=0.25), CostModel({"call": 60, "chat": 50}, "JPY"))
    assert sorted(tables) == ["shifts", "staffing"]
    assert (tables["staffing"]["shrinkage"] == 0.25).all()
    assert (tables["shifts"]["share_moved"] == 0.1).all()


def test_without_rates_there_is_no_shift_and_without_times_nothing():
    contacts, tags = made()
    assert sorted(staffing_inputs(contacts, tags, Settings(), None)) == ["staffing"]
    assert staffing_inputs(contacts.drop(columns="handle_seconds"), tags, Settings(), None) == {}
    calls = contacts[contacts["channel"] == "call"]
    assert sorted(staffing_inputs(calls, tags, Settings(), CostModel({"call": 60}, "JPY"))) == ["staffing"]
