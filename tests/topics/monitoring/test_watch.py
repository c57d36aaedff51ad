from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import simulate
from vocmine.errors import ContactError, SettingsError
from vocmine.topics.monitoring._watch import daily_counts, watch

CHANNELS = ("phone", "mail", "chat", "social")
WEEK = np.array([1.2, 1.1, 1.0, 1.0, 1.1, 0.6, 0.5])
FIRST = pd.Timestamp("2026-03-01", tz="UTC")


def stream(seed: int, planted: float = 0.0, returning: bool = False, over: float = 0.1) -> pd.DataFrame:
    """Seventy days of 40 reasons on four channels: each reason has its channels, its weekdays, its trend and bursts.

    On day 40 all doubles, on days 35 and 45 social does five times over, on day 50 mail is missing.
    """
    rng = np.random.default_rng(seed)
    share = np.r_[2 / 300, rng.dirichlet(np.full(39, 0.6)) * (1 - 2 / 300)]
    mix = np.stack([rng.dirichlet(share * 30 + 1e-3) for _ in CHANNELS])
    weekday, slope = np.exp(0.25 * rng.normal(size=(7, 40))), rng.normal(size=40) * 0.006
    rows = []
    for day in range(70):
        volume = 300 * np.array([0.5, 0.2, 0.2, 0.1]) * WEEK[day % 7] * (2 if day == 40 else 1)
        volume = volume * np.array([1, day != 50, 1, 5 if day in (35, 45) else 1])
        mean = volume[:, None] * mix * weekday[day % 7] * np.exp(slope * day) * rng.gamma(1 / over, over, size=40)
        mean[:, 0] = volume / volume.sum() * (planted if day >= 60 else 0 if returning and day >= 28 else 2)
        n = rng.poisson(mean)
        rows += [(day, CHANNELS[c], f"r{k:02d}", int(n[c, k])) for c, k in np.argwhere(n)]
    frame = pd.DataFrame(rows, columns=["day", "channel", "reason", "n"])
    return frame.assign(day=FIRST + pd.to_timedelta(frame["day"], unit="D"))


def test_false_alarms_are_as_few_as_said() -> None:
    found = sum(len(watch(stream(seed, planted=2.0), ["reason"], false_alarms=0.5)) for seed in range(12))
    months = 12 * 56 / 30
    assert found <= 0.5 * months + 2 * np.sqrt(0.5 * months)


@pytest.mark.parametrize(("returning", "status"), [(False, "growing"), (True, "returning")])
def test_growth_is_found_within_days(returning: bool, status: str) -> None:
    delays = []
    for seed in range(4):
        found = watch(stream(seed, planted=14.0, returning=returning), ["reason"])
        mine = found[(found["reason"] == "r00") & (found["day"] >= FIRST + pd.Timedelta(days=60))]
        assert mine["status"].iloc[0] == status
        row = mine.iloc[0]
        assert row["ratio_low"] <= row["ratio"] <= row["ratio_high"] and row["n"] > row["high"] >= row["low"]
        delays.append((row["day"] - FIRST).days - 60)
    assert max(delays) <= 3


def test_a_key_without_past_is_new() -> None:
    counts = stream(0, planted=2.0)
    late = pd.DataFrame({"day": FIRST + pd.Timedelta(days=69), "channel": "mail", "reason": ["born"], "n": [12]})
    found = watch(pd.concat([counts, late]), ["reason"], last_days=1)
    assert found[["reason", "status", "n"]].to_numpy().tolist() == [["born", "new", 12]]


def test_reason_by_product_and_a_fix() -> None:
    contacts = simulate(60, 100, "en", seed=1)
    contacts["reason"] = contacts["true_reasons"].str.split("|")
    counts = daily_counts(contacts, ["reason", "product"], "Asia/Tokyo")
    assert counts["n"].sum() == contacts["reason"].str.len().sum()
    found = watch(counts, ["reason", "product"])
    ended = found[found["status"] == "ended"]
    assert set(ended["reason"]) == {"billing.points"} and (ended["n"] * 3 <= ended["expected"]).all()
    assert len(found) - len(ended) <= 1
    whole = watch(daily_counts(contacts, ["reason"], "Asia/Tokyo"), ["reason"])
    assert ((whole["reason"] == "billing.points") & (whole["status"] == "ended")).sum() == 1


def test_rows_in_any_order_and_extra_days_of_others_change_nothing() -> None:
    counts = stream(3, planted=14.0)
    expected = watch(counts, ["reason"])
    pd.testing.assert_frame_equal(watch(counts.sample(frac=1, random_state=0), ["reason"]), expected)
    assert len(watch(counts.iloc[:0], ["reason"])) == 0


def test_a_storm_counts_people_and_empty_keys_are_volume() -> None:
    when = pd.Timestamp("2026-03-01 12:00", tz="UTC")
    contacts = pd.DataFrame({"created_at": when, "text_clean": ["same"] * 9 + ["other"], "reason": ["a"] * 9 + [None]})
    counts = daily_counts(contacts, ["reason"])
    assert counts[["reason", "n"]].to_numpy().tolist() == [["", 1], ["a", 1]]
    known = daily_counts(contacts.assign(customer_id=list("aabbccddee")), ["reason"])
    assert dict(zip(known["reason"], known["n"], strict=True)) == {"a": 5, "": 1}


def test_wrong_input_is_named() -> None:
    with pytest.raises(ContactError, match="reason"):
        watch(pd.DataFrame({"day": [FIRST], "n": [1]}), ["reason"])
    with pytest.raises(ContactError, match="created_at"):
        daily_counts(pd.DataFrame({"reason": ["a"]}), ["reason"])
    with pytest.raises(SettingsError, match="out of range"):
        watch(stream(0), [], false_alarms=0)
