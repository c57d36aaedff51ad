"""Aspects by product and month."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.classify import aspects
from vocmine.classify._aspects import tag
from vocmine.classify.aspect_table import aspect_table, aspects_from_tags
from vocmine.errors import SettingsError


def test_table_counts_contacts_once() -> None:
    contacts = pd.DataFrame(
        {
            "text": ["The room was dirty. The room was awful", "The room was dirty", "The staff was friendly"],
            "created_at": pd.to_datetime(["2025-01-05", "2025-01-09", "2025-02-01"], utc=True),
            "product": ["A", "A", "B"],
        }
    )
    before = contacts.copy()
    table = aspect_table(aspects(contacts), contacts)
    first = table.iloc[0]
    assert (first.aspect, first["product"], first.month, first.negative, first.positive) == ("room", "A", "2025-01", 2, 0)
    pd.testing.assert_frame_equal(contacts, before)
    assert (table["low"] <= table["share_negative"]).all()
    assert (table["share_negative"] <= table["high"]).all()
    assert aspect_table(aspects(contacts), contacts, by=(), fewest=2)["aspect"].tolist() == ["room"]


def test_table_of_stored_tags_is_that_of_the_aspects() -> None:
    contacts = pd.DataFrame(
        {
            "contact_id": ["c1", "c2", "c3"],
            "text": ["The room was dirty", "It is on the second floor", "The staff was friendly, the room was dirty"],
            "created_at": pd.to_datetime(["2025-01-05", "2025-01-09", "2025-02-01"], utc=True),
            "product": ["A", "A", "B"],
        }
    )
    tags = tag(contacts).assign(kind="aspect")
    tags["contact_id"] = contacts["contact_id"].to_numpy()[tags["row"]]
    other = tags.assign(kind="reason")
    again = aspects_from_tags(pd.concat([other, tags]), contacts)
    pd.testing.assert_frame_equal(aspect_table(again, contacts), aspect_table(aspects(contacts), contacts))
    assert len(aspects_from_tags(tags.iloc[:0], contacts)) == 0


def test_aspects_of_other_contacts_are_refused() -> None:
    contacts = pd.DataFrame({"text": ["x"]})
    found = pd.DataFrame({"row": [3], "aspect": ["a"], "sentiment": ["negative"]})
    with pytest.raises(SettingsError, match="other contacts"):
        aspect_table(found, contacts, by=())
