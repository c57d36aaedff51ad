"""Parts of contacts are refused, whole ones are not."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.parts import refuse_parts
from vocmine.errors import ContactError

COMMENT = {"id": 1, "author_id": 7, "public": True, "body": "届かない", "type": "Comment"}


@pytest.mark.parametrize(("document", "part"), [
    ({"comments": [COMMENT], "count": 1}, "comments of Zendesk"), ([COMMENT], "comments of Zendesk"),
    ({"ticket_events": [{"id": 1}], "count": 1}, "events of Zendesk"),
    ({"audits": [{"ticket_id": 1, "events": [], "author_id": 2}]}, "audits of Zendesk"),
    ([{"incoming": True, "private": False, "body_text": "x"}], "replies of Freshdesk"),
    ({"records": [{"attributes": {"type": "EmailMessage"}, "Id": "02s"}], "done": True}, "e-mail messages"),
    ([{"attributes": {"type": "CaseComment"}}], "comments on Salesforce"),
    ({"jobName": "j", "results": {"transcripts": [{"transcript": "x"}], "items": []}}, "Amazon Transcribe"),
    ({"results": {"channels": [{"alternatives": []}]}}, "Deepgram"), ({"recognizedPhrases": []}, "Azure"),
    ({"results": [{"alternatives": [{"transcript": "x"}]}]}, "Google"),
    ([{"id": "U1", "team_id": "T1", "profile": {}, "is_bot": False}], "people of a Slack"),
    ([{"id": "C1", "creator": "U1", "members": [], "is_archived": False}], "channels of a Slack"),
])
def test_documents_that_are_parts(document, part):
    with pytest.raises(ContactError, match=part):
        refuse_parts(Probe("a.json", "json", document=document), has_text=True)


@pytest.mark.parametrize(("columns", "part"), [
    (("Id", "ParentId", "CommentBody"), "comments on Salesforce"),
    (("Contact ID", "Initiation timestamp", "Disconnect timestamp"), "contact search"), (("start", "end", "text"), "Whisper"),
])
def test_tables_that_are_parts(columns, part):
    with pytest.raises(ContactError, match=part):
        refuse_parts(Probe("a.csv", "table", columns))


@pytest.mark.parametrize("probe", [
    Probe("a.json", "json", document=[{**COMMENT, "requester_id": 3}]), Probe("a.json", "json", document=[]),
    Probe("a.json", "json", document="x"), Probe("a.json", "json", document={"results": [{"id": 1}]}),
    Probe("a.csv", "table", ("start", "end", "text", "id")), Probe("a.csv", "table", ()),
])
def test_others_are_none(probe):
    assert refuse_parts(probe) is None


def test_an_export_without_words_is_read_where_a_mapping_brings_them():
    assert refuse_parts(Probe("a.csv", "table", ("Contact ID", "Initiation timestamp", "Disconnect timestamp")), True) is None
