"""Value and failure demand, and the guardrail against shorter contacts that come back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.journeys import (
    demand_split,
    guardrail,
)

START = pd.Timestamp("2026-09-01", tz="UTC")


def test_shorter_contacts_that_come_back_cost_more_in_the_end():
    rng = np.random.default_rng(11)
    rows = []
    for half, seconds, back, begin in (("a", 600, 0.3, 0), ("b", 480, 0.6, 40)):
        for i in range(700):
            day = begin + rng.uniform(0, 32)
            while True:  # each contact comes back with the same chance
                rows.append((f"{half}{i}", day, seconds * rng.lognormal(0, 0.3)))
                if rng.random() > back:
                    break
                day += 0.5
    frame = pd.DataFrame(rows, columns=["customer_id", "day", "handle_seconds"])
    frame = frame.assign(contact_id=frame.index.astype(str), created_at=START + pd.to_timedelta(frame["day"], unit="D"))
    row = guardrail(frame, None, START + pd.Timedelta(days=40), window_days=3).iloc[0]
    assert row["fires"] and row["handle_high"] < 1
    truth = 0.8 * (1 - 0.3) / (1 - 0.6)
    assert row["effort_low"] < truth < row["effort_high"] and row["effort_low"] > 1


def test_demand_adds_up_and_refuses_unknown_kinds(frame_of, tags_of):
    frame = frame_of([("k", i, "call") for i in range(6)]).assign(handle_seconds=[60.0] * 5 + [None])
    tags = tags_of(frame, ["buy", "bug", "bug", "bug", "x", "x"])
    table = demand_split(frame, tags, {"buy": "value", "bug": "failure"})
    assert table["n"].tolist() == [1, 3, 2] and table["hours_share"].sum() == pytest.approx(1)
    assert demand_split(frame, tags, {})["n"].tolist() == [0, 0, 6]
    with pytest.raises(SettingsError, match="value or failure"):
        demand_split(frame, tags, {"buy": "good"})


def test_guardrail_fires_on_false_savings_only(simulated):
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


def test_guardrail_with_nothing_on_one_side_does_not_fire(frame_of):
    frame = frame_of([("k", 1), ("m", 2), ("n", 30)], ("customer_id", "day")).assign(handle_seconds=60.0)
    row = guardrail(frame, None, START - pd.Timedelta(days=1)).iloc[0]
    assert row["n_before"] == 0 and not row["fires"]
