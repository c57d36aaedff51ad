"""A source opened for reading: as raw chunks, as often as needed, with the system that it was recognised as."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.file_names import name_turns
from vocmine.contacts.adapters.parts import refuse_parts
from vocmine.contacts.adapters.records import check_document_size, parse_lines, read_document
from vocmine.contacts.adapters.systems import adapter_of, adapters
from vocmine.contacts.adapters.transcripts import looks_like_turns
from vocmine.contacts.adapters.unknown import looks_like
from vocmine.contacts.arrow_frames import frames_of
from vocmine.contacts.cells import whole_name
from vocmine.contacts.column_names import distinct_names
from vocmine.contacts.delimited import csv_chunks
from vocmine.contacts.document_records import document_records, with_reached
from vocmine.contacts.door import clean_frame, short_cells, within_limits
from vocmine.contacts.encodings import canonical_encoding, detect_encoding
from vocmine.contacts.formats import Source, choose_source
from vocmine.contacts.header_rows import TableOptions
from vocmine.contacts.headers import fold_header, known_headers
from vocmine.contacts.lines import RawChunk, jsonl_chunks, open_text, whole_lines
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.objects import flatten, json_records, reach
from vocmine.contacts.reading import Notes
from vocmine.contacts.tables import parquet_chunks, sql_chunks
from vocmine.contacts.talk_cells import holds_talks
from vocmine.contacts.workbooks import workbook_chunks
from vocmine.errors import ContactError
from vocmine.frames import CONTACT_COLUMNS

_WRITTEN = ("csv", "tsv", "json", "jsonl", "text")
HEAD_ROWS = 500
"""Rows by which it is told what a table holds, whatever is read at a time."""

SQL_ROWS = 20_000
"""Rows of a query that are judged: it is not run to its end twice."""

_HEAD_CHARS = 4_000
_SHOWN = 8  # names of an object that a doubt shows
_LOOKED_AT = 20  # lines of JSON by which a system is recognised

Chunks = Callable[[Notes], Iterator[RawChunk]]


@dataclass(frozen=True)
class Opened:
    """A source and its raw chunks.

    Parameters
    ----------
    source : Source
        Where it is.
    chunks : callable
        Gives its chunks, from the start each time; facts and doubts go into the notes handed over.
    adapter : Adapter, optional
        The system that it was recognised as.
    rows_are : str
        ``contacts``, ``turns`` of conversations, ``transcripts`` (a whole conversation each) or ``posts`` with their
        reposts.
    folded : bool
        Whether the adapter folded it: its columns are those of the contacts table already.
    judged : tuple of RawChunk
        The chunks to judge where not all are: the first of a query, which is not run once more for them.
    """

    source: Source
    chunks: Chunks
    adapter: Adapter | None = None
    rows_are: str = "contacts"
    folded: bool = False
    judged: tuple[RawChunk, ...] = ()


def open_source(
    source: Source, chunk_rows: int, mapping: ContactMapping, encoding: str | None, notes: Notes
) -> Opened:
    """Open a source: see what it holds, and which system wrote it.

    Raises
    ------
    ContactError
        If it can't be read at all, or is no export of the system it was said to be.
    """
    if source.format in _WRITTEN:  # found out once, and told
        encoding = encoding or detect_encoding(source.place, notes)
        notes.fact("encoding", canonical_encoding(encoding))
    if source.format in ("json", "text"):
        opened = _document(source, chunk_rows, mapping, encoding, notes)
        if opened is not None:
            return opened
        source = replace(source, format="csv")
    if source.format in ("csv", "tsv") and not source.told and (adapter := _of_text(source, mapping, encoding)):
        return _whole_text(source, adapter, chunk_rows, mapping, encoding, notes)
    if source.format == "jsonl":
        return _json_lines(source, chunk_rows, mapping, encoding, notes)
    return _table(source, chunk_rows, mapping, encoding, notes)


def raw_table(place: Any, chunk_rows: int) -> pd.DataFrame:
    """Read a whole table of any format as it stands: no system is looked for, no column is judged."""
    source = choose_source(place)
    encoding = detect_encoding(source.place) if source.format in _WRITTEN else None
    if source.format in ("json", "jsonl"):
        return flatten(json_records(read_document(source.place, encoding, limits=source.limits), source.name))
    frames = [raw.frame for raw in _raw(source, chunk_rows, encoding, TableOptions(known=known_headers()), Notes())]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def split_frame(frame: pd.DataFrame, chunk_rows: int, rows: np.ndarray | None = None) -> Iterator[RawChunk]:
    """Cut a frame into raw chunks; rows count from 1 unless told."""
    numbers = np.arange(1, len(frame) + 1) if rows is None else rows
    for start in range(0, max(len(frame), 1), chunk_rows):
        part = slice(start, start + chunk_rows)
        yield RawChunk(frame.iloc[part], numbers[part])


def _table(
    source: Source, chunk_rows: int, mapping: ContactMapping, encoding: str | None, notes: Notes
) -> Opened:
    """Open a table: its columns tell the system, and whether its rows are turns or posts."""
    delimiter = "\t" if source.format == "tsv" else None
    options = TableOptions(delimiter, mapping.header_row, mapping.sheets, _known(mapping))

    def chunks(told: Notes, rows: int = chunk_rows) -> Iterator[RawChunk]:
        read = 0
        for raw in _raw(source, rows, encoding, options, told):
            frame = clean_frame(raw.frame, told)
            read = within_limits(source, read + len(frame), len(frame.columns))
            names = distinct_names([str(name) for name in frame.columns])
            yield short_cells(replace(raw, frame=frame.set_axis(names, axis=1) if len(names) else frame), source)

    judged = tuple(_first_rows(chunks(notes), SQL_ROWS)) if source.format == "sql" else ()
    first = judged[0] if judged else next(iter(chunks(Notes(), HEAD_ROWS)), None)  # whatever `chunk_rows` is
    columns = () if first is None else tuple(map(str, first.frame.columns))
    probe = Probe(source.name, "table", columns)
    adapter = _adapter(source, probe, mapping)
    if source.format == "frame" and source.told and adapter and adapter.fold and not adapter.recognises(probe):
        return _folded(source, adapter, _records_of(source.place), chunk_rows, mapping, notes)
    rows_are = _rows_are(source, adapter, columns, mapping)
    plain = adapter is None and rows_are == "contacts" and first is not None
    if plain and first is not None and holds_talks(first.frame.head(HEAD_ROWS), source.name, mapping):
        rows_are = "transcripts"
        notes.fact("rows", "a whole talk each, of which the customer's words are the text")
    if adapter is None:
        return Opened(source, chunks, None, rows_are, judged=judged)
    notes.fact("system", adapter.title)
    tidied = tuple(_tidied(iter(judged), adapter, notes))
    return Opened(source, lambda told: _tidied(chunks(told), adapter, told), adapter, rows_are, judged=tidied)


def _first_rows(chunks: Iterator[RawChunk], rows: int) -> Iterator[RawChunk]:
    """Give the first chunks, until they hold so many rows."""
    held = 0
    for chunk in chunks:
        yield chunk
        held += len(chunk.rows)
        if held >= rows:
            return


def _rows_are(source: Source, adapter: Adapter | None, columns: tuple[str, ...], mapping: ContactMapping) -> str:
    told = source.told or mapping.source_format()
    if told == "social":
        return "posts"
    if told == "transcript" or (adapter is not None and adapter.turns):
        return "turns"
    named = [mapping.columns.get(name, name) for name in columns if name not in mapping.ignore]
    return "turns" if adapter is None and looks_like_turns(named) else "contacts"


def _raw(
    source: Source, chunk_rows: int, encoding: str | None, options: TableOptions, notes: Notes
) -> Iterator[RawChunk]:
    """Read a table by what it is written in; objects in its cells become columns with dotted names."""
    place = source.place
    if source.format == "frame":
        parts = [place] if isinstance(place, pd.DataFrame) else frames_of(place, chunk_rows)
        frames: Iterable[pd.DataFrame] = parts or ()
        start = 1
        for frame in frames:
            named = frame.set_axis(distinct_names([str(name) for name in frame.columns]), axis=1)
            yield from split_frame(_flat(named, notes), chunk_rows, np.arange(start, start + len(frame)))
            start += len(frame)
    elif source.format == "sql":
        yield from sql_chunks(place, source.query, chunk_rows)
    elif source.format == "xlsx":
        yield from workbook_chunks(place, chunk_rows, options, notes, source.limits)
    elif source.format == "parquet":
        parquet = parquet_chunks(place, chunk_rows, source.limits)
        yield from (replace(raw, frame=_flat(raw.frame, notes)) for raw in parquet)
    else:
        yield from csv_chunks(place, chunk_rows, encoding, options, notes)


def _flat(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Spread objects in the cells of a frame over columns with dotted names; an object is no text and no id."""
    nested = [name for name in frame if frame[name].dtype == object and _objects(frame[name])]
    for name in [name for name in frame if name in CONTACT_COLUMNS and frame[name].dtype == object]:
        inside = np.array([isinstance(cell, dict) for cell in frame[name]], dtype=bool)
        if inside.any():
            below = [str(path) for path in flatten([{str(name): cell} for cell in frame.loc[inside, name]])]
            notes.doubt("objects_in_column", str(name), rows=int(inside.sum()), shown=", ".join(below[:_SHOWN]),
                        line=f"{below[0]}: {name}")
    if not nested:
        return frame
    records = _records_of(frame[nested])
    spread = flatten(records).set_axis(frame.index, axis=0)
    known = [name for name in nested if name in CONTACT_COLUMNS]
    kept = frame.drop(columns=[name for name in nested if name not in known])
    for name in known:
        cells = [None if isinstance(cell, dict) else cell for cell in frame[name]]
        kept[name] = pd.Series(cells, index=frame.index, dtype=object)
    return kept.join(spread[[name for name in spread if name not in kept]])


def _records_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give rows as records again, without what they lack."""
    return [{str(k): v for k, v in row.items() if v is not None} for row in frame.to_dict("records")]


def _objects(column: pd.Series) -> bool:
    first = next((cell for cell in column.head(1_000) if cell is not None), None)
    return isinstance(first, dict)


def _tidied(chunks: Iterator[RawChunk], adapter: Adapter, notes: Notes) -> Iterator[RawChunk]:
    for found in chunks:
        raw = found if adapter.footer is None else _without_footer(found, adapter.footer, notes)
        if adapter.tidy is None or not len(raw.frame.columns):
            yield raw
            continue
        frame = adapter.tidy(raw.frame.reset_index(drop=True), notes)
        yield replace(raw, frame=frame, rows=raw.rows[frame.index.to_numpy()])


def _without_footer(raw: RawChunk, footer: re.Pattern[str], notes: Notes) -> RawChunk:
    """Leave out the lines below the rows of a report, which are no rows."""
    last = int(raw.rows[-1]) if len(raw.rows) else 0
    below = [line for line in raw.broken if line[0] > last]
    if not any(footer.search(value) for _, _, value in below):
        return raw
    notes.count("lines below the rows", len(below))
    return replace(raw, broken=[line for line in raw.broken if line[0] <= last])


def _json_lines(
    source: Source, chunk_rows: int, mapping: ContactMapping, encoding: str | None, notes: Notes
) -> Opened:
    """Objects one a line: a known system's are folded chunk by chunk, others are rows of a table."""
    with open_text(source.place, encoding) as file:
        sample = parse_lines((line for _, line in islice(whole_lines(file), _LOOKED_AT)), source.limits)
    adapter = _adapter(source, Probe(source.name, "json", document=sample), mapping)
    if adapter is not None and (adapter.turns or (adapter.joins is not None and adapter.joins(sample))):
        document = read_document(source.place, encoding, lines=True, limits=source.limits)
        return _folded(source, adapter, document, chunk_rows, mapping, notes)

    def chunks(told: Notes) -> Iterator[RawChunk]:
        known: dict[str, None] = {}
        read = 0
        for raw in jsonl_chunks(source.place, chunk_rows, encoding, source.limits):
            records = _records_of(raw.frame)
            if adapter is None or adapter.fold is None:
                flat = clean_frame(flatten(records, source.limits.columns), told)
                frame = with_reached(flat, records, mapping, source.name) if records else raw.frame
                known.update(dict.fromkeys(map(str, frame.columns)))
                read = within_limits(source, read + len(raw.rows), len(known))
                yield short_cells(replace(raw, frame=frame.reindex(columns=list(known)).astype(object)), source)
            else:
                whole = _with_mapped(adapter.fold(records, told), mapping, source, adapter, raw.rows, raw.broken)
                yield short_cells(replace(whole, frame=clean_frame(whole.frame, told)), source)

    if adapter is not None:
        notes.fact("system", adapter.title)
    columns = tuple(dict.fromkeys(key for record in sample for key in record))
    rows_are, folded = _rows_are(source, adapter, columns, mapping), adapter is not None and adapter.fold is not None
    return Opened(source, chunks, adapter, rows_are, folded)


def _document(
    source: Source, chunk_rows: int, mapping: ContactMapping, encoding: str | None, notes: Notes
) -> Opened | None:
    """One document; None where a text is of no known system, so that it may be a table."""
    if source.format == "text":
        adapter = _of_text(source, mapping, encoding)
        return None if adapter is None else _whole_text(source, adapter, chunk_rows, mapping, encoding, notes)
    document = read_document(source.place, encoding, limits=source.limits)
    adapter = _adapter(source, Probe(source.name, "json", document=document), mapping)
    if adapter is not None and adapter.fold is not None:
        return _folded(source, adapter, document, chunk_rows, mapping, notes)
    records = document_records(document, source.name, mapping)
    flat = clean_frame(flatten(records, source.limits.columns), notes)
    within_limits(source, len(flat), len(flat.columns))
    frame = with_reached(flat, records, mapping, source.name)
    if near := looks_like(records):
        notes.fact("looks like", near.removeprefix("looks like "))
    rows_are = _rows_are(source, None, tuple(map(str, frame.columns)), mapping)
    return Opened(source, lambda told: (short_cells(raw, source) for raw in split_frame(frame, chunk_rows)), None,
                  rows_are)


def _of_text(source: Source, mapping: ContactMapping, encoding: str | None) -> Adapter | None:
    with open_text(source.place, encoding) as file:
        return _adapter(source, Probe(source.name, "text", head=file.read(_HEAD_CHARS)), mapping)


def _whole_text(
    source: Source, adapter: Adapter, chunk_rows: int, mapping: ContactMapping, encoding: str | None, notes: Notes
) -> Opened:
    check_document_size(source.place, source.limits)
    with open_text(source.place, encoding) as file:
        text = whole_name(file.read())
    if lost := text.count("\ufffd"):
        notes.count("characters that are not in the encoding", lost)
    return _folded(source, adapter, text, chunk_rows, mapping, notes)


def _folded(
    source: Source, adapter: Adapter, document: Any, chunk_rows: int, mapping: ContactMapping, notes: Notes
) -> Opened:
    """Fold a document once; its rows are read as often as needed."""
    if adapter.fold is None:
        raise ContactError(f"{adapter.title} writes no such file", where=source.name, hint=adapter.example)
    notes.fact("system", adapter.title)
    whole = _with_mapped(adapter.fold(document, notes), mapping, source, adapter)
    whole = short_cells(replace(whole, frame=clean_frame(whole.frame, notes)), source)
    within_limits(source, len(whole.frame), len(whole.frame.columns))

    def chunks(told: Notes) -> Iterator[RawChunk]:
        if whole.broken:
            yield RawChunk(whole.frame.iloc[:0], whole.rows[:0], whole.broken)
        yield from split_frame(whole.frame, chunk_rows, whole.rows)

    return Opened(source, chunks, adapter, "turns" if adapter.turns else "contacts", folded=True)


def _with_mapped(
    folded: Folded, mapping: ContactMapping, source: Source, adapter: Adapter, lines: np.ndarray | None = None,
    broken: list[tuple[int, str, str]] | None = None,
) -> RawChunk:
    """Add the columns that dotted names of the mapping reach in the records, and what a file name stands for."""
    frame, turns, title = folded.frame.reset_index(drop=True), adapter.turns, adapter.title
    for name in mapping.columns:
        if name not in frame and len(folded.records) == len(frame):
            frame[name] = pd.Series(reach(folded.records, name), dtype=object)
    if turns or ("created_at" not in frame and "created_at" not in mapping.columns.values()):
        frame = name_turns(frame, source.name, mapping.constants.get("created_at"), turns, title)
    numbers = np.array(folded.rows or range(1, len(frame) + 1), dtype="int64")
    if lines is not None:
        numbers = lines[numbers - 1]
    found = [(line if lines is None else int(lines[line - 1]), code, value) for line, code, value in folded.broken]
    return RawChunk(frame, numbers, [*(broken or []), *found])


def _adapter(source: Source, probe: Probe, mapping: ContactMapping) -> Adapter | None:
    """Give the system that was told, else the one that recognises the source; parts of contacts are refused."""
    if source.told in adapters():
        return adapters()[source.told]
    found = None if source.told else adapter_of(probe)
    if found is None and probe.kind != "text":
        refuse_parts(probe, "text" in mapping.columns.values())
    return found


def _known(mapping: ContactMapping) -> frozenset[str]:
    names = {name for adapter in adapters().values() for name in adapter.columns}
    return known_headers() | {fold_header(name) for name in (*names, *mapping.columns, *mapping.units)}
