"""Silent days and late sources: planted ones are found, weekends and slow days are not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import ContactError
from vocmine.journeys import (
    source_gaps,
    source_lags,
)


def test_a_silent_day_is_missing_and_a_weekend_is_not(busy, contacts_on):
    rng = np.random.default_rng(6)
    day, calls = busy(rng)
    _, chats = busy(rng, rate=12)
    calls[[16, 17]] = 0  # a Wednesday and a Thursday
    chats[30] = 3
    chats[31] = 0
    frame = pd.concat([contacts_on(day, calls), contacts_on(day, chats, "chat")], ignore_index=True)
    found = source_gaps(frame)
    missing = found[found["status"] == "missing"]
    assert set(zip(missing["source"], missing["day"], strict=True)) == {
        ("call", "2026-09-23"), ("call", "2026-09-24"), ("chat", "2026-10-08"),
    }
    assert len(found) <= 4


@pytest.mark.parametrize("spread", [0.0, 0.4])
def test_usual_days_are_seldom_called_gaps(busy, contacts_on, spread):
    n_found = 0
    for seed in range(30):
        day, calls = busy(np.random.default_rng(seed), spread=spread)
        n_found += len(source_gaps(contacts_on(day, calls)))
    assert n_found <= 0.004 * 30 * 56


def test_rest_days_are_those_of_the_place(contacts_on):
    day = pd.date_range("2026-09-07", periods=56, freq="D", tz="UTC")
    frame = contacts_on(day, np.where(np.isin(day.day_of_week, (4, 5)), 4, 40))
    assert len(source_gaps(frame, rest_days=(4, 5))) == 0
    assert len(source_gaps(frame)) == 0  # noticed, though nobody said so
    closed = frame[frame["created_at"].dt.date.astype(str) != "2026-09-23"]
    assert source_gaps(closed)[["day", "status"]].values.tolist() == [["2026-09-23", "missing"]]


def test_a_source_that_stops_is_late(busy, contacts_on):
    day, calls = busy(np.random.default_rng(7), days=28)
    chats = np.where(np.arange(28) < 22, 9, 0)
    chats[:5] = 0
    frame = pd.concat([contacts_on(day, calls), contacts_on(day, chats, "chat")], ignore_index=True)
    table = source_lags(frame).set_index("source")
    assert table.loc["chat", ["first_day", "last_day", "lag_days", "is_late"]].tolist() == ["2026-09-12", "2026-09-28", 6, True]
    assert not table.loc["call", "is_late"]
    gaps = source_gaps(frame)
    assert gaps.loc[gaps["source"] == "chat", "day"].min() > "2026-09-28"
    later = source_gaps(frame, until=pd.Timestamp("2026-10-07"))
    assert {"2026-10-05", "2026-10-06"} <= set(later.loc[later["source"] == "call", "day"])
    with pytest.raises(ContactError, match="shop"):
        source_gaps(frame, by="shop")
    assert len(source_gaps(frame.iloc[:0])) == 0 and len(source_lags(frame.iloc[:0])) == 0
