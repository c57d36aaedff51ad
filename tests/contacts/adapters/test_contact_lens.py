"""Contact Lens and contact records of Amazon Connect."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.contact_lens import ADAPTER
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.reading import Notes

ID = "0f1e2d3c-0000-4000-8000-00000000000a"
CALL = {
    "Channel": "VOICE", "CustomerMetadata": {"ContactId": ID}, "LanguageCode": "ja-JP", "JobStatus": "COMPLETED", "Version": "1.1.0",
    "Participants": [{"ParticipantId": "p1", "ParticipantRole": "CUSTOMER"}, {"ParticipantId": "p2", "ParticipantRole": "AGENT"}],
    "ConversationCharacteristics": {"TotalConversationDurationMillis": 61500},
    "Transcript": [{"ParticipantId": "p2", "Content": "ご用件は", "BeginOffsetMillis": 0}, {"ParticipantId": "p1", "Content": "解約です", "BeginOffsetMillis": 900}],
}
CHAT = {
    "Channel": "CHAT", "CustomerMetadata": {"ContactId": "chat-1"}, "Participants": CALL["Participants"],
    "ConversationCharacteristics": {"TotalConversationDurationMillis": 7_200_000},
    "Transcript": [
        {"Type": "EVENT", "ContentType": "application/vnd.amazonaws.connect.event.participant.joined", "AbsoluteTime": "2026-05-01T00:59:00.000Z", "ParticipantId": "p1"},
        {"Type": "MESSAGE", "Content": "届かない", "ContentType": "text/plain", "AbsoluteTime": "2026-05-01T01:00:00.500Z", "ParticipantId": "p1"},
        {"Type": "MESSAGE", "Content": "{\"templateType\": \"ListPicker\"}", "ContentType": "application/vnd.amazonaws.connect.message.interactive",
         "AbsoluteTime": "2026-05-01T01:00:10Z", "ParticipantId": "p2"},
        {"Type": "MESSAGE", "Content": "確認します", "ContentType": "text/markdown", "AbsoluteTime": "2026-05-01T01:01:00Z", "ParticipantId": "p2"},
        {"Type": "ATTACHMENT", "AbsoluteTime": "2026-05-01T01:02:00Z", "ParticipantId": "p1"},
    ],
}
RECORD = {"ContactId": "r-1", "Channel": "VOICE", "InitiationMethod": "INBOUND", "InitiationTimestamp": "2026-05-01T03:00:00Z", "DisconnectTimestamp": "2026-05-01T03:09:00Z",
          "Agent": {"Username": "sato", "AgentInteractionDuration": 300, "CustomerHoldDuration": 20, "AfterContactWorkDuration": 45}, "Queue": {"Name": "解約", "Duration": 33}}


def fold(document):
    notes = Notes()
    assert ADAPTER.fold is not None
    return ADAPTER.fold(document, notes), notes


def test_a_call():
    out, notes = fold(CALL)
    row = out.frame.to_dict("records")[0]
    assert (row["contact_id"], row["text"], row["agent_text"], row["handle_seconds"]) == (ID, "解約です", "ご用件は", 61.5)
    assert (ADAPTER.channels[row["channel"].casefold()], row["lang"]) == ("call", "ja")
    assert "created_at" not in row
    assert notes.doubts == ()


def test_a_chat_has_times_and_no_handle_time():
    out, notes = fold(CHAT)
    row = out.frame.to_dict("records")[0]
    assert (row["text"], row["agent_text"], row["created_at"]) == ("届かない", "確認します", "2026-05-01T00:59:00.000Z")
    assert (row["handle_seconds"], row["n_turns"], notes.doubts) == (None, 2, ())


def test_a_recorded_chat_names_the_roles_itself():
    document = {"ContactId": "c-9", "Participants": [{"ParticipantId": "p1"}], "Transcript": [
        {"Type": "MESSAGE", "Content": "はい", "AbsoluteTime": "2026-05-01T01:00:00Z", "ParticipantId": "p1", "ParticipantRole": "CUSTOMER"},
        {"Type": "MESSAGE", "Content": "え?", "AbsoluteTime": "2026-05-01T01:00:01Z", "ParticipantId": "p7"}]}
    assert adapter_of(Probe("a.json", "json", document=document)) is ADAPTER
    out, notes = fold(document)
    assert out.frame[["contact_id", "channel", "text"]].values.tolist() == [["c-9", "CHAT", "はい"]]
    assert [(doubt.code, doubt.shown) for doubt in notes.doubts] == [("unknown_speaker", "p7")]


def test_contact_records_have_effort_and_no_words():
    chat = {**RECORD, "ContactId": "r-2", "Channel": "CHAT"}
    out, notes = fold([RECORD, chat])
    first, second = out.frame.to_dict("records")
    assert (first["talk_seconds"], first["hold_seconds"], first["after_call_seconds"], first["wait_seconds"]) == (300, 20, 45, 33)
    assert (second["talk_seconds"], second["after_call_seconds"]) == (None, None)
    assert (first["team"], first["agent_id"], first["created_at"]) == ("解約", "sato", "2026-05-01T03:00:00Z")
    assert "text" not in first
    assert [(doubt.code, doubt.rows) for doubt in notes.doubts] == [("no_words", 2)]


@pytest.mark.parametrize("document", [CALL, CHAT, [CALL, CHAT], RECORD, {"Contact": {**RECORD, "Id": "x"}}, {"Contacts": [RECORD], "NextToken": "t"}])
def test_documents_of_connect_are_recognised(document):
    assert adapter_of(Probe("a.json", "json", document=document)) is ADAPTER


@pytest.mark.parametrize("document", [{"Transcript": [{"Content": "x"}]}, {"ContactId": "1", "Transcript": [{"Content": "x"}]}, {"ContactId": "1", "Channel": "VOICE"}, {"Transcript": "x"}])
def test_other_documents_are_not(document):
    assert adapter_of(Probe("a.json", "json", document=document)) is None
