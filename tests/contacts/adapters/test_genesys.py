"""Exports of Genesys Cloud."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.genesys import ADAPTER
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.reading import Notes


def detail(media, note=""):
    segments = [{"segmentType": "wrapup", "wrapUpNote": note}] if note else []
    return {"conversationId": f"g-{media}", "conversationStart": "2026-05-01T02:00:00.000Z", "participants": [
        {"purpose": "customer", "externalContactId": "x1", "sessions": [{"mediaType": media}]},
        {"purpose": "acd", "participantName": "解約窓口", "sessions": [{"mediaType": media, "metrics": [{"name": "tAcd", "value": 12000}]}]},
        {"purpose": "agent", "userId": "u1", "sessions": [{"mediaType": media, "segments": segments, "metrics": [
            {"name": "tHandle", "value": 240500}, {"name": "tAcw", "value": 30000}]}]},
        {"purpose": "agent", "userId": "u2", "sessions": [{"mediaType": media, "metrics": [{"name": "tHandle", "value": 60000}]}]},
    ]}


TRANSCRIPT = {
    "conversationId": "g-9", "mediaType": "voice", "duration": {"milliseconds": 90500}, "participants": [{"participantPurpose": "internal", "userId": "u5"}],
    "transcripts": [{"phrases": [
        {"text": "はい", "startTimeMs": 1777600003000, "participantPurpose": "internal"},
        {"text": "かいやくです", "decoratedText": "解約です。", "startTimeMs": 1777600000000, "participantPurpose": "external"}]}],
}


def fold(document):
    notes = Notes()
    assert ADAPTER.fold is not None
    return ADAPTER.fold(document, notes), notes


def test_a_call_has_its_agents_effort_and_their_notes():
    out, notes = fold({"conversations": [detail("voice", "請求の件で折り返し")], "totalHits": 1})
    row = out.frame.to_dict("records")[0]
    assert (row["handle_seconds"], row["after_call_seconds"], row["wait_seconds"]) == (300.5, 30.0, 12.0)
    assert (row["text"], row["team"], row["agent_id"], row["customer_id"]) == ("請求の件で折り返し", "解約窓口", "u1", "x1")
    assert notes.doubts == ()


def test_what_is_no_call_was_open_and_not_worked_on():
    out, notes = fold([detail("message"), detail("email")])
    assert out.frame["handle_seconds"].tolist() == [None, None]
    assert out.frame["handle_open_seconds"].tolist() == [300.5, 300.5]
    assert "text" not in out.frame
    told = {doubt.code: (doubt.rows, doubt.shown) for doubt in notes.doubts}
    assert told == {"no_words": (2, "")}
    assert notes.facts == {
        "contacts whose open time is no effort (tHandle message)": "1", "contacts whose open time is no effort (tHandle email)": "1",
    }


def test_a_transcript():
    out, notes = fold(TRANSCRIPT)
    row = out.frame.to_dict("records")[0]
    assert (row["contact_id"], row["text"], row["agent_text"], row["handle_seconds"]) == ("g-9", "解約です。", "はい", 90.5)
    assert (row["created_at"], row["agent_id"], notes.doubts) == ("2026-05-01T01:46:40+00:00", "u5", ())


def test_offsets_are_no_times_and_other_speakers_are_told():
    phrases = [{"text": "a", "startTimeMs": 500, "participantPurpose": "external"}, {"text": "b", "startTimeMs": 700, "participantPurpose": "外線"}]
    out, notes = fold({**TRANSCRIPT, "mediaType": "message", "transcripts": [{"phrases": phrases}]})
    assert "created_at" not in out.frame
    assert out.frame["handle_seconds"].tolist() == [None]
    assert [(doubt.code, doubt.rows) for doubt in notes.doubts] == [("unknown_speaker", 1)]


def test_the_csv_is_in_milliseconds_and_counts_for_calls():
    notes = Notes()
    frame = pd.DataFrame({
        "Conversation ID": ["1", "2", "3", "4"], "Media Type": ["voice", "message", "callback, voice", "email"], "Handle": ["61500", "7200000", "00:01:30.250", ""],
        "Queue Wait": ["900", "", "2000", "5000"], "Users": ["a", "b", "c", "d"], "ANI": ["", "", "", ""], "Remote": ["", "", "", ""],
    })
    assert adapter_of(Probe("a.csv", "table", tuple(frame.columns))) is ADAPTER
    assert ADAPTER.tidy is not None
    tidy = ADAPTER.tidy(frame, notes)
    assert tidy["Handle"].tolist() == ["61.500", None, "00:01:30.250", None]
    assert tidy["Queue Wait"].tolist() == ["0.900", "", "2.000", "5.000"]
    assert notes.facts == {"contacts whose open time is no effort (Handle)": "1"} and notes.doubts == ()


@pytest.mark.parametrize("document", [TRANSCRIPT, [TRANSCRIPT], detail("voice"), {"conversations": [detail("chat")]}])
def test_documents_of_genesys_are_recognised(document):
    assert adapter_of(Probe("a.json", "json", document=document)) is ADAPTER


@pytest.mark.parametrize("document", [{"conversations": [{"id": 1}]}, {"conversationId": "1", "transcripts": []}, {"conversationId": "1", "participants": []}])
def test_other_documents_are_not(document):
    assert adapter_of(Probe("a.json", "json", document=document)) is None


@pytest.mark.parametrize("columns", [("Conversation ID", "Media Type", "Text"), ("会話ID", "メディアタイプ", "発言"), ("Media Type", "Users", "Queue", "ANI")])
def test_plain_tables_are_not(columns):
    assert adapter_of(Probe("a.csv", "table", columns)) is None
