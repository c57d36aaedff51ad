"""Incidents of a results folder: completed from the stored contacts, also those before the period, and written."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from vocmine.batch.contact_store import ContactStore
from vocmine.batch.costing import cost_period
from vocmine.batch.incident_files import read_incidents
from vocmine.batch.incident_finding import find_incidents, read_incident_days
from vocmine.batch.period import read_period
from vocmine.settings import Settings
from vocmine.topics.tracking.book import IncidentBook
from vocmine.topics.tracking.record import Record
from vocmine.topics.tracking.rule import MemberRule

FIRST = (pd.Timestamp("2026-09-01") - pd.Timestamp(0)).days  # nine days before the period of thirty begins


@pytest.fixture
def registry(stored):
    """One incident of 40 days, a contact a day."""
    contacts, _ = stored
    day = (contacts["created_at"].dt.tz_convert("Asia/Tokyo").dt.tz_localize(None) - pd.Timestamp(0)).dt.days
    first = contacts.assign(day=day).drop_duplicates("day")
    rows = first[first["day"] >= FIRST]
    members = {i: (int(d), str(c)) for i, d, c in zip(rows["contact_id"], rows["day"], rows["channel"], strict=True)}
    rule = MemberRule(np.zeros(2, np.float32), 1.0)
    record = Record("inc-20260905-1", FIRST + 4, rule, FIRST, {"": 0.001}, members, [3], [], [FIRST + 4], names={"ja": "画面", "en": "Screen"})
    volume = {int(d): {"call": 20} for d in day.unique()}
    return SimpleNamespace(book=IncidentBook([record], volume))


def test_an_incident_older_than_the_period_is_counted_whole(folder, period, registry):
    store = ContactStore(folder, "Asia/Tokyo")
    costs = cost_period(period, Settings(), None)
    (one,) = find_incidents(folder, store, registry, period, costs)
    assert str(one.first_day.date()) == "2026-09-01" < period.first
    # nobody is known here and all say the same on a day: each post counts, as one person
    assert one.n_contacts == len(one.contact_ids) == 39 * 20 and sum(one.channels.values()) == 39 * 20
    assert one.n_people == 1
    assert read_incidents(folder)[0].contact_ids == one.contact_ids
    days = read_incident_days(folder)
    assert days["n"].sum() == 39 and days["day"].min() == one.first_day
    assert days["expected"].sum() == pytest.approx(39 * 20 * 0.001, abs=1e-3)


def test_without_topics_there_are_no_incidents_and_old_ones_are_gone(folder, period, registry):
    store = ContactStore(folder, "Asia/Tokyo")
    costs = cost_period(period, Settings(), None)
    find_incidents(folder, store, registry, period, costs)
    assert find_incidents(folder, store, None, period, costs) == ()
    assert read_incidents(folder) == () and read_incident_days(folder).empty


def test_a_folder_without_incidents_gets_no_empty_table_of_days(tmp_path, stored):
    store = ContactStore(tmp_path, "Asia/Tokyo")
    store.upsert(*stored)
    period = read_period(tmp_path, store, 30)
    assert find_incidents(tmp_path, store, None, period, cost_period(period, Settings(), None)) == ()
    assert read_incident_days(tmp_path).empty and not (tmp_path / "incident_days.csv").exists()
