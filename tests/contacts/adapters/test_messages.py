"""Conversations that carry their messages."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.messages import ADAPTER, fold_messages
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.reading import Notes

CHAT = {"id": "c7", "createdAt": 1777600000, "csat": 4, "messages": [
    {"role": "system", "content": "You help."}, {"role": "user", "content": "<p>壊れた</p>"},
    {"role": "assistant", "content": [{"type": "text", "text": "お待ち"}, {"type": "image"}]}, {"role": "user", "content": ""},
]}


def turns(document):
    notes = Notes()
    folded = fold_messages(document, notes)
    return folded.frame, folded, notes


def test_turns_of_chats():
    frame, folded, notes = turns([CHAT])
    assert frame[["conversation_id", "speaker", "text", "csat"]].values.tolist() == [["c7", "user", "壊れた", 4], ["c7", "assistant", "お待ち", 4]]
    assert frame["created_at"].tolist() == ["2026-05-01T01:46:40+00:00"] * 2
    assert notes.facts == {"messages that steer the assistant": "1"} and folded.rows == (1, 1)
    assert "messages" not in folded.records[0]  # a dotted name would bring the words of both sides


@pytest.mark.parametrize(("message", "speaker", "text"), [
    ({"sender_type": "Visitor", "name": "A", "msg": "x"}, "Visitor", "x"), ({"author": {"role": "agent"}, "text": "x"}, "agent", "x"),
    ({"from": {"displayName": "Ann"}, "body": {"content": "<b>x</b>"}}, "Ann", "x"), ({"話者": "お客様", "本文": "x"}, "お客様", "x"),
])
def test_names_of_speakers_and_words(message, speaker, text):
    frame, _, _ = turns({"data": [{"chat_id": "1", "history": [message]}]})
    assert frame[["conversation_id", "speaker", "text"]].values.tolist() == [["1", speaker, text]]


def test_chats_without_an_id_are_those_of_the_file():
    bare = {"messages": CHAT["messages"][1:3]}
    assert turns(bare)[0]["conversation_id"].tolist() == ["", ""] and "created_at" not in turns(bare)[0]
    assert turns([bare, bare])[0]["conversation_id"].tolist() == ["-1", "-1", "-2", "-2"]


@pytest.mark.parametrize(("document", "is_one"), [
    ([CHAT], True), ({"conversations": [CHAT]}, True), ({"messages": [{"text": "x"}]}, False), ([{"id": 1, "messages": ["x"]}], False),
    ([CHAT, {"id": 2}], False), ([{"items": [{"name": "靴", "value": "1"}]}], False), ([], False), ("x", False),
    ([{"messages": [{"role": "a", "text": "x"}], "history": [{"role": "a", "text": "x"}]}], False),
])
def test_what_is_recognised(document, is_one):
    assert (adapter_of(Probe("a.json", "json", document=document)) is ADAPTER) is is_one
