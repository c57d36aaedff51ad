"""Transcripts of conversations, as files and in cells."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import iter_chunks
from vocmine.contacts.adapters.transcripts import fold_turns, split_speakers
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
