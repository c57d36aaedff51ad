"""Zendesk tickets, transcripts and posts."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import check_contacts, iter_chunks, read_contacts
from vocmine.contacts.adapters.social import fold_posts
from vocmine.contacts.adapters.transcripts import fold_turns, split_speakers
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


TURNS = pd.DataFrame({
    "会話ID": ["a", "b", "a", "a", "b", "c"], "話者": ["オペレーター", "お客様", "お客様", "オペレータ", "謎", "担当"],
    "本文": ["はい", "もしもし", "解約したい", "承りました", "…", "応答なし"], "秒": [0, 0, "0:10", 42.5, 5, 0], "顧客ID": ["", "k2", "k1", "", "", ""],
    "日時": ["2026-11-21 10:00"] * 6,
})


def test_transcripts_from_a_file(tmp_path):
    path = tmp_path / "chat.csv"
    TURNS.to_csv(path, index=False, encoding="cp932")
    checked = next(iter_chunks(path, format="transcript"))
    first, second = checked.contacts.to_dict("records")
    assert (first["contact_id"], first["text"], first["agent_text"]) == ("a", "解約したい", "はい\n承りました")
    assert (first["handle_seconds"], first["first_response_seconds"], first["customer_id"], first["channel"]) == (42.5, 32.5, "k1", "chat")
    assert (second["n_unknown_turns"], second["text"]) == (1, "もしもし")
    assert checked.rejected[["row", "contact_id", "code"]].values.tolist() == [[7, "c", "empty_text"]]


def test_a_clock_of_dates_and_one_that_stands_still():
    turns = pd.DataFrame({"conversation_id": ["a", "a"], "speaker": ["user", "agent"], "text": ["x", "y"], "created_at": ["2026-11-21 10:00:00", "2026-11-21 10:02:00"]})
    assert fold_turns(turns)["handle_seconds"].tolist() == [120]
    still = fold_turns(turns.assign(created_at="2026-11-21"))
    assert still["handle_seconds"].isna().all()


def test_whole_transcripts_in_a_cell():
    frame = pd.DataFrame({"conversation_id": ["a", "b"], "created_at": "2026-11-21", "text": ["[00:00] お客様: 解約\n[01:30] 担当者: はい\n続き", "話者のない文:あり"]})
    folded = fold_turns(frame)
    assert folded["text"].tolist() == ["解約", "話者のない文:あり"]
    assert folded["agent_text"].tolist() == ["はい\n続き", ""]
    assert folded["handle_seconds"].tolist()[0] == 90
    with pytest.raises(ContactError, match="no turns"):
        split_speakers("なし")
    with pytest.raises(ContactError, match="conversation_id"):
        fold_turns(frame.drop(columns="conversation_id"))


def posts_of(*rows):
    return pd.DataFrame(rows, columns=["contact_id", "created_at", "text", "reach", "repost_of"])


def test_reposts_are_folded_and_reach_is_kept():
    posts = posts_of(
        ("3", "2026-11-23", "RT @a: 新しいアプリがまったく起動しなくて本当に困っている https://t.example/x", 30, None),
        ("1", "2026-11-21", "新しいアプリがまったく起動しなくて本当に困っている", 10, None),
        ("4", "2026-11-24", "RT @b: 新しいアプリがまったく起動しなくて本当に困…", 5, None),
        ("2", "2026-11-22", "", 7, "1"), ("5", "2026-11-24", "なにか", 1, "2"), ("6", "2026-11-25", "別の投稿", None, None),
        ("7", "2026-11-25", "消えた元", 2, "999"), ("8", "2026-11-26", "消えた元", 3, "999"),
    )
    folded = fold_posts(posts)
    assert folded["contact_id"].tolist() == ["1", "6", "7"]
    assert folded["n_posts"].tolist() == [5, 1, 2]
    assert folded["reach"].sum() == posts["reach"].sum() and folded["reach"].isna().tolist() == [False, True, False]
    shuffled = fold_posts(posts.sample(frac=1, random_state=3))
    assert sorted(shuffled["contact_id"]) == ["1", "6", "7"]


def test_rings_of_reposts_end():
    ring = posts_of(("1", "2026-11-21", "a", 1, "2"), ("2", "2026-11-21", "b", 1, "3"), ("3", "2026-11-21", "c", 1, "1"), ("4", "2026-11-21", "d", 1, "1"))
    assert fold_posts(ring)["n_posts"].sum() == 4


def test_the_same_words_are_two_posts():
    assert len(fold_posts(posts_of(("1", "2026-11-21", "困る", 1, None), ("2", "2026-11-21", "困る", 1, None)))) == 2


def test_posts_from_a_frame():
    posts = pd.DataFrame({"tweet_id": [1, 2], "date": "2026-11-21", "tweet": ["つながらない", "RT @a: つながらない"], "impressions": [1, 2]})
    contacts = read_contacts(posts, format="social")
    assert contacts[["contact_id", "channel", "reach", "n_posts"]].values.tolist() == [["1", "social", 3.0, 2]]
    assert contacts["is_public"].tolist() == [True]
