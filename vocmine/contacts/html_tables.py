"""Tables of an HTML page, which many systems export under the name of a workbook (.xls)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vocmine.border import Border
from vocmine.contacts.header_rows import Span
from vocmine.contacts.lines import open_text
from vocmine.contacts.sheet_parts import Page, Rows, SheetParts
from vocmine.errors import ContactError

MAX_BYTES = 64 << 20  # a page is parsed whole
_MOST_COLUMNS = 16_384
_MOST_CELLS = 3_000_000  # looked at, those inside of others once more each
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


@contextmanager
def html_pages(path: Path, border: Border) -> Iterator[list[Page]]:
    """Give the tables of a page as sheets called ``table 1``, ``table 2``; tables around other tables are none.

    Raises
    ------
    ContactError
        If it is over `MAX_BYTES`.
    """
    from bs4 import BeautifulSoup

    if path.stat().st_size > MAX_BYTES:
        raise ContactError(
            "an HTML table too large to read", where=path.name, expected=f"at most {MAX_BYTES >> 20} MB",
            hint="open it in a spreadsheet and save it as .xlsx or CSV",
        )
    with path.open("rb") as file:
        said = _CHARSET.search(file.read(4096))
    with border.guard():
        with open_text(path, said[1].decode("ascii") if said else None) as text:
            soup = BeautifulSoup(text.read(), "html.parser")
        tables = [table for table in soup.find_all("table") if table.find("table") is None]
        pages = []
        for i, table in enumerate(tables, 1):
            rows, spans = _cells(table)
            pages.append(Page(f"table {i}", False, False, _again(rows), SheetParts(spans)))
    yield pages


def _again(rows: list[tuple[int, list[Any]]]) -> Callable[[], Rows]:
    return lambda: ((number, list(row)) for number, row in rows)


def _cells(table: Any) -> tuple[list[tuple[int, list[Any]]], list[Span]]:
    rows: list[tuple[int, list[Any]]] = []
    spans: list[Span] = []
    looked_at = 0
    going: list[Span] = []  # those that reach into the next row
    for number, line in enumerate(table.find_all("tr"), 1):
        row: list[Any] = []
        coming: list[Span] = []
        inside = line.find_all(["td", "th"])
        looked_at += len(inside)
        if looked_at > _MOST_CELLS:
            raise ContactError("rows inside of rows that do not end", where=f"row {number}",
                               expected="</td> and </tr> behind each cell and row", hint="save it as .xlsx or CSV")
        going = [s for s in going if s.bottom >= number]
        taken = {i for s in going for i in range(s.left - 1, s.right)}
        # where end tags are left out, the parser puts the next cell or row into the one before
        for cell in (cell for cell in inside if cell.find_parent("tr") is line):
            while len(row) in taken:
                row.append(None)
            across, down = _times(cell.get("colspan")), _times(cell.get("rowspan"))
            if across > 1 or down > 1:
                spans.append(Span(number, len(row) + 1, number + down - 1, len(row) + across))
                coming += spans[-1:]
            row += [_text(cell) or None, *[None] * (across - 1)]
            if len(row) > _MOST_COLUMNS:
                raise ContactError("a row with more columns than a table may have", where=f"row {number}",
                                   expected=f"at most {_MOST_COLUMNS:,}")
        going += coming
        rows.append((number, row))
    return rows, spans


def _times(value: Any) -> int:
    return min(int(value), 16_384) if str(value).isdecimal() and int(value) > 0 else 1


def _text(cell: Any) -> str:
    for rule in cell.find_all("br"):
        rule.replace_with("\n")
    own = (text for text in cell.find_all(string=True) if text.find_parent(["td", "th"]) is cell)
    lines = (" ".join(line.split()) for line in "".join(own).splitlines())
    return "\n".join(lines).strip()
