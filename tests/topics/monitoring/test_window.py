from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.topics.monitoring.window import Memory, day_numbers, hashed, one_voice_each, short, without_dates


def test_memory_is_bounded() -> None:
    n = 5000
    ids = [f"c{i}" for i in range(n)]
    memory = Memory(
        np.zeros((n, 4), np.float16), np.repeat(np.arange(10), 500), np.full(n, -1), hashed(ids), np.array(ids),
        np.array(["a"] * n), np.array(["a"] * n), np.array(["ja"] * n), np.array(["chat"] * n),
    )
    kept = memory.forget(first_day=2, recent_day=8, per_day=50, per_recent_day=200)
    assert len(kept) == 6 * 50 + 2 * 200
    assert (np.diff(kept.day) >= 0).all()
    again = memory.take(np.random.default_rng(0).permutation(n)).forget(2, 8, 50, 200)
    assert (again.contact_id == kept.contact_id).all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月15日の10:30にエラーE-501", "#月#日の#にエラーE-501"), ("2026/03/15から水曜まで", "#から#まで"),
        ("on Monday the 3rd at 10:30", "on # the #rd at #"), ("返金は?", "返金は?"), ("", ""),
    ],
)
def test_dates_are_blanked_out_and_codes_stay(text: str, expected: str) -> None:
    assert without_dates(text) == expected


def test_one_person_counts_once_a_day_and_two_persons_twice() -> None:
    frame = pd.DataFrame({"day": [1, 1, 2, 1], "text_clean": ["落ちる"] * 4, "customer_id": ["a", "a", "a", "b"]})
    assert one_voice_each(frame).tolist() == [True, False, True, True]
    assert one_voice_each(frame.assign(customer_id=None)).tolist() == [True, False, True, False]


def test_a_day_begins_at_local_midnight() -> None:
    when = pd.Series(pd.to_datetime(["1970-01-01 14:59", "1970-01-01 15:00"], utc=True))
    assert day_numbers(when, "Asia/Tokyo").tolist() == [0, 1] and day_numbers(when, "UTC").tolist() == [0, 0]


def test_rows_are_added_in_the_order_of_day_and_key_and_take_another_topic() -> None:
    ids = np.array(["a", "b", "c"])
    rows = Memory(
        np.eye(3, 4, dtype=np.float16), np.array([2, 1, 1]), np.full(3, -1), hashed(ids.tolist()), ids,
        short(["あ" * 300, "b", "c"]), ids, ids, ids,
    )
    memory = Memory.empty(4).add(rows.take(np.array([0]))).add(rows.take(np.array([1, 2])))
    assert memory.day.tolist() == [1, 1, 2] and len(memory.text[2]) == 200
    assert (np.diff(memory.key[:2].astype(object)) > 0).all()
    changed = memory.with_topic(np.array([0, 2]), np.array([5, 7]))
    assert changed.topic.tolist() == [5, -1, 7] and memory.topic.tolist() == [-1] * 3
