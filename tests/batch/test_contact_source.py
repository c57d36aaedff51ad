"""What a results folder and a study give contacts through has the same doors."""

from __future__ import annotations

import inspect

import pytest

from vocmine.batch.contact_source import ContactSource, KnownContacts
from vocmine.batch.contact_store import ContactStore
from vocmine.study.tables import ContactTables


@pytest.mark.parametrize(("protocol", "made"), [(ContactSource, ContactStore), (ContactSource, ContactTables), (KnownContacts, ContactStore)])
def test_each_door_takes_the_same(protocol, made):
    doors = [name for name, value in vars(protocol).items() if inspect.isfunction(value) and not name.startswith("_")]
    assert doors
    for name in doors:
        wanted, found = (list(inspect.signature(getattr(each, name)).parameters) for each in (protocol, made))
        assert wanted == found
