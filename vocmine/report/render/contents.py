"""The first sheet of the workbook: a link to each sheet, what it holds, its rows, and what of it is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vocmine.plaintext import plain
from vocmine.report.render.printing import is_cut, printed_rows
from vocmine.report.sections.protocol import ReportView
from vocmine.report.sections.sheet import Sheet, SheetCell, SheetColumn, SheetLink, SheetPart, SheetTable
from vocmine.report.words import Words

LONGEST_TAB = 31
"""Characters of a name on a tab; the limit of spreadsheets."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_SENTENCE = re.compile(r"^.*?[。.](?=\s|$|[^\d\s])")
_TOP = 2  # row of the heads


def distinct_tabs(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Give sheets names that a workbook takes: at most 31 letters, no letter it forbids, none twice.

    Examples
    --------
    >>> columns = (SheetColumn("Team"),)
    >>> [sheet.name for sheet in distinct_tabs([Sheet(name, columns, ()) for name in ("A/B", "a b", "")])]
    ['A B', 'a b 2', 'Sheet']
    """
    taken: set[str] = set()
    out = []
    for sheet in sheets:
        base = " ".join(_FORBIDDEN.sub(" ", plain(sheet.name)).split())[:LONGEST_TAB].strip(" '") or "Sheet"
        name, n = base, 1
        while name.casefold() in taken:
            n += 1
            name = f"{base[: LONGEST_TAB - len(str(n)) - 1]} {n}"
        taken.add(name.casefold())
        out.append(replace(sheet, name=name))
    return out


def contents_sheet(keys: Sequence[str], sheets: Sequence[Sheet], view: ReportView) -> Sheet:
    """List sheets, in their order.

    Parameters
    ----------
    keys : sequence of str
        Keys of their sections.
    sheets : sequence of Sheet
        With their last names.
    view : ReportView
        Title and language.
    """
    w = view.words
    columns = (
        SheetColumn(w("contents_name"), width=30), SheetColumn(w("contents_holds"), width=84),
        SheetColumn(w("contents_rows"), "whole", 12), SheetColumn(w("contents_printed"), width=22),
    )
    rows = tuple(
        (None, what_it_holds(key, w), sheet.n_rows or None, _printed(sheet, w))
        for key, sheet in zip(keys, sheets, strict=True)
    )
    links = (SheetLink(_TOP + 1 + i, 0, sheet.name) for i, sheet in enumerate(sheets))
    table = SheetTable(columns, rows, top=_TOP, filtered=False)
    parts: tuple[SheetPart, ...] = (SheetCell(0, 0, view.title, "title"), table, *links)
    return Sheet(w("sheet_contents"), columns, parts, top=_TOP)


def what_it_holds(key: str, w: Words) -> str:
    """Say in a line what the sheet of a section holds; the first sentence of its lead where no line was written.

    Examples
    --------
    >>> what_it_holds("ledger", Words("en"))[:33]
    'Every contact behind every line, '
    """
    if w.has(f"holds_{key}"):
        return w(f"holds_{key}")
    lead = w(f"sec_{key}_lead") if w.has(f"sec_{key}_lead") else ""
    first = _SENTENCE.match(lead)
    return first.group(0) if first else lead


def _printed(sheet: Sheet, w: Words) -> str:
    return w("contents_cut", n=w.whole(printed_rows(sheet))) if is_cut(sheet) else w("contents_whole")
