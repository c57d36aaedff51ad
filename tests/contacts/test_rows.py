"""Rows one by one: each fault has its code, odd but sound texts stay."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import CODES, ContactMapping, check_contacts

GOOD = {"contact_id": "a1", "created_at": "2026-11-21 09:00", "channel": "電話", "text": "つながらない"}


def raw(*rows):
    return pd.DataFrame([{**GOOD, "contact_id": f"a{i}", **row} for i, row in enumerate(rows)], dtype=object)


def utf8_as(text, wrong, right="utf-8"):
    return text.encode(right).decode(wrong, "replace")


@pytest.mark.parametrize(("code", "column", "row"), [
    ("missing_id", "contact_id", {"contact_id": "  "}), ("missing_id", "contact_id", {"contact_id": None}),
    ("missing_id", "contact_id", {"contact_id": "NULL"}),
    ("bad_date", "created_at", {"created_at": "2026-02-30"}), ("bad_date", "created_at", {"created_at": None}),
    ("unknown_channel", "channel", {"channel": "鳩"}), ("unknown_channel", "channel", {"channel": ""}),
    ("empty_text", "text", {"text": "  \n"}), ("empty_text", "text", {"text": None}), ("empty_text", "text", {"text": "\u200b"}),
    ("text_too_long", "text", {"text": "あ" * 50_001}),
    ("mojibake", "text", {"text": utf8_as("料金が高いので解約したいです。", "cp932")}),
    ("mojibake", "text", {"text": utf8_as("料金が高いので解約したいです。", "latin-1")}),
    ("mojibake", "text", {"text": utf8_as("料金が高いので解約したいです。", "latin-1", "cp932")}),
    ("mojibake", "text", {"text": utf8_as("料金が高いので解約したいです。", "cp932", "euc_jp")}),
    ("mojibake", "text", {"text": utf8_as("I can’t log in – it’s broken", "cp1252")}),
    ("mojibake", "text", {"text": "��������高い"}),
    ("wrong_encoding", "text", {"text": "高い\udc81"}), ("wrong_encoding", "product", {"product": "\udcff"}),
    ("negative_handle_time", "handle_seconds", {"handle_seconds": "-1"}),
    ("absurd_handle_time", "handle_seconds", {"handle_seconds": "24:00:01"}),
    ("duplicate_id", "contact_id", {"contact_id": "a0"}),
])
def test_each_fault_has_its_code(code, column, row):
    checked = check_contacts(raw({}, row))
    assert checked.rejected[["row", "column", "code"]].values.tolist() == [[2, column, code]]
    assert len(checked.contacts) == 1
    assert code in {c.code for c in CODES if not c.cell}


@pytest.mark.parametrize("text", [
    "Wi-Fiがつながらない", "アプリ落ちる", "café à Paris €5", "¥1,000の返金", "(*`д´*)はよ", "譁は珍しい漢字", "髙橋様の件①", "𠮷野家", "👨‍👩‍👧",
    "�1文字だけ欠けた長い長い文章です", "Ça va, Åsa", "null", "なし",
])
def test_odd_but_sound_texts_stay(text):
    checked = check_contacts(raw({"text": text}))
    assert checked.contacts["text"].tolist() == [text]


def test_a_mended_row_may_follow_a_broken_one_of_the_same_id():
    checked = check_contacts(raw({"text": ""}, {"contact_id": "a0"}))
    assert checked.contacts["contact_id"].tolist() == ["a0"]


def test_text_limit_can_be_told():
    mapping = ContactMapping.of({"max_text_chars": 3})
    assert check_contacts(raw({"text": "1234"}, {"text": "123"}), mapping).rejected["code"].tolist() == ["text_too_long"]
