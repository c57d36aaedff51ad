"""Text files as numbered lines and records: broken rows are set apart and reading goes on at the next line."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import pandas as pd

from vocmine.contacts.cells import broken_bytes, object_array
from vocmine.contacts.encodings import canonical_encoding, detect_encoding
from vocmine.errors import ContactError

_LINE_CHARS = 1 << 20  # a longer line is cut: no file may fill the memory
_RECORD_LINES = 1_000  # a quoted cell over more lines is an open quote
_ENDS = ("\n", "\r")
_DELIMITERS = (",", "\t", ";", "|")


@dataclass
class RawChunk:
    """Rows as they stand in the source, their line numbers, and lines that are no rows: (line, code, value)."""

    frame: pd.DataFrame
    rows: np.ndarray
    broken: list[tuple[int, str, str]] = field(default_factory=list)


class Lines:
    """Lines of a text file with their numbers from 1; lines can be put back."""

    def __init__(self, file: TextIO) -> None:
        self._file, self._back, self.number = file, list[str](), 0
        self.taken: list[str] = []
        self._inside, self._first = False, 1

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) > _RECORD_LINES:
            raise csv.Error("a record that does not end")
        line = self._next_piece()
        if not line:
            raise StopIteration
        # a line over a million characters comes in pieces, which count as one line
        self.number += not self._inside
        self._inside = not line.endswith(_ENDS)
        self.taken.append(line)
        return line.replace("\x00", "") if "\x00" in line else line

    def start(self) -> int:
        """Begin a record; give the number of its first line. What is left of a line cut short is passed over."""
        while self._inside and (piece := self._next_piece()):
            self._inside = not piece.endswith(_ENDS)
        self._inside = False
        self.taken.clear()
        self._first = self.number + 1
        return self._first

    def put_back_all_but_first(self) -> None:
        """Go on reading at the second line of the record."""
        end = next((i for i, piece in enumerate(self.taken) if piece.endswith(_ENDS)), len(self.taken))
        rest = self.taken[end + 1:]
        self._back.extend(reversed(rest))
        self.number = self._first
        self._inside = end == len(self.taken)

    def put_back(self, line: str) -> None:
        """Read one line again."""
        self._back.append(line)
        self.number -= 1
        self._inside = False

    def _next_piece(self) -> str:
        return self._back.pop() if self._back else self._file.readline(_LINE_CHARS)


def open_text(path: Path, encoding: str | None) -> TextIO:
    """Open a text file; bytes that don't fit the encoding become lone surrogates, so that their row can be named."""
    name = canonical_encoding(encoding) if encoding else detect_encoding(path)
    name = {"utf-8": "utf-8-sig", "utf-16": _utf16(path)}.get(name, name)
    errors = "replace" if name.startswith(("utf-16", "utf-32", "iso2022")) else "surrogateescape"
    try:
        return path.open("r", encoding=name, errors=errors, newline="")
    except OSError as error:
        raise ContactError("the file can't be read", where=path.name, got=error.strerror or "") from None


def _utf16(path: Path) -> str:
    """UTF-16 without a byte order mark is what Windows writes."""
    if not path.is_file():
        return "utf-16"
    with path.open("rb") as file:
        return "utf-16" if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-16-le"


def csv_chunks(path: Path, chunk_rows: int, encoding: str | None, delimiter: str | None = None) -> Iterator[RawChunk]:
    """Read CSV or TSV. A row with a wrong number of fields, or a quote never closed, costs its own line only."""
    with open_text(path, encoding) as file:
        lines = Lines(file)
        header, records = _header(lines, path, delimiter)
        rows: list[int] = []
        cells: list[list[str]] = []
        sent = False
        broken: list[tuple[int, str, str]] = []
        for number, record in records:
            if isinstance(record, str):
                broken.append((number, "wrong_column_count", record))
            elif (fields := _fit(record, len(header))) is None:
                broken.append((number, "wrong_column_count", ",".join(record)))
            else:
                rows.append(number)
                cells.append(fields)
            if len(rows) + len(broken) >= chunk_rows:
                yield _chunk(header, rows, cells, broken)
                rows, cells, broken, sent = [], [], [], True
        if rows or broken or not sent:
            yield _chunk(header, rows, cells, broken)


def jsonl_chunks(path: Path, chunk_rows: int, encoding: str | None) -> Iterator[RawChunk]:
    """Read one JSON object a line; keys that come later than the first chunk are kept too."""
    with open_text(path, encoding) as file:
        rows: list[int] = []
        objects: list[dict[str, Any]] = []
        names: dict[str, None] = {}
        sent = False
        broken: list[tuple[int, str, str]] = []
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            value = _json(line)
            if isinstance(value, dict):
                rows.append(number)
                objects.append(value)
            else:
                broken.append((number, "bad_json", line))
            if len(rows) + len(broken) >= chunk_rows:
                yield RawChunk(object_frame(objects, names), np.array(rows, dtype="int64"), broken)
                rows, objects, broken, sent = [], [], [], True
        if rows or broken or not sent:
            yield RawChunk(object_frame(objects, names), np.array(rows, dtype="int64"), broken)


def object_frame(records: list[dict[str, Any]], known: dict[str, None] | None = None) -> pd.DataFrame:
    """Make a frame of records whose columns are all of dtype object, in the order the keys first come.

    `known` holds the keys of the chunks before and gets the new ones, so that a chunk without a key has its column.
    """
    names = {} if known is None else known
    names.update(dict.fromkeys(name for record in records for name in record))
    columns = {name: object_array([record.get(name) for record in records]) for name in names}
    return pd.DataFrame(columns, dtype=object)  # told, as an inferred str column refuses lone surrogates


def _json(line: str) -> Any:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or (line.isascii() and "\\ud" not in line):
        return value
    return {name.encode("utf-8", "replace").decode("utf-8"): cell for name, cell in value.items()}


def _chunk(header: list[str], rows: list[int], cells: list[list[str]], broken: list[tuple[int, str, str]]) -> RawChunk:
    table = np.empty((len(cells), len(header)), dtype=object)
    if cells:
        table[:] = cells
    frame = pd.DataFrame(table, columns=header, dtype=object)
    return RawChunk(frame, np.array(rows, dtype="int64"), broken)


def _header(
    lines: Lines, path: Path, delimiter: str | None
) -> tuple[list[str], Iterator[tuple[int, list[str] | str]]]:
    first = "\n"
    while first and not first.strip(" ,;\t\r\n"):
        lines.start()
        first = next(lines, "")
    if not first:
        raise ContactError("the file is empty", where=path.name, expected="a line of column names, then rows")
    mark = delimiter or max(_DELIMITERS, key=lambda d: (len(_split(first, d)), -_DELIMITERS.index(d)))
    lines.put_back(first)
    records = _records(lines, mark)
    _, header = next(records)
    if isinstance(header, str):
        raise ContactError("the line of column names is broken", where=f"{path.name}, line {lines.number}")
    if broken_bytes(header).any():
        raise ContactError(
            "column names that are not in this encoding", where=path.name, expected="the encoding it was written in",
            hint="leave encoding out to have it detected, or say another one, such as cp932",
        )
    while header and not header[-1].strip():
        header.pop()
    return [name.strip() or f"column_{i + 1}" for i, name in enumerate(header)], records


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


def _records(lines: Lines, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Give number and fields of each record; the line itself where it can't be split."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = lines.start()
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            lines.put_back_all_but_first()
            yield number, lines.taken[0].rstrip("\r\n")
            continue
        if any(cell and not cell.isspace() for cell in record):
            yield number, record


def _fit(record: list[str], width: int) -> list[str] | None:
    """Drop empty fields too many at the end; None where the number of fields is wrong."""
    if len(record) == width:
        return record
    if len(record) > width and not any(record[width:]):
        return record[:width]
    return None
