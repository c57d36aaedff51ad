"""Conversations of Intercom."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.intercom import ADAPTER
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.objects import reach
from vocmine.contacts.reading import Notes


def part(at, kind, who, body, **rest):
    return {"part_type": kind, "created_at": 1777600000 + at, "author": {"type": who, "id": "1"}, "body": body, **rest}


TALK = {
    "type": "conversation", "id": "215", "created_at": 1777600000, "state": "closed", "open": False, "admin_assignee_id": 4, "team_assignee_id": 6,
    "source": {"type": "conversation", "delivered_as": "customer_initiated", "subject": "<p>注文</p>", "body": "<p>届き<b>ません</b></p>",
               "author": {"type": "lead", "id": "u9"}},
    "conversation_rating": {"rating": 2}, "statistics": {"time_to_admin_reply": 45, "handling_time": 9000},
    "conversation_parts": {"type": "conversation_part.list", "conversation_parts": [
        part(40, "open", "user", "<p>まだですか</p>"), part(10, "comment", "admin", "<p>調べます</p>"), part(20, "note", "admin", "<p>怒っている</p>"),
        part(30, "assignment", "admin", "<p>物流へ</p>"), part(50, "close", "admin", "<p>発送しました</p>"), part(60, "comment", "user", "消した", redacted=True),
    ]},
}


def fold(document):
    notes = Notes()
    assert ADAPTER.fold is not None
    return ADAPTER.fold(document, notes), notes


def test_a_conversation_is_one_contact_without_its_notes():
    out, notes = fold(TALK)
    row = out.frame.to_dict("records")[0]
    assert row["text"] == "注文\n届きません\nまだですか"
    assert row["agent_text"] == "調べます\n発送しました"
    assert (row["contact_id"], row["customer_id"], row["csat"], row["wait_seconds"], row["resolved"]) == ("215", "u9", 2, 45, True)
    assert (row["created_at"], ADAPTER.channels[row["channel"]]) == ("2026-05-01T01:46:40+00:00", "chat")
    assert "handle_seconds" not in row
    assert not notes.doubts


def test_an_outbound_message_is_the_agents():
    out, _ = fold({**TALK, "source": {**TALK["source"], "author": {"type": "admin", "id": "4"}, "body": "お知らせ"}, "contacts": {"contacts": [{"id": "u1"}]}})
    row = out.frame.to_dict("records")[0]
    assert (row["text"], row["customer_id"]) == ("まだですか", "u1")
    assert row["agent_text"].startswith("お知らせ\n")


def test_dotted_names_reach_plain_text():
    records = fold({"conversations": [TALK]})[0].records
    assert reach(records, "source.body") == ["届きません"]
    assert reach(records, "conversation_parts.conversation_parts.body") == ["調べます\nまだですか\n発送しました"]


def test_unknown_authors_are_told():
    _, notes = fold({**TALK, "conversation_parts": {"conversation_parts": [part(1, "comment", "robot", "ピー")]}})
    assert [(doubt.code, doubt.rows, doubt.shown) for doubt in notes.doubts] == [("unknown_speaker", 1, "robot")]


@pytest.mark.parametrize("document", [TALK, [TALK, TALK], {"type": "conversation.list", "conversations": [TALK], "pages": {}}, [{"conversations": [TALK]}]])
def test_conversations_are_recognised(document):
    assert adapter_of(Probe("a.json", "json", document=document)) is ADAPTER


@pytest.mark.parametrize("document", [{"conversations": [{"id": 1, "source": {"type": "email", "body": "x"}, "state": "open"}]}, {"conversations": []}, [{"source": "email", "state": "open", "statistics": {}}]])
def test_other_documents_are_not(document):
    assert adapter_of(Probe("a.json", "json", document=document)) is None


def test_a_report_has_no_words():
    columns = ("Conversation ID", "Conversation started at (Asia/Tokyo)", "Channel")
    assert adapter_of(Probe("a.csv", "table", columns)) is ADAPTER
    assert adapter_of(Probe("a.csv", "table", ("Conversation ID", "Started at", "Channel"))) is None
    notes = Notes()
    assert ADAPTER.tidy is not None
    ADAPTER.tidy(pd.DataFrame([["1", "x", "y"]], columns=columns), notes)
    assert [doubt.code for doubt in notes.doubts] == ["no_words"]
