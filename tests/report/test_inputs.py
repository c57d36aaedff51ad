"""The frames of a report are checked and named where they are wrong."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report


@pytest.mark.parametrize("name", ["alerts", "hot_words", "topics"])
def test_a_frame_without_its_columns_is_named(centre, name):
    with pytest.raises(SettingsError, match="columns are missing"):
        build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(**{name: pd.DataFrame({"x": [1]})}))


def test_contacts_with_the_barest_columns_make_a_report(centre):
    contacts = centre.contacts[["contact_id", "created_at", "channel"]]
    tags = centre.tags[["contact_id", "kind", "label"]]
    made = build_report(contacts, tags, centre.costs)
    assert "<blockquote" not in made.html
    assert "生の本文" not in made.html


def test_a_contact_of_midnight_belongs_to_its_own_day(centre):
    contacts = centre.contacts.head(3).assign(created_at=pd.Timestamp("2026-09-30 16:00", tz="UTC"))
    assert build_report(contacts, centre.tags, centre.costs).summary.last_day.day == 30
    tokyo = build_report(contacts, centre.tags, centre.costs, extras=Extras(timezone="Asia/Tokyo")).summary
    assert (tokyo.last_day.month, tokyo.last_day.day) == (10, 1)


def test_costs_by_a_second_key_are_refused(centre):
    with pytest.raises(SettingsError, match="more than one row"):
        build_report(centre.contacts, centre.tags, centre.costs.with_table(pd.concat([centre.costs.table, centre.costs.table])))
    with pytest.raises(SettingsError, match="no contact to report on"):
        build_report(centre.contacts.head(0), centre.tags, centre.costs)
