"""Rates against known truth: shares, edges of the data, and what simulations say about intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.journeys import (
    came_back,
    first_contact_resolution,
    one_touch_share,
    repeat_rate,
)


def test_resolution_is_not_biased_by_the_end_of_the_data(simulated):
    rng = np.random.default_rng(0)
    frame = simulated(rng, 6000, 0.3, days=21)
    row = first_contact_resolution(frame).iloc[0]
    assert row["low"] < 0.7 < row["high"]
    assert row["n"] < 4000


def test_intervals_cover(simulated):
    rng = np.random.default_rng(1)
    hits = []
    for _ in range(200):
        row = first_contact_resolution(simulated(rng, 150, 0.25, days=40)).iloc[0]
        hits.append(row["low"] <= 0.75 <= row["high"])
    assert 0.91 <= np.mean(hits) <= 0.99


def test_repeat_rate_by_reason_counts_only_the_same_reason(frame_of, tags_of):
    frame = frame_of([("z", 0), ("k", 10), ("k", 12), ("k", 13), ("m", 11), ("m", 12)], ("customer_id", "day"))
    tags = tags_of(frame, ["bill", "bill", "net", "bill", "unknown", "unknown"])
    table = repeat_rate(frame, tags).set_index("reason")
    assert table.loc["bill", ["n", "n_repeat", "n_left_out"]].tolist() == [2, 1, 1]
    assert table.loc["net", "n_repeat"] == 0
    assert table.loc["unknown", "n_repeat"] == 0


def test_unsolved_contacts_are_not_resolved_and_transfers_are_touches(frame_of):
    frame = frame_of([("z", 0), ("k", 10), ("m", 10), ("n", 10), ("y", 30)], ("customer_id", "day"))
    frame = frame.assign(resolved=pd.array([None, False, True, None, None], dtype="boolean"), transfers=pd.array([0, 0, 1, 0, 0], dtype="Int64"), replies=[1, 1, 1, 1, 1])
    resolution = first_contact_resolution(frame)  # of k and m; nobody wrote down how n ended
    assert resolution[["n", "n_resolved", "n_left_out"]].values.tolist() == [[2, 1, 3]]
    assert one_touch_share(frame)["n_one_touch"].tolist() == [0]
    assert one_touch_share(frame.assign(transfers=0))["n_one_touch"].tolist() == [1]
    assert one_touch_share(frame.assign(replies=2))["n_one_touch"].tolist() == [0]


def test_no_customers_give_no_rates(frame_of):
    frame = frame_of([(None, 0), (None, 20)], ("customer_id", "day"))
    row = first_contact_resolution(frame).iloc[0]
    assert row["n"] == 0 and np.isnan(row["share"]) and np.isnan(row["low"]) and row["n_left_out"] == 2


def test_a_contact_that_led_to_another_is_told_where_it_can_be_seen():
    day = [0, 2, 2, 0, 20, 1]
    contacts = pd.DataFrame({
        "contact_id": list("abcdef"), "customer_id": ["k", "k", "k", "l", "l", None], "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(day, unit="D"),
    }, index=[5, 4, 3, 2, 1, 0])
    tags = pd.DataFrame({"contact_id": list("abcde"), "kind": "reason", "label": ["bill", "bill", "login", "bill", "unknown"]})
    found = came_back(contacts, tags)
    assert found.index.tolist() == [5, 4, 3, 2, 1, 0]
    assert found.iloc[:4].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert found.iloc[4:].isna().all()  # the window is not all there, no reason is known; no customer
