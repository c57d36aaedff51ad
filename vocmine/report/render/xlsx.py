"""Write the report as a workbook: numbers as numbers, text as text and nothing else, the same bytes each time."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from vocmine.report.evidence import Evidence
from vocmine.report.findings import title_of
from vocmine.report.render.escaping import plain
from vocmine.report.summary import Summary
from vocmine.report.words import Words

_LONGEST_CELL = 32_000
_LONGEST_TAB = 31
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


@dataclass(frozen=True)
class Column:
    """A column of a sheet: head, kind of its cells, and width in characters.

    Parameters
    ----------
    head : str
        Head of the column.
    kind : {"text", "whole", "number", "money", "percent", "ratio", "day", "p"}
        How its cells are written.
    width : float
        In characters.
    """

    head: str
    kind: str = "text"
    width: float = 12.0


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

    def sheet(self, name: str, columns: Sequence[Column], top: int = 0) -> Any:
        """Add a sheet with widths, frozen head and paper set up for print."""
        sheet = self.book.add_worksheet(name[:_LONGEST_TAB])
        for i, column in enumerate(columns):
            sheet.set_column(i, i, column.width)
        sheet.freeze_panes(top + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        sheet.hide_gridlines(2)
        return sheet

    def table(
        self, sheet: Any, columns: Sequence[Column], rows: Sequence[Sequence[Any]], top: int = 0, filtered: bool = True
    ) -> int:
        """Write heads and rows; give the number of the row after the last."""
        for i, column in enumerate(columns):
            look = self.formats["head_text" if column.kind == "text" else "head"]
            sheet.write_string(top, i, plain(column.head), look)
        for r, row in enumerate(rows, top + 1):
            for i, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.cell(sheet, r, i, value, column.kind)
        if rows and filtered:  # a sheet has room for one filter
            sheet.autofilter(top, 0, top + len(rows), len(columns) - 1)
        return top + 1 + len(rows)

    def cell(self, sheet: Any, row: int, col: int, value: Any, kind: str) -> None:
        """Write one cell; what can't be known stays blank."""
        look = self.formats[kind]
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            sheet.write_blank(row, col, None, look)
        elif isinstance(value, date):
            sheet.write_datetime(row, col, datetime.combine(value, time()), look)
        elif isinstance(value, int | float):
            sheet.write_number(row, col, value, look)
        else:
            sheet.write_string(row, col, plain(str(value))[:_LONGEST_CELL], look)

    def total(self, sheet: Any, row: int, col: int, value: float, kind: str, first: int = 1) -> None:
        """Write the sum of the cells above as a formula with its value, so that a reader can check it."""
        letter = chr(ord("A") + col)
        sheet.write_formula(row, col, f"=SUM({letter}{first + 1}:{letter}{row})", self.formats[f"total_{kind}"], value)

    def done(self) -> bytes:
        """Close the workbook and give its bytes."""
        self.book.close()
        return self.buffer.getvalue()


def workbook_bytes(
    summary: Summary, evidence: Evidence, words: Words, title: str | None = None, timezone: str = "UTC"
) -> bytes:
    """Make the workbook.

    Parameters
    ----------
    summary : Summary
        Numbers.
    evidence : Evidence
        Names and masked quotes: written as text, never as a formula or an address.
    words : Words
        Language.
    title : str, optional
        Title.
    timezone : str
        Where a day begins and ends.

    Returns
    -------
    bytes
        An .xlsx file.
    """
    from vocmine.report.render.detail_sheets import MORE_SHEETS
    from vocmine.report.render.sheets import SHEETS

    book = Book(words, summary.last_day, title or words(title_of(summary)))
    for write in (*SHEETS, *MORE_SHEETS):
        write(book, summary, evidence, title or words(title_of(summary)), timezone)
    return book.done()


def _looks(words: Words) -> dict[str, dict[str, Any]]:
    font = {"font_name": "Yu Gothic" if words.lang == "ja" else "Calibri", "font_size": 11, "valign": "top"}
    money = "#,##0" if words.decimals == 0 else "#,##0.00"
    numbers = {
        "whole": "#,##0", "number": "#,##0.0", "money": money, "percent": "0.0%", "ratio": "0.00", "p": "0.0000",
        "day": "yyyy/mm/dd" if words.lang == "ja" else "d mmm yyyy",
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
