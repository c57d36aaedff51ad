"""Exports of HubSpot."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.hubspot import ADAPTER
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.reading import Notes

TICKET = {"id": "31", "properties": {"subject": "ログイン", "content": "<p>入れない</p>", "createdate": "2026-05-01T00:00:00Z", "hs_pipeline_stage": "4",
                                     "source_type": "PHONE", "closed_date": "2026-05-02T00:00:00Z", "hubspot_owner_id": "8"},
          "createdAt": "2026-05-01T00:00:00Z", "archived": False, "associations": {"contacts": {"results": [{"id": "901", "type": "ticket_to_contact"}]}}}


@pytest.mark.parametrize("columns", [
    ("Ticket ID", "Ticket name", "Ticket description", "Create date", "Source", "Contact ID"), ("Record ID", "Ticket name", "Pipeline", "Ticket status"),
    ("チケットID", "チケット名", "チケットの説明", "作成日", "ソース"),
])
def test_ticket_tables_are_recognised(columns):
    assert adapter_of(Probe("a.csv", "table", columns)) is ADAPTER


@pytest.mark.parametrize("columns", [("Ticket ID", "Ticket name", "Text"), ("Record ID", "Create date", "Pipeline", "Deal Name"), ("チケット名", "作成日", "本文")])
def test_plain_tables_are_not(columns):
    assert adapter_of(Probe("a.csv", "table", columns)) is None


def test_the_ticket_is_the_contact():
    assert (ADAPTER.columns["ticket id"], ADAPTER.columns["contact id"], ADAPTER.columns["source"]) == ("contact_id", "customer_id", "channel")


def test_descriptions_are_plain_and_closed_tickets_resolved():
    frame = pd.DataFrame({"Ticket description": ["<p>入れない</p>", ""], "Close date": ["2026-05-02 10:00", ""]})
    assert ADAPTER.tidy is not None
    tidy = ADAPTER.tidy(frame, Notes())
    assert tidy["Ticket description"].tolist() == ["入れない", ""]
    assert tidy["resolved"].tolist() == [True, False]


def test_tickets_of_the_api():
    document = {"results": [TICKET, {**TICKET, "id": "32", "archived": True}], "paging": {"next": {"after": "33"}}}
    assert adapter_of(Probe("a.json", "json", document=document)) is ADAPTER
    assert ADAPTER.fold is not None
    out = ADAPTER.fold(document, Notes())
    row = out.frame.to_dict("records")[0]
    assert (row["contact_id"], row["customer_id"], row["text"], row["resolved"]) == ("31", "901", "ログイン\n入れない", True)
    assert ADAPTER.channels[row["channel"].casefold()] == "call"
    assert out.broken == [(2, "deleted_ticket", "archived")]


@pytest.mark.parametrize("record", [
    {"id": "1", "properties": {"dealname": "x", "hs_object_id": "1"}}, {"id": "1", "properties": {"subject": "x"}}, {"id": "1", "createdAt": "2026-05-01"},
])
def test_other_objects_are_not(record):
    assert adapter_of(Probe("a.json", "json", document={"results": [record]})) is None


def test_messages_are_folded_into_threads():
    def message(at, text, **rest):
        return {"id": at, "conversationsThreadId": "77", "createdAt": f"2026-05-01T00:0{at}:00Z", "channelId": "1002", "text": text, "type": "MESSAGE", **rest}

    document = {"results": [
        message(3, "はい", direction="OUTGOING"), message(1, "届きません", direction="INCOMING", senders=[{"actorId": "V-5"}]),
        message(2, "常連客", type="COMMENT"), message(4, "まだ?", direction="INCOMING"), message(5, "誰", direction="SIDEWAYS"),
    ]}
    notes = Notes()
    assert adapter_of(Probe("a.json", "json", document=document)) is ADAPTER
    assert ADAPTER.fold is not None
    out = ADAPTER.fold(document, notes)
    row = out.frame.to_dict("records")[0]
    assert (row["contact_id"], row["text"], row["agent_text"], row["customer_id"]) == ("77", "届きません\nまだ?", "はい", "V-5")
    assert (row["created_at"], row["channel"], out.rows) == ("2026-05-01T00:01:00Z", "1002", (1,))
    assert [(doubt.code, doubt.rows) for doubt in notes.doubts] == [("unknown_speaker", 1)]
