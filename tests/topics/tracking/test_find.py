"""From contacts to incidents in one call: an issue of a made-up centre is found, with its product and version."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import simulate
from vocmine.contacts.simulator.simulation import truth
from vocmine.errors import ContactError
from vocmine.frames import INCIDENT_COLUMNS
from vocmine.topics import Incident, incidents
from vocmine.topics.tracking.incident import incidents_of


def test_the_planted_issue_is_one_incident_with_product_and_version():
    contacts, answers = truth(simulate(days=42, per_day=70, seed=3))
    found = incidents(contacts, timezone="Asia/Tokyo")
    planted = set(answers.loc[answers["true_issue"] == "planted", "contact_id"])
    assert len(found) == 1
    (one,) = incidents_of(found)
    ids = set(one.contact_ids)
    assert isinstance(one, Incident) and one.is_open
    assert len(ids & planted) >= 0.85 * len(ids) and len(ids & planted) >= 0.75 * len(planted)
    assert {("product", "モバイルアプリ"), ("product_version", "5.2.0")} <= {(a.column, a.value) for a in one.apart}


def test_nothing_broke_is_an_empty_frame():
    contacts = simulate(days=3, per_day=5, seed=1)
    found = incidents(contacts)
    assert found.empty and tuple(found.columns) == INCIDENT_COLUMNS


def test_contacts_without_dates_are_refused():
    with pytest.raises(ContactError, match="created_at"):
        incidents(pd.DataFrame({"contact_id": ["a"], "text": ["返金"]}))
