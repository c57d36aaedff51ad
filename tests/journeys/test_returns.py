"""Contacts that come back through another channel."""

from __future__ import annotations

import pandas as pd

from vocmine.journeys import channel_returns


def test_only_the_next_contact_about_the_same_counts():
    contacts = pd.DataFrame({
        "contact_id": list("abcdefg"), "customer_id": ["k", "k", "m", "m", "n", "n", "z"],
        "channel": ["chat", "call", "chat", "email", "chat", "call", "call"],
        "created_at": pd.to_datetime(
            ["2026-11-01", "2026-11-02", "2026-11-01", "2026-11-02", "2026-11-01", "2026-11-20", "2026-12-20"], utc=True
        ),
    })
    tags = pd.DataFrame({"contact_id": list("abcdefg"), "kind": "reason", "label": "bill", "score": 1.0})
    table = channel_returns(contacts, tags, ("chat", "call"))
    row = table.set_index("reason").loc["bill"]
    assert (row["n"], row["n_back"]) == (3, 1)  # not by mail, not after three weeks
    assert row["low"] < 1 / 3 < row["high"]
    mixed = contacts.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(table, channel_returns(mixed, tags, ("chat", "call")))
