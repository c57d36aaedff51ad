"""Columns told or recognised; every mistake in a mapping is said at once."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import ContactMapping, check_contacts, read_contacts
from vocmine.errors import ContactError, SettingsError

FRAME = pd.DataFrame({"番号": ["1"], "受付日": ["2026/11/21"], "受付時刻": ["14:30"], "件名": ["請求"], "本文": ["二重です"], "店": ["店頭"], "memo": ["x"]})


def test_yaml_file_with_all_keys(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(
        "columns: {番号: contact_id, 受付日: created_at, 受付時刻: created_at, 件名: text, 本文: text, 店: channel}\n"
        "channels: {店頭: call}\nconstants: {product: ルーター}\ntimezone: UTC\n", "utf-8",
    )
    contacts = read_contacts(FRAME, path)
    assert contacts[["contact_id", "channel", "text", "product", "memo"]].values.tolist() == [["1", "call", "請求\n二重です", "ルーター", "x"]]
    assert contacts["created_at"][0] == pd.Timestamp("2026-11-21 14:30", tz="UTC")


def test_flat_mapping_and_constants():
    contacts = read_contacts(FRAME, {"columns": {"番号": "contact_id"}, "constants": {"channel": "survey"}})
    assert contacts["channel"].tolist() == ["survey"]
    assert read_contacts(FRAME.assign(channel="電話"), {"番号": "contact_id"})["店"].tolist() == ["店頭"]


def test_the_zone_of_the_source_wins():
    frame = FRAME.assign(channel="call", contact_id="1")
    told = {"受付日": "created_at", "受付時刻": "created_at"}
    assert read_contacts(frame, told)["created_at"][0].hour == 5
    assert read_contacts(frame, told, timezone="UTC")["created_at"][0].hour == 14
    assert read_contacts(frame, {"columns": told, "timezone": "Europe/Berlin"}, timezone="UTC")["created_at"][0].hour == 13


def test_made_ids_hold_source_and_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("本文\nよい\n悪い\n", "utf-8")
    mapping = {"constants": {"contact_id": "{source}-{row}", "created_at": "2026-11-21", "channel": "survey"}}
    assert read_contacts(path, mapping)["contact_id"].tolist() == ["a.csv-2", "a.csv-3"]


def test_a_told_column_wins_and_the_other_is_kept():
    frame = pd.DataFrame({"id": ["1"], "date": ["2026-11-21"], "channel": ["call"], "text": ["agent"], "verbatim": ["customer"]})
    contacts = read_contacts(frame, {"verbatim": "text"})
    assert contacts[["text", "text_source"]].values.tolist() == [["customer", "agent"]]


@pytest.mark.parametrize("header", ["お問い合わせ内容", "本 文", "TEXT", "Body", "問い合わせ内容(必須)", "応対メモ", "テキスト"])
def test_common_headers(header):
    frame = pd.DataFrame({"ID": ["1"], "受付日時": ["2026-11-21"], "チャネル": ["電話"], header: ["よい"]})
    if header == "テキスト":
        with pytest.raises(ContactError, match="columns are missing: text;"):
            check_contacts(frame)
    else:
        assert check_contacts(frame).contacts["text"].tolist() == ["よい"]


def test_all_mistakes_at_once():
    with pytest.raises(SettingsError) as error:
        ContactMapping.of({"columns": {"a": "txt", "b": "csat", "c": "csat"}, "channels": {"x": "fax"}, "timezon": "UTC", "timezone": "Mars", "constants": {"chanel": 1},
                           "day_first": "yes", "max_text_chars": 0})
    for part in ("8 mistakes", "mean text", "2 columns go to csat", "'fax'", "mean timezone", "'Mars'", "mean channel", "day_first", "max_text_chars"):
        assert part in str(error.value), part


@pytest.mark.parametrize("text", ["a: [1", "- a\n- b", "a: {b: {c: 1}}"])
def test_files_that_are_no_mapping(tmp_path, text):
    path = tmp_path / "m.yaml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=r"m\.yaml"):
        ContactMapping.of(path)
    with pytest.raises(SettingsError, match="no such mapping file"):
        ContactMapping.of(tmp_path / "none.yaml")


def test_columns_that_are_not_there():
    with pytest.raises(ContactError, match="本分, did you mean 本文"):
        check_contacts(FRAME, {"本分": "text"})
