"""Rates against known truth: shares, edges of the data, and what simulations say about intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.journeys import (
    bot_handover,
    channel_transitions,
    demand_split,
    first_contact_resolution,
    guardrail,
    newcombe,
    one_touch_share,
    reason_transitions,
    repeat_rate,
    transfer_matrix,
    wilson,
)

START = pd.Timestamp("2026-09-01", tz="UTC")


def frame_of(rows, columns=("customer_id", "day", "channel")):
    frame = pd.DataFrame(rows, columns=list(columns))
    created = START + pd.to_timedelta(frame["day"] * 86_400, unit="s")
    return frame.assign(contact_id=[f"c{i}" for i in range(len(frame))], created_at=created)


def tags_of(frame, labels):
    return pd.DataFrame({"contact_id": frame["contact_id"], "kind": "reason", "label": labels, "score": 1.0})


def simulated(rng, n, p_return, days=60, seconds=600.0, prefix="k"):
    """N first contacts over the days; each comes back once within a week with probability p_return."""
    first = rng.uniform(0, days, n)
    back = rng.random(n) < p_return
    rows = [(f"{prefix}{i}", first[i]) for i in range(n)]
    rows += [(f"{prefix}{i}", first[i] + rng.uniform(0.1, 6.9)) for i in np.flatnonzero(back)]
    frame = frame_of([row for row in rows if row[1] <= days], ("customer_id", "day"))
    return frame.assign(handle_seconds=seconds * rng.lognormal(0, 0.5, len(frame)))


def test_wilson_of_nothing_and_of_all():
    low, high = wilson([0, 0, 20], [0, 20, 20])
    assert np.isnan(low[0]) and np.isnan(high[0])
    assert (low[1], round(high[1], 4), high[2]) == (0, 0.1611, 1)
    with pytest.raises(SettingsError, match="level"):
        wilson([1], [2], 95)


@pytest.mark.parametrize(("counts", "low", "high"), [((9, 10, 3, 10), 0.1705, 0.8090), ((10, 10, 0, 20), 0.6791, 1.0), ((0, 10, 0, 20), -0.1611, 0.2775)])
def test_newcombe_against_the_paper(counts, low, high):
    found = newcombe(*[[count] for count in counts])
    assert [round(float(bound[0]), 4) for bound in found] == [low, high]


def test_resolution_is_not_biased_by_the_end_of_the_data():
    rng = np.random.default_rng(0)
    frame = simulated(rng, 6000, 0.3, days=21)
    row = first_contact_resolution(frame).iloc[0]
    assert row["low"] < 0.7 < row["high"]
    assert row["n"] < 4000


def test_intervals_cover():
    rng = np.random.default_rng(1)
    hits = []
    for _ in range(200):
        row = first_contact_resolution(simulated(rng, 150, 0.25, days=40)).iloc[0]
        hits.append(row["low"] <= 0.75 <= row["high"])
    assert 0.91 <= np.mean(hits) <= 0.99


def test_repeat_rate_by_reason_counts_only_the_same_reason():
    frame = frame_of([("z", 0), ("k", 10), ("k", 12), ("k", 13), ("m", 11), ("m", 12)], ("customer_id", "day"))
    tags = tags_of(frame, ["bill", "bill", "net", "bill", "unknown", "unknown"])
    table = repeat_rate(frame, tags).set_index("reason")
    assert table.loc["bill", ["n", "n_repeat", "n_left_out"]].tolist() == [2, 1, 1]
    assert table.loc["net", "n_repeat"] == 0
    assert table.loc["unknown", "n_repeat"] == 0


def test_unsolved_contacts_are_not_resolved_and_transfers_are_touches():
    frame = frame_of([("z", 0), ("k", 10), ("m", 10), ("n", 10), ("y", 30)], ("customer_id", "day"))
    frame = frame.assign(resolved=pd.array([None, False, True, None, None], dtype="boolean"), transfers=pd.array([0, 0, 1, 0, 0], dtype="Int64"), replies=[1, 1, 1, 1, 1])
    assert first_contact_resolution(frame)["n_resolved"].tolist() == [2]
    assert one_touch_share(frame)["n_one_touch"].tolist() == [1]
    assert one_touch_share(frame.assign(replies=2))["n_one_touch"].tolist() == [0]


def test_no_customers_give_no_rates():
    frame = frame_of([(None, 0), (None, 20)], ("customer_id", "day"))
    row = first_contact_resolution(frame).iloc[0]
    assert row["n"] == 0 and np.isnan(row["share"]) and np.isnan(row["low"]) and row["n_left_out"] == 2


def test_transfers_add_up_and_are_compared_within_reason_and_channel():
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


def test_transfers_without_comparison_have_no_minutes():
    frame = frame_of([("k", 1.0, "call")]).assign(transfers=1, team="A", handle_seconds=60.0)
    row = transfer_matrix(frame).iloc[0]
    assert row["n_timed"] == 0 and np.isnan(row["minutes_lost"])
    assert np.isnan(transfer_matrix(frame.drop(columns="handle_seconds")).iloc[0]["minutes_lost"])


def test_transitions_are_shares_of_where_they_come_from():
    rng = np.random.default_rng(3)
    rows = [(f"k{rng.integers(60)}", rng.uniform(0, 50), rng.choice(["call", "chat", "bot"])) for _ in range(500)]
    table = channel_transitions(frame_of(rows))
    assert np.allclose(table.groupby("from_channel")["share"].sum(), 1)
    assert (table.groupby("from_channel")["n"].sum() == table.groupby("from_channel")["n_from"].first()).all()


def test_a_planted_follower_has_lift():
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


def test_bots_hand_over_to_humans_only():
    frame = frame_of([("k", 0, "bot"), ("k", 0.1, "bot"), ("k", 0.2, "call"), ("m", 0, "bot"), ("m", 0.1, "social"), ("n", 0, "bot"), ("n", 2, "chat"), ("y", 9, "call")])
    row = bot_handover(frame).iloc[0]
    assert row[["n", "n_handed_over"]].tolist() == [4, 2]
    assert row["median_minutes"] == pytest.approx((0.2 + 0.1) / 2 * 1440)


def test_demand_adds_up_and_refuses_unknown_kinds():
    frame = frame_of([("k", i, "call") for i in range(6)]).assign(handle_seconds=[60.0] * 5 + [None])
    tags = tags_of(frame, ["buy", "bug", "bug", "bug", "x", "x"])
    table = demand_split(frame, tags, {"buy": "value", "bug": "failure"})
    assert table["n"].tolist() == [1, 3, 2] and table["hours_share"].sum() == pytest.approx(1)
    assert demand_split(frame, tags, {})["n"].tolist() == [0, 0, 6]
    with pytest.raises(SettingsError, match="value or failure"):
        demand_split(frame, tags, {"buy": "good"})


def test_guardrail_fires_on_false_savings_only():
    rng = np.random.default_rng(5)

    def halves(first, second):
        before, after = simulated(rng, 500, first[1], 40, first[0], "a"), simulated(rng, 500, second[1], 40, second[0], "b")
        joined = pd.concat([before, after.assign(created_at=after["created_at"] + pd.Timedelta(days=40))], ignore_index=True)
        return joined.assign(contact_id=[f"c{i}" for i in range(len(joined))])

    day = START + pd.Timedelta(days=40)
    assert guardrail(halves((600, 0.1), (400, 0.3)), None, day)["fires"].tolist() == [True]
    assert guardrail(halves((600, 0.1), (400, 0.1)), None, day)["fires"].tolist() == [False]
    assert guardrail(halves((600, 0.1), (600, 0.3)), None, day)["fires"].tolist() == [False]
    alarms = [guardrail(halves((600, 0.2), (600, 0.2)), None, day)["fires"].iloc[0] for _ in range(40)]
    assert sum(alarms) == 0


def test_guardrail_with_nothing_on_one_side_does_not_fire():
    frame = frame_of([("k", 1), ("m", 2), ("n", 30)], ("customer_id", "day")).assign(handle_seconds=60.0)
    row = guardrail(frame, None, START - pd.Timedelta(days=1)).iloc[0]
    assert row["n_before"] == 0 and not row["fires"]
