"""Which format a source has, and its raw chunks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import ContactMapping, read_contacts
from vocmine.contacts.formats import choose_source, raw_chunks, split_frame
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


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(ContactError, match="this is a folder"):
        read_contacts(tmp_path)


@pytest.mark.parametrize(("name", "kind"), [
    ("a.csv", "csv"), ("a.CSV", "csv"), ("a.txt", "csv"), ("a.tab", "tsv"), ("a.xlsm", "xlsx"), ("a.ndjson", "jsonl"), ("a.json", "json"), ("a.pq", "parquet"),
])
def test_the_ending_tells_the_format_unless_told(tmp_path, name, kind):
    (tmp_path / name).write_text("")
    source = choose_source(tmp_path / name)
    assert (source.format, source.name) == (kind, name)
    assert choose_source(str(tmp_path / name), "zendesk").format == "zendesk"


def test_frames_and_addresses():
    assert choose_source(pd.DataFrame()).format == "frame"
    assert choose_source(pd.DataFrame(), "social").format == "social"
    source = choose_source("postgresql://ann:secret@db/crm", query="select 1")
    assert (source.format, source.query) == ("sql", "select 1")
    assert "secret" not in source.name
    with pytest.raises(SettingsError, match="needs a query"):
        choose_source("sqlite:///calls.db")


@pytest.mark.parametrize(("n", "size"), [(0, 3), (1, 3), (3, 3), (4, 3), (7, 1)])
def test_a_frame_is_cut_without_loss_and_rows_count_from_one(n, size):
    frame = pd.DataFrame({"a": range(n)})
    parts = list(split_frame(frame, size))
    assert all(len(part.frame) <= size for part in parts)
    assert pd.concat([part.frame for part in parts])["a"].tolist() == list(range(n))
    assert np.concatenate([part.rows for part in parts]).tolist() == list(range(1, n + 1))


def test_rows_of_a_folded_source_are_those_of_the_file(tmp_path):
    path = tmp_path / "chat.csv"
    path.write_text("conversation_id,speaker,text,created_at\na,user,hi,2026-11-21\nb,user,yo,2026-11-21\na,agent,hm,2026-11-21\n", "utf-8")
    source = choose_source(path, "transcript")
    parts = list(raw_chunks(source, 1, ContactMapping.of(None), None))
    assert [part.frame["contact_id"].tolist() for part in parts] == [["a"], ["b"]]
    assert [part.rows.tolist() for part in parts] == [[2], [3]]
