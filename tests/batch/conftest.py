"""Seventy stored days whose costs, order and growth are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch import period as periods
from vocmine.batch.contact_store import ContactStore
from vocmine.results import ReasonInfo

REASONS = ("bill", "login", "praise")


@pytest.fixture(scope="module")
def stored():
    """Seventy days of contacts: bills grow and are complained about, praise is no failure."""
    rng = np.random.default_rng(3)
    n = 1400
    day = np.arange(n) // 20
    reason = np.array(REASONS)[rng.choice(3, n, p=(0.4, 0.4, 0.2))]
    reason[(day > 42) & (rng.random(n) < 0.3)] = "bill"
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{i:04d}" for i in range(n)], "text": "本文です", "terms": "本文", "lang": "ja",
            "created_at": pd.Timestamp("2026-08-01 01:00", tz="UTC") + pd.to_timedelta(day, unit="D"),
            "channel": np.where(rng.random(n) < 0.5, "call", "social"), "handle_seconds": 300.0,
        }
    )
    bad = rng.random(n) < np.where(reason == "bill", 0.8, 0.2)
    kinds = [("reason", reason), ("sentiment", np.where(bad, "negative", "neutral"))]
    tags = pd.concat([
        pd.DataFrame({"contact_id": contacts.contact_id, "kind": kind, "label": label, "score": 0.9, "source": "model", "evidence": ""})
        for kind, label in kinds
    ])
    return contacts, tags


@pytest.fixture(scope="module")
def folder(tmp_path_factory, stored):
    home = tmp_path_factory.mktemp("home")
    ContactStore(home, "Asia/Tokyo").upsert(*stored)
    demand = {"bill": "failure", "login": "failure", "praise": "value"}
    periods.write_names(home, ReasonInfo(names={"ja": {}}, demand=demand))
    return home


@pytest.fixture(scope="module")
def period(folder):
    return periods.read_period(folder, ContactStore(folder, "Asia/Tokyo"), 30, older_days=56)
