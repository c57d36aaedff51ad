"""Speech recognised by Whisper and its kin."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.transcripts import TurnOptions, fold_turns
from vocmine.contacts.adapters.whisper import ADAPTER, fold_whisper
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

WHISPERX = {"segments": [
    {"start": 0.2, "end": 1.0, "text": " はい、受付です", "speaker": "SPEAKER_01"},
    {"start": 1.4, "end": 2.0, "text": "箱が", "words": [{"word": "箱", "speaker": "SPEAKER_00"}, {"word": "が"}]},
    {"start": 2.0, "end": 3.0, "text": "つぶれています", "speaker": "SPEAKER_00"},
], "language": "ja"}
PLAIN = {"text": " It broke.", "segments": [{"id": 0, "seek": 0, "start": 0.0, "end": 2.0, "text": " It broke.", "tokens": [1]}], "language": "english"}
CPP = {"result": {"language": "en"}, "transcription": [{"timestamps": {"from": "00:00:01,500", "to": "00:00:02,000"}, "offsets": {"from": 1500, "to": 2000}, "text": " Hello"}]}


@pytest.mark.parametrize(("document", "turns", "lang"), [
    (WHISPERX, [["SPEAKER_01", "はい、受付です", 0.2], ["SPEAKER_00", "箱がつぶれています", 1.4]], "ja"),
    (PLAIN, [["", "It broke.", 0.0]], "en"), (CPP, [["", "Hello", 1.5]], "en"),
])
def test_segments_become_turns(document, turns, lang):
    frame = fold_whisper(document, Notes()).frame
    assert frame[["speaker", "text", "seconds"]].values.tolist() == turns and set(frame["lang"]) == {lang}
    assert ADAPTER.recognises(Probe("a.json", "json", document=document))


def test_who_is_the_customer_is_told_and_not_guessed():
    frame = fold_whisper(WHISPERX, Notes()).frame
    assert fold_turns(frame)["text"].tolist() == [""]
    told = fold_turns(frame, TurnOptions(speakers={"SPEAKER_01": "agent", "SPEAKER_00": "customer"}))
    assert told[["text", "agent_text"]].values.tolist() == [["箱がつぶれています", "はい、受付です"]]
    assert fold_turns(fold_whisper(PLAIN, Notes()).frame, TurnOptions(speakers={"*": "customer"}))["text"].tolist() == ["It broke."]


def test_a_list_of_segments_and_what_is_none():
    assert ADAPTER.recognises(Probe("a.json", "json", document=PLAIN["segments"]))
    for other in ({"tickets": []}, [{"text": "x", "created_at": "2026"}], {"segments": [{"text": "x"}]}, [], None, {"segments": "x"}):
        assert not ADAPTER.recognises(Probe("a.json", "json", document=other))
    odd = {"segments": [{"start": "0:05", "end": None, "text": "x", "words": [None]}, {"start": None, "end": 1, "text": None}]}
    assert fold_whisper(odd, Notes()).frame[["text", "seconds"]].values.tolist() == [["x", 5.0]]
    with pytest.raises(ContactError, match="segment"):
        fold_whisper({"segments": [{"start": 0, "end": 1, "text": " "}]}, Notes())
