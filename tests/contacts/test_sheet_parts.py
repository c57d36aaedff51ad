"""Merged cells and empty formulas, from the XML of a workbook."""

from __future__ import annotations

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from vocmine.contacts.header_rows import Span
from vocmine.contacts.sheet_parts import column_number, sheet_parts


@given(st.integers(1, 16_384))
def test_letters_of_columns(number):
    assert column_number(get_column_letter(number)) == number


def test_merged_cells_and_formulas_by_sheet(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "4月"
    other = book.create_sheet("明細 <1>")
    other.merge_cells("B2:B4")
    other.merge_cells("AA1:AC1")
    other["C2"], other["C3"], other["D2"] = "=1+1", "=A1", 5
    book.save(path)
    parts = sheet_parts(path)
    assert parts["4月"].spans == [] and not parts["4月"].formulas
    assert sorted(parts["明細 <1>"].spans, key=lambda s: s.top) == [Span(1, 27, 1, 29), Span(2, 2, 4, 2)]
    assert dict(parts["明細 <1>"].formulas) == {3: 2}


@pytest.mark.parametrize("value", [0, "a", ""])
def test_formulas_with_values_are_no_doubt(tmp_path, value):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("x").write_formula("A1", "=1+1", None, value)
    assert dict(sheet_parts(path)["x"].formulas) == ({1: 1} if value == "" else {})


def test_a_large_sheet_is_looked_through_in_blocks(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for i in range(9_000):
        book.active.append([f"本文{i}" * 4, "=1+1", i])
        if i % 3 == 0:
            book.active.merge_cells(start_row=i + 1, end_row=i + 2, start_column=1, end_column=1)
    book.save(path)
    parts = sheet_parts(path)["Sheet"]
    assert len(parts.spans) == 3_000 and parts.formulas[2] == 9_000
