"""Exports of Zendesk."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import check_contacts, read_contacts
from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.adapters.zendesk import ADAPTER, from_zendesk, zendesk_parts
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

TICKETS = [
    {"id": 1, "created_at": "2026-11-21T05:30:00Z", "via": {"channel": "web"}, "subject": "請求", "description": "二重です", "requester_id": 7,
     "status": "solved", "group_id": 3, "assignee_id": 9, "satisfaction_rating": {"score": "bad"}, "metric_set": {"group_stations": 3}, "tags": ["a", "b"],
     "custom_fields": [{"id": 55, "value": "120"}]},
    {"id": 2, "created_at": "2026-11-21T06:30:00Z", "via": {"channel": "native_messaging"}, "subject": "", "description": "Hello", "requester_id": 8,
     "status": "open", "satisfaction_rating": {"score": "offered"}},
]
COMMENTS = [
    {"ticket_id": 1, "author_id": 9, "body": "確認します", "public": True, "created_at": "2026-11-21T05:40:00Z"},
    {"ticket_id": 1, "author_id": 7, "body": "まだですか", "public": True, "created_at": "2026-11-21T05:50:00Z"},
    {"ticket_id": 1, "author_id": 9, "body": "内部メモ", "public": False, "created_at": "2026-11-21T05:45:00Z"},
    {"ticket_id": 1, "author_id": 7, "body": "二重です", "public": True, "created_at": "2026-11-21T05:30:00Z"},
]


@pytest.fixture
def zendesk_file(tmp_path):
    path = tmp_path / "export.json"
    path.write_text(json.dumps({"tickets": TICKETS, "comments": COMMENTS}), "utf-8")
    return path


def test_zendesk_export(zendesk_file):
    contacts = read_contacts(zendesk_file)
    first, second = contacts.to_dict("records")
    assert first["text"] == "請求\n二重です\nまだですか"
    assert (first["agent_text"], first["internal_notes"]) == ("確認します", "内部メモ")
    assert (first["channel"], first["csat"], first["transfers"], first["resolved"], first["replies"]) == ("email", 1, 2, True, 1)
    assert (second["channel"], second["resolved"]) == ("chat", False)
    assert np.isnan(second["csat"]) and "handle_seconds" not in contacts
    told = read_contacts(zendesk_file, {"field_55": "handle_seconds"})
    assert told["handle_seconds"].iloc[0] == 120


def test_zendesk_lines_and_frames(tmp_path):
    path = tmp_path / "tickets.jsonl"
    path.write_text("".join(json.dumps({**ticket, "comments": []}) + "\n" for ticket in TICKETS), "utf-8")
    assert read_contacts(path, format="zendesk")["contact_id"].tolist() == ["1", "2"]
    assert len(read_contacts(pd.DataFrame(TICKETS), format="zendesk")) == 2
    path.write_text('{"id": 1}\n{oops\n')
    with pytest.raises(ContactError, match="row 2"):
        read_contacts(path, format="zendesk")


def test_zendesk_wrong_documents(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("{]")
    with pytest.raises(ContactError, match="no JSON"):
        read_contacts(path)
    path.write_text('{"a": 1}')
    with pytest.raises(ContactError, match="no list of objects"):
        read_contacts(path)
    with pytest.raises(ContactError, match="no Zendesk tickets"):
        read_contacts(path, format="zendesk")


def test_a_ticket_without_anything_is_a_reject():
    assert len(check_contacts(from_zendesk([{"id": 3}])).rejected) == 1


def folded(document):
    notes = Notes()
    assert ADAPTER.fold is not None
    return ADAPTER.fold(document, notes), notes


def test_what_stands_beside_the_tickets_is_joined_to_them():
    page = {
        "tickets": [{**TICKETS[0], "metric_set": None}, TICKETS[1]], "comments": COMMENTS, "users": [{"id": 7, "role": "end-user"}],
        "groups": [{"id": 3, "name": "請求窓口"}],
        "metric_sets": [{"ticket_id": 1, "replies": 2, "group_stations": 2, "reply_time_in_minutes": {"calendar": 7, "business": 3}},
                        {"ticket_id": 2, "replies": 0, "reply_time_in_seconds": {"calendar": 95}, "reply_time_in_minutes": {"calendar": 2}}],
        "next_page": None, "count": 2,
    }
    first, second = folded(page)[0].frame.to_dict("records")
    assert (first["replies"], first["wait_seconds"], first["transfers"], first["team"]) == (2, 420.0, 1, "請求窓口")
    assert (second["replies"], second["wait_seconds"], second["team"]) == (0, 95.0, None)
    assert "is_public" not in first
    assert "handle_seconds" not in first


@pytest.mark.parametrize("gone", [{"status": "deleted"}, {"subject": "SCRUBBED", "description": "SCRUBBED", "status": "closed"}])
def test_deleted_tickets_are_broken_rows(gone):
    out, _ = folded({"tickets": [{**TICKETS[0], **gone}, TICKETS[1]]})
    assert out.broken == [(1, "deleted_ticket", gone["status"])]
    assert (out.frame["contact_id"].tolist(), out.rows) == (["2"], (2,))


@pytest.mark.parametrize(("ticket", "text", "hidden"), [
    ({"comments": [{"author_id": 9, "body": "二重です", "public": False}]}, "請求", "二重です"),
    ({"is_public": False}, "請求", "二重です"),
    ({"comments": [{"author_id": 7, "body": "二重です", "public": True}, {"author_id": 7, "body": "至急", "public": False}]}, "請求\n二重です", "至急"),
    ({"comments": [{"author_id": 7, "html_body": "<p>二重です</p>"}, {"author_id": 7, "html_body": "<p>返金&amp;解約</p>"}]}, "請求\n二重です\n返金&解約", ""),
    ({"comments": [{"author_id": 9, "body": "二重です"}, {"author_id": 7, "body": "はい"}]}, "請求\nはい", ""),
    ({"comments": [{"author_id": 9, "body": "二重です"}]}, "請求\n二重です", ""),
])
def test_internal_notes_are_in_no_text(ticket, text, hidden):
    out, notes = folded({**TICKETS[0], **ticket})
    row = out.frame.to_dict("records")[0]
    assert (row["text"], row["internal_notes"]) == (text, hidden)
    assert hidden not in row["agent_text"] or not hidden
    assert not any(comment.get("public") is False for comment in out.records[0].get("comments", []))
    assert ("tickets that begin with an internal note, which is in no text" in notes.facts) is (hidden == "二重です")


def test_replies_that_nobody_counted_are_missing():
    assert pd.isna(folded({"tickets": [TICKETS[1]]})[0].frame["replies"].iloc[0])


@pytest.mark.parametrize(("score", "csat"), [("good", 5), ("bad_with_comment", 1), ("offered", None), ("unoffered", None), (4, 4), (None, None)])
def test_satisfaction(score, csat):
    assert folded({**TICKETS[0], "satisfaction_rating": {"score": score}})[0].frame["csat"].tolist() == [csat]


@pytest.mark.parametrize("document", [
    TICKETS, TICKETS[0], {"tickets": TICKETS}, {"ticket": TICKETS[0], "comments": COMMENTS}, [{"tickets": TICKETS[:1]}, {"tickets": TICKETS[1:]}],
    {"results": [{**TICKETS[0], "result_type": "ticket"}], "facets": None, "next_page": None}, {"tickets": [], "end_of_stream": True, "count": 0},
])
def test_documents_of_zendesk_are_recognised(document):
    assert adapter_of(Probe("a.json", "json", document=document)) is ADAPTER


@pytest.mark.parametrize("document", [
    {"tickets": [{"id": 1, "text": "x", "created_at": "2026-04-01"}]}, [{"id": 1, "subject": "x", "requester_id": 2}], [{"id": 1}], {"tickets": []}, [], {}, "x",
])
def test_other_documents_are_not(document):
    assert adapter_of(Probe("a.json", "json", document=document)) is None


@pytest.mark.parametrize("columns", [
    ("ID", "Subject", "Requester", "Requested", "Group", "Assignee"), ("ステータス", "ID", "件名", "リクエスタ", "リクエスト日時", "担当者"),
    ("Summation column", "Id", "Requester", "Requester id", "Submitter", "Group stations", "Reopens", "Via"),
])
def test_views_are_recognised(columns):
    assert adapter_of(Probe("a.csv", "table", columns)) is ADAPTER


@pytest.mark.parametrize("columns", [("ID", "Subject", "Requester", "Body"), ("件名", "リクエスタ", "本文"), ("Id", "Group", "Status", "Subject")])
def test_plain_tables_are_not(columns):
    assert adapter_of(Probe("a.csv", "table", columns)) is None


def test_a_view_without_its_deleted_tickets():
    notes = Notes()
    frame = pd.DataFrame({"ID": ["1", "2"], "Status": ["Solved", "Deleted"], "Satisfaction Score": ["Offered", "Good"]})
    assert ADAPTER.tidy is not None
    kept = ADAPTER.tidy(frame, notes)
    assert kept["ID"].tolist() == ["1"]
    assert ADAPTER.tidy(pd.DataFrame({"満足度スコア": ["良い", "悪い", "3"]}), Notes())["満足度スコア"].tolist() == ["5", "1", "3"]
    assert kept["Satisfaction Score"].tolist() == [None]
    assert notes.facts == {"deleted tickets left out": "1"} and notes.doubts == ()


def test_what_was_told_to_be_zendesk_and_is_not():
    with pytest.raises(ContactError, match="no Zendesk tickets; where: record 1; got: a"):
        folded({"a": 1})


def test_pages_one_after_another():
    assert [ticket["id"] for ticket in zendesk_parts([{"tickets": TICKETS[:1]}, {"ticket": TICKETS[1]}], "a.json")[0]] == [1, 2]
