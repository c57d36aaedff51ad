"""Lines of delimited files: broken rows, open quotes, any bytes."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vocmine.contacts import check_contacts, iter_chunks, read_contacts

NOTES = ["1,2026/11/21 14:30,電話,先月分の請求が二重に引き落とされている。返金希望。,5:32", "2,2026年11月22日,メール,ありがとうございました~,"]


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


def test_a_header_without_rows(write_csv):
    assert len(read_contacts(write_csv([]))) == 0


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
