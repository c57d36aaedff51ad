"""Contacts are read once: days, order, channels, words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.topics.contact_words import contact_words


def test_days_order_and_channels_are_those_of_the_frame() -> None:
    frame = pd.DataFrame({"text": ["返金", "画面", "返金"], "channel": ["chat", None, "call"]}, index=[5, 5, 1])
    frame["created_at"] = pd.to_datetime(["2026-03-01 16:00", "2026-03-03 01:00", "2026-03-02 03:00"], utc=True)
    read = contact_words(frame, [], 1, "UTC", 7)
    assert read.age.tolist() == [2, 0, 1] and read.later.tolist() == [2, 0, 1] and read.channel.tolist() == [2, 0, 1]
    assert contact_words(frame, [], 1, "Asia/Tokyo", 7).age.tolist() == [1, 0, 1]


def test_lists_have_neither() -> None:
    read = contact_words(["返金", "画面"], [], 1, "UTC", 7)
    assert read.age.tolist() == [0, 0] and read.later.tolist() == [0, 1] and read.channel.tolist() == [0, 0]
    assert len(contact_words([], [], 1, "UTC", 7).found.words) == 0


def test_names_are_learnt_from_the_last_days_alone() -> None:
    frame = pd.DataFrame({"text": ["もこもこ枕DXが破れた"] * 10 + ["返金はまだですか"] * 30})
    old, new = np.repeat([9, 0], [10, 30]), np.repeat([0, 9], [10, 30])
    last = pd.Timestamp("2026-03-20", tz="UTC")
    seen = [
        contact_words(frame.assign(created_at=last - pd.to_timedelta(age, unit="D")), [], 3, "UTC", 7) for age in (old, new)
    ]
    assert ["もこもこ枕DX" in read.found.words for read in seen] == [False, True]
