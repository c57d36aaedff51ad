"""Workbooks that are damaged or made to harm: one sentence, or the rows there are, in seconds."""

from __future__ import annotations

import time
import zipfile

import openpyxl
import pytest

from vocmine.contacts.reading import Notes
from vocmine.contacts.workbook_pages import open_pages
from vocmine.contacts.workbooks import workbook_chunks
from vocmine.errors import ContactError
from vocmine.limits import ReadingLimits

NAMES, ROW = ["id", "日時", "チャネル", "本文"], ["A1", "2026-04-01", "電話", "届かない"]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def made(tmp_path):
    def made(rows="", after="", part=SHEET, old="</sheetData>"):
        book = openpyxl.Workbook()
        book.active.append(NAMES)
        book.active.append(ROW)
        book.save(tmp_path / "plain.xlsx")
        with zipfile.ZipFile(tmp_path / "plain.xlsx") as before, zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as new:
            for name in before.namelist():
                data = before.read(name)
                new.writestr(name, data.replace(old.encode(), f"{rows}{old}{after}".encode()) if name == part else data)
        return tmp_path / "a.xlsx"

    return made


def rows_of(path, limits=None):
    chunks = workbook_chunks(path, 1_000, None, Notes(), limits or ReadingLimits())
    return [cells for raw in chunks for cells in raw.frame.to_numpy().tolist()]


@pytest.mark.parametrize("rows", [
    "".join(f'<row r="{i}"/>' for i in range(3, 300_000)),
    "".join(f'<row r="{i}"><c r="A{i}" s="0"/><c r="B{i}"/></row>' for i in range(3, 300_000)),
], ids=["bare", "coloured"])
def test_empty_rows_behind_the_last_filled_one_cost_little(made, rows):
    path, start = made(rows), time.process_time()
    assert rows_of(path) == [ROW]
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("rows", "after", "sentence"),
    [
        ('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>', "", "more rows than a sheet can have"),
        ("<row/>" * 1_100_000, "", "more rows than a sheet can have"),
        ('<row r="1000000"><c r="A1000000"><v>1</v></c></row>', "", "rows without anything in them that do not end"),
        ('<row r="3"><c r="ZZZZZ3"><v>1</v></c></row>', "", "no workbook that can be read"),
        ('<row r="3"><c r="A3"><v>&lol;</v></c></row>', "", "no workbook that can be read"),
        ("".join(f'<row r="{i}"><c r="XFD{i}"/></row>' for i in range(3, 2_000)) + '<row r="2000"><c r="A2000"><v>1</v></c></row>', "",
         "a sheet that is nearly all empty cells"),
        ("".join(f'<row r="{i}"><c r="A{i}"><v>1</v></c></row>' for i in range(3, 9)), "<mergeCells>" + '<mergeCell ref="A3:A99"/>' * 2_000 + "</mergeCells>",
         "merged cells that lie over each other"),
    ],
    ids=["row number", "row elements", "gap", "column", "entity", "far cells", "merged"],
)
def test_what_harms_ends_in_a_sentence(made, rows, after, sentence):
    path, start = made(rows, after), time.process_time()
    with pytest.raises(ContactError, match=sentence):
        rows_of(path)
    assert time.process_time() - start < 8


def test_a_part_that_unpacks_to_far_more(made, monkeypatch):
    path = made(" " * 3_000_000)
    monkeypatch.setattr("vocmine.contacts.workbook_pages.UNCHECKED_BYTES", 1_000_000)
    with pytest.raises(ContactError, match=r"unpacks to far more than its size; where: a\.xlsx"), open_pages(path, Notes(), ReadingLimits(unpack_ratio=10)):
        pass


def test_what_is_done_with_the_pages_is_no_damage(made):
    with pytest.raises(ZeroDivisionError), open_pages(made(), Notes()) as pages:
        assert [page.name for page in pages] == ["Sheet"]
        raise ZeroDivisionError


def test_styles_that_nobody_knows_are_a_sentence(made):
    path = made("<x", part="xl/styles.xml", old="</styleSheet>")
    with pytest.raises(ContactError, match="no workbook that can be read"):
        rows_of(path)
