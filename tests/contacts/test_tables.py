"""Spreadsheets, JSON lines and databases."""

from __future__ import annotations

import datetime as dt
import json

import openpyxl
import pandas as pd
import pytest

from vocmine.contacts import check_contacts, iter_chunks, read_contacts
from vocmine.errors import ContactError, SettingsError

RAW = pd.DataFrame({
    "受付番号": ["1", "2", "3"], "受付日時": pd.to_datetime(["2026-11-21 14:30", "2026-11-22 00:00", "2026-11-23 00:00"]),
    "チャネル": ["電話", "鳩", "チャット"], "本文": ["解約したい", "?", "ありがとう"], "満足度": [4, 5, None], "転送回数": [0, 1, 2], "memo": ["x", None, "z"],
})


def test_jsonl_lines_that_are_no_objects(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1, "date": "2026-11-21", "channel": "chat", "text": "hi"}\n{broken\n\n[1]\n{"id": 2, "date": "2026-11-21", "channel": "chat", "text": "yo", "later": 1}\n')
    checked = check_contacts(path)
    assert checked.rejected[["row", "code"]].values.tolist() == [[2, "bad_json"], [4, "bad_json"]]
    assert checked.contacts["later"].tolist()[1] == "1"


def test_a_key_that_comes_and_goes_does_not_depend_on_chunks(tmp_path):
    path = tmp_path / "a.jsonl"
    row = {"id": "1", "date": "2026-11-21", "channel": "chat", "text": "hi"}
    rows = [row, {**row, "id": "2", "text": None}, {"id": "3", "date": "2026-11-21", "channel": "chat"}]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    codes = [[code for part in iter_chunks(path, n) for code in part.rejected["code"]] for n in (1, 2, 3)]
    assert codes == [["empty_text", "empty_text"]] * 3


def test_typed_cells_of_a_spreadsheet(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.create_sheet("empty", 0)
    book.active = 1
    for row in (
        ["ID", "日時", "チャネル", "本文", "処理時間", "解決", "満足度"],
        [12, dt.datetime(2026, 11, 21, 14, 30), "電話", "一行_x000D_\n二行", dt.time(0, 5, 32), True, "#N/A"],
        [13, 46347.5, "電話", "#よい", dt.timedelta(hours=25 / 2), "いいえ", 4],
    ):
        book["Sheet"].append(row)
    book.save(path)
    contacts = read_contacts(path)
    assert contacts["contact_id"].tolist() == ["12", "13"]
    assert contacts["created_at"].dt.strftime("%H:%M").tolist() == ["05:30", "03:00"]
    assert contacts["handle_seconds"].tolist() == [332, 45_000] and contacts["resolved"].tolist() == [True, False]
    assert contacts["text"].tolist() == ["一行\n二行", "#よい"]


def test_database(tmp_path):
    import sqlalchemy as sa

    address = f"sqlite:///{tmp_path / 'calls.db'}"
    engine = sa.create_engine(address)
    RAW.to_sql("calls", engine, index=False)
    engine.dispose()
    parts = list(iter_chunks(address, 2, query="select * from calls"))
    assert [part.n_read for part in parts] == [2, 1]
    assert parts[0].rejected["source"].tolist() == ["sqlite:calls.db"]
    with pytest.raises(SettingsError, match="query"):
        read_contacts(address)
    with pytest.raises(ContactError, match="query failed"):
        read_contacts(address, query="select * from nothing")
    with pytest.raises(ContactError, match="driver"):
        read_contacts("nodb://me:secret@host/x", query="select 1")


def test_whole_numbers_of_parquet_stay_whole_beside_missing_ones(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    ids = [1873500000000000007, 1907000000000000002]
    pq.write_table(pa.table({"id": ids, "date": ["2026-04-01"] * 2, "channel": ["chat"] * 2, "text": ["a", "b"], "customer_id": [2**60 + 1, None]}), path)
    contacts = read_contacts(path)
    assert contacts["contact_id"].tolist() == ["1873500000000000007", "1907000000000000002"]
    assert contacts["customer_id"].tolist()[0] == str(2**60 + 1)
