"""Write the report as a workbook: numbers as numbers, text as text and nothing else, the same bytes each time."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from vocmine.plaintext import plain
from vocmine.report.render.cells import CellWriter
from vocmine.report.render.contents import contents_sheet, distinct_tabs
from vocmine.report.render.formats import axis_day, line_height, looks, n_lines
from vocmine.report.render.grid_sheets import grid_sheet
from vocmine.report.render.printing import set_up_print
from vocmine.report.sections.protocol import ReportView, SectionType
from vocmine.report.sections.registry import sheet_sections
from vocmine.report.sections.sheet import (
    Sheet,
    SheetCell,
    SheetChart,
    SheetFormula,
    SheetLink,
    SheetTable,
    SheetTotal,
    SheetValue,
)
from vocmine.report.words import Words

_LONGEST_CELL = 32_000  # characters; Excel's limit is 32,767
_GRIDLINES = {"visible": True, "line": {"color": "#DDDDDD"}}
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_HIGHEST_ROW = 400.0  # points; the limit is 409
_SPARE_WIDTH = 9.0  # of a column that nobody set


class Book:
    """A workbook in the making, with the few formats it uses.

    Parameters
    ----------
    words : Words
        Language and currency.
    made : date
        Stands as the date of creation: the last day of the data, so that a rerun gives the same bytes.
    title : str
        Title of the workbook.
    """

    def __init__(self, words: Words, made: date, title: str) -> None:
        import xlsxwriter

        self.words, self.title = words, title
        self.buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.buffer, _OPTIONS)
        self.book.set_properties({"title": plain(title)[:200], "created": datetime.combine(made, time())})
        self.formats = {kind: self.book.add_format(look) for kind, look in looks(words).items()}

    def write(self, sheet: Sheet) -> None:
        """Write a sheet with widths, frozen head and paper set up for print."""
        tab = self.book.add_worksheet(sheet.name)
        for i, column in enumerate(sheet.columns):
            tab.set_column(i, i, column.width)
        tab.freeze_panes(0 if sheet.top is None else sheet.top + 1, 1)
        tab.hide_gridlines(2)
        set_up_print(tab, sheet, self.words, self.title)
        for part in sheet.parts:
            if isinstance(part, SheetTable):
                self._table(tab, part, sheet)
            elif isinstance(part, SheetCell):
                self._text(tab, part, sheet)
            elif isinstance(part, SheetTotal):
                self._total(tab, part)
            elif isinstance(part, SheetFormula):
                tab.write_formula(part.row, part.col, part.formula, self.formats[part.kind], part.value)
            elif isinstance(part, SheetLink):
                place = part.name.replace("'", "''")
                tab.write_url(part.row, part.col, f"internal:'{place}'!A1", self.formats["link"], part.name)
            else:
                told = {"description": plain(part.told or part.title), "object_position": 2}
                tab.insert_chart(part.row, 1, self._chart(sheet, part), told)
                tab.set_h_pagebreaks([part.row])

    def _text(self, tab: Any, cell: SheetCell, sheet: Sheet) -> None:
        """Write a cell outside of a table; a text of several columns is broken into lines, and its row is made high."""
        if cell.span == 1:
            self._cell(tab, cell.row, cell.col, cell.value, cell.kind)
            return
        text, last = plain(str(cell.value))[:_LONGEST_CELL], cell.col + cell.span - 1
        widths = [column.width for column in sheet.columns[cell.col : last + 1]]
        room = sum(widths) + _SPARE_WIDTH * (cell.span - len(widths))
        tab.set_row(cell.row, line_height(self.words) * n_lines(text, room))
        tab.merge_range(cell.row, cell.col, cell.row, last, "", self.formats["wrapped"])
        tab.write_string(cell.row, cell.col, text, self.formats["wrapped"])

    def _table(self, tab: Any, table: SheetTable, sheet: Sheet) -> None:
        widths = [column.width for column in sheet.columns]
        self._set_height(tab, table.top, [column.head for column in table.columns], widths)
        for i, column in enumerate(table.columns):
            look = self.formats["head_text" if column.kind == "text" else "head"]
            tab.write_string(table.top, i, plain(column.head), look)
        for r, row in enumerate(table.rows, table.top + 1):
            self._set_height(tab, r, row, widths)
            for i, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                if isinstance(value, SheetValue):
                    kind = f"left_{value.kind}" if column.kind == "text" else value.kind
                    self._cell(tab, r, i, value.value, kind)
                else:
                    self._cell(tab, r, i, value, column.kind)
        if table.rows and table.filtered:
            tab.autofilter(table.top, 0, table.end - 1, len(table.columns) - 1)

    def _set_height(self, tab: Any, row: int, cells: Sequence[Any], widths: Sequence[float]) -> None:
        """Make a row high enough for its texts: not every program does when it opens a workbook."""
        pairs = zip(cells, widths, strict=False)
        most = max((n_lines(text, width) for text, width in pairs if isinstance(text, str) and text), default=1)
        if most > 1:
            tab.set_row(row, min(line_height(self.words) * most, _HIGHEST_ROW))

    def _cell(self, tab: Any, row: int, col: int, value: Any, kind: str) -> None:
        """Write one cell; what can't be known stays blank."""
        look = self.formats[kind]
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            tab.write_blank(row, col, None, look)
        elif isinstance(value, date):
            tab.write_datetime(row, col, datetime.combine(value, time()), look)
        elif isinstance(value, int | float):
            tab.write_number(row, col, value, look)
        else:
            tab.write_string(row, col, plain(str(value))[:_LONGEST_CELL], look)

    def _total(self, tab: Any, total: SheetTotal) -> None:
        """Write a sum as a formula with its value, so that a reader can check it."""
        from xlsxwriter.utility import xl_col_to_name

        letter = xl_col_to_name(total.col)
        formula = f"=SUM({letter}{total.first + 1}:{letter}{total.row})"
        tab.write_formula(total.row, total.col, formula, self.formats[f"total_{total.kind}"], total.value)

    def _chart(self, sheet: Sheet, chart: SheetChart) -> Any:
        name = sheet.name
        made = self.book.add_chart({"type": chart.kind})
        for column in chart.columns:
            ends: dict[str, Any] = {
                "categories": [name, 1, 0, chart.last, 0], "values": [name, 1, column, chart.last, column],
            }
            made.add_series({**ends, **(_bars(chart) if chart.kind == "bar" else {"name": [name, 0, column]})})
        made.set_title({"name": chart.title, "name_font": {"size": 12}})
        if chart.kind == "bar":
            made.set_legend({"none": True})
            made.set_y_axis({"reverse": True})
            made.set_x_axis({"num_format": "#,##0", "major_gridlines": _GRIDLINES})
        else:
            made.set_legend({"position": "bottom"})
            made.set_y_axis({"min": 0, "major_gridlines": _GRIDLINES})
            if sheet.columns[0].kind == "day":
                made.set_x_axis({"date_axis": True, "num_format": axis_day(self.words)})
        made.set_size({"width": chart.size[0], "height": chart.size[1]})
        return made

    def done(self) -> bytes:
        """Close the workbook and give its bytes."""
        self.book.close()
        return self.buffer.getvalue()


def workbook_bytes(view: ReportView, contacts: bool = True) -> bytes:
    """Make the workbook: what it holds, then a sheet a section that has one.

    Parameters
    ----------
    view : ReportView
        Numbers, names and masked quotes, written as text, never as a formula or an address.
    contacts : bool
        Whether the sheets that list single contacts are in it.

    Returns
    -------
    bytes
        An .xlsx file.
    """
    writer = CellWriter(view.words, view.evidence)
    made = [(section.key, _sheet_of(section, view, writer)) for section in sheet_sections()]
    kept = [(key, sheet) for key, sheet in made if sheet is not None and (contacts or not sheet.lists_contacts)]
    keys, sheets = [key for key, _ in kept], [sheet for _, sheet in kept]
    # The contents name the others, and take their place in the row of names first.
    named = distinct_tabs([contents_sheet(keys, sheets, view), *sheets])
    book = Book(view.words, view.summary.last_day, view.title)
    book.write(contents_sheet(keys, named[1:], view))
    for sheet in named[1:]:
        book.write(sheet)
    return book.done()


def _sheet_of(section: SectionType, view: ReportView, writer: CellWriter) -> Sheet | None:
    if section.sheet is not None and section.sheet.build is not None:
        return section.sheet.build(view)
    counted = view.summary.section(section.key)
    return None if counted is None else grid_sheet(counted, writer)


def _bars(chart: SheetChart) -> dict[str, Any]:
    look: dict[str, Any] = {"name": chart.title, "fill": {"color": "#4F93AD"}, "gap": 60}
    if not chart.spread:
        return look
    below, above = zip(*chart.spread, strict=True)
    return {**look, "y_error_bars": {"type": "custom", "plus_values": list(above), "minus_values": list(below)}}
