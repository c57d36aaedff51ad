"""Shuffled days: the volumes stay, the texts move, and nothing else about a text changes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch.contact_store import ContactStore
from vocmine.batch.shuffled_days import ShuffledHistory, StoredHistory, shuffled

ZONE = "Asia/Tokyo"
TAGS = ("contact_id", "kind", "label", "score", "source", "evidence")


def made(n=600, days=28):
    rng = np.random.default_rng(5)
    day = rng.integers(0, days, n)
    frame = pd.DataFrame({
        "contact_id": [f"c{i:04d}" for i in range(n)], "lang": "ja", "channel": rng.choice(["call", "chat"], n, p=[0.7, 0.3]),
        "created_at": pd.Timestamp("2026-09-01 00:30", tz=ZONE).tz_convert("UTC") + pd.to_timedelta(day * 1440 + rng.integers(0, 1380, n), unit="min"),
        "customer_id": [f"p{i % 90}" for i in range(n)],
    })
    frame["text"] = "返金してほしい その" + frame["contact_id"]
    frame["terms"] = frame["text"]
    frame.loc[frame.index[day == days - 1][:3], "channel"] = "email"  # new on the last day: there is nowhere to go
    return frame


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    ContactStore(home, ZONE).upsert(made(), pd.DataFrame(columns=list(TAGS)))
    return StoredHistory(ContactStore(home, ZONE))


def all_of(history):
    return pd.concat([history.read(day).assign(day=day) for day in history.days], ignore_index=True)


def test_volumes_by_day_channel_and_hour_stay(history):
    before, after = all_of(history), all_of(ShuffledHistory(history, 3))
    for column in ("created_at", "channel"):
        by = ["day", column]
        pd.testing.assert_series_equal(before.groupby(by, observed=True).size(), after.groupby(by, observed=True).size())
    assert after["created_at"].dt.tz_convert(ZONE).dt.strftime("%Y-%m-%d").eq(after["day"]).all()


def test_each_text_stands_once_with_all_that_is_its_own_on_the_same_weekday_and_channel(history):
    before, after = (all_of(h).set_index("contact_id").sort_index() for h in (history, ShuffledHistory(history, 3)))
    own = ["channel", "customer_id", "text", "text_clean", "lang", "terms"]
    pd.testing.assert_frame_equal(before[own], after[own])
    weekdays = [pd.to_datetime(frame["day"]).dt.day_of_week for frame in (before, after)]
    assert weekdays[0].equals(weekdays[1])
    assert (before["day"] != after["day"]).mean() > 0.6  # one in four stays by chance, as there are four of a weekday


def test_a_text_that_has_nowhere_to_go_stays_and_is_counted(history):
    found = ShuffledHistory(history, 3)
    assert (found.n, found.n_fixed) == (600, 3)
    last = found.read(history.days[-1])
    assert set(last.loc[last["channel"] == "email", "contact_id"]) == set(
        all_of(history).query("channel == 'email'")["contact_id"])


def test_days_hang_on_ids_and_number_alone(history):
    index = history.index()
    first = shuffled(index, 1)
    again = shuffled(index.sample(frac=1, random_state=0).reset_index(drop=True), 1)
    pd.testing.assert_frame_equal(first, again)
    assert (shuffled(index, 2)["contact_id"] != first["contact_id"]).mean() > 0.5


def test_a_burst_is_spread_over_the_days(history):
    index = history.index()
    burst = index["day"].isin(list(history.days[14:21]))
    names = set(index.loc[burst, "contact_id"])
    placed = shuffled(index, 9)
    there = placed["contact_id"].isin(names) & placed["day"].isin(list(history.days[14:21]))
    assert 0.1 < there.sum() / burst.sum() < 0.45  # a quarter is to be expected


def test_only_the_last_days_are_read_where_asked(history):
    some = StoredHistory(history.store, 10)
    assert some.days == history.days[-10:]
    assert set(some.index()["day"]) == set(some.days)
    assert StoredHistory(history.store, 400).days == history.days


def test_a_folder_without_contacts_has_no_days(tmp_path):
    assert StoredHistory(ContactStore(tmp_path, ZONE)).days == ()
