"""Checking contacts: what is accepted and rejected is what was read."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.contacts import check_contacts, iter_chunks
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import REJECTED_COLUMNS

GOOD = {"contact_id": "a1", "created_at": "2026-11-21 09:00", "channel": "電話", "text": "つながらない"}


def raw(*rows):
    return pd.DataFrame([{**GOOD, "contact_id": f"a{i}", **row} for i, row in enumerate(rows)], dtype=object)


def test_missing_columns_are_said_at_once():
    with pytest.raises(ContactError, match="columns are missing: channel, text;") as error:
        check_contacts(raw({}).drop(columns=["channel", "text"]).assign(txet="x"))
    assert "perhaps txet: text" in str(error.value)


def test_arguments_are_left_alone():
    frame = raw({}, {"text": ""})
    before = frame.copy(deep=True)
    check_contacts(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_wrong_kinds_of_input():
    with pytest.raises(ContactError, match="DataFrame or a path"):
        check_contacts([1, 2])
    with pytest.raises(SettingsError, match="chunk_rows"):
        next(iter_chunks(raw({}), chunk_rows=0))
    twice = pd.DataFrame([["1", "2026-11-21", "call", "x", "y"]], columns=["id", "date", "channel", "text", "text"])
    assert check_contacts(twice).contacts["text"].tolist() == ["x"]


def test_checked_contacts_pass_again_unchanged():
    once = check_contacts(raw({"csat": 3, "resolved": True, "transfers": 1, "handle_seconds": 12.5}, {"is_public": False})).contacts
    again = check_contacts(once)
    assert len(again.rejected) == len(again.warnings) == 0
    pd.testing.assert_frame_equal(again.contacts, once)


def test_empty_frames():
    checked = check_contacts(raw({}).iloc[:0])
    assert checked.n_read == 0 and list(checked.rejected) == list(REJECTED_COLUMNS)


CELLS = st.one_of(
    st.none(), st.text(alphabet=st.characters(codec=None), max_size=8), st.integers(-10, 10**20), st.floats(-1e12, 1e12), st.booleans(),
    st.sampled_from(["a1", "a2", "電話", "2026-11-21", "つながらない", "x\udc80", "5:32", [1], {"a": 1}, pd.NaT, np.nan, pd.NA]),
)
FRAMES = st.lists(
    st.fixed_dictionaries(
        {"contact_id": CELLS, "created_at": CELLS, "channel": CELLS, "text": CELLS},
        optional={"handle_seconds": CELLS, "csat": CELLS, "resolved": CELLS, "memo": CELLS, "transfers": CELLS},
    ), min_size=1, max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(FRAMES)
def test_accepted_and_rejected_are_what_was_read(rows):
    frame = pd.DataFrame(rows, dtype=object)
    checked = check_contacts(frame)
    assert len(checked.contacts) + len(checked.rejected) == checked.n_read == len(rows)
    kept = set(checked.contacts.index + 1)
    assert kept.isdisjoint(checked.rejected["row"])
    assert checked.contacts["contact_id"].is_unique
    assert checked.contacts[["contact_id", "created_at", "channel", "text"]].notna().all().all()
    doubts = {doubt.code for doubt in checked.reading.doubts}  # about the whole source: said at its first row
    assert set(checked.warnings.loc[~checked.warnings["code"].isin(doubts), "row"]) <= kept


@settings(max_examples=30, deadline=None)
@given(FRAMES, st.integers(1, 4))
def test_chunks_do_not_matter(rows, chunk_rows):
    frame = pd.DataFrame(rows, dtype=object)
    whole, parts = check_contacts(frame), list(iter_chunks(frame, chunk_rows))
    joined = pd.concat([part.contacts for part in parts], ignore_index=True)
    pd.testing.assert_frame_equal(joined, whole.contacts.reset_index(drop=True))
    assert pd.concat([part.rejected for part in parts])["code"].tolist() == whole.rejected["code"].tolist()
