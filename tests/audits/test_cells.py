"""Filled-in tables as spreadsheets leave them."""

from __future__ import annotations

import datetime

import pytest
from openpyxl import Workbook

from vocmine.audits import Audit
from vocmine.audits.cells import read_filled
from vocmine.errors import AuditError

HEAD = ["contact_id", "label_tag", "prob", "drawn_on", "label", "notes"]
ROWS = [["c1", "refund", "0.5", "2026-01-31", "返金、全額", "①"], ["c2", "login", "0.25", "2026-01-31", "'=login", ""]]


def text(comma: str) -> str:
    return "\r\n".join(comma.join(row) for row in [HEAD, *ROWS]) + "\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_csv_of_any_spreadsheet(tmp_path, encoding, comma):
    path = tmp_path / "a.csv"
    path.write_bytes(text(comma).encode(encoding))
    frame = read_filled(path).frame
    assert frame["contact_id"].tolist() == ["c1", "c2"]
    assert frame["label"].tolist() == ["返金、全額", "=login"]
    assert frame["row"].tolist() == [2, 3]


@pytest.mark.parametrize(("text", "says"), [
    ("a,b\n1,2\n", "no column contact_id"),
    ("", "no column contact_id"),
    ("contact_id,label\na,x,y\n", "more cells than there are columns; where: .*a.csv, row 2"),
    ("contact_id,label\na,x\n\ncontact_id,label\na,y\n", "answers of two people stand in one file; where: .*row 4"),
    ("contact_id,label,label\na,x,y\n", "a column stands there twice"),
])
def test_tables_that_can_not_be_read(tmp_path, text, says):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(AuditError, match=says):
        read_filled(tmp_path / "a.csv")


def test_files_that_are_something_else(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\xff\x00\x81\xfe" * 20)
    with pytest.raises(AuditError, match="no text that can be read"):
        read_filled(tmp_path / "a.csv")
    (tmp_path / "a.xlsx").write_bytes(b"PK no zip")
    with pytest.raises(AuditError, match="no workbook that can be read"):
        read_filled(tmp_path / "a.xlsx")


def book(path, sheets):
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_a_workbook_with_more_in_it_than_we_wrote(tmp_path):
    rows = [["12 / 90"], [], ["ＣＯＮＴＡＣＴ_ID", "label_tag", "Prob", "drawn_on", "正しい理由", "メモ"], [7, "refund", 0.5, datetime.datetime(2026, 1, 31), "返金", None], [], [8.0, "7", 1, "46053", 7, "x"]]
    path = book(tmp_path / "a.xlsx", {"memo": [["hello"]], "copy": [HEAD], "check": rows, "list": [["reason_id", "ja", "en"], ["refund", "返金", "Refund"]]})
    found = read_filled(path)
    assert found.frame["contact_id"].tolist() == ["7", "8"]
    assert found.frame["row"].tolist() == [4, 6]
    assert found.names == {"ja": {"refund": "返金"}, "en": {"refund": "Refund"}}
    audit = Audit.read(path)
    assert audit.table["label"].tolist() == ["refund", "7"]
    assert audit.table["drawn_on"].tolist() == ["2026-01-31", "2026-01-31"]


def test_two_sheets_with_answers(tmp_path):
    filled = [HEAD, ROWS[0]]
    path = book(tmp_path / "a.xlsx", {"me": filled, "you": filled})
    with pytest.raises(AuditError, match="two sheets hold answers"):
        read_filled(path)
