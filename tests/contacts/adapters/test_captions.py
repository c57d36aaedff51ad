"""WebVTT and SRT."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.captions import ADAPTER, fold_captions
from vocmine.contacts.adapters.file_names import name_turns
from vocmine.contacts.adapters.transcripts import TurnOptions, fold_turns
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

TEAMS = "WEBVTT\n\nid/7-0\n00:00:01.000 --> 00:00:02.500\n<v 鈴木 (サポート)>はい &amp; どうぞ</v>\n\nid/8-0\n00:00:03.000 --> 00:00:05.000\n<v 乙野>画面が</v>\n\nid/8-1\n00:00:05.000 --> 00:00:06.000\n<v.loud 乙野>割れました</v>\n"
ZOOM = "WEBVTT\n\n1\n00:00:00.000 --> 00:00:04.000\nJane Roe: Hello.\n\n2\n00:00:04.000 --> 00:00:06.000\nJohn Doe: My parcel is lost.\n\n3\n00:00:06.000 --> 00:00:07.000\nJohn Doe: Since 12:30 today.\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\n- オペレーター：はい\n- お客様：解約したい\n\n2\n00:00:03,500 --> 00:00:04,000\n来月で\n"


def turns_of(text):
    notes = Notes()
    frame = fold_captions(text, notes).frame
    return frame[["speaker", "text", "seconds"]].values.tolist(), {doubt.code: doubt.rows for doubt in notes.doubts}


@pytest.mark.parametrize(("text", "turns", "doubts"), [
    (TEAMS, [["鈴木 (サポート)", "はい & どうぞ", 1.0], ["乙野", "画面が割れました", 3.0]], {}),
    (ZOOM, [["Jane Roe", "Hello.", 0.0], ["John Doe", "My parcel is lost. Since 12:30 today.", 4.0]], {}),
    (SRT, [["オペレーター", "はい", 1.0], ["お客様", "解約したい来月で", 1.0]], {"speaker_continued": 1}),
    ("WEBVTT - call\n\nNOTE made up\n\n00:01.000 --> 00:02.000\n[Agent] Hi\n\n00:03.000 --> 00:04.000\n(laughs) [Customer] It broke\n", [["Agent", "Hi", 1.0], ["Customer", "It broke", 3.0]], {}),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n(Jane Roe)\nHello\n\n00:03.000 --> 00:04.000\n(John Doe)\nIt broke\n", [["Jane Roe", "Hello", 1.0], ["John Doe", "It broke", 3.0]], {}),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Agent>Hi</v>\n<v Customer>It <i>broke</i></v>\n", [["Agent", "Hi", 1.0], ["Customer", "It broke", 1.0]], {}),
    ("\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nhello\n\n00:xx --> 00:03.000\nlost\n\n00:04.000 --> 00:05.000\nworld\n", [["", "hello world", 1.0]], {"captions_not_read": 1}),
])
def test_speakers_of_captions(text, turns, doubts):
    assert turns_of(text) == (turns, doubts)
    assert ADAPTER.recognises(Probe("a.vtt", "text", head=text[:4000]))
    assert turns_of(text.replace("\n", "\r\n"))[0] == turns


def test_real_names_need_to_be_told():
    frame = name_turns(fold_captions(ZOOM, Notes()).frame.assign(channel="call"), "z_20260512_1405.vtt")
    notes = Notes()
    assert fold_turns(frame, notes=notes)["text"].tolist() == [""]
    assert [doubt.code for doubt in notes.doubts] == ["unknown_speaker", "no_customer_turns"]
    told = fold_turns(frame, TurnOptions(speakers={"jane roe": "agent", "*": "customer"}))
    assert told[["contact_id", "text", "agent_text", "created_at", "channel"]].values.tolist() == [["z_20260512_1405", "My parcel is lost. Since 12:30 today.", "Hello.", "2026-05-12T14:05:00", "call"]]


def test_what_is_no_caption_is_refused():
    for text in ("WEBVTT\n", "1\nno time\n"):
        with pytest.raises(ContactError, match="caption"):
            fold_captions(text, Notes())
    assert not ADAPTER.recognises(Probe("a.txt", "text", head="WEBVTTX"))
    assert not ADAPTER.recognises(Probe("a.csv", "table", columns=("WEBVTT",)))
