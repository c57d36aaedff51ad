"""Transcripts of conversations, as files and in cells."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import iter_chunks
from vocmine.contacts.adapters.transcripts import TurnOptions, fold_turns, looks_like_turns
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

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
    assert (second["n_unknown_turns"], second["text"], second["agent_text"]) == (0, "もしもし", "…")  # of two, the other side
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
    with pytest.raises(ContactError, match="conversation_id"):
        fold_turns(frame.drop(columns="conversation_id"))


def folded(rows, options=None, columns=("conversation_id", "speaker", "text", "created_at", "channel")):
    notes = Notes()
    frame = fold_turns(pd.DataFrame(rows, columns=columns), options, notes=notes)
    return frame, {doubt.code: doubt.rows for doubt in notes.doubts}


def test_speakers_with_something_behind_their_word_lose_no_text():
    frame, doubts = folded([
        ("c", "OP2", "はい", "2026-05-12 09:00:00", "call"), ("c", "お客様B", "割れた", "2026-05-12 09:00:10", "call"),
        ("c", "お客様（奥様）", "返品は", "2026-05-12 09:00:20", "call"), ("c", "甲野", "…", "2026-05-12 09:00:50", "call"),
    ])
    assert frame[["text", "agent_text", "handle_seconds", "n_unknown_turns"]].values.tolist() == [["割れた\n返品は", "はい", 50.0, 1]]
    assert doubts == {"speaker_for_customer": 1, "unknown_speaker": 1}


def test_elapsed_time_over_days_is_no_effort_unless_told_how_to_count():
    rows = [
        ("a", "user", "x", "2026-05-12 09:00:00", "LINE"), ("a", "agent", "y", "2026-05-12 09:05:00", "LINE"), ("a", "user", "z", "2026-05-14 09:00:00", "LINE"),
        ("b", "user", "x", "2026-05-12 09:00:00", "電話"), ("b", "agent", "y", "2026-05-12 09:20:00", "電話"),
        ("c", "user", "x", "2026-05-12 09:00:00", "窓口"), ("c", "agent", "y", "2026-05-12 09:20:00", "窓口"),
    ]
    frame, doubts = folded(rows)
    assert frame["text"].tolist() == ["x\nz", "x", "x"] and doubts == {"elapsed_not_effort": 2}
    assert frame["handle_seconds"].fillna(-1).tolist() == [-1, 1200, -1]
    told, doubts = folded(rows, TurnOptions(active_gap_minutes=5, channels={"窓口": "call"}))
    assert told["handle_seconds"].tolist() == [300, 1200, 1200] and doubts == {}


def test_the_sources_own_handle_time_is_kept():
    columns = ("conversation_id", "speaker", "text", "seconds", "handle_seconds")
    frame, doubts = folded([("a", "user", "x", 0, "5:00"), ("a", "agent", "y", 60, "5:00")], columns=columns)
    assert frame["handle_seconds"].tolist() == ["5:00"] and doubts == {}
    frame, doubts = folded([("a", "user", "x", 0, "5"), ("a", "agent", "y", 60, "7")], columns=columns)
    assert frame["handle_seconds"].tolist() == [60] and doubts == {"effort_by_turn": 1}


def test_several_on_each_side_and_a_bot():
    columns = ("conversation_id", "speaker", "text")
    frame, doubts = folded([("a", "bot", "自動です"), ("a", "Customer 1", "一"), ("a", "Customer 2", "二"), ("a", "Agent A", "三"), ("a", "Agent B", "四")], columns=columns)
    assert frame[["text", "agent_text", "n_turns"]].values.tolist() == [["一\n二", "自動です\n三\n四", 5]] and doubts == {}


@pytest.mark.parametrize("text", ["ご担当者様：お世話になります", "料金の担当: 変わりました\n電話: 済", "10:30 に届く: はい", "https://a.example/x"])
def test_a_salutation_or_a_sentence_begins_no_turn(text):
    frame = fold_turns(pd.DataFrame({"conversation_id": ["a"], "text": [text]}))
    assert frame[["text", "agent_text"]].values.tolist() == [[text, ""]]


@pytest.mark.parametrize(("columns", "wanted"), [
    (["conversation_id", "speaker", "text", "timestamp"], True), (["通話ID", "話者", "発話"], True), (["call_id", "role", "message"], True),
    (["チャットID", "送信者", "本文"], True), (["contact_id", "speaker", "text"], True), (["お問い合わせID", "送信者", "本文"], False),
    (["contact_id", "from", "body"], False), (["conversation_id", "text"], False), (["speaker", "text"], False), (["conversation_id", "speaker"], False), ([], False),
])
def test_transcripts_are_known_by_their_columns(columns, wanted):
    assert looks_like_turns(columns) is wanted


def test_turns_are_put_in_the_order_of_their_time():
    newest_first = [
        ("b", "user", "四", "2026-05-12 09:03", "chat"), ("a", "agent", "三", "2026-05-12 09:01", "chat"),
        ("a", "user", "二", "2026-05-12 09:01", "chat"), ("a", "user", "一", "2026-05-12 09:00", "chat"),
    ]
    frame, _ = folded(newest_first)
    assert frame[["contact_id", "text", "created_at", "row"]].values.tolist() == [["a", "一\n二", "2026-05-12 09:00", 4], ["b", "四", "2026-05-12 09:03", 1]]
    mixed, _ = folded([*newest_first, ("b", "user", "五", "2026-05-12 09:04", "chat"), ("c", "user", "七", "", "chat"), ("c", "user", "六", "2026-05-12 09:00", "chat")])
    assert mixed[["contact_id", "text"]].values.tolist() == [["b", "四\n五"], ["a", "一\n二"], ["c", "七\n六"]]


def test_the_time_of_a_turn_stands_in_for_seconds_that_say_nothing():
    columns = ("conversation_id", "speaker", "text", "created_at", "seconds")
    frame, _ = folded([("a", "user", "x", "2026-05-12 09:00:00", ""), ("a", "agent", "y", "2026-05-12 09:01:00", "")], columns=columns)
    assert frame["handle_seconds"].tolist() == [60]


def test_whole_talks_with_the_same_id_stay_apart():
    talk = "お客様: {}\n担当: はい"
    frame = pd.DataFrame({"conversation_id": ["1", "1", "2", "2"], "text": [talk.format("甲"), talk.format("乙"), "お客様: 丙", "担当: はい"]})
    found = fold_turns(frame)
    assert found[["contact_id", "text", "agent_text"]].values.tolist() == [["1", "甲", "はい"], ["1", "乙", "はい"], ["2", "丙", "はい"]]
