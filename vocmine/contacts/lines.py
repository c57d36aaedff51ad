"""Text files as numbered lines and records: broken rows are set apart and reading goes on at the next line."""

from __future__ import annotations

import codecs
import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import pandas as pd

from vocmine.contacts.cells import object_array, whole_name
from vocmine.contacts.column_names import distinct_names
from vocmine.contacts.encodings import canonical_encoding, detect_encoding
from vocmine.contacts.json_values import json_value
from vocmine.errors import ContactError
from vocmine.limits import DEFAULT_LIMITS, ReadingLimits

LINE_CHARS = 1 << 20  # a longer line is cut: no file may fill the memory
JSON_LINE_CHARS = 64 << 20  # of an object, which may be a whole talk
RECORD_LINES = 1_000  # a quoted cell over more lines is an open quote
_ENDS = ("\n", "\r")


@dataclass
class RawChunk:
    """Rows as they stand in the source, their line numbers, and lines that are no rows: (line, code, value).

    `part` is the sheet they stand in, where a workbook has several.
    """

    frame: pd.DataFrame
    rows: np.ndarray
    broken: list[tuple[int, str, str]] = field(default_factory=list)
    part: str = ""


class Lines:
    """Lines of a text file with their numbers from 1; lines can be put back."""

    def __init__(self, file: TextIO) -> None:
        self._file, self._back, self.number = file, list[str](), 0
        self.taken: list[str] = []
        self._inside, self._first = False, 1

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) > RECORD_LINES:
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

    @property
    def is_cut(self) -> bool:
        """Whether the piece read last is not the end of its line."""
        return self._inside and len(self.taken[-1]) >= LINE_CHARS

    def skip(self, n: int) -> None:
        """Pass over lines."""
        for _ in range(n):
            self.start()
            next(self, "")

    def take(self, n: int) -> tuple[int, list[str]]:
        """Take up to `n` lines and the number of the first; fewer before one that is too long, or at the end."""
        first = self.start()
        taken: list[str] = []
        read = self._next_piece if self._back else partial(self._file.readline, LINE_CHARS)
        most = len(self._back) or n
        for piece in itertools.islice(iter(read, ""), min(n, most)):
            if len(piece) >= LINE_CHARS and not piece.endswith(_ENDS):
                self._back.append(piece)
                break
            taken.append(piece)
        self.number += len(taken)
        return first, taken

    def give_back(self, taken: list[str]) -> None:
        """Read lines again that were taken."""
        self._back.extend(reversed(taken))
        self.number -= len(taken)

    def _next_piece(self) -> str:
        return self._back.pop() if self._back else self._file.readline(LINE_CHARS)


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


def jsonl_chunks(
    path: Path, chunk_rows: int, encoding: str | None, limits: ReadingLimits = DEFAULT_LIMITS
) -> Iterator[RawChunk]:
    """Read one JSON object a line; keys that come later than the first chunk are kept too."""
    with open_text(path, encoding) as file:
        rows: list[int] = []
        objects: list[dict[str, Any]] = []
        names: dict[str, None] = {}
        sent = False
        broken: list[tuple[int, str, str]] = []
        for number, line in whole_lines(file):
            if not line.strip():
                continue
            value = _json(line, limits)
            if len(line) >= JSON_LINE_CHARS:
                broken.append((number, "line_too_long", ""))
            elif isinstance(value, dict):
                rows.append(number)
                objects.append(value)
            else:
                broken.append((number, "bad_json", line))
            if len(rows) + len(broken) >= chunk_rows:
                yield RawChunk(object_frame(objects, names, limits.columns), np.array(rows, dtype="int64"), broken)
                rows, objects, broken, sent = [], [], [], True
        if rows or broken or not sent:
            yield RawChunk(object_frame(objects, names, limits.columns), np.array(rows, dtype="int64"), broken)


def table_frame(names: list[str], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Make a frame of rows whose columns are all of dtype object."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    arrays = [object_array(list(column)) for column in columns]
    return pd.DataFrame(dict(enumerate(arrays)), dtype=object).set_axis(list(map(whole_name, names)), axis=1)


def object_frame(
    records: list[dict[str, Any]], known: dict[str, None] | None = None, most: int = DEFAULT_LIMITS.columns
) -> pd.DataFrame:
    """Make a frame of records whose columns are all of dtype object, in the order the keys first come.

    `known` holds the keys of the chunks before and gets the new ones, so that a chunk without a key has its column.
    Over `most` names are refused: a table of them would be mostly empty, and fill the memory.
    """
    names = {} if known is None else known
    names.update(dict.fromkeys(name for record in records for name in record))
    if len(names) > most:
        raise ContactError("records with more names than a table may have columns", got=f"{len(names):,} names",
                           expected=f"at most {most:,}", hint="if they are sound, set limits: {columns: ...}")
    columns = [object_array([record.get(name) for record in records]) for name in names]
    frame = pd.DataFrame(dict(enumerate(columns)), dtype=object)  # told, as an inferred str column refuses surrogates
    return frame.set_axis(distinct_names([whole_name(name) for name in names]), axis=1)


def whole_lines(file: TextIO) -> Iterator[tuple[int, str]]:
    """Give lines with their numbers; of one that is too long the beginning."""
    number, inside = 0, False
    for piece in iter(partial(file.readline, JSON_LINE_CHARS), ""):
        if not inside:
            number += 1
            yield number, piece
        inside = not piece.endswith(_ENDS)


def _json(line: str, limits: ReadingLimits) -> Any:
    """Parse a line; None for one that is no object, is nested too deeply, or has more names than a table may have."""
    if len(line) >= JSON_LINE_CHARS:
        return None
    try:
        value = json_value(line, limits.depth)
    except ValueError:
        return None
    if not isinstance(value, dict) or len(value) > limits.columns:
        return None
    if line.isascii():
        return value
    return {name.encode("utf-8", "replace").decode("utf-8"): cell for name, cell in value.items()}
