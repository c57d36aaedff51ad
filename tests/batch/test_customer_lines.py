"""Time lines: longest chains first, local times, masked text only."""

from __future__ import annotations

import pandas as pd

from vocmine.batch.customer_lines import long_timelines


def made(n_by_customer: dict[str, int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = [(name, i) for name, n in n_by_customer.items() for i in range(n)]
    contacts = pd.DataFrame(rows, columns=["customer_id", "i"])
    created = pd.Timestamp("2026-11-01 15:30", tz="UTC") + pd.to_timedelta(contacts["i"], unit="D")
    contacts = contacts.assign(contact_id=[f"{a}{b}" for a, b in rows], created_at=created, channel="call", text="raw 090-0000-0000", text_clean="masked")
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": "bill", "score": 1.0})
    return contacts, tags


def test_longest_first_in_local_time_and_masked():
    contacts, tags = made({"k": 3, "m": 5, "n": 2})
    lines = long_timelines(contacts, tags, 7, "Asia/Tokyo")
    assert lines.groupby("chain_id", sort=False).size().tolist() == [5, 3]
    assert lines["at"].iloc[0] == "2026-11-02 00:30"  # half past midnight in Tokyo is the day before in UTC
    assert lines["position"].tolist() == [1, 2, 3, 4, 5, 1, 2, 3]
    assert set(lines["text"]) == {"masked"} and "text_clean" not in lines
    mixed = long_timelines(contacts.sample(frac=1, random_state=1), tags, 7, "Asia/Tokyo")
    pd.testing.assert_frame_equal(lines, mixed)


def test_without_masked_text_no_text_is_shown():
    contacts, tags = made({"k": 3})
    assert set(long_timelines(contacts.drop(columns="text_clean"), tags, 7, "UTC")["text"]) == {""}


def test_without_long_chains_or_customers_there_is_nothing():
    contacts, tags = made({"k": 2})
    assert long_timelines(contacts, tags, 7, "UTC") is None
    assert long_timelines(contacts.assign(customer_id=None), tags, 7, "UTC") is None
