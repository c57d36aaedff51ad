"""Read contacts from files and databases, all at once or as a stream of checked chunks."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from vocmine.contacts.currencies import AmountCurrency
from vocmine.contacts.formats import Source, choose_source, mapping_after, raw_chunks
from vocmine.contacts.lines import RawChunk
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.rejects import WHOLE_ROW, Checked, join_rejects, reject_frame
from vocmine.contacts.rows import check_rows, with_timezone
from vocmine.contacts.seen import SeenIds
from vocmine.errors import SettingsError

CHUNK_ROWS = 20_000  # bounds the memory of a stream


def read_contacts(
    source: Any, mapping: Any = None, encoding: str | None = None, *,
    format: str | None = None,  # noqa: A002
    query: str | None = None, timezone: str | None = None,
) -> pd.DataFrame:
    r"""Read contacts that must all be good.

    Parameters
    ----------
    source : path, DataFrame, SQLAlchemy address, or list of them
        CSV, TSV, XLSX, JSONL, JSON, Parquet, or an address such as ``sqlite:///calls.db`` with a `query`.
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
    checked = read_checked(source, mapping, encoding, format=format, query=query, timezone=timezone)
    return checked.raise_if_rejected().contacts


def read_checked(source: Any, mapping: Any = None, encoding: str | None = None, **options: Any) -> Checked:
    """Read all chunks of `iter_chunks` into one `Checked`."""
    parts = list(iter_chunks(source, CHUNK_ROWS, mapping, encoding, **options))
    full = [part.contacts for part in parts if len(part.contacts)] or [part.contacts for part in parts[:1]]
    return Checked(
        pd.concat(full, ignore_index=True), join_rejects([part.rejected for part in parts]),
        join_rejects([part.warnings for part in parts]),
    )


def iter_chunks(
    source: Any, chunk_rows: int = CHUNK_ROWS, mapping: Any = None, encoding: str | None = None,
    query: str | None = None, *,
    format: str | None = None,  # noqa: A002
    timezone: str | None = None,
) -> Iterator[Checked]:
    r"""Read contacts as a stream of checked chunks; the memory used does not grow with the source.

    Parameters
    ----------
    source : path, DataFrame, SQLAlchemy address, or list of them
        As for `read_contacts`. An id of one source that comes again in another is a duplicate.
    chunk_rows : int
        Rows read at a time.
    mapping, encoding, query, format, timezone
        As for `read_contacts`.

    Yields
    ------
    Checked
        At least one a source. What is accepted does not depend on `chunk_rows`. Formats that fold several lines into
        one contact (``transcript``, ``social``) and JSON documents are read whole.

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
    used = with_timezone(ContactMapping.of(mapping), timezone)
    single = isinstance(source, str | os.PathLike | pd.DataFrame)
    sources: Sequence[Any] = [source] if single else list(source)
    chosen = [choose_source(item, format or used.source_format(), query) for item in sources]
    seen, start = SeenIds(), 0
    for item in chosen:
        money = AmountCurrency()
        for raw in raw_chunks(item, chunk_rows, used, encoding):
            checked = _check_raw(raw, mapping_after(item, used), item, seen, money)
            checked.contacts.index = pd.RangeIndex(start, start + len(checked.contacts))
            start += len(checked.contacts)
            yield checked


def _check_raw(
    raw: RawChunk, mapping: ContactMapping, source: Source, seen: SeenIds, money: AmountCurrency
) -> Checked:
    broken = reject_frame(
        source.name, [row for row, _, _ in raw.broken], [""] * len(raw.broken), [WHOLE_ROW] * len(raw.broken),
        [_broken_code(code, value) for _, code, value in raw.broken], [value for _, _, value in raw.broken],
    )
    if not len(raw.frame.columns):
        return Checked(pd.DataFrame(), broken)
    checked = check_rows(raw.frame, mapping, source.name, raw.rows, seen, money)
    rejected = join_rejects([checked.rejected, broken]).sort_values("row", kind="stable", ignore_index=True)
    return Checked(checked.contacts, rejected, checked.warnings)


def _broken_code(code: str, value: str) -> str:
    return "wrong_encoding" if any("\ud800" <= c <= "\udfff" for c in value) else code
