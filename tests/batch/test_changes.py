"""Why issues grew between two whole months."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch import changes, monthly
from vocmine.batch.contact_store import ContactStore
from vocmine.cost import CostModel
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 60.0, "bot": 6.0}, currency="JPY")


SETTINGS = Settings(chunk_rows=50)


@pytest.fixture(scope="module")
def stored():
    """Hundred days; from the seventieth on bills come half as often."""
    rng = np.random.default_rng(5)
    day = np.repeat(np.arange(100), 20)
    reason = np.where(rng.random(len(day)) < np.where(day < 70, 0.6, 0.3), "bill", "login")
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{i:05d}" for i in range(len(day))], "text": "本文", "terms": "本文", "lang": "ja",
            "created_at": pd.Timestamp("2026-07-01 01:00", tz="UTC") + pd.to_timedelta(day, unit="D"), "channel": "call",
            "handle_seconds": 300.0, "customer_id": rng.integers(0, 500, len(day)).astype(str), "team": rng.choice(["A", "B"], len(day)),
            "transfers": (rng.random(len(day)) < 0.1).astype(int), "csat": rng.integers(1, 6, len(day)).astype(float),
        }
    )
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": reason, "score": 0.9, "source": "model", "evidence": ""})
    return contacts, tags


@pytest.fixture
def home(tmp_path, stored):
    ContactStore(tmp_path, "Asia/Tokyo").upsert(*stored)
    return tmp_path


def store_of(home):
    return ContactStore(home, "Asia/Tokyo")


def test_a_change_between_whole_months_is_split_and_kept(home, stored, monkeypatch):
    def update():
        months = monthly.months_of(monthly.update_daily(home, store_of(home), SETTINGS, MODEL))
        return months, changes.update_changes(home, store_of(home), SETTINGS, MODEL, months)

    months, table = update()
    assert set(table["month_before"] + table["month_after"]) == {"2026-082026-09"}
    costs = months.set_index(["issue", "month"])["cost"]
    for row in table.to_dict("records"):
        assert row["before"] == pytest.approx(costs[row["issue"], "2026-08"])
        assert row["after"] == pytest.approx(costs[row["issue"], "2026-09"])
        assert row["change"] == pytest.approx(row["volume"] + row["mix"] + row["rate"] + row["price"], abs=1e-4)
    bill = table.set_index("issue").loc["bill"]
    assert bill["rate_high"] < 0  # from the seventieth day on bills come half as often: 8 September
    monkeypatch.setattr(changes, "_changes", lambda *_: pytest.fail("costed again"))
    again = update()[1]
    pd.testing.assert_frame_equal(again, table, check_dtype=False)


def test_no_change_is_told_without_two_whole_months():
    months = pd.DataFrame({"month": ["2026-08", "2026-10"], "issue": "a", "cost": 1.0})
    assert changes.last_whole_months(months) is None
    months["is_partial"] = months["month"] == "2026-10"
    assert changes.last_whole_months(months) is None
    assert changes.last_whole_months(None) is None
