"""Tables in text files: where they begin, how they are cut, and what is told of it."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vocmine.contacts.delimited import csv_chunks
from vocmine.contacts.header_rows import TableOptions
from vocmine.contacts.headers import fold_header, header_table
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

KNOWN = TableOptions(known=frozenset(fold_header(name) for names in header_table().values() for name in names))


def read(path, text, chunk_rows=1000, options=KNOWN, encoding=None, notes=None):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    chunks = list(csv_chunks(path, chunk_rows, encoding, options, notes))
    rows = [row for chunk in chunks for row in chunk.frame.to_numpy().tolist()]
    numbers = [int(n) for chunk in chunks for n in chunk.rows]
    return list(chunks[0].frame.columns), rows, numbers, [b for chunk in chunks for b in chunk.broken]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.csv"


def test_titles_an_output_date_and_totals(path):
    notes = Notes()
    text = "問合せ一覧表\n作成日,2026/05/01\n\n受付番号,受付日時,チャネル,本文,件数\nK1,2026/04/01 9:00,電話,配送が遅い,1\n小計,,,,1\nK2,2026/04/02 9:00,電話,壊れた,1\n,,,合計,2\n総計,2件\n"
    names, rows, numbers, broken = read(path, text, notes=notes)
    assert names == ["受付番号", "受付日時", "チャネル", "本文", "件数"]
    assert [row[0] for row in rows] == ["K1", "K2"] and numbers == [5, 7]
    assert [(n, code) for n, code, _ in broken] == [(6, "total_row"), (8, "total_row"), (9, "total_row")]
    assert notes.facts["header row"] == "4"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le"])
@pytest.mark.parametrize(("mark", "end"), [(";", "\r\n"), ("\t", "\n"), (",", "\r")])
def test_the_line_of_excel_in_any_encoding(path, encoding, mark, end):
    lines = [f"sep={mark}", mark.join(["受付番号", "本文"]), mark.join(["A1", "返品、したい"]), mark.join(["A2", "解約"])]
    names, rows, numbers, broken = read(path, end.join(lines).encode(encoding), encoding=encoding)
    assert (names, numbers, broken) == (["受付番号", "本文"], [3, 4], [])
    assert rows == [["A1", "返品、したい"], ["A2", "解約"]]


def test_cells_kept_from_excel(path):
    names, rows, _, _ = read(path, '="id",本文\n="000123","=""x"""\n="0045",a="b"\n"=",\'="c"\n')
    assert names == ["id", "本文"]
    assert rows == [["000123", "x"], ["0045", 'a="b"'], ["=", '\'="c"']]


def test_no_names_at_all(path):
    text = "A1;2026-04-01;電話;解約\nA2;2026-04-02;電話;返品\n"
    with pytest.raises(ContactError, match="header_row: 0"):
        read(path, text)
    names, rows, numbers, _ = read(path, text, options=TableOptions(header_row=0))
    assert names == ["column_1", "column_2", "column_3", "column_4"]
    assert [row[0] for row in rows] == ["A1", "A2"] and numbers == [1, 2]


def test_a_told_row_of_names(path):
    text = "番号,内容\n(自動),(必須)\n受付番号,本文\nA1,a\n"
    assert read(path, text, options=TableOptions(header_row=3))[:3] == (["受付番号", "本文"], [["A1", "a"]], [4])
    assert read(path, text, options=TableOptions(header_row=1))[2] == [2, 3, 4]
    with pytest.raises(ContactError, match="header_row: 9"):
        read(path, text, options=TableOptions(header_row=9))


def test_names_over_two_lines_and_two_names_alike(path):
    notes = Notes()
    names, rows, numbers, _ = read(path, '受付番号,"受付\n日時",Source,Source,,本文\nA1,2026-04-01,web,mail,x,a\n', notes=notes)
    assert names == ["受付番号", "受付 日時", "Source", "Source (2)", "column_5", "本文"]
    assert rows == [["A1", "2026-04-01", "web", "mail", "x", "a"]] and numbers == [3]
    assert not notes.doubts


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_as_long_as_a_line_may_be(path, quote):
    long = "あ" * 300_000
    assert read(path, f"id,本文\n1,{quote}{long}{quote}\n2,b\n")[1] == [["1", long], ["2", "b"]]


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("line", ["{q}{long}{q},2", "2,{q}{long}{q}"])
def test_what_is_longer_costs_its_own_line(path, quote, line):
    text = "id,本文\n1,a\n" + line.format(q=quote, long="x" * 2_500_000) + "\n3,c\n"
    _, rows, _, broken = read(path, text)
    assert rows == [["1", "a"], ["3", "c"]]
    assert [(n, code) for n, code, _ in broken] == [(3, "line_too_long")]


def test_empty_files(path):
    for text in ("", "\n\n", ",,,\n;;\n"):
        with pytest.raises(ContactError, match="empty"):
            read(path, text)


def by_record(text):
    """Give what a reader of one record after another makes of a text with sound quotes: the fields and their lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, numbers, end = [], [], 0
    for record in reader:
        if any(cell.strip() for cell in record):
            rows.append(record)
            numbers.append(end + 1)
        end = reader.line_num
    return rows, numbers


CELL = st.sampled_from(["a", "b\nc", "d,e", 'f"g', "h\r\ni", "", " ", "電話", "="])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(1, 9999).map(str), CELL, CELL), min_size=1, max_size=40), st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(1, 50), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_batches_of_lines_give_what_single_records_give(path, rows, end, chunk_rows, quoting):
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if end == "\r" else quoting  # the writer does not quote line breaks other than its own
    csv.writer(out, lineterminator=end, quoting=quoting).writerows([("id", "本文", "memo"), *rows])
    wanted, numbers = by_record(out.getvalue())
    names, got, at, broken = read(path, out.getvalue(), chunk_rows)
    assert ([names, *got], [1, *at], broken) == (wanted, numbers, [])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(['"', ",", "\n", "\r\n", "a", "1", "\x00", "合計", '="', " ", "x,y", "1,2\n"]), max_size=80), st.integers(1, 7))
def test_what_is_read_does_not_depend_on_chunks(path, parts, chunk_rows):
    text = "id,本文\n" + "".join(parts) + "\nlast,end\n"
    once = read(path, text, chunk_rows, encoding="utf-8")
    assert once == read(path, text, 10_000, encoding="utf-8") == read(path, codecs.BOM_UTF8 + text.encode())


def test_an_open_quote_among_many_lines_costs_one(path):
    lines = [f'{i},"本文{i}"' for i in range(5_000)]
    lines[2_500] = '2500,"閉じない'
    _, rows, numbers, broken = read(path, "\n".join(["id,本文", *lines, ""]), 700)
    assert [(n, code) for n, code, _ in broken] == [(2_502, "wrong_column_count")]
    assert len(rows) == 4_999 and numbers == [n for n in range(2, 5_002) if n != 2_502]
