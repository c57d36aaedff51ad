"""Tables that people filled in, as text: CSV and Excel files however a spreadsheet program left them."""

from __future__ import annotations

import codecs
import csv
import datetime
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from vocmine.audits.answers import Names, answer_key
from vocmine.audits.words import LANGS, words
from vocmine.csvfile import unescaped
from vocmine.errors import AuditError

REASON_ID = "reason_id"
"""Heads the hidden list of reasons in a workbook of ours."""

ROW = "row"
"""Column with the row of the file, for messages."""

_OUR_COLUMNS = ("contact_id", "label_tag", "prob", "drawn_on", "label", "label_2", "label_3", "notes", "text")
_FAR = 20  # rows above the column names at most
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

Line = tuple[int, list[str]]


@dataclass(frozen=True, eq=False)
class FilledTable:
    """A table as it was filled in.

    Parameters
    ----------
    frame : DataFrame
        Text only, under our names of columns, with the row of the file in `ROW`; empty rows are left out.
    names : mapping
        Names of reasons by language, where the file brings them.
    """

    frame: pd.DataFrame
    names: Names = field(default_factory=dict)


def read_filled(path: Path) -> FilledTable:
    """Read a filled-in CSV (UTF-8, UTF-16 or Shift_JIS; comma, semicolon or tab) or Excel file.

    Raises
    ------
    AuditError
        If it can't be read, has no column ``contact_id``, or holds the answers of two people.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return _read_book(path)
    return FilledTable(_framed(_csv_lines(path), str(path)))


def _csv_lines(path: Path) -> list[Line]:
    text = _decoded(path)
    head = next((line for line in text.splitlines() if line.strip()), "")
    comma = max(",;\t", key=head.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
        return [(number, [unescaped(cell) for cell in row]) for number, row in enumerate(reader, 1)]
    except csv.Error as error:
        raise AuditError("the file can't be read as a table", where=str(path), got=str(error)) from None


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    marked = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    for name in (marked,) if marked else ("utf-8", "cp932"):  # Excel in Japan saves CSV as Shift_JIS
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise AuditError("the file is no text that can be read", where=str(path), expected="UTF-8 or Shift_JIS",
                     hint="save it as CSV UTF-8 or as .xlsx")


def _read_book(path: Path) -> FilledTable:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions, which don't matter here
            book = load_workbook(path, read_only=True, data_only=True)
            sheets = {sheet.title: _sheet_lines(sheet) for sheet in book.worksheets}
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise AuditError("no workbook that can be read", where=str(path), got=type(error).__name__,
                         expected=".xlsx without a password", hint="save it as .xlsx or CSV") from None
    names: dict[str, dict[str, str]] = {}
    tables: list[pd.DataFrame] = []
    for title, lines in sheets.items():
        if lines and lines[0][1][:1] == [REASON_ID]:
            names = _listed(lines)
        elif any("contact_id" in _canonical(cells) for _, cells in lines[:_FAR]):
            tables.append(_framed(lines, f"{path}, sheet {title}"))
    if not tables:
        return FilledTable(_framed([], str(path)))
    filled = [table for table in tables if "label" in table and (table["label"].str.strip() != "").any()]
    if len(filled) > 1:
        raise AuditError("two sheets hold answers", where=str(path), got=f"{len(filled)} sheets",
                         expected="the answers of one person", hint="save one of them as a file of its own")
    return FilledTable((filled or tables)[0], names)


def _sheet_lines(sheet: Any) -> list[Line]:
    sheet.reset_dimensions()
    return [(i, [_text(cell) for cell in row]) for i, row in enumerate(sheet.iter_rows(values_only=True), 1)]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def _listed(lines: Sequence[Line]) -> dict[str, dict[str, str]]:
    """Read the hidden list of reasons: id, then the name in each language."""
    head = lines[0][1]
    return {
        lang: {cells[0]: cells[head.index(lang)] for _, cells in lines[1:] if cells[0] and cells[head.index(lang)]}
        for lang in LANGS if lang in head
    }


def _canonical(cells: Iterable[str]) -> list[str]:
    """Give our names of columns for what heads them in either language."""
    known = {answer_key(name): name for name in _OUR_COLUMNS}
    for name, shown in words()["sheet"]["columns"].items():
        known |= {answer_key(shown[lang]): name for lang in LANGS}
    return [known.get(answer_key(cell), cell.strip()) for cell in cells]


def _framed(lines: Sequence[Line], where: str) -> pd.DataFrame:
    """Find the names of the columns, and give the rows below them."""
    at = next((i for i, (_, cells) in enumerate(lines[:_FAR]) if "contact_id" in _canonical(cells)), None)
    if at is None:
        raise AuditError("columns are missing", where=where, got="no column contact_id",
                         expected="the columns as `vocmine audit` wrote them")
    head = _canonical(lines[at][1])
    rows = list(_rows(lines[at + 1 :], head, where))
    width = max((i + 1 for i, name in enumerate(head) if name), default=0)
    frame = pd.DataFrame([cells[:width] for _, cells in rows], columns=head[:width], dtype="str")
    frame = frame.loc[:, [bool(name) for name in head[:width]]]
    double = frame.columns[frame.columns.duplicated()]
    if len(double):
        raise AuditError("a column stands there twice", where=where, got=str(double[0]),
                         hint="give the answers of a second person as a file of its own")
    return frame.assign(**{ROW: [number for number, _ in rows]})


def _rows(lines: Iterable[Line], head: list[str], where: str) -> Iterator[Line]:
    contact = head.index("contact_id")
    for number, given in lines:
        cells = given + [""] * (len(head) - len(given))
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(head) :]):
            raise AuditError("a row has more cells than there are columns", where=f"{where}, row {number}",
                             hint="save it again from the spreadsheet, as .xlsx")
        if _canonical([cells[contact]]) == ["contact_id"]:
            raise AuditError("the answers of two people stand in one file", where=f"{where}, row {number}",
                             got="a second row of column names", hint="give each as a file of its own")
        yield number, cells
