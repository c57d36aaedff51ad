"""What all journeys start from: order, reasons, windows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import ContactError, SettingsError
from vocmine.journeys.inputs import (
    ANY,
    contact_flags,
    days,
    is_closed,
    linked_pairs,
    number,
    ordered,
    primary_reasons,
    reason_pairs,
    with_share,
)


def test_contacts_go_by_customer_and_time_and_keep_their_place(frame_of):
    frame = frame_of([("m", 3), ("k", 5), ("k", 1), (None, 0), ("k", 1)], ("customer_id", "day"))
    table = ordered(frame)
    assert table["row"].tolist() == [2, 4, 1, 0, 3]
    assert table["contact_id"].tolist() == ["c2", "c4", "c1", "c0", "c3"]
    assert str(ordered(frame.assign(created_at="2026-09-01"))["created_at"].dt.tz) == "UTC"
    assert ordered(frame.drop(columns="customer_id"))["customer_id"].isna().all()


def test_wrong_contacts_are_named(frame_of):
    frame = frame_of([("k", 1), ("k", 2)], ("customer_id", "day"))
    with pytest.raises(ContactError, match="stand twice"):
        ordered(frame.assign(contact_id="a"))
    with pytest.raises(ContactError, match="team"):
        ordered(frame, "team")


@pytest.mark.parametrize("window", [0, -1, float("nan")])
def test_a_window_is_above_nothing(window):
    with pytest.raises(SettingsError, match="window_days"):
        days(window)
    assert days(1.5) == pd.Timedelta(hours=36)


def test_reasons_of_contacts(frame_of):
    frame = frame_of([("k", 1), ("k", 2), ("k", 3)], ("customer_id", "day"))
    tags = pd.DataFrame([("c0", "reason", "bill", 0.4), ("c0", "reason", "net", 0.6), ("c0", "reason", "net", 0.6), ("c1", "signal", "churn", 0.9), ("c2", "reason", "net", 0.3)],
                        columns=["contact_id", "kind", "label", "score"])
    pairs = reason_pairs(frame, tags)
    assert pairs[["contact_id", "reason"]].values.tolist() == [["c0", "bill"], ["c0", "net"], ["c1", "unknown"], ["c2", "net"]]
    assert primary_reasons(frame, tags).tolist() == ["net", "unknown", "net"]
    assert set(reason_pairs(frame, None)["reason"]) == set(primary_reasons(frame, None)) == {ANY}


def test_a_column_of_ones_own_called_reason_does_not_matter(frame_of, tags_of):
    frame = frame_of([("k", 1), ("k", 2)], ("customer_id", "day"))
    tags = tags_of(frame, ["bill", "login"])
    pd.testing.assert_frame_equal(reason_pairs(frame.assign(reason="x"), tags), reason_pairs(frame, tags))
    assert contact_flags(frame.assign(reason="x"), tags, 7)["reason"].tolist() == contact_flags(frame, tags, 7)["reason"].tolist()


def test_links_need_the_same_customer_the_same_reason_and_the_window(frame_of, tags_of):
    rows = [("z", 0, "x"), ("k", 10, "bill"), ("k", 12, "bill"), ("k", 13, "net"), ("k", 25, "bill"), ("m", 11, "unknown"), ("m", 12, "unknown"), (None, 11, "bill"), (None, 12, "bill"), ("y", 40, "x")]
    frame = frame_of(rows, ("customer_id", "day", "label"))
    pairs = linked_pairs(frame, tags_of(frame, frame["label"]), 7).set_index("contact_id")
    assert pairs.index[pairs["before"]].tolist() == ["c2"]
    assert pairs.index[pairs["after"]].tolist() == ["c1"]
    assert pairs["previous_row"].to_dict() == {c: (1 if c == "c2" else -1) for c in pairs.index}
    assert pairs.loc[["c7", "c8"], "is_linked"].tolist() == [False, False]
    assert pairs.loc["c0", ["sees_before", "is_truncated"]].tolist() == [False, True]
    assert pairs.loc["c9", ["sees_after", "is_censored"]].tolist() == [False, True]
    later = linked_pairs(frame, None, 7, until=frame["created_at"].max() + pd.Timedelta(days=7)).set_index("contact_id")
    assert later.loc["c9", "sees_after"]


def test_several_reasons_of_a_contact_count_once(frame_of):
    frame = frame_of([("k", 20), ("k", 10), ("k", 11)], ("customer_id", "day"))
    tags = pd.DataFrame([(c, "reason", label, 0.5) for c, label in [("c0", "a"), ("c1", "a"), ("c1", "b"), ("c2", "b")]], columns=["contact_id", "kind", "label", "score"])
    flags = contact_flags(frame, tags, 5)
    assert flags["contact_id"].tolist() == ["c0", "c1", "c2"]
    assert flags["before"].tolist() == [False, False, True]
    assert flags["after"].tolist() == [False, True, False]


def test_shares_of_nothing_are_unknown():
    table = with_share(pd.DataFrame({"hits": [0, 3, 0], "n": [0, 4, 5]}), "hits", 0.95)
    assert np.isnan(table["share"][0])
    assert table["share"].tolist()[1:] == [0.75, 0.0]
    assert (table["low"][1:] <= table["share"][1:]).all() and (table["share"][1:] <= table["high"][1:]).all()


def test_numbers_and_closed_contacts():
    frame = pd.DataFrame({"a": ["1", "x", None], "resolved": pd.array([True, False, None], dtype="boolean")})
    assert number(frame, "a").fillna(-1).tolist() == [1, -1, -1]
    assert number(frame, "b").isna().all()
    assert is_closed(frame).tolist() == [True, False, True]
    assert is_closed(frame[["a"]]).all()
