"""Write the report as a workbook: numbers as numbers, text as text and nothing else, the same bytes each time."""

from __future__ import annotations

import io
import math
from datetime import date, datetime, time
from typing import Any

from vocmine.plaintext import plain
from vocmine.report.render.cells import CellWriter, grid_sheet
from vocmine.report.sections.protocol import ReportView, SectionType
from vocmine.report.sections.registry import sheet_sections
from vocmine.report.sections.sheet import Sheet, SheetCell, SheetChart, SheetFormula, SheetTable, SheetTotal
from vocmine.report.words import MOST_TIMES, Words

_LONGEST_CELL = 32_000  # characters; Excel's limit is 32,767
_LONGEST_TAB = 31  # characters; Excel's limit
_GRIDLINES = {"visible": True, "line": {"color": "#DDDDDD"}}
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


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

        self.words = words
        self.buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.buffer, _OPTIONS)
        self.book.set_properties({"title": plain(title)[:200], "created": datetime.combine(made, time())})
        self.formats = {kind: self.book.add_format(look) for kind, look in _looks(words).items()}

    def write(self, sheet: Sheet) -> None:
        """Write a sheet with widths, frozen head and paper set up for print."""
        tab = self.book.add_worksheet(sheet.name[:_LONGEST_TAB])
        for i, column in enumerate(sheet.columns):
            tab.set_column(i, i, column.width)
        tab.freeze_panes(sheet.top + 1, 1)
        tab.set_landscape()
        tab.set_paper(9)
        tab.fit_to_pages(1, 0)
        tab.repeat_rows(sheet.top)
        tab.hide_gridlines(2)
        for part in sheet.parts:
            if isinstance(part, SheetTable):
                self._table(tab, part)
            elif isinstance(part, SheetCell):
                self._cell(tab, part.row, part.col, part.value, part.kind)
            elif isinstance(part, SheetTotal):
                self._total(tab, part)
            elif isinstance(part, SheetFormula):
                tab.write_formula(part.row, part.col, part.formula, self.formats[part.kind], part.value)
            else:
                tab.insert_chart(part.row, 0, self._chart(sheet.name, part))

    def _table(self, tab: Any, table: SheetTable) -> None:
        for i, column in enumerate(table.columns):
            look = self.formats["head_text" if column.kind == "text" else "head"]
            tab.write_string(table.top, i, plain(column.head), look)
        for r, row in enumerate(table.rows, table.top + 1):
            for i, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                self._cell(tab, r, i, value, column.kind)
        if table.rows and table.filtered:
            tab.autofilter(table.top, 0, table.end - 1, len(table.columns) - 1)

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
        letter = chr(ord("A") + total.col)
        formula = f"=SUM({letter}2:{letter}{total.row})"
        tab.write_formula(total.row, total.col, formula, self.formats[f"total_{total.kind}"], total.value)

    def _chart(self, name: str, chart: SheetChart) -> Any:
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
        made.set_size({"width": chart.size[0], "height": chart.size[1]})
        return made

    def done(self) -> bytes:
        """Close the workbook and give its bytes."""
        self.book.close()
        return self.buffer.getvalue()


def workbook_bytes(view: ReportView) -> bytes:
    """Make the workbook, a sheet a section that has one.

    Parameters
    ----------
    view : ReportView
        Numbers, names and masked quotes, written as text, never as a formula or an address.

    Returns
    -------
    bytes
        An .xlsx file.
    """
    book, writer = Book(view.words, view.summary.last_day, view.title), CellWriter(view.words, view.evidence)
    for section in sheet_sections():
        sheet = _sheet_of(section, view, writer)
        if sheet is not None:
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


def _times(words: Words) -> str:
    """Show a ratio that nobody could believe in words; the number stays in the cell."""
    return f'[>{MOST_TIMES}]"{words("times_beyond", n=MOST_TIMES)}";0.00'


def _looks(words: Words) -> dict[str, dict[str, Any]]:
    font = {"font_name": "Yu Gothic" if words.lang == "ja" else "Calibri", "font_size": 11, "valign": "top"}
    money = "#,##0" if words.decimals == 0 else "#,##0.00"
    numbers = {
        "whole": "#,##0", "number": "#,##0.0", "money": money, "percent": "0.0%", "ratio": "0.00", "p": "0.0000",
        "times": _times(words), "day": "yyyy/mm/dd" if words.lang == "ja" else "d mmm yyyy",
    }
    looks: dict[str, dict[str, Any]] = {kind: {**font, "num_format": code} for kind, code in numbers.items()}
    total = {"bold": True, "top": 1}
    looks |= {f"total_{kind}": {**look, **total} for kind, look in looks.items()}
    head = {**font, "bold": True, "bottom": 1, "bg_color": "#E6EEF2", "text_wrap": True}
    return looks | {
        "text": {**font, "text_wrap": True}, "total_text": {**font, **total}, "head_text": head,
        "head": {**head, "align": "right"}, "note": {**font, "text_wrap": False, "font_color": "#566070"},
        "title": {**font, "bold": True, "font_size": 16, "text_wrap": False},
    }
