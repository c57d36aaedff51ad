"""Records of documents that no system is known for."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.document_records import document_records, with_reached
from vocmine.contacts.mapping import ContactMapping
from vocmine.errors import ContactError


@pytest.mark.parametrize(("document", "mapping", "records"), [
    ({"id": 1, "text": "x", "tags": [{"n": 1}]}, {}, [{"id": 1, "text": "x", "tags": [{"n": 1}]}]),
    ({"rows": [{"id": 1}]}, {}, [{"id": 1}]), ({"id": 1, "text": "x", "tags": [{"n": 1}]}, {"records": "tags"}, [{"n": 1}]),
    ({"id": 1, "rows": [{"id": 2}]}, {}, [{"id": 2}]),
])
def test_the_records(document, mapping, records):
    assert document_records(document, "a.json", ContactMapping.of(mapping)) == records


@pytest.mark.parametrize(("document", "part"), [
    ({"a": 1}, "no list of objects"), ({"requester_id": 1, "via": 2, "satisfaction_rating": 3}, "looks like Zendesk, but without"),
])
def test_no_records(document, part):
    with pytest.raises(ContactError, match=part):
        document_records(document, "a.json", ContactMapping())


def test_names_through_lists():
    records = [{"parts": [{"body": "a"}, {"body": "b"}]}, {"parts": []}]
    frame = pd.DataFrame({"parts": [record["parts"] for record in records]})
    assert with_reached(frame, records, ContactMapping.of({"parts.body": "text"}), "a")["parts.body"].tolist() == ["a\nb", None]
    assert with_reached(frame, records, ContactMapping.of({"other.body": "text"}), "a") is frame
