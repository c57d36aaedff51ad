"""Guessing columns by name and value: right ones, and none where nothing speaks for it."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml

from vocmine.contacts import ContactMapping, check_contacts, suggest_mapping
from vocmine.contacts.suggest import is_prose, mapping_text, suggest_columns, suggest_lines

TEXTS = ["請求書が二回届いたとのこと、返金希望", "アプリが開かないと入電あり折電約束", "解約の手順を知りたい"]
STRANGE = pd.DataFrame({
    "管理キー": ["Z-1", "Z-2", "Z-3"], "発生": ["2026/11/21 9:00", "2026/11/21 9:30", "2026/11/22 10:00"], "窓口種別": ["電話", "メール", "電話"],
    "記録": TEXTS, "AHT実績": ["5:10", "3:20", "7:00"], "お客様満足度": ["5", "4", "1"], "完了": ["済", "未", "済"], "単価": ["100", "200", "300"],
})


def test_names_and_values_find_strange_columns():
    found = {guess.source: guess.target for guess in suggest_columns(STRANGE)}
    assert found["管理キー"] == "contact_id"
    assert found["発生"] == "created_at"
    assert found["窓口種別"] == "channel"
    assert found["記録"] == "text"
    assert found["お客様満足度"] == "csat"
    assert found["完了"] == "resolved"
    assert "単価" not in found


def test_what_is_suggested_can_be_read_and_reads_the_file():
    text = suggest_mapping(STRANGE)
    told = ContactMapping.of(yaml.safe_load(text))
    checked = check_contacts(STRANGE, told)
    assert len(checked.contacts) == 3
    assert checked.contacts["text"].tolist() == TEXTS
    assert not any(sentence in text for sentence in TEXTS)


def test_a_subject_goes_beside_the_text():
    frame = pd.DataFrame({"タイトル": ["請求", "障害", "解約"], "詳しい内容": TEXTS})
    assert [(guess.source, guess.target) for guess in suggest_columns(frame)] == [("タイトル", "text"), ("詳しい内容", "text")]


@pytest.mark.parametrize("cells", [["a", "b"], [""], [], ["2026/11/21 9:00", "2026/11/22 9:00"], ["a@example.com", "bcdefgh@example.com"], ["同じ文が並ぶだけの列です"] * 50])
def test_what_is_no_prose(cells):
    assert not is_prose(cells)


@pytest.mark.parametrize("cells", [TEXTS, ["the parcel never came", "app crashes when I log in"], [*TEXTS, "", None]])
def test_what_is_prose(cells):
    assert is_prose(cells)


def test_lines_for_what_is_missing():
    assert suggest_lines(STRANGE[["記録"]], ["contact_id", "created_at", "channel", "text"])[0] == "記録: text"
    assert "channel: call" in suggest_lines(STRANGE[["記録"]], ["channel"])[0]
    assert suggest_lines(pd.DataFrame(), []) == []


@pytest.mark.parametrize("name", ["No", "a: b", "*星", "# x", "'", "列\n名", "{a}", "1", "null", ""])
def test_any_name_is_a_key_that_yaml_reads_back(name, tmp_path):
    frame = pd.DataFrame({name: TEXTS})
    path = tmp_path / "m.yaml"
    path.write_text(mapping_text("a.csv", frame, {}), "utf-8")
    assert ContactMapping.of(path).columns == {name: "text"}


def test_lines_that_settle_doubts_are_remarks():
    text = mapping_text("a\nb.csv", STRANGE[["記録"]], {}, ["day_first: true\nx: y"])
    assert "# day_first: true x: y\n" in text
    assert text.startswith("# Suggested from the names and values of a b.csv.")
