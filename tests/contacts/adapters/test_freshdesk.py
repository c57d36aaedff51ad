"""Exports of Freshdesk."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.freshdesk import ADAPTER
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.objects import reach
from vocmine.contacts.reading import Notes

HEADER = ("Ticket ID", "Subject", "Status", "Source", "Agent", "Created time", "Due by Time", "Initial response time", "Time tracked",
          "Customer interactions", "Survey results", "Contact ID")
JAPANESE = ("チケットID", "件名", "ステータス", "ソース", "作成日時", "追跡時間", "初回応答ステータス", "解決ステータス", "連絡先ID")


@pytest.mark.parametrize("columns", [HEADER, tuple(name.upper() for name in HEADER), JAPANESE])
def test_the_ticket_list_is_recognised(columns):
    assert adapter_of(Probe("a.csv", "table", columns)) is ADAPTER


@pytest.mark.parametrize("columns", [("Ticket ID", "Subject", "Source", "Created time"), ("チケットID", "件名", "本文"), ("Time tracked", "Survey results", "Agent interactions")])
def test_plain_tables_are_not(columns):
    assert adapter_of(Probe("a.csv", "table", columns)) is None


def test_the_ticket_is_the_contact_and_the_contact_the_customer():
    assert (ADAPTER.columns["ticket id"], ADAPTER.columns["contact id"]) == ("contact_id", "customer_id")
    assert (ADAPTER.columns["チケットid"], ADAPTER.columns["連絡先id"]) == ("contact_id", "customer_id")


def test_hours_and_minutes_smileys_and_states():
    notes = Notes()
    frame = pd.DataFrame({
        "Ticket ID": ["1", "2", "3", "4"], "Time tracked": ["00:25", "12:05", "01:10:30", ""],
        "Survey results": ["Extremely happy", "Happy", "", "Neutral"], "Status": ["Closed", "Waiting on Customer", "返送待ち", "Resolved"],
    })
    assert ADAPTER.tidy is not None
    tidy = ADAPTER.tidy(frame, notes)
    assert tidy["Time tracked"].tolist() == ["00:25:00", "12:05:00", "01:10:30", ""]
    assert tidy["Survey results"].tolist() == [5.0, 3.67, "", 3.0]
    assert tidy["resolved"].tolist() == [True, False, None, True]
    assert notes.facts == {"words of seven steps spread over 1 to 5 in Survey results": "yes"} and notes.doubts == ()
    assert ADAPTER.tidy(frame[["Ticket ID"]], notes).equals(frame[["Ticket ID"]])


def test_tickets_of_the_api():
    tickets = [
        {"id": 7, "subject": "返金", "description": "<div>まだ<br>届かない</div>", "source": 3, "status": 5, "requester_id": 70, "fr_escalated": False,
         "created_at": "2026-05-02T01:00:00Z", "responder_id": 9, "conversations": [
             {"body_text": "至急です", "incoming": True, "private": False}, {"body_text": "承知しました", "incoming": False, "private": False},
             {"body_text": "常連", "incoming": False, "private": True}]},
        {"id": 8, "subject": "x", "source": 2, "status": 2, "requester_id": 71, "fr_escalated": False, "deleted": True, "created_at": "2026-05-02T01:00:00Z"},
    ]
    assert adapter_of(Probe("a.json", "json", document=tickets)) is ADAPTER
    assert ADAPTER.fold is not None
    out = ADAPTER.fold(tickets, Notes())
    row = out.frame.to_dict("records")[0]
    assert (row["contact_id"], row["customer_id"], row["text"]) == ("7", 70, "返金\nまだ\n届かない\n至急です")
    assert (row["agent_text"], row["resolved"], ADAPTER.channels[row["channel"]]) == ("承知しました", True, "call")
    assert reach(out.records, "conversations.body_text") == ["至急です\n承知しました"]
    assert (out.broken, out.rows) == ([(2, "deleted_ticket", "deleted")], (1,))


def test_tickets_of_the_account_export():
    document = [{"helpdesk_ticket": {"display_id": 12, "subject": "請求", "description": "二重です", "source": 1, "requester_id": 5, "created_at": "2026-05-02",
                                     "notes": [{"helpdesk_note": {"body": "解約する", "incoming": True, "private": False}}]}}]
    assert adapter_of(Probe("a.json", "json", document=document)) is ADAPTER
    assert ADAPTER.fold is not None
    assert ADAPTER.fold(document, Notes()).frame[["contact_id", "text"]].values.tolist() == [["12", "請求\n二重です\n解約する"]]
