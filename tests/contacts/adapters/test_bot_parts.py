"""Bot and person in one talk."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import check_contacts, read_contacts
from vocmine.contacts.adapters.bot_parts import part_numbers, parts_of_talks, talk_parts
from vocmine.contacts.adapters.transcripts import TurnOptions, fold_turns

C, A, B = "customer", "agent", "bot"


@pytest.mark.parametrize(("roles", "person", "handovers", "by_bot"), [
    ([C, A, C], (1, 1, 1), 0, False), ([B, C, B, A, C], (0, 0, 0, 1, 1), 1, False), ([C, B, C, A], (0, 0, 0, 1), 1, False),
    ([B, C, B], (0, 0, 0), 0, True), ([B, C, A, B, A], (0, 0, 1, 1, 1), 1, False), ([B, A, B, C, A], (0, 1, 0, 0, 2), 2, False),
    ([A, C, B], (1, 1, 0), 0, False), ([B, None], (0, 0), 0, False), ([], (), 0, False),
])
def test_parts(roles, person, handovers, by_bot):
    parts = talk_parts(roles)
    assert (parts.person, parts.handovers, parts.by_bot) == (person, handovers, by_bot)


def test_parts_of_many_talks():
    talks = np.array(["a", "b", "a", "b", "a"], dtype=object)
    parts = parts_of_talks(talks, np.array([B, C, C, A, A], dtype=object), np.array([0.0, 0, 5, 9, 60]))
    assert parts.index.tolist() == ["a"] and parts["bot_seconds"].tolist() == [60.0]
    assert part_numbers(talks, parts).tolist() == [0, 1, 0, 1, 1]
    assert part_numbers(talks, parts.iloc[:0]).tolist() == [1] * 5


TURNS = [("ボット", 0), ("お客様", 20), ("ボット", 30), ("お客様", 580), ("オペレーター", 600), ("お客様", 660), ("オペレーター", 720)]


def frame(turns=TURNS, **more):
    rows = {"conversation_id": "t", "speaker": [who for who, _ in turns], "text": [f"発言{i}です" for i in range(len(turns))], "seconds": [at for _, at in turns]}
    return pd.DataFrame({**rows, **more})


def test_handle_time_counts_the_persons_part_only():
    row = fold_turns(frame()).iloc[0]
    assert (row["handle_seconds"], row["handovers"], row["bot_seconds"], row["channel"]) == (120.0, 1, 600.0, "chat")
    assert row["customer_turns"] == 3
    assert fold_turns(frame(TURNS[4:])).iloc[0]["handle_seconds"] == 120.0
    assert fold_turns(frame(TURNS), TurnOptions(active_gap_minutes=10)).iloc[0]["handle_seconds"] == 120.0
    assert fold_turns(frame(channel="call")).iloc[0]["handle_seconds"] == 120.0
    survey = fold_turns(frame([*TURNS, ("ボット", 3000)])).iloc[0]
    assert survey["handle_seconds"] == 120.0


def test_what_a_bot_alone_answers_is_a_bot_contact():
    only = fold_turns(frame(TURNS[:4])).iloc[0]
    assert only["channel"] == "bot" and only["handovers"] == 0
    assert fold_turns(frame(TURNS[:4], channel="email")).iloc[0]["channel"] == "email"
    assert fold_turns(frame([("甲", 0), ("ボット", 5)])).iloc[0]["channel"] == "chat"


def test_the_source_own_effort_stays():
    assert float(fold_turns(frame(handle_seconds=90)).iloc[0]["handle_seconds"]) == 90


def test_read_from_a_table_of_turns(tmp_path):
    rows = [["会話ID", "日時", "話者", "発言"]] + [["t", f"2026-04-01 09:{at // 60:02d}:{at % 60:02d}", who, f"発言{i}です"] for i, (who, at) in enumerate(TURNS)]
    path = tmp_path / "turns.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    row = read_contacts(path).iloc[0]
    assert (row["handle_seconds"], row["handovers"], row["bot_seconds"]) == (120.0, 1, 600.0)


def test_read_from_talks_in_cells():
    text = "\n".join(f"[{at // 60:02d}:{at % 60:02d}] {who}: 発言{i}です" for i, (who, at) in enumerate(TURNS))
    raw = pd.DataFrame({"id": ["1"], "日時": ["2026-04-01 09:00"], "チャネル": ["チャット"], "本文": [text]})
    row = check_contacts(raw).contacts.iloc[0]
    assert (row["handle_seconds"], row["handovers"], row["text"]) == (120.0, 1, "発言1です\n発言3です\n発言5です")


MESSAGES = {"id": "c1", "created_at": "2026-04-01T00:30:00Z", "messages": [
    {"role": {"ボット": "bot", "お客様": "customer", "オペレーター": "agent"}[who], "content": f"発言{i}です", "timestamp": 1775003400 + at} for i, (who, at) in enumerate(TURNS)]}
INTERCOM = {"id": "c1", "created_at": 1775003400, "state": "closed", "waiting_since": None, "source": {"type": "conversation", "delivered_as": "customer_initiated", "body": "<p>届かない</p>", "author": {"type": "user", "id": "u"}},
            "conversation_parts": {"conversation_parts": [{"part_type": "comment", "created_at": 1775003401 + i, "author": {"type": kind}, "body": f"<p>{kind}です</p>"} for i, kind in enumerate(("bot", "user", "admin"))]}}
GENESYS = {"conversationId": "c1", "mediaType": "voice", "startTime": 1775003400000, "duration": {"milliseconds": 720000}, "transcripts": [{"phrases": [
    {"text": f"発言{i}です", "startTimeMs": 1775003400000 + at * 1000, "participantPurpose": {"ボット": "ivr", "お客様": "external", "オペレーター": "agent"}[who]} for i, (who, at) in enumerate(TURNS)]}]}
LENS = {"CustomerMetadata": {"ContactId": "c1"}, "Channel": "CHAT", "Participants": [], "Transcript": [
    {"ParticipantRole": {"ボット": "CUSTOM_BOT", "お客様": "CUSTOMER", "オペレーター": "AGENT"}[who], "AbsoluteTime": f"2026-04-01T00:{30 + at // 60}:{at % 60:02d}Z", "Type": "MESSAGE", "ContentType": "text/plain", "Content": f"発言{i}です"} for i, (who, at) in enumerate(TURNS)]}


@pytest.mark.parametrize(("record", "effort"), [(MESSAGES, 120.0), (INTERCOM, None), (GENESYS, 120.0), (LENS, None)], ids=["messages", "intercom", "genesys", "contact_lens"])
def test_every_system_that_names_bots(tmp_path, record, effort):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(record if "messages" not in record else [record], ensure_ascii=False), encoding="utf-8")
    row = read_contacts(path).iloc[0]
    assert row["handovers"] == 1 and row["channel"] in ("chat", "call")
    assert effort is None or row["handle_seconds"] == effort


def test_line_official_and_other_messengers(tmp_path):
    lines = ["アカウント名,店", "送信者タイプ,送信者名,送信日,送信時刻,内容", "User,甲,2026/04/01,09:00:00,届きません", "Account,応答メッセージ,2026/04/01,09:00:05,担当に代わります",
             "Account,佐藤,2026/04/01,09:10:00,お調べします", "User,甲,2026/04/01,09:11:00,はい", "Account,佐藤,2026/04/01,09:12:00,本日届きます"]
    path = tmp_path / "chat.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    row = read_contacts(path).iloc[0]
    assert (row["handle_seconds"], row["handovers"], row["bot_seconds"]) == (120.0, 1, 600.0)
    whatsapp = tmp_path / "WhatsApp Chat with Ann.txt"
    whatsapp.write_text("[13/4/2026, 9:00:00 AM] Ann: It broke\n[13/4/2026, 9:00:05 AM] Shop Bot: Please hold\n[13/4/2026, 9:10:00 AM] Shop Support: Sorry\n[13/4/2026, 9:12:00 AM] Ann: When?\n", encoding="utf-8")
    row = read_contacts(whatsapp, {"speakers": {"Ann": "customer"}}).iloc[0]
    assert (row["handle_seconds"], row["handovers"]) == (120.0, 1)
