from __future__ import annotations

import pandas as pd
import pytest

from vocmine.errors import ContactError
from vocmine.topics.monitoring.intake import read_days


def contacts() -> pd.DataFrame:
    when = pd.to_datetime(["2026-03-02 14:00", "2026-03-01 16:00", "2026-03-01 03:00", "2026-03-01 03:00"], utc=True)
    return pd.DataFrame(
        {"contact_id": ["a", "b", "c", "c"], "text": ["返金は?", "画面が暗い", "配達が遅い", "配達が遅い"], "created_at": when,
         "channel": ["chat", None, "call", "call"]}
    )


def test_days_begin_where_the_timezone_has_them() -> None:
    days = {zone: read_days(contacts(), zone).set_index("contact_id")["day"] for zone in ("UTC", "Asia/Tokyo")}
    assert days["UTC"]["a"] - days["UTC"]["b"] == 1
    assert days["Asia/Tokyo"]["a"] == days["Asia/Tokyo"]["b"] == days["Asia/Tokyo"]["c"] + 1


@pytest.mark.parametrize("seed", range(3))
def test_rows_in_any_order_are_taken_in_alike_and_a_contact_once(seed: int) -> None:
    frame = read_days(contacts(), "UTC").reset_index(drop=True)
    other = read_days(contacts().sample(frac=1, random_state=seed), "UTC").reset_index(drop=True)
    pd.testing.assert_frame_equal(frame, other)
    assert sorted(frame["contact_id"]) == ["a", "b", "c"] and frame["day"].is_monotonic_increasing
    assert frame.set_index("contact_id")["channel"].to_dict() == {"a": "chat", "b": "", "c": "call"}


def test_what_was_analysed_is_not_analysed_again_and_the_customer_stays() -> None:
    frame = contacts().drop(columns="text").assign(text_clean="x", terms="y", lang="ja", customer_id=list("pqrr"))
    found = read_days(frame, "UTC")
    assert set(found["text_clean"]) == {"x"} and set(found["terms"]) == {"y"}
    assert found.set_index("contact_id")["customer_id"].to_dict() == {"a": "p", "b": "q", "c": "r"}
    assert "customer_id" not in read_days(contacts(), "UTC").columns


def test_missing_columns_ids_and_dates_are_named() -> None:
    with pytest.raises(ContactError, match=r"columns are missing.*contact_id"):
        read_days(contacts().drop(columns="contact_id"), "UTC")
    for column in ("contact_id", "created_at"):
        with pytest.raises(ContactError, match="without id or date"):
            read_days(contacts().assign(**{column: None}), "UTC")
