"""Exports of Zendesk."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import check_contacts, read_contacts
from vocmine.contacts.adapters.zendesk import from_zendesk
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
    assert first["agent_text"] == "確認します\n内部メモ"
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
    with pytest.raises(ContactError, match="line 2"):
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
