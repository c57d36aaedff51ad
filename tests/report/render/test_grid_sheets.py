"""Grids on a sheet: sums are formulas, months are days, notes fit the page."""

from __future__ import annotations

from datetime import date

import pytest

from vocmine.report import Evidence
from vocmine.report.render.cells import CellWriter
from vocmine.report.render.grid_sheets import grid_sheet
from vocmine.report.sections.grid import Col, Grid, Section
from vocmine.report.sections.sheet import SheetCell, SheetTable, SheetTotal
from vocmine.report.words import Words


def sheet_of(*grids: Grid, lang: str = "en"):
    return grid_sheet(Section("customers", grids=grids), CellWriter(Words(lang, "JPY"), Evidence()))


def parts_of(sheet, kind):
    return [part for part in sheet.parts if isinstance(part, kind)]


def test_columns_that_are_added_up_get_a_sum_below():
    cols = (Col("col_segment"), Col("col_n", "whole", summed=True), Col("col_money", "money"))
    sheet = sheet_of(Grid("by_segment", cols, (("A", 3, 5.0), ("B", 4, 6.0))))
    (total,) = parts_of(sheet, SheetTotal)
    (table,) = parts_of(sheet, SheetTable)
    assert (total.row, total.col, total.value, total.first) == (table.end, 1, 7.0, table.top + 1)


def test_the_row_of_all_stands_below_and_is_a_formula_only_where_it_is_a_sum():
    cols = (Col("col_issue", "issue"), Col("2026-09", "money", plain=True), Col("2026-10", "money", plain=True))
    sheet = sheet_of(Grid("months", cols, (("all", 11.0, 9.0), ("a", 5.0, 4.0), ("b", 6.0, 4.0))))
    (table,) = parts_of(sheet, SheetTable)
    assert [row[1] for row in table.rows] == [5.0, 6.0]
    (total,) = parts_of(sheet, SheetTotal)
    assert (total.row, total.col, total.value) == (table.end, 1, 11.0)
    plain = next(part for part in parts_of(sheet, SheetCell) if (part.row, part.col) == (table.end, 2))
    assert (plain.value, plain.kind) == (9.0, "total_money")


@pytest.mark.parametrize("written", ["2026-10", "2026年10月"])
def test_months_are_days_that_can_be_sorted(written):
    cols = (Col("col_month"), Col("col_n", "whole"))
    (table,) = parts_of(sheet_of(Grid("code_costs", cols, ((written, 3),)), lang="ja"), SheetTable)
    assert (table.rows[0][0], table.columns[0].kind) == (date(2026, 10, 1), "month")


def test_a_column_with_other_text_among_months_stays_text():
    (table,) = parts_of(sheet_of(Grid("code_costs", (Col("col_month"), Col("col_n", "whole")), (("2026-10", 3), ("all year", 4)))), SheetTable)
    assert [row[0] for row in table.rows] == ["2026-10", "all year"]


def test_one_table_gets_the_filter_and_one_alone_keeps_its_heads_in_sight():
    cols = (Col("col_segment"), Col("col_n", "whole"))
    short, long = Grid("by_segment", cols, (("A", 1),)), Grid("by_plan", cols, (("A", 1), ("B", 2)))
    assert [table.filtered for table in parts_of(sheet_of(short, long), SheetTable)] == [False, True]
    assert sheet_of(short, long).top is None
    alone = sheet_of(long)
    assert alone.top == parts_of(alone, SheetTable)[0].top


def test_notes_run_over_the_tables_and_take_the_room_of_a_page():
    note = parts_of(sheet_of(Grid("by_segment", (Col("col_segment"),), (("A",),))), SheetCell)[0]
    assert note.kind == "note"
    assert note.span > 5
