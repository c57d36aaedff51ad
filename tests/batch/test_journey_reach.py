"""Further tables of journeys: each is made where its columns are filled, and nowhere else."""

from __future__ import annotations

import pandas as pd

from vocmine.batch.journey_reach import reach_tables
from vocmine.batch.measures import journey_tables


def test_what_follows_a_reason_is_among_the_journeys():
    days = pd.to_datetime(["2026-11-01", "2026-11-02", "2026-11-20"], utc=True)
    contacts = pd.DataFrame({"contact_id": list("abc"), "customer_id": list("kkm"), "channel": "call", "created_at": days})
    tags = pd.DataFrame({"contact_id": list("abc"), "kind": "reason", "label": ["bill", "refund", "bill"], "score": 1.0})
    table = journey_tables(contacts, tags)["reason_flows"]
    assert table[["from_reason", "to_reason", "n"]].values.tolist() == [["bill", "refund", 1], ["refund", "none", 1]]
    assert "reason_flows" not in reach_tables(contacts.assign(customer_id=None), tags)
