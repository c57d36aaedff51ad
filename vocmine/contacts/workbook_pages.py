"""The sheets of a workbook: .xlsx and .xlsm by openpyxl; .xls, .xlsb and .ods by calamine; HTML. One border to all."""

from __future__ import annotations

import itertools
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from vocmine.border import Border
from vocmine.contacts.archives import UNCHECKED_BYTES
from vocmine.contacts.content_kinds import content_kind, refuse_kind
from vocmine.contacts.header_rows import Span
from vocmine.contacts.html_tables import html_pages
from vocmine.contacts.number_formats import as_shown
from vocmine.contacts.reading import Notes
from vocmine.contacts.sheet_parts import MAX_ROWS, Page, Rows, SheetParts, sheet_parts
from vocmine.errors import ContactError
from vocmine.limits import DEFAULT_LIMITS, ReadingLimits

_BATCH = 256
_MOST_PARTS = 10_000  # files in a workbook


class UnknownStylesError(ContactError):
    """A workbook that openpyxl does not understand; calamine may."""


@contextmanager
def open_pages(path: Path, notes: Notes, limits: ReadingLimits = DEFAULT_LIMITS) -> Iterator[list[Page]]:
    """Open a workbook by its content; what is damaged is told, wherever in the reading it is met.

    Parameters
    ----------
    path : Path
        The workbook.
    notes : Notes
        Get what is not read of it.
    limits : ReadingLimits
        How much it may unpack to, and how long a sheet may go on without a filled row.

    Yields
    ------
    list of Page
        With rows that can be gone through as often as needed.

    Raises
    ------
    ContactError
        If there is a password or no workbook, or it unpacks to too much.
    """
    kind = content_kind(path)
    refuse_kind(kind, path.name)
    border = Border(
        ContactError, "no workbook that can be read", path.name,
        expected=".xlsx, .xlsm, .xls, .xlsb or .ods without a password", hint="save it as .xlsx or CSV",
    )
    if kind in ("xlsx", "xlsb", "ods"):
        _check_size(path, border, limits)
    with border.guard():
        file = path.open("rb")  # by its name, a workbook that is called .csv would be refused
    with file:
        book = _loaded(file) if kind == "xlsx" else None
        if book is None and kind != "html":
            notes.fact("number formats", "not read")
        other = html_pages if kind == "html" else _calamine_pages
        with other(path, border) if book is None else _openpyxl_pages(book, path, border) as pages:
            yield [replace(page, rows=_guarded(page.rows, border), seconds=limits.seconds) for page in pages]


def _guarded(rows: Callable[[], Rows], border: Border) -> Callable[[], Rows]:
    def guarded() -> Rows:
        with border.guard():
            each = rows()
        yield from border.each(each)

    return guarded


def _check_size(path: Path, border: Border, limits: ReadingLimits) -> None:
    """Refuse a workbook that unpacks to far more than its size; what a part says of its own size is held to."""
    with border.guard(), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        most = min(limits.unpacked_bytes, max(UNCHECKED_BYTES, path.stat().st_size * limits.unpack_ratio))
        if unpacked > most or len(parts) > _MOST_PARTS:
            raise ContactError(
                "the workbook unpacks to far more than its size", where=path.name, got=f"{unpacked:,} bytes",
                expected=f"at most {most:,}", hint="save it as CSV if it is no zip bomb",
            )
        for part in parts:  # other readers unpack without asking for the size that is told
            if not part.filename.startswith("xl/worksheets/") and part.file_size > part.compress_size * 1_032 + 1_024:
                raise zipfile.BadZipFile


def _loaded(file: Any) -> Any:
    """Open an .xlsx workbook; None where openpyxl does not understand its styles, as of some systems' exports."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(), Border(UnknownStylesError, "not understood").guard():
            warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions, which don't matter here
            return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except UnknownStylesError:
        return None


@contextmanager
def _openpyxl_pages(book: Any, path: Path, border: Border) -> Iterator[list[Page]]:
    with border.guard():
        parts = sheet_parts(path)
        pages = [
            Page(sheet.title, sheet.sheet_state != "visible", sheet is book.active, _rows_of(sheet, told), told)
            for sheet in book.worksheets
            for told in (parts.get(sheet.title, SheetParts(last_row=None)),)
        ]
    try:
        yield pages
    finally:
        with border.guard():
            book.close()


def _rows_of(sheet: Any, parts: SheetParts) -> Callable[[], Rows]:
    def rows() -> Rows:
        last = parts.last_row
        if max(last or 0, parts.n_rows) > MAX_ROWS:
            raise ContactError("more rows than a sheet can have", where=sheet.title, expected=f"{MAX_ROWS:,} rows")
        sheet.reset_dimensions()
        numbered = enumerate(sheet.iter_rows(max_row=last) if last != 0 else (), 1)
        while batch := _quietly(numbered):
            yield from batch

    return rows


def _quietly(numbered: Iterator[tuple[int, Any]]) -> list[tuple[int, list[Any]]]:
    """Take some rows without the warnings about dates that no calendar has, which come as #VALUE!."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [(number, [_shown(cell) for cell in row]) for number, row in itertools.islice(numbered, _BATCH)]


def _shown(cell: Any) -> Any:
    value = cell.value
    if type(value) is int or type(value) is float:
        code = cell.number_format
        return value if code == "General" else as_shown(value, code)
    return value


@contextmanager
def _calamine_pages(path: Path, border: Border) -> Iterator[list[Page]]:
    import python_calamine as calamine

    try:
        with border.guard(), path.open("rb") as file:  # by its name, it would trust the ending
            book = calamine.load_workbook(file)
            sheets = [s for s in book.sheets_metadata if s.typ == calamine.SheetTypeEnum.WorkSheet]
            pages = [
                Page(s.name, s.visible != calamine.SheetVisibleEnum.Visible, False, *_calamine_rows(book, s.name))
                for s in sheets
            ]
    except ContactError as error:
        if error.got == "PasswordError":
            raise ContactError("the workbook has a password", where=path.name, hint="save it without one") from None
        raise
    with book:
        yield pages


def _calamine_rows(book: Any, name: str) -> tuple[Callable[[], Rows], SheetParts]:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return lambda: iter(()), SheetParts()
    before = [None] * sheet.start[1]  # rows come from the first of the sheet on, cells from the first that is filled

    def rows() -> Rows:
        for number, row in enumerate(book.get_sheet_by_name(name).iter_rows(), 1):
            yield number, [*before, *(None if cell == "" else cell for cell in row)]

    spans = [Span(a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1) for a, b in sheet.merged_cell_ranges or ()]
    return rows, SheetParts(spans)
