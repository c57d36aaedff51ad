"""Chats saved beside Zoom recordings."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.adapters.zoom_chat import ADAPTER, fold_zoom_chat
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

OLD = "09:30:15\t From Bea Low to Everyone : It broke\n09:31:00\t From Help Desk to Bea Low(Direct Message) : Sorry: wait\n"
NEW = "09:30:15 From Bea Low to Everyone:\n\tIt broke\n\tagain\n09:31:00 From Help Desk to Everyone:\n\tReacted to \"It broke\" with 👍\n"


def test_messages_of_both_versions():
    assert fold_zoom_chat(OLD, Notes()).frame[["speaker", "text", "seconds"]].values.tolist() == [
        ["Bea Low", "It broke", 34215.0], ["Help Desk", "Sorry: wait", 34260.0],
    ]
    notes = Notes()
    folded = fold_zoom_chat(NEW, notes)
    assert folded.frame[["speaker", "text"]].values.tolist() == [["Bea Low", "It broke\nagain"]]
    assert notes.facts == {"messages without words": "1"} and folded.rows == (1,)


def test_a_chat_without_messages():
    with pytest.raises(ContactError, match="no message"):
        fold_zoom_chat("09:30:15\tBea:\t\n", Notes())


@pytest.mark.parametrize(("head", "is_one"), [
    (OLD, True), (NEW, True), ("00:01:10\tBea:\tIt broke", True), ("00:01:10 Bea: It broke", False), ("09:30\tBea\tIt broke", False), ("", False),
])
def test_what_is_recognised(head, is_one):
    assert (adapter_of(Probe("a.txt", "text", head=head)) is ADAPTER) is is_one
