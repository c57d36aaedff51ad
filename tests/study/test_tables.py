"""Contacts in memory are what a results folder gives back, to the type."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch.contact_store import ContactStore
from vocmine.study.tables import ContactTables


@pytest.fixture(scope="module")
def rows():
    """Sixty contacts around midnight in Tokyo, in no order."""
    rng = np.random.default_rng(1)
    start = pd.Timestamp("2026-10-01 12:00", tz="UTC")
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{i:02d}" for i in rng.permutation(60)], "text": "本文", "text_clean": "本文", "terms": "本文",
            "created_at": start + pd.to_timedelta(rng.integers(0, 96, 60), unit="h"), "channel": "call", "lang": "ja",
            "handle_seconds": rng.random(60) * 100, "transfers": rng.integers(0, 3, 60), "mine": "x", "other": "y",
            "source_system": "crm",
        }
    )
    tags = pd.concat([
        pd.DataFrame({"contact_id": contacts.contact_id, "kind": kind, "label": kind, "score": 0.5, "source": "model", "evidence": ""})
        for kind in ("reason", "sentiment")
    ])
    return contacts, tags


@pytest.fixture(scope="module")
def both(rows, tmp_path_factory):
    store = ContactStore(tmp_path_factory.mktemp("home"), "Asia/Tokyo", ("mine",))
    store.upsert(rows[0].drop(columns="text_clean"), rows[1])
    return ContactTables([rows], "Asia/Tokyo", ("mine",)), store


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"first": "2026-10-02"}, {"last": "2026-10-02"}, {"first": "2026-10-02", "last": "2026-10-03"}, {"first": "2027-01-01"},
        {"columns": ("contact_id", "text", "created_at"), "kinds": ("reason",)},
    ],
)
def test_reads_as_the_folder_does(both, asked):
    for mine, stored in zip(*(each.read(**asked) for each in both), strict=True):
        pd.testing.assert_frame_equal(mine, stored, check_dtype=len(stored) > 0)


def test_days_are_local_and_reasons_are_found(both):
    tables, store = both
    assert tables.days() == store.days()
    assert tables.own_columns == store.own_columns
    order = ["contact_id", "kind"]
    mine, stored = (each.reasons_of({"c01", "c02"}).sort_values(order, ignore_index=True) for each in both)
    pd.testing.assert_frame_equal(mine, stored)


def test_what_nobody_asked_for_is_gone(both):
    contacts, _ = both[0].read()
    assert "mine" in contacts and "other" not in contacts


def test_an_id_that_is_used_twice_in_one_source_is_refused(rows):
    contacts, tags = rows
    other = contacts.head(1).assign(text="別の用件", channel="chat", created_at=pd.Timestamp("2026-10-03", tz="UTC"))
    tables = ContactTables([(contacts, tags), (other, tags.head(0))], "Asia/Tokyo")
    assert tables.refused == 1
    assert len(tables.read()[0]) == 60
