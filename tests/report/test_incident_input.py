"""The frame of incidents at the door: order, columns, and whose contacts are whose."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.report.incident_input import check_incidents, items_of, open_contacts, owners, parts_of_incidents
from vocmine.report.summary import AsidePart


def test_what_goes_on_stands_first_and_the_larger_before_the_smaller(made):
    table = pd.concat([made.incidents(), made.incidents().assign(incident_id=["a", "b"], n_contacts=[90, 80], state=["over", "easing"])])
    assert check_incidents(table)["incident_id"].tolist() == ["b", "i-20261014-1", "a", "i-20260910-1"]


def test_no_incident_is_as_good_as_none(made):
    assert check_incidents(None) is None is check_incidents(made.incidents().head(0))


def test_a_missing_column_is_named(made):
    with pytest.raises(SettingsError, match=r"columns are missing: state; where: incidents"):
        check_incidents(made.incidents().drop(columns="state"))


def test_only_what_goes_on_has_contacts_of_its_own(made):
    table = made.incidents(("a", "b")).assign(contact_ids=[("a", "b"), ("c",)])
    assert open_contacts(table) == {"a": "i-20261014-1", "b": "i-20261014-1"}
    assert open_contacts(None) == {} == open_contacts(table.drop(columns="contact_ids"))


def test_a_contact_or_topic_of_two_incidents_belongs_to_the_first():
    table = pd.DataFrame({"incident_id": ["i", "k"], "state": "open", "contact_ids": [("a",), ("a", "b")], "topic_ids": [(1,), (1, 2)]})
    assert open_contacts(table) == {"a": "i", "b": "k"}
    assert owners(table, "topic_ids") == {1: "i", 2: "k"}
    assert owners(None, "topic_ids") == {} == owners(table, "words")
    assert parts_of_incidents(pd.Series(["b", "a", "a", "z"]), open_contacts(table)) == (AsidePart("i", 2), AsidePart("k", 1))
    assert parts_of_incidents(pd.Series(["z"]), {}) == ()


@pytest.mark.parametrize("cell", [None, float("nan"), "", "text", (), []])
def test_an_empty_cell_has_no_items(cell):
    assert items_of(cell) == ()
