"""Which format a source has, and its raw chunks."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import ContactMapping, read_contacts
from vocmine.contacts.formats import choose_source, is_database
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError, SettingsError


def test_the_mapping_says_the_format_or_its_columns_do(tmp_path):
    path = tmp_path / "chat.csv"
    path.write_text("会話,発言者,発言,秒,日時\na,担当,ご用件は,0,2026-11-21\na,お客様,解約したい,9,2026-11-21\n", "utf-8")
    told = {"会話": "conversation_id", "発言者": "speaker", "発言": "text", "秒": "seconds", "日時": "created_at"}
    assert read_contacts(path, told)[["contact_id", "text", "channel", "handle_seconds"]].values.tolist() == [["a", "解約したい", "chat", 9.0]]
    notes = tmp_path / "notes.log"
    notes.write_text("id,date,channel,text\n1,2026-11-21,chat,hello\n", "utf-8")
    with pytest.raises(ContactError, match=r"name the format in the mapping"):
        read_contacts(notes)
    assert len(read_contacts(notes, {"format": "csv"})) == 1
    with pytest.raises(SettingsError, match=r"unknown format 'transcipt', did you mean transcript\?"):
        ContactMapping.of({"format": "transcipt"})


def test_a_folder_is_its_files(tmp_path):
    with pytest.raises(ContactError, match="no contact files"):
        read_contacts(tmp_path)
    for day in ("20", "21"):
        (tmp_path / f"notes_11{day}.csv").write_text(f"id,date,channel,text\n{day},2026-11-{day},chat,hello\n", "utf-8")
    assert read_contacts(tmp_path)["contact_id"].tolist() == ["20", "21"]
    assert read_contacts(str(tmp_path / "*21.csv"))["contact_id"].tolist() == ["21"]


@pytest.mark.parametrize(("name", "text", "kind"), [
    ("a.csv", "id,text", "csv"), ("a.CSV", "id,text", "csv"), ("a.txt", "id", "csv"), ("a.tab", "id\ttext", "tsv"), ("a.ndjson", '{"a": 1}\n{"a": 2}\n', "jsonl"),
    ("a.json", '{"a": 1}', "json"), ("a.vtt", "WEBVTT\n", "text"), ("a.js", "window.YTD.tweets.part0 = []", "text"),
])
def test_content_and_ending_tell_the_format_unless_told(tmp_path, name, text, kind):
    (tmp_path / name).write_text(text)
    source = choose_source(tmp_path / name)
    assert (source.format, source.name, source.told) == (kind, name, "")
    assert choose_source(str(tmp_path / name), "zendesk").told == "zendesk"


def test_frames_and_addresses():
    assert choose_source(pd.DataFrame()).format == "frame"
    assert choose_source(pd.DataFrame(), "social").told == "social"
    source = choose_source("postgresql://ann:secret@db/crm", query="select 1")
    assert (source.format, source.query) == ("sql", "select 1")
    assert "secret" not in source.name
    with pytest.raises(SettingsError, match="needs a query"):
        choose_source("sqlite:///calls.db")


@pytest.mark.parametrize(("address", "is_one"), [
    ("sqlite:///a.db", True), ("mysql+pymysql://u@h/d", True), ("snowflake://x", True), ("nodb://x", True), ("s3://b/a.csv", False), ("https://h/a.csv", False), ("a.csv", False),
    (5, False),
])
def test_database_addresses(address, is_one):
    assert is_database(address) is is_one
    assert is_database("whatever", "sql")


def test_content_wins_over_the_ending_and_is_told(tmp_path):
    path = tmp_path / "a.csv"
    pd.DataFrame({"a": [1]}).to_excel(path.with_suffix(".xlsx"), index=False)
    path.with_suffix(".xlsx").rename(path)
    notes = Notes()
    assert choose_source(path, notes=notes).format == "xlsx"
    assert [(doubt.code, doubt.line) for doubt in notes.doubts] == [("ending_and_content_differ", "format: xlsx")]
    assert choose_source(path, "csv").format == "csv"
