"""Names of files, sheets and columns: shown as they are, but what is personal in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.contacts import check_contacts
from vocmine.contacts.reading import Notes
from vocmine.contacts.shown_names import shown_name, shown_word

KEPT = ["calls-2026-11-21.csv", "notes_20261121_0900.csv.gz", "問い合わせ一覧_令和8年4月分.xlsx", "a.csv[Sheet1]", "本文", "対応内容", "担当者名", "Customer Name", "sku_12345", "チャネル", "stdin"]


@pytest.mark.parametrize("name", KEPT)
def test_plain_names_stay(name):
    assert shown_name(name) == shown_word(name) == name


@pytest.mark.parametrize(("name", "secret"), [
    ("鈴木様_090-1234-5678.csv", "1234"), ("taro_yamada@example.com.csv", "yamada@"), ("0312345678.csv", "12345678"), ("calls_09012345678_2026.csv", "12345678"), ("佐藤様のメモ", "佐藤"),
])
def test_what_is_personal_is_masked(name, secret):
    assert secret not in shown_name(name) + shown_word(name)
    assert shown_name(name).startswith(shown_word(name) + "~")


def test_masked_names_of_files_still_differ():
    first, second = shown_name("090-1234-5678.csv"), shown_name("090-1234-5679.csv")
    assert first != second and first.partition("~")[0] == second.partition("~")[0]


@given(st.lists(st.sampled_from(["_", "佐藤様", "090-1234-5678", "a", "-", ".", " ", "taro@example.com", "2026-11-21", "[氏名]", "~"]), max_size=6).map("".join))
@settings(max_examples=150, deadline=None)
def test_a_shown_name_stays_as_it_is(name):
    assert shown_word(shown_word(name)) == shown_word(name)
    assert shown_name(shown_name(name)) == shown_name(name)


def test_a_reading_and_its_rejects_show_no_personal_name():
    import pandas as pd

    rows = pd.DataFrame({"contact_id": ["1", "2"], "created_at": ["昨日", "2026-11-20"], "channel": "call", "text": "料金の件", "佐藤様 090-1234-5678 の備考": "長い文です。とても長い文です。"})
    checked = check_contacts(rows, source="佐藤様_090-1234-5679.csv")
    told = f"{checked.reading}{checked.rejected.to_csv()}{checked.warnings.to_csv()}"
    assert "[電話番号]" in told and "1234" not in told and "佐藤" not in told
    assert len(checked.rejected) == 1


def test_notes_keep_headers_apart_and_show_them_masked():
    notes = Notes()
    notes.fact("sheet", "佐藤様")
    notes.doubt("texts_left_out", "備考 090-1234-5678", shown="備考 090-1234-5678", line="備考 090-1234-5678: text")
    notes.doubt("texts_left_out", "備考 090-1234-5679", shown="b")
    assert [doubt.column for doubt in notes.doubts] == ["備考 [電話番号]"] * 2
    assert notes.reading("a.csv", 1).facts == {"sheet": "[氏名]様"}
