"""Which format a source has, and its raw chunks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.lines import RawChunk, csv_chunks, jsonl_chunks
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.tables import parquet_chunks, sql_chunks, sql_name, xlsx_chunks
from vocmine.errors import ContactError, SettingsError

FORMATS = ("csv", "tsv", "xlsx", "jsonl", "json", "parquet", "sql", "zendesk", "transcript", "social")
_ENDINGS = {
    ".csv": "csv", ".txt": "csv", ".tsv": "tsv", ".tab": "tsv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".json": "json", ".parquet": "parquet", ".pq": "parquet",
}
_FOLDED = ("zendesk", "transcript", "social")


@dataclass(frozen=True)
class Source:
    """One source: a path, an address or a frame, its format, its name in rejects, and its query."""

    place: Any
    format: str
    name: str
    query: str = ""


def choose_source(source: Any, format: str | None = None, query: str | None = None) -> Source:  # noqa: A002
    """Choose the format by what the source is and how its name ends, unless told.

    Raises
    ------
    ContactError
        If the file is missing or its ending not known.
    SettingsError
        If the format is not known, or a database has no query.

    Examples
    --------
    >>> choose_source("sqlite:///calls.db", query="select 1").format
    'sql'
    """
    if format is not None and format not in FORMATS:
        raise SettingsError("unknown format", where="format", got=repr(format), expected=", ".join(FORMATS))
    if isinstance(source, pd.DataFrame):
        return Source(source, format if format in _FOLDED else "frame", "frame")
    address = os.fspath(source)
    if "://" in address or format == "sql":
        if not query:
            raise SettingsError("a database needs a query", where="query", expected="select ... from ...")
        return Source(address, "sql", sql_name(address), query)
    path = Path(address)
    if not path.is_file():
        raise ContactError("no such file", where=str(path))
    chosen = format or _ENDINGS.get(path.suffix.lower())
    if chosen is None:
        hint = "save it as .xlsx" if path.suffix.lower() == ".xls" else "or say format=..."
        raise ContactError("unknown ending", where=path.name, expected=", ".join(_ENDINGS), hint=hint)
    return Source(path, chosen, path.name)


def raw_chunks(source: Source, chunk_rows: int, mapping: ContactMapping, encoding: str | None) -> Iterator[RawChunk]:
    """Read a source as raw chunks."""
    if source.format in _FOLDED or source.format == "json":
        yield from _folded(source, chunk_rows, mapping, encoding)
    elif source.format == "frame":
        yield from split_frame(source.place, chunk_rows)
    elif source.format == "sql":
        yield from sql_chunks(source.place, source.query, chunk_rows)
    else:
        yield from _file_chunks(source.place, source.format, chunk_rows, encoding)


def split_frame(frame: pd.DataFrame, chunk_rows: int, rows: np.ndarray | None = None) -> Iterator[RawChunk]:
    """Cut a frame into raw chunks; rows count from 1 unless told."""
    numbers = np.arange(1, len(frame) + 1) if rows is None else rows
    for start in range(0, max(len(frame), 1), chunk_rows):
        part = slice(start, start + chunk_rows)
        yield RawChunk(frame.iloc[part], numbers[part])


def _file_chunks(path: Path, kind: str, chunk_rows: int, encoding: str | None) -> Iterator[RawChunk]:
    if kind == "csv":
        return csv_chunks(path, chunk_rows, encoding)
    if kind == "tsv":
        return csv_chunks(path, chunk_rows, encoding, "\t")
    if kind == "jsonl":
        return jsonl_chunks(path, chunk_rows, encoding)
    return xlsx_chunks(path, chunk_rows) if kind == "xlsx" else parquet_chunks(path, chunk_rows)


def _folded(source: Source, chunk_rows: int, mapping: ContactMapping, encoding: str | None) -> Iterator[RawChunk]:
    raise SettingsError("unknown format", where="format", got=source.format)
