"""Delimited text files (CSV, TSV), as a stream of raw chunks: by batches of lines, by record where one is odd."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import pandas as pd

from vocmine.contacts.cells import broken_bytes
from vocmine.contacts.column_names import distinct_names
from vocmine.contacts.delimiters import DELIMITERS, choose_delimiter, told_delimiter
from vocmine.contacts.header_rows import (
    HEAD_ROWS,
    HeaderRow,
    HeadRow,
    TableOptions,
    find_header,
    is_total,
    may_be_total,
    note_header,
)
from vocmine.contacts.lines import LINE_CHARS, RECORD_LINES, Lines, RawChunk, open_text
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

_DIGITS = frozenset("0123456789")
_BATCH = 2_048  # lines cut at once
_SAMPLE_CHARS = 1 << 18  # in which the delimiter and the column names are looked for
_SHOWN = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}


def csv_chunks(
    path: Path, chunk_rows: int, encoding: str | None, options: TableOptions | None = None, notes: Notes | None = None
) -> Iterator[RawChunk]:
    """Read CSV or TSV. A row with a wrong number of fields, or a quote never closed, costs its own line only."""
    told = options or TableOptions()
    _raise_field_limit()
    with open_text(path, encoding) as file:
        delimiter, header = _read_head(file, path.name, told)
        if notes is not None:
            notes.fact("delimiter", _SHOWN.get(delimiter, delimiter))
            note_header(header, told, notes)
        file.seek(0)
        lines = Lines(file)
        lines.skip(header.end)
        names = distinct_names(header.names)
        rows, sent = _Rows(len(names), delimiter), False
        while rows.read(lines, chunk_rows):
            yield rows.chunk(names)
            sent = True
        if not sent:
            yield rows.chunk(names)


class _Rows:
    """Rows of a text file on their way into a chunk."""

    def __init__(self, width: int, delimiter: str) -> None:
        self._width, self._delimiter = width, delimiter
        self._numbers: list[np.ndarray] = []
        self._columns: list[list[Sequence[str]]] = []
        self._n_rows = 0
        self._broken: list[tuple[int, str, str]] = []

    @property
    def _n_read(self) -> int:
        return self._n_rows + len(self._broken)

    def read(self, lines: Lines, chunk_rows: int) -> int:
        """Read up to so many records and say how many came."""
        while (room := chunk_rows - self._n_read) > 0:
            first, taken = lines.take(min(room, _BATCH))
            read = self._add_lines(first, taken) if taken else 0
            if read < len(taken) or not taken:
                until = first + len(taken) - 1
                lines.give_back(taken[read:])
                if not self._add_slowly(lines, until, chunk_rows):
                    break
        return self._n_read

    def chunk(self, names: list[str]) -> RawChunk:
        """Give the rows read, and begin anew."""
        numbers = np.concatenate(self._numbers) if self._numbers else np.empty(0, dtype="int64")
        table = np.empty((len(names), self._n_rows), dtype=object)
        start = 0
        for columns, at in zip(self._columns, self._numbers, strict=True):
            for i, column in enumerate(columns):
                table[i, start: start + len(at)] = column
            start += len(at)
        broken = self._broken
        self._numbers, self._columns, self._broken, self._n_rows = [], [], [], 0
        return RawChunk(pd.DataFrame(table.T, columns=names, dtype=object), numbers, broken)

    def _add_lines(self, first: int, taken: list[str]) -> int:
        """Cut whole lines at once; give how many of them are records that end, up to the first that is broken."""
        whole = "".join(taken)
        if "\x00" in whole:
            taken, whole = [line.replace("\x00", "") for line in taken], whole.replace("\x00", "")
        if '"' not in whole and self._add_unquoted(first, taken, whole):
            return len(taken)
        records, starts, read = _quoted(taken, self._delimiter)
        if '="' in whole:
            records = [[_unwrapped(cell) for cell in record] for record in records]
        self._add(records, first + np.array(starts, dtype="int64"))
        return read

    def _add_unquoted(self, first: int, taken: list[str], whole: str) -> bool:
        """Cut lines without quotes, each with the right number of fields, without a list a row: twice as fast."""
        mark, width = self._delimiter, self._width
        if {line.count(mark) for line in taken} != {width - 1} or "" in taken:
            return False
        if "\r" in whole:
            whole = whole.replace("\r\n", "\n").replace("\r", "\n")
        cells = whole.removesuffix("\n").replace("\n", mark).split(mark)
        firsts = cells[::width]
        if len(cells) != width * len(taken) or _may_be_no_rows(firsts) or max(map(len, cells)) > LINE_CHARS:
            return False
        self._columns.append([firsts, *(cells[i::width] for i in range(1, width))])
        self._numbers.append(np.arange(first, first + len(taken)))
        self._n_rows += len(taken)
        return True

    def _add(self, records: list[list[str]], numbers: np.ndarray) -> None:
        if not self._all_plain(records):
            good = [i for i, record in enumerate(records) if self._is_row(record, int(numbers[i]))]
            records, numbers = [records[i][: self._width] for i in good], numbers[good]
        if records:
            # columns of a batch rather than of a chunk: a transpose of many rows at once is slow
            self._columns.append(list(zip(*records, strict=True)))
            self._numbers.append(numbers)
            self._n_rows += len(records)

    def _all_plain(self, records: list[list[str]]) -> bool:
        """Tell whether no row has to be looked at alone: of another width, empty, or of totals."""
        return set(map(len, records)) == {self._width} and not _may_be_no_rows([record[0] for record in records])

    def _is_row(self, record: list[str], number: int) -> bool:
        if not any(cell and not cell.isspace() for cell in record):
            return False
        if may_be_total(record[0]) and is_total(record):
            self._broken.append((number, "total_row", ",".join(record)))
        elif len(record) < self._width or any(record[self._width:]):
            self._broken.append((number, "wrong_column_count", ",".join(record)))
        else:
            return True
        return False

    def _add_slowly(self, lines: Lines, until: int, chunk_rows: int) -> bool:
        """Read record by record up to a line, or the first one beyond; tell whether there was any."""
        some = False
        for number, record in _records(lines, self._delimiter):
            some = True
            if isinstance(record, str):
                code = "line_too_long" if len(record) >= LINE_CHARS else "wrong_column_count"
                self._broken.append((number, code, record))
            else:
                self._add([[_unwrapped(cell) for cell in record]], np.array([number]))
            if lines.number >= until or self._n_read >= chunk_rows:
                break
        return some


def _may_be_no_rows(firsts: list[str]) -> bool:
    """Tell by the first cells whether there may be an empty row or one of totals; most end in a digit."""
    return not {cell[-1:] for cell in firsts} <= _DIGITS and any(map(may_be_total, set(firsts)))


def _quoted(taken: list[str], delimiter: str) -> tuple[list[list[str]], Sequence[int], int]:
    """Give records that may go over several lines, the line each begins in, from 0, and the lines they take."""
    try:
        records = list(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error:
        records = []
    if len(records) == len(taken):  # a line each
        return records, range(len(taken)), len(taken)
    return _by_record(csv.reader(taken, delimiter=delimiter, strict=True))


def _by_record(reader: Any) -> tuple[list[list[str]], Sequence[int], int]:
    records: list[list[str]] = []
    starts: list[int] = []
    end = 0
    try:
        for record in reader:
            if reader.line_num - end > RECORD_LINES:
                break
            records.append(record)
            starts.append(end)
            end = reader.line_num
    except csv.Error:
        pass
    return records, starts, end


def _unwrapped(cell: str) -> str:
    """Take off what keeps Excel from reading a number: `="000123"` is 000123."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1].replace('""', '"')
    return cell


def _raise_field_limit() -> None:
    """Let a cell be as long as a line; the limit of the csv module is the whole process's, and is never lowered."""
    if csv.field_size_limit() < LINE_CHARS:
        csv.field_size_limit(LINE_CHARS)


def _read_head(file: TextIO, name: str, options: TableOptions) -> tuple[str, HeaderRow]:
    """Find the delimiter and the column names in the first rows."""
    sample = file.read(_SAMPLE_CHARS)
    first = sample.splitlines(keepends=True)[0] if sample else ""
    mark = told_delimiter(first)
    rows = max(HEAD_ROWS, options.header_row or 0)

    @cache
    def head_of(delimiter: str) -> list[HeadRow]:
        return _head(sample, delimiter, rows, skip=mark is not None)

    delimiter = mark or options.delimiter or choose_delimiter(head_of, options.known)
    header = find_header(head_of(delimiter), options, name)
    if options.header_row == 0:
        return delimiter, replace(header, end=int(mark is not None))
    if broken_bytes(header.names).any():
        raise ContactError(
            "column names that are not in this encoding", where=name, expected="the encoding it was written in",
            hint="leave encoding out to have it detected, or say another one, such as cp932",
        )
    if not any(header.names):
        raise ContactError("the line of column names is broken", where=f"{name}, line {header.number}")
    return delimiter, header


def _head(sample: str, delimiter: str, most: int, skip: bool) -> list[HeadRow]:
    """Cut the first rows; the last one of a sample that is cut off does not count."""
    lines = Lines(io.StringIO(sample, newline=""))
    lines.skip(int(skip))
    found = []
    for number, record in itertools.islice(_records(lines, delimiter), most):
        cells = (record.strip(),) if isinstance(record, str) else tuple(_unwrapped(cell).strip() for cell in record)
        if any(cell.strip("".join(DELIMITERS)) for cell in cells):
            found.append(HeadRow(number, lines.number, cells))
    cut = len(sample) == _SAMPLE_CHARS and len(found) > 1 and found[-1].end == lines.number and len(found) < most
    return found[:-1] if cut else found


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
        if lines.is_cut:
            yield number, lines.taken[0]
        elif any(cell and not cell.isspace() for cell in record):
            yield number, record
