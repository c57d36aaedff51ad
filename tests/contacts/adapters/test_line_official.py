"""Chats of LINE Official Accounts."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.file_names import name_turns
from vocmine.contacts.adapters.line_official import ADAPTER, fold_line_official
from vocmine.contacts.adapters.transcripts import fold_turns
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

HEAD = "アカウント名,架空商店\nタイムゾーン,'+09:00\nダウンロード日時,2026/06/15 14:34\n送信者タイプ,送信者名,送信日,送信時刻,内容\n"
CHAT = HEAD + 'Account,応答メッセージ,2026/05/12,09:00:00,"登録ありがとう\r\n\r\nございます"\nUser,サポート,2026/05/12,09:01:02,"ふたが, 割れた\n返品は?"\nUser,サポート,2026/05/12,09:01:10,写真を送信しました。\nAccount,丙野,2026/05/12,09:05:00,承ります\nUser,サポート,2026/06/01,10:00:00,まだです\n'


def test_the_customer_the_account_and_its_automatic_answers():
    notes = Notes()
    folded = fold_line_official(CHAT, notes)
    assert folded.frame.values.tolist() == [
        ["", "bot", "", "2026-05-12T09:00:00+09:00", "登録ありがとう\n\nございます"],
        ["", "customer", "", "2026-05-12T09:01:02+09:00", "ふたが, 割れた\n返品は?"],
        ["", "agent", "丙野", "2026-05-12T09:05:00+09:00", "承ります"],
        ["-2", "customer", "", "2026-06-01T10:00:00+09:00", "まだです"],
    ]
    assert folded.rows == (5, 8, 11, 12) and not folded.broken
    assert notes.facts == {"time zone": "+09:00", "messages without words": "1"}
    found = fold_turns(name_turns(folded.frame, "甲.csv"), rows=None)
    assert found[["contact_id", "text", "agent_text"]].values.tolist() == [["甲", "ふたが, 割れた\n返品は?", "登録ありがとう\n\nございます\n承ります"], ["甲-2", "まだです", ""]]


def test_the_english_file_and_another_zone():
    text = "Account name,Shop\nTime zone,'+08:00\nDownloaded on,2026/06/15 14:34\nSender type,Sender name,Date,Time,Message\nUser,Ann,2026/05/12,09:00:00,It broke\nAccount,Auto-response,2026/05/12,09:00:01,Thanks\n"
    assert fold_line_official(text, Notes()).frame[["speaker", "created_at", "text"]].values.tolist() == [["customer", "2026-05-12T09:00:00+08:00", "It broke"], ["bot", "2026-05-12T09:00:01+08:00", "Thanks"]]
    assert ADAPTER.recognises(Probe("a.csv", "text", head=text))


def test_rows_that_are_no_messages_are_broken_and_not_lost():
    folded = fold_line_official(HEAD + "User,甲,2026/05/12,09:00:00\nUser,甲,2026/13/12,09:00:00,x\nSystem,甲,2026/05/12,09:00:00,y\n\nUser,甲,2026/05/12,9:00,z\n", Notes())
    assert [(line, code) for line, code, _ in folded.broken] == [(5, "wrong_column_count"), (6, "bad_date"), (7, "wrong_column_count")]
    assert folded.frame[["created_at", "text"]].values.tolist() == [["2026-05-12T09:00:00+09:00", "z"]]


def test_a_table_without_the_lines_above():
    table = pd.DataFrame([["User", "甲", "2026/05/12", "09:00:00", "'=割れた"]], columns=["送信者タイプ", "送信者名", "送信日", "送信時刻", "内容"])
    assert fold_line_official(table, Notes()).frame[["speaker", "created_at", "text"]].values.tolist() == [["customer", "2026-05-12T09:00:00", "=割れた"]]
    assert ADAPTER.recognises(Probe("a.csv", "table", columns=tuple(table.columns)))


def test_what_is_no_such_chat():
    assert ADAPTER.recognises(Probe("a.csv", "text", head="\ufeff" + CHAT[:4000]))
    assert not ADAPTER.recognises(Probe("a.csv", "text", head="送信者,内容\n"))
    assert not ADAPTER.recognises(Probe("a.csv", "table", columns=("Sender type", "Sender name", "Date", "Time", "Message")))
    assert len(fold_line_official(HEAD, Notes()).frame) == 0
    for wrong in ("送信者,内容\n", "", pd.DataFrame({"a": [1]})):
        with pytest.raises(ContactError, match="column names"):
            fold_line_official(wrong, Notes())
