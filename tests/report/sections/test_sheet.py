"""Sheets as plain data."""

from __future__ import annotations

from vocmine.report.sections.sheet import Sheet, SheetColumn, SheetTable, table_sheet

COLUMNS = (SheetColumn("Team"), SheetColumn("Contacts", "whole", 9))


def test_a_table_ends_below_its_last_row():
    assert SheetTable(COLUMNS, (("A", 1), ("B", 2))).end == 3
    assert SheetTable(COLUMNS, (), top=4).end == 5


def test_a_sheet_of_one_table_has_its_columns():
    rows = (("A", 1),)
    assert table_sheet("Teams", COLUMNS, rows) == Sheet("Teams", COLUMNS, (SheetTable(COLUMNS, rows),))
