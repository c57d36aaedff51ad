"""Which format a source has, and its raw chunks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.adapters import records as folds
from vocmine.contacts.adapters.social import fold_posts
from vocmine.contacts.adapters.transcripts import fold_turns
from vocmine.contacts.adapters.zendesk import from_zendesk, zendesk_parts
from vocmine.contacts.dates import DEFAULT_TIMEZONE
from vocmine.contacts.lines import RawChunk, csv_chunks, jsonl_chunks, open_text
from vocmine.contacts.mapping import POST_COLUMNS, TURN_COLUMNS, ContactMapping, check_names, rename_columns
from vocmine.contacts.tables import parquet_chunks, sql_chunks, sql_name, xlsx_chunks
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import CONTACT_COLUMNS, FORMATS

_ENDINGS = {
    ".csv": "csv", ".txt": "csv", ".tsv": "tsv", ".tab": "tsv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".json": "json", ".parquet": "parquet", ".pq": "parquet",
}
_FOLDS: dict[str, tuple[Callable[..., pd.DataFrame], tuple[str, ...]]] = {
    "transcript": (fold_turns, (*TURN_COLUMNS, *(name for name in CONTACT_COLUMNS if name != "contact_id"))),
    "social": (fold_posts, (*POST_COLUMNS, *CONTACT_COLUMNS)),
}
_FOLDED = ("zendesk", *_FOLDS)


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
    if path.is_dir():
        raise ContactError("this is a folder", where=str(path), expected="one or more contact files")
    if not path.is_file():
        raise ContactError("no such file", where=str(path))
    chosen = format or _ENDINGS.get(path.suffix.lower())
    if chosen is None:
        old = path.suffix.lower() == ".xls"
        hint = "save it as .xlsx" if old else "or name the format in the mapping (format: csv)"
        raise ContactError("unknown ending", where=path.name, expected=", ".join(_ENDINGS), hint=hint)
    return Source(path, chosen, path.name)


def mapping_after(source: Source, mapping: ContactMapping) -> ContactMapping:
    """Give the mapping for the raw chunks of a source: folded ones have the names of the table already."""
    return replace(mapping, columns={}, constants={}) if source.format in _FOLDS else mapping


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
    """Read a source whole, fold it, and cut what comes out into chunks; lines that were broken come first."""
    if source.format in ("json", "zendesk"):
        yield from split_frame(_document(source, encoding), chunk_rows)
        return
    if isinstance(source.place, pd.DataFrame):
        whole = folds.Whole(check_names(source.place, source.name), np.arange(1, len(source.place) + 1), [])
    else:
        kind = _ENDINGS.get(source.place.suffix.lower(), "csv")
        whole = folds.join_chunks(
            split_frame(_document(Source(source.place, "json", source.name), encoding), chunk_rows) if kind == "json"
            else _file_chunks(source.place, kind, chunk_rows, encoding)
        )
    fold, targets = _FOLDS[source.format]
    named = rename_columns(whole.frame, mapping, source.name, whole.rows, targets)
    frame = fold(named, mapping.timezone or DEFAULT_TIMEZONE, whole.rows)
    rows = frame.pop("row").to_numpy(dtype="int64")
    if whole.broken:
        yield RawChunk(frame.iloc[:0], rows[:0], whole.broken)
    yield from split_frame(frame, chunk_rows, rows)


def _document(source: Source, encoding: str | None) -> pd.DataFrame:
    """Read a JSON document, or tickets one a line."""
    if isinstance(source.place, pd.DataFrame):
        records = [{k: v for k, v in row.items() if v is not None} for row in source.place.to_dict("records")]
        return from_zendesk(*zendesk_parts(records, source.name))
    if source.place.suffix.lower() in (".jsonl", ".ndjson"):
        with open_text(source.place, encoding) as file:
            lines = [(number, line) for number, line in enumerate(file, 1) if line.strip()]
        tickets = [folds.parse_json(line, source.name, number) for number, line in lines]
        return from_zendesk(*zendesk_parts(tickets, source.name))
    document = folds.read_json(source.place, encoding)
    if source.format == "zendesk" or (isinstance(document, dict) and "tickets" in document):
        return from_zendesk(*zendesk_parts(document, source.name))
    return folds.json_records(document, source.name)
