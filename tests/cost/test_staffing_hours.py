"""Agents by hour of the week: local time, ranges, what is too little to tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import ServiceTarget, agents_needed, staffing_by_hour
from vocmine.errors import ContactError, SettingsError


def stream(rate, weeks=6, seed=0, channel="call", seconds=300.0):
    """Contacts of some weeks from Monday 2 November in Tokyo: `rate` an hour from 9 to 17 on weekdays."""
    rng = np.random.default_rng(seed)
    hours = pd.date_range("2026-11-02", periods=weeks * 7 * 24, freq="h", tz="Asia/Tokyo")
    hours = hours[(hours.hour >= 9) & (hours.hour < 17) & (hours.day_of_week < 5)]
    n = rng.poisson(rate, len(hours))
    at = hours.repeat(n) + pd.to_timedelta(rng.uniform(0, 3599, n.sum()).round(), unit="s")
    return pd.DataFrame({
        "created_at": at.tz_convert("UTC"), "channel": channel,
        "handle_seconds": rng.lognormal(np.log(seconds), 0.4, len(at)).round(),
    })


def test_hours_are_those_of_the_place_and_the_formula_is_erlang_c():
    table = staffing_by_hour(stream(20), ServiceTarget(shrinkage=0.3), timezone="Asia/Tokyo")
    assert sorted(set(table["hour"])) == list(range(9, 17))
    assert sorted(set(table["weekday"])) == [0, 1, 2, 3, 4]
    assert (table["n_days"] == 6).all()
    for row in table.head(3).to_dict("records"):
        told = agents_needed(row["per_hour"], row["handle_seconds"], 0.8, 20.0, 0.3, 1.0)
        assert (row["agents"], row["paid"]) == (told.agents, told.paid)
        assert row["agents_low"] <= row["agents"] <= row["agents_high"]
    assert set(staffing_by_hour(stream(20), timezone="UTC")["hour"]) == set(range(8))


def test_the_range_holds_the_rate_of_an_hour_to_come():
    held = [
        ((table["per_hour_low"] <= 8) & (table["per_hour_high"] >= 8)).mean()
        for table in (staffing_by_hour(stream(8, seed=seed)) for seed in range(20))
    ]
    assert 0.93 <= np.mean(held) <= 1.0


def test_weeks_that_differ_widen_the_range():
    steady = staffing_by_hour(stream(12))
    rough = pd.concat([stream(4, weeks=3, seed=1), stream(20, weeks=3, seed=2).assign(
        created_at=lambda frame: frame["created_at"] + pd.Timedelta(weeks=3)
    )], ignore_index=True)
    width = [(t["per_hour_high"] - t["per_hour_low"]).mean() for t in (steady, staffing_by_hour(rough))]
    assert width[1] > 1.5 * width[0]


def test_the_order_of_rows_changes_nothing():
    contacts = stream(10)
    pd.testing.assert_frame_equal(staffing_by_hour(contacts), staffing_by_hour(contacts.sample(frac=1, random_state=3)))


def test_chats_that_an_agent_answers_side_by_side_take_fewer():
    one = staffing_by_hour(stream(20, channel="chat"))
    two = staffing_by_hour(stream(20, channel="chat"), ServiceTarget(concurrency={"chat": 2.0}))
    assert two["agents"].sum() < one["agents"].sum()
    assert (two["at_once"] == 2).all()


def test_too_little_is_left_out():
    assert staffing_by_hour(stream(20, channel="email")).empty  # nobody waits for an answer at once
    assert staffing_by_hour(stream(20, weeks=1)).empty  # each weekday once
    assert staffing_by_hour(stream(20).assign(handle_seconds=np.nan)).empty
    assert staffing_by_hour(stream(20).iloc[:0]).empty


def test_without_a_shrinkage_nobody_is_to_be_paid():
    assert staffing_by_hour(stream(20))["paid"].isna().all()


@pytest.mark.parametrize(("change", "error"), [({"timezone": "Nowhere/City"}, SettingsError), ({"level": 2.0}, SettingsError)])
def test_wrong_settings_are_said(change, error):
    with pytest.raises(error):
        staffing_by_hour(stream(5), **change)


def test_contacts_without_a_time_are_said():
    contacts = stream(5)
    contacts.loc[0, "created_at"] = pd.NaT
    with pytest.raises(ContactError, match="without a time"):
        staffing_by_hour(contacts)
