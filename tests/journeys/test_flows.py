"""Transfers, transitions and hand-overs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.journeys import (
    bot_handover,
    channel_transitions,
    reason_transitions,
    transfer_matrix,
)


def test_transfers_add_up_and_are_compared_within_reason_and_channel(frame_of, tags_of):
    rng = np.random.default_rng(2)
    n = 4000
    reason, moved = rng.choice(["hard", "easy"], n), rng.random(n) < 0.2
    seconds = np.where(reason == "hard", 1200, 300) * rng.lognormal(0, 0.3, n) + moved * 240
    frame = frame_of([(f"k{i}", 1.0, "call") for i in range(n)]).assign(transfers=moved * 1, team=rng.choice(["A", "B", None], n), handle_seconds=seconds)
    table = transfer_matrix(frame, tags_of(frame, reason), rate_per_minute=60)
    assert table["n"].sum() == n and table["n_transferred"].sum() == moved.sum()
    truth = table["n_transferred"] * 4
    assert ((table["minutes_low"] < truth) & (truth < table["minutes_high"])).all()
    assert np.allclose(table["money_lost"], table["minutes_lost"] * 60)
    assert set(table["team"]) == {"A", "B", "none"}


def test_transfers_without_comparison_have_no_minutes(frame_of):
    frame = frame_of([("k", 1.0, "call")]).assign(transfers=1, team="A", handle_seconds=60.0)
    row = transfer_matrix(frame).iloc[0]
    assert row["n_timed"] == 0 and np.isnan(row["minutes_lost"])
    assert np.isnan(transfer_matrix(frame.drop(columns="handle_seconds")).iloc[0]["minutes_lost"])


def test_transitions_are_shares_of_where_they_come_from(frame_of):
    rng = np.random.default_rng(3)
    rows = [(f"k{rng.integers(60)}", rng.uniform(0, 50), rng.choice(["call", "chat", "bot"])) for _ in range(500)]
    table = channel_transitions(frame_of(rows))
    assert np.allclose(table.groupby("from_channel")["share"].sum(), 1)
    assert (table.groupby("from_channel")["n"].sum() == table.groupby("from_channel")["n_from"].first()).all()


def test_a_planted_follower_has_lift(frame_of, tags_of):
    rng = np.random.default_rng(4)
    rows, labels = [], []
    for i in range(300):
        rows.append((f"k{i}", rng.uniform(0, 20), "call"))
        labels.append(rng.choice(["bill", "other"]))
        rows.append((f"k{i}", rows[-1][1] + 1, "call"))
        labels.append("refund" if labels[-1] == "bill" and rng.random() < 0.7 else "other")
    frame = frame_of([*rows, ("end", 90, "call")])
    table = reason_transitions(frame, tags_of(frame, [*labels, "other"])).set_index(["from_reason", "to_reason"])
    assert table.loc[("bill", "refund"), "low"] > 0.5
    assert table.loc[("bill", "refund"), "lift"] > 3


def test_bots_hand_over_to_humans_only(frame_of):
    frame = frame_of([("k", 0, "bot"), ("k", 0.1, "bot"), ("k", 0.2, "call"), ("m", 0, "bot"), ("m", 0.1, "social"), ("n", 0, "bot"), ("n", 2, "chat"), ("y", 9, "call")])
    row = bot_handover(frame).iloc[0]
    assert row[["n", "n_handed_over"]].tolist() == [4, 2]
    assert row["median_minutes"] == pytest.approx((0.2 + 0.1) / 2 * 1440)


def test_a_handover_within_a_contact_counts_once():
    frame = pd.DataFrame({"contact_id": list("abc"), "channel": ["chat", "chat", "bot"], "created_at": pd.Timestamp("2026-11-01", tz="UTC"), "customer_id": [None, "k", "m"],
                          "handovers": [1, 0, None], "bot_seconds": [600.0, None, None]})
    late = frame.assign(created_at=frame["created_at"] + pd.to_timedelta([0, 40, 0], unit="D"))
    row = bot_handover(late).iloc[0]
    assert row[["n", "n_handed_over", "median_minutes"]].tolist() == [2, 1, 10.0]


def test_lift_has_an_interval_and_a_chance(frame_of, tags_of):
    """By hand: of ten contacts that are followed or not, three bills lead to a refund, two others to none."""
    rows = [(f"k{i}", day, "call") for i in range(5) for day in (0.0, 1.0)] + [("end", 30.0, "call")]
    labels = [x for i in range(5) for x in (("bill", "refund") if i < 3 else ("other", "other"))] + ["other"]
    table = reason_transitions(frame_of(rows), tags_of(frame_of(rows), labels)).iloc[:0]
    assert table.empty  # thirty days reach beyond the data
    table = reason_transitions(frame_of(rows), tags_of(frame_of(rows), labels), 7).set_index(["from_reason", "to_reason"])
    row = table.loc[("bill", "refund")]
    assert row[["n", "n_from", "n_to"]].tolist() == [3, 3, 3] and row["lift"] == pytest.approx(10 / 3)
    half = 1.959963984540054 * np.sqrt(1 / 3 - 1 / 3 - 1 / 3 + (2 * 10 / 3 - 1) / 10)
    assert row["lift_low"] == pytest.approx(10 / 3 * np.exp(-half))
    assert row["p"] == pytest.approx(1 / 120)  # 3 of 10 drawn, all three of three
    assert row["p_adjusted"] == pytest.approx(2 / 120)  # two pairs in which something followed
    assert np.isnan(table.loc[("bill", "refund"), "lift_low"]) == (row["n"] == 1)
    nothing = table.xs("none", level="to_reason")
    assert nothing["p"].isna().all() and nothing["p_adjusted"].isna().all()


def test_the_lift_interval_covers_independence(frame_of, tags_of):
    """Reasons drawn at random follow each other by chance: few intervals miss 1, hardly any pair stands out."""
    rng = np.random.default_rng(8)
    missed, out, seen = 0, 0, 0
    for _ in range(30):
        rows = [(f"k{i}", day, "call") for i in range(250) for day in (0.0, 1.0)] + [("end", 30.0, "call")]
        frame = frame_of(rows)
        table = reason_transitions(frame, tags_of(frame, rng.choice(list("abcd"), len(rows))), 7)
        table = table[(table["to_reason"] != "none") & (table["n"] >= 5)]
        missed += int(((table["lift_low"] > 1) | (table["lift_high"] < 1)).sum())
        out += int((table["p_adjusted"] < 0.05).sum())
        seen += len(table)
    assert missed / seen < 0.09
    assert out / seen < 0.03
