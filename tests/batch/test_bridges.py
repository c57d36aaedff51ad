"""The bridge of cost between the last two months of a folder."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch import bridges, monthly
from vocmine.batch.contact_store import ContactStore
from vocmine.cost import CostModel
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 60.0}, currency="JPY")
SETTINGS = Settings(chunk_rows=50)


@pytest.fixture
def folder(tmp_path):
    def make(days):
        rng = np.random.default_rng(5)
        day = np.repeat(np.arange(days), np.where(np.arange(days) < 31, 10, 15))
        contacts = pd.DataFrame({
            "contact_id": [f"c{i:05d}" for i in range(len(day))], "text": "本文", "terms": "本文", "lang": "ja", "channel": "call",
            "created_at": pd.Timestamp("2026-08-01 01:00", tz="UTC") + pd.to_timedelta(day, unit="D"), "handle_seconds": 300.0,
            "customer_id": rng.integers(0, 500, len(day)).astype(str),
        })
        tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": rng.choice(["bill", "login"], len(day)), "score": 0.9, "source": "model", "evidence": ""})
        store = ContactStore(tmp_path, "Asia/Tokyo")
        store.upsert(contacts, tags)
        return store

    return make


def update(home, store, model=MODEL):
    months = monthly.months_of(monthly.update_daily(home, store, SETTINGS, model))
    return months, bridges.update_bridge(home, store, SETTINGS, model, months)


def test_two_whole_months_are_led_through_and_kept(folder, tmp_path, monkeypatch):
    store = folder(61)
    months, table = update(tmp_path, store)
    whole = table[table["issue"] == ""].set_index("step")
    by_month = months.groupby("month")["cost"].sum()
    assert whole.loc["before", "cost"] == pytest.approx(by_month["2026-08"]) and whole.loc["after", "cost"] == pytest.approx(by_month["2026-09"])
    steps = whole["cost"].drop(["before", "after", "change"])
    assert steps.sum() == whole.loc["change", "cost"] == whole.loc["after", "cost"] - whole.loc["before", "cost"]
    assert steps["volume"] > 0.9 * steps.sum() and whole.loc["change", "low"] > 0
    assert whole["n_before"].iloc[0] == 310 and whole["n_after"].iloc[0] == 450
    assert {"bill", "login"} <= set(table["issue"])
    before = (tmp_path / bridges.NAME).read_bytes()
    monkeypatch.setattr(bridges, "_bridge", None)  # the same months are not costed again
    assert update(tmp_path, store)[1].equals(pd.DataFrame(table))
    assert (tmp_path / bridges.NAME).read_bytes() == before


def test_a_month_that_has_begun_is_compared_with_the_same_days(folder, tmp_path):
    _, table = update(tmp_path, folder(31 + 12))
    assert table["last_before"].iloc[0] == "2026-08-12" and table["last_after"].iloc[0] == "2026-09-12"
    assert table["n_before"].iloc[0] == 120


@pytest.mark.parametrize("days", [20, 31 + 3])
def test_too_few_days_lead_nowhere(folder, tmp_path, days):
    assert update(tmp_path, folder(days))[1] is None


def test_hours_have_no_bridge_of_cost(folder, tmp_path):
    assert update(tmp_path, folder(61), None)[1] is None
