"""What can be wrong in a mapping, one by one."""

from __future__ import annotations

import pytest

from vocmine.contacts import ContactMapping
from vocmine.contacts.mapping_checks import known_formats, mapping_mistakes
from vocmine.errors import SettingsError


@pytest.mark.parametrize(("mapping", "part"), [
    ({"units": ["分"]}, "units: must be a table"), ({"speakers": {"山田": "boss"}}, "unknown role 'boss'"),
    ({"sheets": [1]}, "sheets: must be a name or a list of names"), ({"ignore": 5}, "ignore: must be a name"),
    ({"header_row": -1}, "header_row: must be a whole number above -1"), ({"header_row": True}, "header_row"),
    ({"active_gap_minutes": -1}, "active_gap_minutes"), ({"active_gap_minutes": "10"}, "active_gap_minutes"),
    ({"system": 5}, "system: must be a name"), ({"records": []}, "records: must be a name"),
    ({"day_first": 1}, "day_first: must be true or false"), ({"handle_includes_after_call": None}, "handle_includes_after_call"),
    ({"format": "zendesc"}, "did you mean zendesk"), ({"columns": {False: "contact_id"}}, 'quote the key: "No": contact_id'),
    ({"columns": {True: "text"}}, "Yes or On"),
])
def test_each_mistake_has_its_sentence(mapping, part):
    sentences = [sentence for _, sentence in mapping_mistakes(mapping)]
    assert len(sentences) == 1
    assert part in sentences[0]
    with pytest.raises(SettingsError):
        ContactMapping.of(mapping)


@pytest.mark.parametrize("mapping", [
    {"units": {"a": "hh:mm"}, "speakers": {"*": "customer"}, "sheets": "data", "ignore": ["b"], "header_row": 0, "system": "crm",
     "records": "data.rows", "active_gap_minutes": 2.5, "day_first": False, "handle_includes_after_call": False, "format": "zendesk"},
    {"day_first": None}, {},
])
def test_good_mappings_have_none(mapping):
    assert list(mapping_mistakes(mapping)) == []
    made = ContactMapping.of(mapping)
    assert made.sheets == (("data",) if mapping.get("sheets") else ())


def test_names_that_yaml_takes_for_something_else_are_names(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text("No: contact_id\nOn: created_at\n2026: text\nconstants: {channel: call}\n")
    assert ContactMapping.of(path).columns == {"No": "contact_id", "On": "created_at", "2026": "text"}


def test_systems_are_formats():
    assert {"csv", "transcript", "zendesk", "salesforce"} <= set(known_formats())
