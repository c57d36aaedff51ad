"""Talks of LINE WORKS."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.line_works import ADAPTER, tidy_line_works
from vocmine.contacts.adapters.transcripts import TurnOptions, fold_turns
from vocmine.contacts.reading import Notes

LOG = pd.DataFrame([
    ["2026-05-12T09:00:00+09:00", "[Bot]受付", "甲野", "r1", "ご用件は"], ["2026-05-12T09:01:00+09:00", "甲野(k@example.com)", "丙", "r1", "割れた"],
    ["2026-05-12T09:01:00+09:00", "甲野(k@example.com)", "丁", "r1", "割れた"], ["2026-05-12T09:02:00+09:00", "甲野(k@example.com)", "丙", "r1", "(写真) a.png"],
    ["2026-05-12T09:03:00+09:00", "丙(c@example.com)", "甲野", "r1", "承ります"],
], columns=["日時", "送信者", "受信者", "チャンネルID", "トーク"])


def test_messages_to_several_are_taken_once_and_bots_are_marked():
    notes = Notes()
    tidy = tidy_line_works(LOG, notes)
    assert tidy.index.tolist() == [0, 1, 4] and tidy["speaker_role"].tolist() == ["bot", "", ""]
    assert notes.facts == {"messages without words": "1", "messages to several, taken once": "1"}
    turns = tidy.rename(columns={name: to for name, to in ADAPTER.columns.items() if to})
    told = fold_turns(turns, TurnOptions(speakers={"甲野(k@example.com)": "customer", "*": "agent"}))
    assert told[["contact_id", "text"]].values.tolist() == [["r1", "割れた"]]
    unknown = Notes()
    assert fold_turns(turns, notes=unknown)["agent_text"].tolist() == ["ご用件は"]
    assert [doubt.code for doubt in unknown.doubts] == ["unknown_speaker", "no_customer_turns"]
    assert all("example.com" not in doubt.sentence() for doubt in unknown.doubts)


@pytest.mark.parametrize(("columns", "wanted"), [
    (tuple(LOG.columns), True), (("日時", "送信者", "受信者", "トークルームID", "トーク"), True), (("Date", "Sender", "Recipient", "Channel ID", "Talk"), True),
    (("日時", "送信者", "受信者", "本文"), False), (("日時", "送信者", "受信者", "チャンネルID", "イベント"), False),
])
def test_recognised_by_its_columns(columns, wanted):
    assert ADAPTER.recognises(Probe("a.csv", "table", columns=columns)) is wanted


def test_other_tables_pass():
    other = pd.DataFrame({"a": [1]})
    assert tidy_line_works(other, Notes()) is other
