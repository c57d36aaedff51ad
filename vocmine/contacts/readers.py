"""Read contacts from files and databases, all at once or as a stream of checked chunks."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from vocmine.contacts.currencies import AmountCurrency
from vocmine.contacts.formats import Source, check_format, choose_source, is_database, is_frame
from vocmine.contacts.identity import CallIds, SystemIds, system_name, with_system
from vocmine.contacts.lines import RawChunk
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.opening import open_source
from vocmine.contacts.places import resolve
from vocmine.contacts.plan import ReadingPlan
from vocmine.contacts.reading import Notes
from vocmine.contacts.rejects import WHOLE_ROW, Checked, doubt_warnings, join_rejects, no_rejects, reject_frame
from vocmine.contacts.rows import check_rows, with_timezone
from vocmine.contacts.survey import decide
from vocmine.errors import SettingsError
from vocmine.limits import DEFAULT_LIMITS, ReadingLimits

CHUNK_ROWS = 20_000  # bounds the memory of a stream


@dataclass(frozen=True)
class Wanted:
    """How sources are to be read: rows at a time, mapping with its zone, encoding, and whether doubts are errors."""

    chunk_rows: int
    mapping: ContactMapping
    encoding: str | None = None
    strict: bool = False
    timezone_told: bool = False


def read_contacts(
    source: Any, mapping: Any = None, encoding: str | None = None, *,
    format: str | None = None,  # noqa: A002
    query: str | None = None, timezone: str | None = None, strict: bool = False,
) -> pd.DataFrame:
    r"""Read contacts that must all be good.

    Parameters
    ----------
    source : path, frame, address, or list of them
        CSV, TSV, workbooks (.xlsx, .xls, .xlsb, .ods), JSONL, JSON, Parquet, transcripts and exports of known systems
        (`vocmine formats` lists them), packed or not (.gz, .bz2, .xz, .zip); a folder, a pattern such as
        ``"in/*.csv"``, ``"-"`` for standard input; a frame of pandas, polars, DuckDB or Arrow; a database address such
        as ``sqlite:///calls.db`` with a `query`; any address fsspec reads, such as ``s3://bucket/notes.csv``.
    mapping : ContactMapping, dict or path, optional
        Column of the source -> column of the table, and more; see `ContactMapping`.
    encoding : str, optional
        Encoding of text files; detected if None.
    format : str, optional
        One of `vocmine.frames.FORMATS`; as the mapping says, or chosen by the ending of the name, if None.
    query : str, optional
        The SQL query, for a database.
    timezone : str, optional
        Zone of times that name none, unless the mapping has its own; ``"Asia/Tokyo"`` if None.
    strict : bool
        Whether a doubt about the source (see `Checked.reading`) is an error.

    Returns
    -------
    DataFrame
        The contacts table.

    Raises
    ------
    ContactError
        If any row is rejected: the counts by code and the first rows. `check_contacts` and `iter_chunks` go on instead.
    SettingsError
        If the mapping is wrong.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as d:
    ...     file = Path(d) / "notes.csv"
    ...     _ = file.write_text("id,日時,チャネル,本文\n1,2026-11-21,電話,解約\n2,2026-11-21,鳩,はい\n", "utf-8")
    ...     read_contacts(file)
    Traceback (most recent call last):
    vocmine.errors.ContactError: 1 of 2 rows can't be used; ...first: row 3 channel unknown_channel [鳩]...
    """
    checked = read_checked(source, mapping, encoding, format=format, query=query, timezone=timezone, strict=strict)
    return checked.raise_if_rejected().contacts


def read_checked(source: Any, mapping: Any = None, encoding: str | None = None, **options: Any) -> Checked:
    """Read all chunks of `iter_chunks` into one `Checked`."""
    checked = join_checked(list(iter_chunks(source, CHUNK_ROWS, mapping, encoding, **options)))
    return replace(checked, contacts=checked.contacts.reset_index(drop=True))


def join_checked(parts: list[Checked]) -> Checked:
    """Put checked chunks one under the other; the reading is that of the first source."""
    full = [part.contacts for part in parts if len(part.contacts)] or [part.contacts for part in parts[:1]]
    return Checked(
        pd.concat(full) if full else pd.DataFrame(), join_rejects([part.rejected for part in parts]),
        join_rejects([part.warnings for part in parts]), parts[0].reading if parts else None,
    )


def iter_chunks(
    source: Any, chunk_rows: int = CHUNK_ROWS, mapping: Any = None, encoding: str | None = None,
    query: str | None = None, *,
    format: str | None = None,  # noqa: A002
    timezone: str | None = None, strict: bool = False,
) -> Iterator[Checked]:
    r"""Read contacts as a stream of checked chunks; the memory used does not grow with the source.

    Parameters
    ----------
    source : path, DataFrame, SQLAlchemy address, or list of them
        As for `read_contacts`. An id belongs to its source (see `vocmine.contacts.identity`): one that comes again in a
        file of the same family is a duplicate; where another source has it too it is kept apart, as ``source:id``.
    chunk_rows : int
        Rows read at a time.
    mapping, encoding, query, format, timezone, strict
        As for `read_contacts`.

    Yields
    ------
    Checked
        At least one a source, with its `reading`. A source is read twice: first whole, to judge each of its columns,
        then to check its rows; what is accepted does not depend on `chunk_rows`. Of a database the first 20,000 rows
        are judged. Formats that fold several lines into one contact and JSON documents are held in memory.

    Raises
    ------
    ContactError
        If a source can't be read at all, or lacks a required column.
    SettingsError
        If the mapping or `chunk_rows` is wrong.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as d:
    ...     file = Path(d) / "notes.csv"
    ...     rows = [f"{i},2026-11-21,chat,hello" for i in range(5)]
    ...     _ = file.write_text("\n".join(["id,date,channel,text", *rows]))
    ...     [len(part.contacts) for part in iter_chunks(file, chunk_rows=2)]
    [2, 2, 1]
    """
    if chunk_rows < 1:
        expected = "a whole number above 0"
        raise SettingsError("wrong chunk_rows", where="chunk_rows", got=str(chunk_rows), expected=expected)
    told = ContactMapping.of(mapping)
    wanted = Wanted(chunk_rows, with_timezone(told, timezone), encoding, strict, told.timezone is not None)
    single = isinstance(source, str | os.PathLike) or is_frame(source)
    sources: Sequence[Any] = [source] if single else list(source)
    check_format(format or told.source_format())
    ids, start = CallIds(several=not single or _is_many(source)), 0
    for item, notes in each_source(sources, format or told.source_format(), query, told.limits):
        for checked in read_source(item, wanted, notes, ids):
            checked.contacts.index = pd.RangeIndex(start, start + len(checked.contacts))
            start += len(checked.contacts)
            yield checked


def each_source(
    sources: Sequence[Any], format: str | None, query: str | None, limits: ReadingLimits = DEFAULT_LIMITS  # noqa: A002
) -> Iterator[tuple[Source, Notes]]:
    """Give each source there is: a folder, a pattern or an archive stands for several."""
    for item in sources:
        if is_frame(item) or is_database(item, format):
            yield replace(choose_source(item, format, query), limits=limits), Notes()
            continue
        before = Notes()
        with resolve(os.fspath(item), before, limits) as places:
            for number, place in enumerate(places):
                notes = before if number == 0 else Notes()
                yield replace(choose_source(place, format, query, notes), limits=limits), notes


def read_source(source: Source, wanted: Wanted, notes: Notes, ids: CallIds) -> Iterator[Checked]:
    """Read one source: judge it whole in a first pass, then check it chunk by chunk."""
    mapping = wanted.mapping
    opened = open_source(source, wanted.chunk_rows, mapping, wanted.encoding, notes)
    adapter = opened.adapter.name if opened.adapter else None
    system = system_name(mapping.system, adapter, _own_place(source), source.query)
    plan, chunks, rows = decide(opened, mapping, wanted.timezone_told, notes)
    reading = notes.reading(source.name, rows)
    if wanted.strict:
        reading.raise_if_doubtful()
    seen, money, late, first = ids.of(system), AmountCurrency(), Notes(), True
    for raw in chunks:
        checked = _check_raw(raw, plan, source, seen, money)
        contacts = seen.apart(checked.contacts, late) if len(checked.contacts.columns) else checked.contacts
        if (ids.several or adapter or mapping.system) and len(contacts.columns):
            contacts = with_system(contacts, system)
        told = doubt_warnings(reading, raw.rows) if first else no_rejects()
        now = replace(reading, doubts=(*reading.doubts, *late.doubts))
        if wanted.strict:
            now.raise_if_doubtful()
        yield Checked(contacts, checked.rejected, join_rejects([told, checked.warnings]), now)
        first = False


def _own_place(source: Source) -> Any:
    """Give where a source stands; of one that was unpacked or fetched its own name, not that of the copy."""
    copied = isinstance(source.place, Path) and source.place.name != Path(source.name).name
    return source.name if copied else source.place


def _is_many(source: Any) -> bool:
    """Tell whether one source may stand for several: a folder, a pattern, an archive."""
    if is_frame(source) or is_database(source):
        return False
    path = Path(os.fspath(source))
    return not path.is_file() or path.suffix.lower() == ".zip"


def _check_raw(
    raw: RawChunk, plan: ReadingPlan, source: Source, seen: SystemIds, money: AmountCurrency
) -> Checked:
    name = f"{source.name}[{raw.part}]" if raw.part else source.name
    broken = reject_frame(
        name, [row for row, _, _ in raw.broken], [""] * len(raw.broken), [WHOLE_ROW] * len(raw.broken),
        [_broken_code(code, value) for _, code, value in raw.broken], [value for _, _, value in raw.broken],
    )
    if not len(raw.frame.columns):
        return Checked(pd.DataFrame(), broken)
    checked = check_rows(raw.frame, replace(plan, source=name), raw.rows, seen, money)
    rejected = join_rejects([checked.rejected, broken]).sort_values("row", kind="stable", ignore_index=True)
    return Checked(checked.contacts, rejected, checked.warnings)


def _broken_code(code: str, value: str) -> str:
    return "wrong_encoding" if any("\ud800" <= c <= "\udfff" for c in value) else code
