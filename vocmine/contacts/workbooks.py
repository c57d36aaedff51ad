"""Spreadsheets, as a stream of raw chunks: which sheets are read, and their rows with what is merged filled in."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from vocmine.contacts.cells import text_of
from vocmine.contacts.column_names import distinct_names
from vocmine.contacts.header_rows import (
    HEAD_ROWS,
    HeaderRow,
    HeadRow,
    Span,
    TableOptions,
    find_header,
    is_total,
    may_be_total,
    note_header,
)
from vocmine.contacts.lines import RawChunk, table_frame
from vocmine.contacts.mapping_lines import mapping_key
from vocmine.contacts.reading import Notes
from vocmine.contacts.sheet_columns import aligned_names, same_names, same_series
from vocmine.contacts.sheet_parts import MAX_ROWS, Page, Rows
from vocmine.contacts.workbook_pages import open_pages
from vocmine.errors import ContactError
from vocmine.limits import DEFAULT_LIMITS, ReadingLimits

_COUNTED = 10_000  # rows of a sheet that is left out
_SURE_DIGITS = 1e15  # a spreadsheet keeps 15 digits of a number
_ERRORS = frozenset({"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_MOST_EMPTY = 5_000_000  # cells without anything in them, beyond which a hundredth must be filled
_MOST_GAP = 100_000  # rows without anything in them between two that have
_MOST_OPEN = 1_000  # merged cells that one row runs through

@dataclass(frozen=True)
class _SheetTable:
    """A sheet whose column names were found."""

    page: Page
    header: HeaderRow


def workbook_chunks(
    path: Path, chunk_rows: int, options: TableOptions | None = None, notes: Notes | None = None,
    limits: ReadingLimits = DEFAULT_LIMITS,
) -> Iterator[RawChunk]:
    """Read the visible sheets that have the same columns as the active one, or those told.

    What is shown is what is read: units, leading zeros and per cent of number formats, and the value of merged cells in
    all of their rows. Formulas count by their stored values.

    Parameters
    ----------
    path : Path
        The workbook; its content tells the format, not its name.
    chunk_rows : int
        Rows of a chunk.
    options : TableOptions, optional
        The sheets, the row of the column names.
    notes : Notes, optional
        Get the sheets read and left out, the row of the column names, and what is doubtful.
    limits : ReadingLimits
        How much it may hold.

    Yields
    ------
    RawChunk
        With rows counted in their sheet, and its name as `part` where there are several.

    Raises
    ------
    ContactError
        If it can't be read, is empty, or has no sheet of a name that is told.
    """
    told, said = options or TableOptions(), notes or Notes()
    with open_pages(path, said, limits) as pages:
        tables = _told_tables(pages, told, path.name) if told.sheets else _chosen_tables(pages, told, path.name, said)
        said.fact("sheet", ", ".join(table.page.name for table in tables))
        note_header(tables[0].header, told, said)
        for table in tables:
            part = table.page.name if len(tables) > 1 else ""
            yield from _table_chunks(table, chunk_rows, part, said)


def _told_tables(pages: Sequence[Page], options: TableOptions, where: str) -> list[_SheetTable]:
    by_name = {page.name: page for page in pages}
    absent = [name for name in options.sheets if name not in by_name]
    if absent:
        raise ContactError(
            "no such sheet", where=where, got=", ".join(absent), expected=", ".join(by_name),
            hint="name them in the mapping, as in 'sheets: [4月, 5月]'",
        )
    tables = [_SheetTable(by_name[name], _header_of(by_name[name], options, where)) for name in options.sheets]
    return [table if table is tables[0] else _beside(tables[0], table, where) for table in tables]


def _beside(first: _SheetTable, table: _SheetTable, where: str) -> _SheetTable:
    """Give a sheet that was told the names of the first one."""
    names = aligned_names(first.header.names, table.header.names)
    if names is None:
        if same_names(first.header.names, table.header.names):
            raise ContactError(
                "sheets whose columns tell different units, zones or scales", where=where,
                got=f"{first.page.name}, {table.page.name}", expected="the same in all sheets that are read at once",
                hint=f"read them one by one: 'sheets: [{first.page.name}]', then 'sheets: [{table.page.name}]'",
            )
        return table
    return replace(table, header=replace(table.header, names=tuple(names)))


def _chosen_tables(pages: Sequence[Page], options: TableOptions, where: str, notes: Notes) -> list[_SheetTable]:
    """Choose the active sheet, or the one with more known names, and all others with its columns."""
    filled = [page for page in pages if _has_rows(page)]
    tables: list[_SheetTable] = []
    errors: list[ContactError] = []
    for page in filled:
        try:
            if not page.hidden:
                tables.append(_SheetTable(page, _header_of(page, options, where)))
        except ContactError as error:
            errors.append(error)
    if not tables:
        if errors:
            raise errors[0]
        hidden = ", ".join(page.name for page in filled)
        raise ContactError(
            "the workbook is empty", where=where, expected="a row of column names, then rows",
            hint=f"there are rows in hidden sheets: add 'sheets: [{hidden}]' to the mapping" if hidden else None,
        )
    most = max(table.header.hits for table in tables)
    likely = [table for table in tables if table.header.hits * 2 >= most]
    first = next((table for table in likely if table.page.active), likely[0])
    chosen = []
    for table in tables:
        same = same_names(first.header.names, table.header.names) or same_series(first.page.name, table.page.name)
        aligned = aligned_names(first.header.names, table.header.names) if same else None
        if table is first or aligned is not None:
            chosen.append(replace(table, header=replace(table.header, names=tuple(aligned or table.header.names))))
    names = [table.page.name for table in chosen]
    kin = [table.page.name for table in tables if table.header.hits > 1]
    _note_left_out([page for page in filled if page.name not in names], names, kin, notes)
    return chosen


def _note_left_out(pages: Sequence[Page], chosen: Sequence[str], kin: Sequence[str], notes: Notes) -> None:
    """Tell which sheets are left out; the line reads those with known names too, or none of them."""
    for code, hidden in (("sheets_left_out", False), ("hidden_sheets_left_out", True)):
        left = [page for page in pages if page.hidden is hidden]
        if left:
            shown = ", ".join(f"{page.name} ({_count(page)})" for page in left)
            more = [page.name for page in left if hidden or page.name in kin]
            line = f"sheets: [{', '.join(map(mapping_key, [*chosen, *more]))}]"
            notes.doubt(code, rows=len(left), shown=shown, line=line)


def _count(page: Page) -> str:
    rows = sum(1 for _ in itertools.islice(_filled_rows(page), _COUNTED + 1))
    return f"over {_COUNTED:,} rows" if rows > _COUNTED else f"{rows:,} row{'s' * (rows > 1)}"


def _has_rows(page: Page) -> bool:
    return next(_filled_rows(page), None) is not None


def _filled_rows(page: Page) -> Rows:
    """Give the rows that have anything in them, tidied; in time, whatever is empty between them."""
    filled = empty = last = 0
    since = time.monotonic()
    for number, row in page.rows():
        if number > MAX_ROWS:
            raise ContactError("more rows than a sheet can have", where=page.name, expected=f"{MAX_ROWS:,} rows")
        cells = [_plain(cell) for cell in row]
        there = sum(cell is not None and (type(cell) is not str or bool(cell.strip())) for cell in cells)
        filled, empty = filled + there, empty + len(cells) - there
        if there:
            yield number, cells
            last, since = number, time.monotonic()
        elif number - last > _MOST_GAP or time.monotonic() - since > page.seconds:
            raise ContactError("rows without anything in them that do not end", where=f"{page.name}, row {number}",
                               expected=f"a filled row within {_MOST_GAP:,} rows and {page.seconds:g} seconds")
        if empty > max(_MOST_EMPTY, 100 * filled):
            raise ContactError("a sheet that is nearly all empty cells", where=f"{page.name}, row {number}",
                               got=f"{filled:,} filled of {filled + empty:,}", hint="copy what is filled to a new one")


def _plain(cell: Any) -> Any:
    """Spreadsheets write a carriage return as `_x000D_` and errors as `#N/A`."""
    if type(cell) is str:
        return None if cell in _ERRORS else cell.replace("_x000D_", "")
    return cell


def _header_of(page: Page, options: TableOptions, where: str) -> HeaderRow:
    most = max(HEAD_ROWS, options.header_row or 0)
    rows = itertools.islice(_filled_rows(page), most)
    head = [HeadRow(number, number, tuple(text_of(cell).strip() for cell in row)) for number, row in rows]
    return find_header(head, options, f"{where}, sheet {page.name}", page.parts.spans)


class _Body:
    """Rows below the column names on their way into a chunk."""

    def __init__(self, names: list[str], part: str) -> None:
        self._names, self._part = names, part
        self._numbers: list[int] = []
        self._cells: list[tuple[Any, ...]] = []
        self._broken: list[tuple[int, str, str]] = []
        self.long: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._numbers) + len(self._broken)

    def add(self, number: int, row: list[Any]) -> None:
        width = len(self._names)
        first = next(cell for cell in row if cell is not None and cell != "")
        if type(first) is str and may_be_total(first) and is_total([text_of(cell) for cell in row]):
            code = "total_row"
        elif any(cell not in (None, "") for cell in row[width:]):
            code = "wrong_column_count"
        else:
            self._numbers.append(number)
            self._cells.append((*row[:width], *[None] * (width - len(row))))
            for name, cell in zip(self._names, row, strict=False):
                if (type(cell) is int or type(cell) is float) and abs(cell) >= _SURE_DIGITS:
                    self.long[name] += 1
            return
        self._broken.append((number, code, ",".join(text_of(cell) for cell in row if cell is not None)))

    def chunk(self) -> RawChunk:
        frame = table_frame(self._names, self._cells)
        numbers, broken = np.array(self._numbers, dtype="int64"), self._broken
        self._numbers, self._cells, self._broken = [], [], []
        return RawChunk(frame, numbers, broken, self._part)


def _table_chunks(table: _SheetTable, chunk_rows: int, part: str, notes: Notes) -> Iterator[RawChunk]:
    names = distinct_names(table.header.names)
    body, sent = _Body(names, part), False
    merged = _Merged(table.page.parts.spans, table.header.end)
    for number, row in _filled_rows(table.page):
        if number <= table.header.end:
            continue
        body.add(number, merged.filled(number, row))
        if len(body) >= chunk_rows:
            yield body.chunk()
            sent = True
    if len(body) or not sent:
        yield body.chunk()
    if merged.n_filled:
        notes.fact("merged cells filled", merged.n_filled + int(notes.facts.get("merged cells filled", 0)))
    if table.page.parts.hidden_rows:
        notes.fact("hidden rows read", table.page.parts.hidden_rows + int(notes.facts.get("hidden rows read", 0)))
    for name, n in body.long.items():
        notes.doubt("long_numbers", name, rows=n)
    for column, n in table.page.parts.formulas.items():
        if column <= len(names):
            notes.doubt("formulas_without_values", names[column - 1], rows=n)


class _Merged:
    """Fill the value of merged cells into all of their rows, in their first column."""

    def __init__(self, spans: Sequence[Span], after: int) -> None:
        self.n_filled = 0
        self._coming = sorted((s for s in spans if s.bottom > s.top > after), key=lambda s: -s.top)
        self._open: list[tuple[Span, Any]] = []

    def filled(self, number: int, row: list[Any]) -> list[Any]:
        self._open = [(span, value) for span, value in self._open if span.bottom >= number]
        if len(self._open) > _MOST_OPEN:
            raise ContactError("merged cells that lie over each other", where=f"row {number}",
                               expected=f"at most {_MOST_OPEN:,} in one row")
        for span, value in self._open:
            if len(row) < span.left:
                row.extend([None] * (span.left - len(row)))
            if row[span.left - 1] is None and value is not None:
                row[span.left - 1] = value
                self.n_filled += 1
        while self._coming and self._coming[-1].top <= number:
            span = self._coming.pop()
            if span.top == number and span.left <= len(row):
                self._open.append((span, row[span.left - 1]))
        return row
