"""Sheets: their rows, their merged cells, and formulas without stored values, which no library tells as it streams."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vocmine.contacts.header_rows import Span
from vocmine.limits import DEFAULT_LIMITS

Rows = Iterator[tuple[int, list[Any]]]

MAX_ROWS = 1_048_576
"""Of a sheet."""

_BLOCK = 1 << 20
_LONGEST_ROW = 1 << 23
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s[^>]*?\bhidden="(?:1|true)"')
_NUMBER = re.compile(rb"[<:]row\s[^>]*?\br=\"(\d{1,12})\"")
_VALUES = (b"<v>", b"<v ", b"<is>", b"<is ", b"<f>", b"<f ", b":v>", b":v ", b":is>", b":is ", b":f>", b":f ")
_NO_VALUE = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})\d{1,7}"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass
class SheetParts:
    """What the XML of a sheet tells at once.

    Merged cells; how many formulas without a value each column (from 1) has; rows that are hidden; the last row with
    anything in it, None where rows have no numbers; how many rows are written.
    """

    spans: list[Span] = field(default_factory=list)
    formulas: Counter[int] = field(default_factory=Counter)
    hidden_rows: int = 0
    last_row: int | None = 0
    n_rows: int = 0


@dataclass(frozen=True)
class Page:
    """One sheet: its rows with their numbers from 1, as often as asked for, and how long to wait for a filled one."""

    name: str
    hidden: bool
    active: bool
    rows: Callable[[], Rows]
    parts: SheetParts = field(default_factory=SheetParts)
    seconds: float = DEFAULT_LIMITS.seconds


def column_number(letters: str) -> int:
    """Give the number of a column from its letters.

    Examples
    --------
    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def sheet_parts(path: Path) -> dict[str, SheetParts]:
    """Look through the XML of all sheets of an .xlsx workbook, block by block.

    Parameters
    ----------
    path : Path
        A workbook that openpyxl can open.

    Returns
    -------
    dict of str to SheetParts
        By the name of the sheet.
    """
    from openpyxl.reader.workbook import WorkbookParser

    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return {}
        parser = WorkbookParser(archive, "xl/workbook.xml", keep_links=False)
        parser.parse()
        return {
            sheet.name: _scan(_blocks(archive, rel.target))
            for sheet, rel in parser.find_sheets() if rel.target in archive.namelist()
        }


def _blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as file:
        while block := file.read(_BLOCK):
            yield block


def _scan(blocks: Iterator[bytes]) -> SheetParts:
    found, left = SheetParts(), b""
    for block in blocks:
        data = left + block
        end = max(data.rfind(b"</row>"), data.rfind(b"<mergeCell "), 0)
        _find(data[:end], found)
        left = data[end:] if len(data) - end < _LONGEST_ROW else b""
    _find(left, found)
    return found


def _find(data: bytes, found: SheetParts) -> None:
    if b"mergeCell " in data:
        for a, top, b, bottom in _MERGED.findall(data):
            columns = column_number(a.decode()), column_number(b.decode())
            found.spans.append(Span(int(top), columns[0], int(bottom), columns[1]))
    _find_rows(data, found)
    if b"hidden=" in data:
        found.hidden_rows += len(_HIDDEN.findall(data))
    if b"<f" in data or b":f" in data:
        found.formulas.update(column_number(letters.decode()) for letters in _NO_VALUE.findall(data))


def _find_rows(data: bytes, found: SheetParts) -> None:
    """Find the last row with a value: after it, a spreadsheet may have a million that are only coloured."""
    found.n_rows += data.count(b"<row") + data.count(b":row ")
    last = max(data.rfind(mark) for mark in _VALUES)
    if last < 0 or found.last_row is None:
        return
    row = max(data.rfind(b"<row", 0, last), data.rfind(b":row ", 0, last))
    number = _NUMBER.match(data, row) if row >= 0 else None
    found.last_row = max(found.last_row, int(number[1])) if number else None
