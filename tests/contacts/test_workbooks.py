"""Workbooks as people keep them: months in sheets, hidden sheets, merged cells, titles, units in formats, old formats."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from vocmine.contacts.header_rows import TableOptions
from vocmine.contacts.headers import fold_header, header_table
from vocmine.contacts.reading import Notes
from vocmine.contacts.workbooks import MAX_ROWS, workbook_chunks
from vocmine.errors import ContactError

KNOWN = frozenset(fold_header(name) for names in header_table().values() for name in names)
NAMES = ["受付番号", "受付日時", "チャネル", "本文"]
DAY = dt.datetime(2026, 4, 1, 9, 30)


def row(key, text="配送が遅い"):
    return [key, DAY, "電話", text]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "book.xlsx"


def book(path, sheets, hidden=(), active=0, change=None):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    made.active = active
    if change:
        change(made)
    made.save(path)


def read(path, chunk_rows=1000, notes=None, **told):
    chunks = list(workbook_chunks(path, chunk_rows, TableOptions(known=KNOWN, **told), notes))
    keys = [(chunk.part, int(n), cells[0]) for chunk in chunks for n, cells in zip(chunk.rows, chunk.frame.to_numpy().tolist(), strict=True)]
    return chunks, keys


def doubts(notes):
    return [(doubt.code, doubt.column, doubt.rows, doubt.shown, doubt.line) for doubt in notes.doubts]


def test_sheets_with_the_same_columns_are_read_one_after_the_other(path):
    notes = Notes()
    book(path, {"4月": [NAMES, row("A1"), row("A2")], "説明": [["この表について"]], "5月": [NAMES[::-1], row("B1")[::-1]], "空": []})
    chunks, _ = read(path, notes=notes)
    assert [(c.part, c.frame["受付番号"].tolist(), c.rows.tolist()) for c in chunks] == [("4月", ["A1", "A2"], [2, 3]), ("5月", ["B1"], [2])]
    assert notes.facts["sheet"] == "4月, 5月"
    assert doubts(notes) == [("sheets_left_out", "", 1, "説明 (1 row)", "sheets: [4月, 5月]")]
    assert "説明" in notes.doubts[0].sentence("ja")


def test_the_active_sheet_wins_over_the_first_and_hidden_ones_are_told(path):
    notes = Notes()
    old = [["受付番号", "受付日", "経路", "内容"], ["Z", DAY, "電話", "古い"]]
    book(path, {"旧": old, "秘": [NAMES, row("S")], "今": [NAMES, row("A1")]}, hidden=["秘"], active=2)
    assert read(path, notes=notes)[1] == [("", 2, "A1")]
    assert [d[0] for d in doubts(notes)] == ["sheets_left_out", "hidden_sheets_left_out"]
    assert read(path, sheets=("秘",))[1] == [("", 2, "S")]
    assert read(path, sheets=("今", "秘"))[1] == [("今", 2, "A1"), ("秘", 2, "S")]
    with pytest.raises(ContactError, match="旧, 秘, 今"):
        read(path, sheets=("来月",))


def test_a_cover_that_is_active_does_not_win_over_the_data(path):
    book(path, {"表紙": [["応対報告"], ["作成", "品質管理課"]], "明細": [NAMES, row("A1")]})
    assert read(path)[1] == [("", 2, "A1")]


def test_only_hidden_sheets_have_rows(path):
    book(path, {"表": [], "data": [NAMES, row("A1")]}, hidden=["data"])
    with pytest.raises(ContactError, match=r"sheets: \[data\]"):
        read(path)


def test_titles_two_rows_of_names_merged_cells_and_totals(path):
    def merge(made):
        for cells in ("A1:D1", "A3:A4", "B3:C3", "D3:D4", "B5:B6", "C5:C7"):
            made["表"].merge_cells(cells)

    rows = [["月報", None, None, None], [None], ["受付番号", "受付", None, "本文"], [None, "日", "担当者", None],
            ["A1", DAY, "佐藤", "a"], ["A2", None, None, "b"], ["A3", DAY, None, "c"], ["合計", None, None, 3]]
    notes = Notes()
    book(path, {"表": rows}, change=merge)
    (chunk,), _ = read(path, notes=notes)
    assert list(chunk.frame.columns) == ["受付番号", "受付 日", "担当者", "本文"]
    assert chunk.frame["受付 日"].tolist() == [DAY] * 3 and chunk.frame["担当者"].tolist() == ["佐藤"] * 3
    assert chunk.rows.tolist() == [5, 6, 7] and [(n, code) for n, code, _ in chunk.broken] == [(8, "total_row")]
    assert notes.facts["header row"] == "3" and notes.facts["merged cells filled"] == "3" and not notes.doubts


@pytest.mark.parametrize("chunk_rows", [1, 2, 100])
def test_merged_cells_over_the_border_of_a_chunk(path, chunk_rows):
    rows = [NAMES, row("A1"), ["A2", None, "電話", "b"], ["A3", None, "電話", "c"], [None], ["A4", None, "電話", "d"]]
    book(path, {"表": rows}, change=lambda made: made["表"].merge_cells("B2:B5"))
    chunks, keys = read(path, chunk_rows)
    assert [key for _, _, key in keys] == ["A1", "A2", "A3", "A4"]
    assert [day for c in chunks for day in c.frame["受付日時"]] == [DAY, DAY, DAY, None]


def test_what_number_formats_show(path):
    def formats(made):
        for cell, code in (("A2", "000000"), ("E2", '0.0"分"'), ("F2", "[h]:mm"), ("G2", "0%"), ("E3", "General"), ("F3", "h:mm:ss")):
            made["表"][cell].number_format = code

    rows = [[*NAMES, "対応時間", "通話時間", "割合"], [123, *row("")[1:], 5.5, 1.5, 0.95], ["B", *row("")[1:], 332, 0.00384259259259259, 1]]
    book(path, {"表": rows}, change=formats)
    (chunk,), _ = read(path)
    assert chunk.frame.iloc[0, [0, 4, 5, 6]].tolist() == ["000123", "5.5分", dt.timedelta(hours=36), "95%"]
    assert chunk.frame.iloc[1, [0, 4, 5, 6]].tolist() == ["B", 332, dt.time(0, 5, 32), 1]


def test_formulas_without_values_and_long_numbers_are_doubted(path):
    notes = Notes()
    book(path, {"表": [[*NAMES, "満足度"], [1234567890123456789, *row("")[1:], "=1+3"], [2, *row("")[1:], "=2+3"]]})
    read(path, notes=notes)
    assert doubts(notes) == [("long_numbers", "受付番号", 1, "", ""), ("formulas_without_values", "満足度", 2, "", "")]


def test_a_row_of_names_that_is_told_or_missing(path):
    book(path, {"表": [["a", "b"], NAMES, row("A1")]})
    assert read(path, header_row=2)[1] == [("", 3, "A1")]
    book(path, {"表": [row("A1"), row("A2")]})
    with pytest.raises(ContactError, match=r"sheet 表.*header_row: 0"):
        read(path)
    assert [key for _, _, key in read(path, header_row=0)[1]] == ["A1", "A2"]


def test_values_beyond_the_names_reject_their_row(path):
    book(path, {"表": [NAMES, [*row("A1"), None, "欄外"], row("A2")]})
    chunks, keys = read(path)
    assert keys == [("", 3, "A2")] and [(n, code) for n, code, _ in chunks[0].broken] == [(2, "wrong_column_count")]


def test_twice_the_same(path):
    book(path, {"4月": [NAMES, row("A1")], "5月": [NAMES, row("B1")]}, change=lambda made: made["4月"].merge_cells("B2:B3"))
    assert read(path)[1] == read(path)[1]


def rewritten(path, change):
    """Write the first sheet anew, with its XML changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)


def test_rows_no_sheet_can_have_end_with_a_sentence(path):
    book(path, {"表": [NAMES, row("A1")]})
    far = f'<row r="{MAX_ROWS * 3}"><c r="A{MAX_ROWS * 3}"><v>1</v></c></row></sheetData>'.encode()
    rewritten(path, lambda xml: xml.replace(b"</sheetData>", far))
    with pytest.raises(ContactError, match="more rows than a sheet can have"):
        read(path)


@pytest.mark.parametrize("change", [
    lambda data: data[: len(data) // 2], lambda data: b"PK\x03\x04" + b"\x00" * 50, lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook".join([b"\x00"] * 3),
])
def test_damaged_workbooks(path, change):
    book(path, {"表": [NAMES, row("A1")]})
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(ContactError):
        read(path)


def test_damaged_xml(path):
    book(path, {"表": [NAMES, row("A1")]})
    rewritten(path, lambda xml: xml[:-60])
    with pytest.raises(ContactError, match="no workbook that can be read"):
        read(path)


def test_a_workbook_with_a_password(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(ContactError, match="has a password"):
        read(path)


def test_styles_that_openpyxl_does_not_understand(path):
    notes = Notes()
    book(path, {"表": [NAMES, row("A1")]})
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'<patternFill />', b'<patternFill patternType="none!" />')
    assert b"none!" in parts["xl/styles.xml"]
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    chunks, keys = read(path, notes=notes)
    assert keys == [("", 2, "A1")] and chunks[0].frame["受付日時"].tolist() == [DAY]
    assert notes.facts["number formats"] == "not read"


def ods(path, rows):
    """Write a small OpenDocument sheet."""
    cells = "".join(
        "<table:table-row>" + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in line) + "</table:table-row>"
        for line in rows
    )
    space = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {space} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="表">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    path.write_bytes(data.getvalue())


def test_an_open_document(path):
    ods(path, [["応対一覧"], NAMES, ["A1", "2026-04-01 09:30", "電話", "配送が遅い"]])
    chunks, keys = read(path)
    assert keys == [("", 3, "A1")] and chunks[0].frame["本文"].tolist() == ["配送が遅い"]


def test_an_html_page_under_the_name_of_a_workbook(tmp_path):
    path = tmp_path / "report.xls"
    cells = "<tr><td>A1</td><td rowspan=2>2026-04-01</td><td>電話</td><td>遅い<br>高い</td></tr><tr><td>A2</td><td>電話</td><td>よい</td></tr>"
    head = "<tr>" + "".join(f"<th>{name}</th>" for name in NAMES) + "</tr>"
    page = f'<html><head><meta charset="Shift_JIS"></head><body><table><tr><td colspan=4>一覧</td></tr>{head}{cells}</table></body></html>'
    path.write_bytes(page.encode("cp932"))
    chunks, keys = read(path)
    assert keys == [("", 3, "A1"), ("", 4, "A2")]
    assert chunks[0].frame["受付日時"].tolist() == ["2026-04-01"] * 2 and chunks[0].frame["本文"].tolist() == ["遅い\n高い", "よい"]
