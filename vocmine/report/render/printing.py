"""How sheets of the workbook are printed: on paper that lies, as few pages wide as can be read, long lists cut."""

from __future__ import annotations

import math
from typing import Any

from vocmine.plaintext import plain
from vocmine.report.sections.sheet import Sheet, SheetCell, SheetChart
from vocmine.report.words import Words

_A4 = 9
_PAGE_WIDTH = 250.0  # characters on a page across: more is too small to read
_MOST_ROWS = 200  # of a list that are printed: about four pages
_SPARE_WIDTH = 9.0  # of a column that nobody set
_ROW_PIXELS = 20  # height of a row of a spreadsheet
_LONGEST_TITLE = 60  # characters; a footer takes 255


def printed_rows(sheet: Sheet) -> int:
    """Say how many rows of a sheet are printed: those it asks for, else all, but no more than 200 of a list.

    Examples
    --------
    >>> from vocmine.report.sections.sheet import SheetColumn, table_sheet
    >>> short, long = (table_sheet("a", (SheetColumn("n"),), ((1,),) * n) for n in (9, 900))
    >>> printed_rows(short), printed_rows(long)
    (10, 201)
    """
    if sheet.n_printed is not None:
        return min(sheet.n_printed, sheet.end)
    over = sheet.n_rows - _MOST_ROWS
    return sheet.end - over if over > 0 else sheet.end


def is_cut(sheet: Sheet) -> bool:
    """Whether some rows of a sheet are not printed."""
    return printed_rows(sheet) < sheet.end


def last_row(sheet: Sheet) -> int:
    """Give the row after the last one that a print shows, with the charts below the rows."""
    charts = [part.row + math.ceil(part.size[1] / _ROW_PIXELS) for part in sheet.parts if isinstance(part, SheetChart)]
    return printed_rows(sheet) if is_cut(sheet) else max([sheet.end, *charts])


def n_columns(sheet: Sheet) -> int:
    """Count the columns of a sheet, with those that a note above its tables runs over."""
    spans = [part.col + part.span for part in sheet.parts if isinstance(part, SheetCell)]
    return max([len(sheet.columns), *spans])


def set_up_print(tab: Any, sheet: Sheet, words: Words, title: str) -> None:
    """Set paper, area, heads that come again, and what stands above and below each page.

    Parameters
    ----------
    tab : xlsxwriter worksheet
        Gets it.
    sheet : Sheet
        What it holds.
    words : Words
        Language.
    title : str
        Of the workbook; stands at the foot of each page.
    """
    columns = sheet.n_columns_printed or n_columns(sheet)
    widths = [column.width for column in sheet.columns[:columns]]
    width = sum(widths) + _SPARE_WIDTH * (columns - len(widths))
    across = max(1, math.ceil(width / _PAGE_WIDTH))
    tab.set_landscape()
    tab.set_paper(_A4)
    tab.fit_to_pages(across, 0)
    tab.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    tab.print_area(0, 0, max(last_row(sheet) - 1, 0), columns - 1)
    if sheet.top is not None:
        tab.repeat_rows(sheet.top)
    if across > 1:
        tab.repeat_columns(0)
    foot = plain(title)[:_LONGEST_TITLE].replace("&", "&&")
    tab.set_footer(f"&L{foot}&C{sheet.name.replace('&', '&&')}&R&P / &N")
    if is_cut(sheet):
        text = words("print_cut", n=words.whole(printed_rows(sheet)), of=words.whole(sheet.end))
        tab.set_header(f"&R{text.replace('&', '&&')}")
