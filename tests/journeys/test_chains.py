"""Chains against a slow, obvious counting; windows, ties, order of rows."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.errors import ContactError, SettingsError
from vocmine.journeys import (
    around,
    chain_lengths,
    chains,
    timelines,
)

START = pd.Timestamp("2026-11-01", tz="UTC")


def contacts_of(rows):
    return pd.DataFrame({
        "contact_id": [f"c{i:02d}" for i in range(len(rows))], "customer_id": [row[0] for row in rows],
        "created_at": pd.DatetimeIndex([START + pd.Timedelta(hours=row[1]) for row in rows], tz="UTC"),
        "channel": "call",
    })


def tags_of(rows):
    pairs = [(f"c{i:02d}", reason) for i, row in enumerate(rows) for reason in row[2]]
    return pd.DataFrame({
        "contact_id": [a for a, _ in pairs], "kind": "reason", "label": [b for _, b in pairs], "score": 1.0,
        "source": "rule", "evidence": "",
    })


ROWS = st.lists(
    st.tuples(st.sampled_from(["k", "m", None]), st.integers(0, 800), st.lists(st.sampled_from(["a", "b", "unknown"]), max_size=2, unique=True)),
    min_size=1, max_size=12,
)


@settings(max_examples=50, deadline=None)
@given(ROWS, st.sampled_from([1, 7, 14]))
def test_chains_are_the_groups_that_links_join(rows, window):
    contacts, tags = contacts_of(rows), tags_of(rows)
    found = chains(contacts, tags, window_days=window)
    group = list(range(len(rows)))
    for i, j in itertools.combinations(range(len(rows)), 2):
        shared = set(rows[i][2]) & set(rows[j][2]) - {"unknown"}
        close = abs(rows[i][1] - rows[j][1]) <= window * 24
        if rows[i][0] is not None and rows[i][0] == rows[j][0] and shared and close:
            group = [group[i] if g == group[j] else g for g in group]
    for i, j in itertools.combinations(range(len(rows)), 2):
        assert (group[i] == group[j]) == (found["chain_id"][i] == found["chain_id"][j])
    for _, part in found.groupby("chain_id"):
        order = contacts.loc[part.index].sort_values(["created_at", "contact_id"])
        assert part.loc[order.index, "position"].tolist() == list(range(1, len(part) + 1))
        assert part["chain_id"].iloc[0] == order["contact_id"].iloc[0]
    assert (found["is_repeat"] == (found["position"] > 1)).all()


@settings(max_examples=30, deadline=None)
@given(ROWS, st.randoms())
def test_order_of_rows_does_not_matter(rows, random):
    contacts, tags = contacts_of(rows), tags_of(rows)
    order = list(range(len(rows)))
    random.shuffle(order)
    shuffled = chains(contacts.iloc[order], tags.sample(frac=1, random_state=1))
    assert shuffled.index.tolist() == order
    pd.testing.assert_frame_equal(shuffled.sort_index(), chains(contacts, tags))


def test_the_edge_of_the_window_belongs_to_it():
    contacts = contacts_of([("k", 0, []), ("k", 7 * 24, []), ("k", 14 * 24 + 1, [])])
    assert chains(contacts, window_days=7)["is_repeat"].tolist() == [False, True, False]


def test_last_window_is_censored_unless_followed():
    contacts = contacts_of([("k", 0, []), ("m", 24 * 5, []), ("m", 24 * 6, []), ("k", 24 * 9, [])])
    found = chains(contacts, window_days=7)
    assert found["is_censored"].tolist() == [False, False, True, True]
    later = chains(contacts, window_days=7, until=START + pd.Timedelta(days=30))
    assert not later["is_censored"].any()


def test_unknown_customers_stand_alone_and_are_not_censored():
    found = chains(contacts_of([(None, 0, []), (None, 1, [])]))
    assert found["chain_id"].tolist() == ["c00", "c01"]
    assert not found[["is_repeat", "is_censored", "is_linked"]].any().any()
    assert not chains(contacts_of([("k", 0, [])]).drop(columns="customer_id"))["is_linked"].any()


def test_empty_contacts_give_empty_frames():
    empty = contacts_of([("k", 0, [])]).iloc[:0]
    assert len(chains(empty)) == 0
    assert len(timelines(empty)) == 0


def test_clock_change_does_not_move_the_window():
    times = pd.to_datetime(["2026-10-24 12:00", "2026-10-31 11:30"]).tz_localize("Europe/Berlin")
    contacts = contacts_of([("k", 0, []), ("k", 1, [])]).assign(created_at=times)
    assert not chains(contacts, window_days=7)["is_repeat"].any()
    assert chains(contacts, window_days=7 + 1 / 24)["is_repeat"].any()


def test_around_gives_rows_of_the_frame_in_time():
    contacts = contacts_of([("k", 50, []), ("k", 0, []), ("m", 1, []), ("k", 100, [])]).set_index(pd.Index(list("wxyz")))
    found = around(contacts, "c00", before=5, after="1D")
    assert found.index.tolist() == ["x", "w"]
    assert found["offset"].tolist() == [-1, 0]
    assert around(contacts, "c00", before=0, after=1)["contact_id"].tolist() == ["c00", "c03"]


def test_wrong_input_says_what_is_wrong():
    contacts = contacts_of([("k", 0, [])])
    with pytest.raises(ContactError, match="no such contact"):
        around(contacts, "zz")
    with pytest.raises(ContactError, match="created_at"):
        chains(contacts.drop(columns="created_at"))
    with pytest.raises(ContactError, match="twice"):
        chains(pd.concat([contacts, contacts]))
    with pytest.raises(SettingsError, match="window_days"):
        chains(contacts, window_days=0)


def test_arguments_are_left_alone():
    contacts, tags = contacts_of([("k", 5, ["a"]), ("k", 0, ["a"])]), tags_of([("k", 5, ["a"]), ("k", 0, ["a"])])
    before = contacts.copy(), tags.copy()
    chains(contacts, tags), timelines(contacts), around(contacts, "c00")
    pd.testing.assert_frame_equal(contacts, before[0])
    pd.testing.assert_frame_equal(tags, before[1])


START = pd.Timestamp("2026-09-01", tz="UTC")


def test_a_handover_is_one_issue():
    rows = [("k", "bot", 0.0), ("k", "call", 0.1), ("m", "bot", 0.0), ("m", "call", 3.0), ("n", "bot", 1.0), ("n", "social", 1.1), ("z", "call", 40.0)]
    frame = pd.DataFrame(rows, columns=["customer_id", "channel", "day"])
    frame = frame.assign(contact_id=list("abcdefg"), created_at=START + pd.to_timedelta(frame["day"], unit="D"))
    tags = pd.DataFrame({"contact_id": list("bdf"), "kind": "reason", "label": "bill", "score": 1.0})
    assert not chains(frame, tags)["is_repeat"].any()
    found = chains(frame, tags, handover_hours=24).set_index("contact_id")
    assert found.index[found["is_repeat"]].tolist() == ["b"] and found.loc["b", "chain_id"] == "a"
    with pytest.raises(SettingsError, match="handover_hours"):
        chains(frame, tags, handover_hours=0)


def test_lengths_count_every_whole_chain_once(centre):
    frame, tags = centre(np.random.default_rng(10), n=600)
    chained = chains(frame, tags)
    table = chain_lengths(chained, frame, tags)
    assert table["n_issues"].sum() + table["n_left_out"].sum() == chained["chain_id"].nunique()
    assert np.allclose(table[["one", "two", "more"]].sum(axis=1), 1)
    by = table.set_index("reason")["contacts_per_issue"]
    assert by["hard"] > 1.25 > by["easy"]
    shuffled = frame.sample(frac=1, random_state=0)
    pd.testing.assert_frame_equal(chain_lengths(chains(shuffled, tags), shuffled, tags), table)


def test_bot_message_and_call_are_one_issue():
    hours = [0, 20, 40, 0, 1, 0, 1, 30]
    frame = pd.DataFrame({"contact_id": list("abcdefgh"), "customer_id": list("kkkmmnnn"), "channel": ["bot", "social", "call", "bot", "social", "bot", "social", "call"],
                          "created_at": START + pd.to_timedelta(hours, unit="h"), "is_public": [None, None, None, None, False, None, True, None]})
    tags = pd.DataFrame({"contact_id": list("abcdefgh"), "kind": "reason", "label": ["x", "unknown", "y", "unknown", "z", "unknown", "z", "y"], "score": 0.9})
    assert chains(frame, tags, handover_hours=24)["chain_id"].tolist() == ["a", "a", "a", "d", "d", "f", "g", "h"]
    assert chains(frame, tags)["chain_id"].tolist() == list("abcdefgh")
