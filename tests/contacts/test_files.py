"""Files in many encodings and formats, broken ones among them; line numbers are those an editor shows."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import json

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vocmine.contacts import check_contacts, iter_chunks, read_contacts
from vocmine.contacts.encodings import canonical_encoding, detect_encoding
from vocmine.errors import ContactError, SettingsError

NOTES = ["1,2026/11/21 14:30,電話,先月分の請求が二重に引き落とされている。返金希望。,5:32", "2,2026年11月22日,メール,ありがとうございました~,"]
ENCODINGS = ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16", "utf-16-le", "utf-16-be", "iso2022_jp"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("told", [False, True])
def test_encodings_are_detected_or_told(write_csv, encoding, told):
    path = write_csv(NOTES, encoding)
    contacts = read_contacts(path, encoding=encoding if told else None)
    assert contacts["text"].tolist()[0] == "先月分の請求が二重に引き落とされている。返金希望。"
    assert contacts["handle_seconds"].tolist()[0] == 332


SHORT = ["解約", "料金プラン変更", "ネットが遅い", "ヨヤク ヘンコウ", "問合せ"]
CASES = [(encoding, line) for encoding in ("cp932", "euc_jp", "utf-8") for line in SHORT]


@pytest.mark.parametrize(("encoding", "line"), [*CASES, ("cp932", "髙橋様より入電"), ("cp932", "①返金"), ("euc_jis_2004", "①返金")])
def test_one_short_line_is_enough(write_csv, encoding, line):
    path = write_csv([f"1,2026-11-21,call,{line},"], encoding, header="id,date,channel,text,handle_seconds")
    assert read_contacts(path)["text"].tolist() == [line]


def test_late_japanese_is_seen(write_csv):
    rows = [f"{i},2026-11-21,call,plain text {'x' * 200},1" for i in range(8000)]
    path = write_csv([*rows, "z,2026-11-21,call,解約したい,1"], "cp932", header="id,date,channel,text,handle_seconds")
    assert detect_encoding(path) == "cp932"


def test_western_files_are_left_to_the_normalizer(write_csv):
    rows = [f"{i},2026-11-21,call,Le café est fermé depuis l'été dernier à Genève; où êtes-vous passés,1" for i in range(20)]
    path = write_csv(rows, "latin-1", header="id,date,channel,text,handle_seconds")
    assert "café est fermé" in read_contacts(path)["text"].iloc[0]


@pytest.mark.parametrize(("name", "found"), [("SJIS", "cp932"), ("Windows-31J", "cp932"), ("shift_jis", "cp932"), ("EUC-JP", "euc_jp"), ("UTF-8", "utf-8")])
def test_names_of_encodings(name, found):
    assert canonical_encoding(name) == found


@pytest.mark.parametrize(("written", "told"), [("cp932", "utf-8"), ("euc_jp", "utf-8"), ("utf-8", "cp932"), ("cp932", "utf-16")])
def test_a_wrong_encoding_told_is_said(write_csv, written, told):
    with pytest.raises(ContactError) as error:
        read_contacts(write_csv(NOTES, written), encoding=told)
    str(error.value).encode("utf-8")


def test_unknown_encoding_is_an_error(write_csv):
    with pytest.raises(ContactError, match="unknown encoding"):
        read_contacts(write_csv(NOTES), encoding="sjis-2099")


@pytest.mark.parametrize(("main", "other"), [("utf-8", "cp932"), ("cp932", "utf-8")])
def test_a_line_in_another_encoding_costs_that_line_only(write_csv, main, other):
    path = write_csv([f"{i},2026-11-21,電話,つながらないので確認してほしい,1" for i in range(20)], main)
    path.write_bytes(path.read_bytes() + "x,2026-11-21,電話,請求書が届かないとのこと,1\n".encode(other))
    checked = check_contacts(path)
    assert len(checked.contacts) == 20
    assert checked.rejected["row"].tolist() == [22]
    assert checked.rejected["code"].iloc[0] in {"wrong_encoding", "mojibake", "unknown_channel"}


def test_broken_rows_cost_their_own_lines_only(write_csv):
    path = write_csv([
        '1,2026-11-21,電話,"一行目\n二行目",1', '2,2026-11-21,電話,"閉じない,1', "3,2026-11-21,電話,多すぎる,1,2,3", "", "4,2026-11-21,電話",
        '5,2026-11-21,電話,"引用""符",1', ",,,,", '6,2026-11-21,電話,良い,1,,', '7,2026-11-21,電話,"終わらない', "つづき",
    ])
    checked = check_contacts(path)
    assert checked.contacts["contact_id"].tolist() == ["1", "5", "6"]
    assert checked.contacts["text"].tolist() == ["一行目\n二行目", '引用"符', "良い"]
    assert checked.rejected[["row", "code"]].values.tolist() == [[n, "wrong_column_count"] for n in (4, 5, 7, 11, 12)]


def test_an_open_quote_before_quoted_rows_is_not_merged_with_the_next(write_csv):
    path = write_csv(['1,2026-11-21,電話,"閉じない', '2,2026-11-21,電話,"よい"', "3,2026-11-21,電話,よい"], header="id,日時,チャネル,本文")
    checked = check_contacts(path)
    assert checked.contacts["contact_id"].tolist() == ["2", "3"]
    assert checked.rejected["row"].tolist() == [2]


@pytest.mark.parametrize(("name", "mark"), [("a.tsv", "\t"), ("a.csv", ";"), ("a.csv", "\t"), ("a.txt", "|")])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(write_csv, name, mark, end):
    lines = [line.replace(",", mark) for line in NOTES]
    path = write_csv(lines, name=name, header="id,日時,チャネル,本文,処理時間".replace(",", mark), end=end)
    assert read_contacts(path)["contact_id"].tolist() == ["1", "2"]


def test_very_long_fields_and_lines(write_csv):
    path = write_csv([f"1,2026-11-21,電話,{'あ' * 200_000},1", f"2,2026-11-21,電話,{'x' * 2_200_000},1", "3,2026-11-21,電話,よい,1"])
    checked = check_contacts(path)
    assert checked.contacts["contact_id"].tolist() == ["3"]
    assert {2, 3} == set(checked.rejected["row"])


def test_empty_and_missing_files(tmp_path):
    (tmp_path / "a.csv").write_text("\n\n")
    with pytest.raises(ContactError, match="empty"):
        read_contacts(tmp_path / "a.csv")
    with pytest.raises(ContactError, match="no such file"):
        read_contacts(tmp_path / "b.csv")
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf")
    with pytest.raises(ContactError, match="xlsx"):
        read_contacts(tmp_path / "a.xls")
    (tmp_path / "a.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(ContactError, match="no workbook"):
        read_contacts(tmp_path / "a.xlsx")
    (tmp_path / "a.parquet").write_bytes(b"PAR nothing")
    with pytest.raises(ContactError, match="no Parquet"):
        read_contacts(tmp_path / "a.parquet")


def test_a_header_without_rows(write_csv):
    assert len(read_contacts(write_csv([]))) == 0


RAW = pd.DataFrame({
    "受付番号": ["1", "2", "3"], "受付日時": pd.to_datetime(["2026-11-21 14:30", "2026-11-22 00:00", "2026-11-23 00:00"]),
    "チャネル": ["電話", "鳩", "チャット"], "本文": ["解約したい", "?", "ありがとう"], "満足度": [4, 5, None], "転送回数": [0, 1, 2], "memo": ["x", None, "z"],
})


def write_xlsx(path):
    RAW.to_excel(path, index=False)


def write_jsonl(path):
    path.write_text("".join(json.dumps({k: v for k, v in row.items() if v == v}, ensure_ascii=False, default=str) + "\n" for row in RAW.to_dict("records")), "utf-8")


def write_json(path):
    path.write_text(json.dumps({"rows": json.loads(RAW.assign(受付日時=RAW["受付日時"].astype(str)).to_json(orient="records"))}), "utf-8")


def write_parquet(path):
    RAW.to_parquet(path)


@pytest.mark.parametrize("chunk_rows", [1, 2, 100])
@pytest.mark.parametrize(("ending", "write"), [(".xlsx", write_xlsx), (".jsonl", write_jsonl), (".json", write_json), (".parquet", write_parquet)])
def test_all_formats_give_the_same_contacts(tmp_path, ending, write, chunk_rows):
    path = tmp_path / f"a{ending}"
    write(path)
    parts = list(iter_chunks(path, chunk_rows))
    contacts = pd.concat([part.contacts for part in parts if len(part.contacts)], ignore_index=True)
    assert contacts["contact_id"].tolist() == ["1", "3"]
    assert contacts["created_at"].dt.strftime("%d %H").tolist() == ["21 05", "22 15"]
    assert contacts["csat"].tolist()[0] == 4 and contacts["transfers"].tolist() == [0, 2]
    rejected = pd.concat([part.rejected for part in parts])
    assert rejected[["row", "code"]].values.tolist() == [[3 if ending == ".xlsx" else 2, "unknown_channel"]]


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


def test_ids_are_unique_over_chunks_and_files(write_csv):
    first, second = write_csv(NOTES, name="a.csv"), write_csv(NOTES[:1], name="b.csv")
    parts = list(iter_chunks([first, second], chunk_rows=1))
    assert [part.rejected["code"].tolist() for part in parts if len(part.rejected)] == [["duplicate_id"]]
    assert parts[-1].rejected["source"].tolist() == ["b.csv"]


FIELD = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(FIELD.filter(str.strip), min_size=5, max_size=5), min_size=1, max_size=6))
def test_what_a_writer_quotes_is_read_back(tmp_path, rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["id", "日時", "チャネル", "本文", "memo"], *rows])
    path = tmp_path / "a.csv"
    path.write_bytes(codecs.BOM_UTF8 + text.getvalue().encode())
    checked = check_contacts(path)
    assert checked.n_read == len(rows)
    assert "wrong_column_count" not in set(checked.rejected["code"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([b'"', b",", b"\n", b"\r\n", b"a", b"\x81", b"\xff", "電話".encode(), "電話".encode("cp932"), b"2026-11-21"]), max_size=60), st.integers(1, 3))
def test_any_bytes_are_read_to_the_end(tmp_path, parts, chunk_rows):
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,date,channel,text\n" + b"".join(parts) + b"\nlast,2026-11-21,call,end\n")
    checked = check_contacts(path)
    chunks = list(iter_chunks(path, chunk_rows))
    assert checked.n_read == sum(part.n_read for part in chunks)
    assert checked.contacts["contact_id"].tolist() == [i for part in chunks for i in part.contacts["contact_id"]]
    lines = len(path.read_bytes().splitlines())
    assert checked.rejected["row"].between(2, lines).all() and checked.rejected["row"].is_unique
    assert "last" in set(checked.contacts["contact_id"]) or lines in set(checked.rejected["row"]) or b'"' in b"".join(parts)
