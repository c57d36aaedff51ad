"""LINE talk histories of phones and PCs, in several languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.file_names import name_turns
from vocmine.contacts.adapters.line_talk import ADAPTER, fold_line_talk
from vocmine.contacts.adapters.transcripts import TurnOptions, fold_turns
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

HEAD = "[LINE] 甲野とのトーク履歴\n保存日時：2026/05/20 10:00\n\n2026/05/12(火)\n"
ENGLISH = "[LINE] Chat history with Jane Roe\nSaved on: 5/20/2026, 10:00 AM\n\nTue, 5/12/2026\n10:05 PM\tJane Roe\tThe lid broke\nand my \"friend\" saw it\n10:06 PM\tShop\t[Sticker]\n10:07 PM\tShop\tSorry\n10:08 PM\tJane Roe\t☎ Call time 1:23\n10:09 PM\tJane Roe unsent a message.\n"
PC = "2026.05.12 火曜日\n09:30 乙野 花 届きません\n09:31 乙野 花 まだです\n09:32 サポート はい\n09:33 乙野 花 \"一行目\n二行目\"\n09:34 サポートがメッセージの送信を取り消しました\n"
GROUP = "[LINE] 家電部のトーク履歴\n保存日時：2026/05/20 10:00\n\n2026/05/12(火)\n10:00\t\t乙野が参加しました。\n10:01\t甲野\t来週\n10:02\t乙野\t了解です(emoji)\n"


def messages(text):
    notes = Notes()
    folded = fold_line_talk(text, notes)
    return folded.frame[["speaker", "created_at", "text"]].values.tolist(), folded, notes


def contacts(text, name="talk.txt", **options):
    notes = Notes()
    turns = name_turns(fold_line_talk(text, notes).frame, name)
    return fold_turns(turns, TurnOptions(**options), notes=notes), {doubt.code for doubt in notes.doubts}


@pytest.mark.parametrize(("lines", "wanted"), [
    ("9:05\t甲野\t届きません\n", [("09:05", "届きません")]), ("午後2:05\t甲野\tまだ\n", [("14:05", "まだ")]),
    ("午前12:10\t甲野\tまだ\n", [("00:10", "まだ")]), ("2:05 PM\t甲野\tまだ\n", [("14:05", "まだ")]), ("12:05AM\t甲野\tまだ\n", [("00:05", "まだ")]),
    ("10:00\t甲野\t\"一\n\n二\"\"引用\"\"\"\n10:01\t甲野\t三\n", [("10:00", '一\n\n二"引用"'), ("10:01", "三")]),
    ("10:00\t甲野\t\"閉じない\n10:01\t店\tはい\n", [("10:00", '"閉じない'), ("10:01", "はい")]),
    ("10:00\t甲野\t\"はい\"\n", [("10:00", '"はい"')]),
    ("10:00\t甲野\t引用符なし\n続き\n\n10:01\t店\tはい\n", [("10:00", "引用符なし\n続き"), ("10:01", "はい")]),
    ("10:00\t甲野\t[写真]\n10:01\t甲野\t☎ 不在着信\n10:02\t甲野がメッセージの送信を取り消しました\n10:03\t\t乙野が参加しました。\n10:04\t甲野\tあと\n", [("10:04", "あと")]),
    ("10:00\t甲野\t夜\n2026.05.13 水曜日\n00:01\t甲野\t朝\n", [("10:00", "夜"), ("00:01", "朝")]),
])
def test_messages(lines, wanted):
    assert [(when[11:16], text) for _, when, text in messages(HEAD + lines)[0]] == wanted
    assert messages((HEAD + lines).replace("\n", "\r\n"))[0] == messages("\ufeff" + HEAD + lines)[0] == messages(HEAD + lines)[0]


def test_the_english_history_of_a_phone():
    found, folded, notes = messages(ENGLISH)
    assert found == [["Jane Roe", "2026-05-12T22:05:00", 'The lid broke\nand my "friend" saw it'], ["Shop", "2026-05-12T22:07:00", "Sorry"]]
    assert folded.rows == (5, 8) and notes.facts == {"messages without words": "3"}
    assert contacts(ENGLISH)[0][["text", "agent_text", "handle_seconds"]].values.tolist() == [['The lid broke\nand my "friend" saw it', "Sorry", 120.0]]


def test_the_partner_is_the_customer_unless_words_say_otherwise():
    found, doubts = contacts(HEAD + "10:00\t甲野\tこわれた\n10:01\t乙野\tすみません\n10:02\t丙野\t直します\n")
    assert found[["text", "agent_text"]].values.tolist() == [["こわれた", "すみません\n直します"]] and doubts == set()
    found, doubts = contacts(HEAD.replace("甲野", "家電サポート") + "10:00\t家電サポート\tどうしました\n10:01\t甲野\tこわれた\n")
    assert found[["text", "agent_text"]].values.tolist() == [["こわれた", "どうしました"]] and doubts == set()
    told, _ = contacts(HEAD + "10:00\t甲野\tこわれた\n10:01\t乙野\tはい\n", speakers={"甲野": "agent", "乙野": "customer"})
    assert told[["text", "agent_text"]].values.tolist() == [["はい", "こわれた"]]


def test_in_a_group_nobody_is_known_by_the_header():
    found, doubts = contacts(GROUP)
    assert found["text"].tolist() == [""] and doubts == {"unknown_speaker", "no_customer_turns"}
    assert contacts(GROUP, speakers={"甲野": "agent", "*": "customer"})[0]["text"].tolist() == ["了解です"]


def test_the_history_of_a_pc_has_spaces_only():
    found, folded, notes = messages(PC)
    assert found == [
        ["乙野 花", "2026-05-12T09:30:00", "届きません"], ["乙野 花", "2026-05-12T09:31:00", "まだです"],
        ["サポート", "2026-05-12T09:32:00", "はい"], ["乙野 花", "2026-05-12T09:33:00", "一行目\n二行目"],
    ]
    assert [doubt.code for doubt in notes.doubts] == ["names_by_space"] and folded.rows == (2, 3, 4, 5)


def test_a_new_conversation_after_a_week():
    found, _ = contacts(HEAD + "10:00\t甲野\t一\n2026/05/19(火)\n10:00\t甲野\t二\n2026/06/01(月)\n10:00\t甲野\t三\n", name="a/甲.txt")
    assert found[["contact_id", "text", "created_at"]].values.tolist() == [["甲", "一\n二", "2026-05-12T10:00:00"], ["甲-2", "三", "2026-06-01T10:00:00"]]


@pytest.mark.parametrize(("text", "wanted"), [
    (HEAD, "no message"), (HEAD + "10:00\t甲野\t[スタンプ]\n", "no message"),
    ("[LINE] 甲野とのトーク履歴\n10:00\t甲野\tx\n", "before any day"), (HEAD + "10:00\t甲野\tx\n" + HEAD + "10:00\t乙野\ty\n", "two talks"),
    (ENGLISH.replace("Tue, 5/12", "Mon, 5/12"), "weekday"),
])
def test_what_can_not_be_read_is_refused(text, wanted):
    with pytest.raises(ContactError, match=wanted):
        fold_line_talk(text, Notes())


@pytest.mark.parametrize("text", [HEAD, ENGLISH, PC, GROUP, "\ufeff" + HEAD.replace("\n", "\r\n"), "[LINE] 與甲野的聊天記錄\n儲存日期：2026/05/20 10:00\n"])
def test_histories_are_recognised(text):
    assert ADAPTER.recognises(Probe("a.txt", "text", head=text[:4000]))


@pytest.mark.parametrize("text", ["id,本文\n1,x\n", "2026/05/12(火)\n晴れ\n", "議事録\n10:00 開始\n", "", "LINEについて\n2026/05/12(火)\n"])
def test_other_texts_are_not(text):
    assert not ADAPTER.recognises(Probe("a.txt", "text", head=text))
    assert not ADAPTER.recognises(Probe("a.txt", "table", columns=("[LINE]",)))


LINES = st.lists(st.sampled_from(['10:00\t甲野\t"', '"', "x", "", "2026/05/13(水)", "99:99\t甲野\ty", "Tue, 5/12/2026", "10:01\t\ts", "10:02\t店\t[写真]", "[LINE] 乙とのトーク履歴"]), max_size=12)


@given(LINES)
def test_whatever_the_lines_they_are_read_or_refused(lines):
    try:
        folded = fold_line_talk(HEAD + "\n".join(lines), Notes())
    except ContactError:
        return
    assert len(folded.rows) == len(folded.frame) > 0
    begun = [line for line in lines if line.startswith(("10:00", "10:02"))]
    assert len(folded.frame) <= len(begun) and not folded.frame["text"].eq("").any()
