"""Sections of grids on a sheet of the workbook: notes on top, tables one below the other, sums as formulas."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any

from vocmine.report.names import ALL
from vocmine.report.render.cells import CellWriter
from vocmine.report.sections.grid import Grid, Section, empty
from vocmine.report.sections.sheet import (
    Sheet,
    SheetCell,
    SheetColumn,
    SheetPart,
    SheetTable,
    SheetTotal,
)
from vocmine.report.words import Words

_NOTE_WIDTH, _SPARE_WIDTH = 110.0, 9.0  # characters: of a note above tables, of a column that nobody set
_FROZEN = 4  # rows of notes that may stay in sight with the heads
_MONTH = re.compile(r"\d{4}-\d\d|\d{4}年\d{1,2}月")  # as a machine writes it, or as the page does


def grid_sheet(section: Section, writer: CellWriter) -> Sheet:
    """Lay out a section of grids on a sheet: its sentences on top, its tables one below the other."""
    w = writer.words
    tables = [(grid, *_with_months(*writer.table(grid), w("col_month"))) for grid in section.grids]
    sizes = zip_longest(*([c.width for c in cols] for _, cols, _ in tables), fillvalue=0.0)
    widths = [max(column) for column in sizes] or [60.0]
    columns = tuple(SheetColumn("", width=width) for width in widths)
    texts = [w(f"sec_{section.key}_lead"), *(writer.sentence(sentence) for sentence in section.sentences)]
    span = len(widths) + math.ceil(max(0.0, _NOTE_WIDTH - sum(widths)) / _SPARE_WIDTH)
    parts: list[SheetPart] = [SheetCell(row, 0, text, "note", span=span) for row, text in enumerate(texts)]
    row, longest = len(texts), max((len(rows) for _, _, rows in tables), default=0)
    for grid, heads, rows in tables:
        parts.append(SheetCell(row + 1, 0, w(f"grid_{grid.key}"), "total_text"))
        # What is of all together stands below, where no sort and no filter moves it.
        has_all = bool(grid.rows) and grid.rows[0][0] == ALL
        # A sheet has room for one filter: its longest table gets it.
        table = SheetTable(heads, rows[has_all:], top=row + 2, filtered=len(rows) == longest)
        longest = -1 if table.filtered else longest
        total = _row_of_all(table, rows[0]) if has_all else _row_of_sums(grid, table, w)
        parts += [table, *total]
        row = table.end + bool(total)
    alone = len(tables) == 1 and len(texts) <= _FROZEN
    return Sheet(w(f"sheet_{section.key}"), columns, tuple(parts), top=len(texts) + 2 if alone else None)


def _row_of_sums(grid: Grid, table: SheetTable, w: Words) -> list[SheetPart]:
    """Give a row of sums, as formulas, where columns of a grid are added up."""
    summed = {col.head if col.plain else w(col.head) for col in grid.cols if col.summed}
    if not summed or not table.rows:
        return []
    parts: list[SheetPart] = [SheetCell(table.end, 0, w("col_total"), "total_text")]
    for i, column in enumerate(table.columns):
        if column.head in summed:
            values = [float(row[i]) for row in table.rows if not empty(row[i])]
            parts.append(SheetTotal(table.end, i, math.fsum(values), column.kind, first=table.top + 1))
    return parts


def _row_of_all(table: SheetTable, row: tuple[Any, ...]) -> list[SheetPart]:
    """Give the row of all together: a formula where it is the sum of the rows above, else its value."""
    parts: list[SheetPart] = []
    for i, (column, value) in enumerate(zip(table.columns, row, strict=True)):
        above = [each[i] for each in table.rows]
        if _is_sum(value, above):
            parts.append(SheetTotal(table.end, i, float(value), column.kind, first=table.top + 1))
        else:
            parts.append(SheetCell(table.end, i, value, f"total_{column.kind}"))
    return parts


def _is_sum(value: Any, above: list[Any]) -> bool:
    if not above or not all(isinstance(x, int | float) and math.isfinite(x) for x in [value, *above]):
        return False
    return math.isclose(value, math.fsum(above), rel_tol=1e-9, abs_tol=1e-9)


def _with_months(
    columns: tuple[SheetColumn, ...], rows: tuple[tuple[Any, ...], ...], head: str
) -> tuple[tuple[SheetColumn, ...], tuple[tuple[Any, ...], ...]]:
    """Give columns of months as days, which a spreadsheet can sort and draw: the first of each month."""
    found = {i for i, column in enumerate(columns) if column.head == head and all(_is_month(row[i]) for row in rows)}
    if not found:
        return columns, rows
    made = tuple(replace(column, kind="month") if i in found else column for i, column in enumerate(columns))
    return made, tuple(tuple(_first_day(x) if i in found else x for i, x in enumerate(row)) for row in rows)


def _is_month(value: Any) -> bool:
    return isinstance(value, str) and _MONTH.fullmatch(value) is not None


def _first_day(value: str) -> date:
    year, month = re.findall(r"\d+", value)
    return date(int(year), int(month), 1)
