"""What transfers take: hand-computed sums, ranges that cover the truth, money at each contact's own rate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.journeys.lost import lost_by, rates_of


def made(rng, n=600, extra=4.0):
    reason, moved = rng.choice(["hard", "easy"], n), rng.random(n) < 0.2
    minutes = np.where(reason == "hard", 20.0, 5.0) * rng.lognormal(0, 0.3, n) + moved * extra
    return pd.DataFrame({
        "reason": reason, "channel": rng.choice(["call", "chat"], n), "team": rng.choice(["A", "B"], n), "moved": moved,
        "handle_seconds": minutes * 60,
    })


def test_the_range_of_a_sum_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(5)
    hit = {"all": 0, "team": 0}
    for _ in range(300):
        frame = made(rng)
        whole = lost_by(frame, [], 0.95).iloc[0]
        hit["all"] += whole["minutes_low"] <= 4.0 * frame["moved"].sum() <= whole["minutes_high"]
        row = lost_by(frame, ["team"], 0.95).loc["A"]
        hit["team"] += row["minutes_low"] <= 4.0 * (frame["moved"] & (frame["team"] == "A")).sum() <= row["minutes_high"]
    assert 0.92 <= hit["all"] / 300 <= 0.985
    assert 0.92 <= hit["team"] / 300 <= 0.985


def test_parts_that_share_what_they_are_held_against_add_up_to_a_wider_sum():
    """The teams of one reason are held against the same mean: their errors do not cancel."""
    frame = made(np.random.default_rng(6), 60)
    parts, whole = lost_by(frame, ["team"], 0.95), lost_by(frame, [], 0.95).iloc[0]
    assert parts["minutes_lost"].sum() == pytest.approx(whole["minutes_lost"])
    apart = np.sqrt((((parts["minutes_high"] - parts["minutes_low"]) / 2) ** 2).sum())
    assert (whole["minutes_high"] - whole["minutes_low"]) / 2 > apart


def test_one_transfer_among_many_reasons_has_the_range_of_all():
    frame = pd.DataFrame({
        "reason": ["a"] * 5 + ["b"] * 5, "channel": "call", "moved": [False] * 4 + [True] + [False] * 3 + [True] * 2,
        "handle_seconds": [300.0, 310, 290, 300, 900, 300, 320, 280, 600, 720],
    })
    row = lost_by(frame, ["reason"], 0.95).loc["a"]
    own, base = 2.0, pd.Series([5.0, 310 / 60, 290 / 60, 5.0]).var()  # the transferred of "b" took 10 and 12 minutes
    half = 1.959963984540054 * np.sqrt(own + base / 4)
    assert row["minutes_lost"] == pytest.approx(10.0)
    assert row["minutes_high"] - row["minutes_lost"] == pytest.approx(half)
    alone = lost_by(frame.iloc[:5], ["reason"], 0.95).loc["a"]
    assert alone["minutes_lost"] == pytest.approx(10.0) and np.isnan(alone["minutes_low"])


def test_money_is_at_the_rate_of_team_and_channel_over_contacts_at_once():
    frame = pd.DataFrame({
        "reason": "a", "channel": ["call"] * 4 + ["chat"] * 3, "team": ["A", "A", "B", "A", "A", "A", "A"],
        "moved": [False, False, True, True, False, False, True], "concurrency": [None] * 4 + [2.0] * 3,
        "handle_seconds": [300.0, 300, 900, 600, 600, 600, 1200],
    })
    rates = {"call": 60, "call/B": 90, "chat": 50}
    row = lost_by(frame, [], 0.95, rates).iloc[0]
    assert row["minutes_lost"] == pytest.approx(10 + 5 + 10)
    assert row["money_lost"] == pytest.approx(10 * 90 + 5 * 60 + 10 / 2 * 50)
    assert rates_of(frame, rates).tolist() == [60, 60, 90, 60, 25, 25, 25]
    with pytest.raises(SettingsError, match="without a rate"):
        lost_by(frame, [], 0.95, {"call": 60})


def test_refunds_are_no_part_of_what_transfers_take():
    frame = made(np.random.default_rng(7))
    pd.testing.assert_frame_equal(lost_by(frame, ["team"], 0.95, 60.0), lost_by(frame.assign(cost_extra=9e6), ["team"], 0.95, 60.0))
