"""Long contacts beside loyalty."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.journeys import handle_time_loyalty, wilson


def made(n=800, seed=0, slope=0.5):
    rng = np.random.default_rng(seed)
    channel = rng.choice(["call", "chat", "bot"], n)
    seconds = rng.lognormal(5, 0.6, n) * np.where(channel == "chat", 3.0, 1.0)
    place = pd.Series(seconds).groupby(channel).rank(pct=True).to_numpy()
    csat = np.where(rng.random(n) < 0.8 - slope * place, 5, 2).astype(float)
    contacts = pd.DataFrame({
        "contact_id": [f"c{i}" for i in range(n)], "channel": channel, "handle_seconds": seconds, "csat": csat,
        "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(np.arange(n), unit="h"),
        "customer_id": [f"k{i % 500}" for i in range(n)],
    })
    hit = rng.random(n) < 0.02 + 0.2 * (place > 0.75)
    tags = pd.DataFrame({"contact_id": contacts.contact_id[hit], "kind": "signal", "label": "churn", "score": 0.9})
    reasons = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": "bill", "score": 0.9})
    return contacts, pd.concat([tags, reasons], ignore_index=True)


def test_parts_are_equal_within_each_channel_and_bots_are_left_out():
    contacts, tags = made()
    table = handle_time_loyalty(contacts, tags)
    left = table.loc[table["outcome"] == "leaving"]
    human = contacts["channel"] != "bot"
    assert left["n"].sum() == human.sum()
    assert left["n"].max() - left["n"].min() <= 4
    assert left["minutes"].is_monotonic_increasing


def test_shares_by_hand_and_what_is_planted_is_found():
    contacts, tags = made()
    table = handle_time_loyalty(contacts, tags).set_index(["outcome", "part"])
    row = table.loc["satisfied", 4]
    low, high = wilson(row["hits"], row["n"])
    assert (row["share"], row["low"], row["high"]) == pytest.approx((row["hits"] / row["n"], float(low), float(high)))
    assert row["change_high"] < 0
    assert table.loc[("leaving", 4), "change_low"] > 0
    assert np.isnan(table.loc[("leaving", 1), "change"])


def test_a_change_is_not_seen_where_there_is_none():
    wrong = 0
    for seed in range(40):
        table = handle_time_loyalty(*made(seed=seed, slope=0.0))
        last = table.loc[(table["outcome"] == "satisfied") & (table["part"] == 4)].iloc[0]
        wrong += last["change_low"] > 0 or last["change_high"] < 0
    assert wrong <= 3


def test_what_nobody_answered_is_left_out():
    contacts, tags = made()
    bare = contacts.drop(columns=["csat", "customer_id"])
    assert set(handle_time_loyalty(bare, tags)["outcome"]) == {"leaving"}
    assert "promoters" in set(handle_time_loyalty(contacts.assign(nps=9.0), tags)["outcome"])
    assert handle_time_loyalty(contacts.assign(handle_seconds=np.nan), tags).empty


def test_the_order_of_rows_does_not_matter():
    contacts, tags = made()
    mixed = handle_time_loyalty(contacts.sample(frac=1, random_state=1).reset_index(drop=True), tags)
    pd.testing.assert_frame_equal(mixed, handle_time_loyalty(contacts, tags))


def test_one_part_is_refused():
    with pytest.raises(SettingsError, match="too few parts"):
        handle_time_loyalty(*made(), parts=1)
