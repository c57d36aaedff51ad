"""Rejected rows: what is shown of them, and the error that lists them."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import check_contacts, read_contacts
from vocmine.errors import ContactError
from vocmine.frames import REJECTED_COLUMNS

GOOD = {"contact_id": "a1", "created_at": "2026-11-21 09:00", "channel": "電話", "text": "つながらない"}


def raw(*rows):
    return pd.DataFrame([{**GOOD, "contact_id": f"a{i}", **row} for i, row in enumerate(rows)], dtype=object)


def test_values_of_rejects_are_masked_short_and_on_one_line():
    checked = check_contacts(raw({"channel": "電話番号は\n090-1234-5678です" + "あ" * 200}, {"created_at": "x" * 500}))
    rejected = checked.rejected
    assert list(rejected) == list(REJECTED_COLUMNS)
    assert len(checked.contacts) == 0  # a phone number is no channel
    assert rejected["value"].str.len().max() == 80
    secret = check_contacts(raw({"channel": "鳩 090-1234-5678"})).rejected["value"].iloc[0]
    assert "1234" not in secret and "\n" not in secret


def test_read_contacts_lists_what_is_wrong():
    with pytest.raises(ContactError, match=r"2 of 3 rows.*2 empty_text.*row 1 text"):
        read_contacts(raw({"text": ""}, {"text": ""}, {}))
