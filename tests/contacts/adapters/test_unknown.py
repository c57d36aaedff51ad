"""What is said of documents that nobody reads."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.unknown import nearest_system, unknown_document


@pytest.mark.parametrize(("document", "message"), [
    ({"transcripts": [{"phrases": [{"text": "a"}]}], "conversationId": "1"}, "looks like Genesys transcripts, but without participantPurpose"),
    ([{"requester_id": 1, "assignee_id": 2, "group_id": 3}], "looks like Zendesk, but without via, satisfaction_rating, raw_subject, ..."),
    ({"a": {"b": 1}}, "no system that is known by its keys; expected: names for a mapping: a.b"),
    ({}, "names for a mapping: none"), ("x", "names for a mapping: none"),
])
def test_the_nearest_system_is_named(document, message):
    assert message in str(unknown_document(document, "a.json"))


def test_two_shared_keys_are_no_evidence():
    assert nearest_system({"id", "source", "requester_id"}) is None
