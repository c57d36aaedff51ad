"""Tables with types: Parquet and databases, as a stream of raw chunks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vocmine.border import Border
from vocmine.contacts.archives import UNCHECKED_BYTES
from vocmine.contacts.arrow_frames import arrow_frame
from vocmine.contacts.lines import RawChunk, table_frame
from vocmine.errors import ContactError
from vocmine.limits import DEFAULT_LIMITS, ReadingLimits

_UNCHECKED_CELLS = 50_000_000  # that may be written at any number of bytes


def parquet_chunks(path: Path, chunk_rows: int, limits: ReadingLimits = DEFAULT_LIMITS) -> Iterator[RawChunk]:
    """Read Parquet by batches of rows."""
    import pyarrow.parquet as pq

    border = Border(ContactError, "no Parquet file that can be read", path.name, hint="write or fetch it again")
    with border.guard():
        file = pq.ParquetFile(path)
    try:
        with border.guard():
            _check_size(file.metadata, path, limits)
            start, empty = 1, arrow_frame(file.schema_arrow.empty_table())
        for frame in border.each(map(_sound_frame, file.iter_batches(batch_size=chunk_rows))):
            yield RawChunk(frame, np.arange(start, start + len(frame)))
            start += len(frame)
        if start == 1:
            yield RawChunk(empty, np.arange(0))
    finally:
        file.close()


def _sound_frame(batch: Any) -> pd.DataFrame:
    """Give a batch as a frame, its texts looked at now: pandas would meet what is no UTF-8 only when it is used."""
    batch.validate(full=True)
    return arrow_frame(batch)


def _check_size(metadata: Any, path: Path, limits: ReadingLimits) -> None:
    """Refuse what unpacks to far more than the file, before a page of it is read."""
    size = path.stat().st_size
    unpacked = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    rows, cells = metadata.num_rows, metadata.num_rows * metadata.num_columns
    for n, most, what in (
        (rows, limits.rows, "rows"), (metadata.num_columns, limits.columns, "columns"),
        (unpacked, min(limits.unpacked_bytes, max(UNCHECKED_BYTES, size * limits.unpack_ratio)), "bytes unpacked"),
        (cells, max(_UNCHECKED_CELLS, size * limits.unpack_ratio), "cells"),
    ):
        if n > most:
            raise ContactError(f"a Parquet file with too many {what}", where=path.name, got=f"{n:,}",
                               expected=f"at most {most:,}", hint="if it is sound, raise its limit in the settings")


def sql_chunks(address: str, query: str, chunk_rows: int) -> Iterator[RawChunk]:
    """Read the rows of a query from any database SQLAlchemy knows; the server keeps what was not read yet."""
    import sqlalchemy as sa

    where = sql_name(address)
    try:
        engine = sa.create_engine(address)
    except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
        raise ContactError(
            "no database address, or its driver is missing", where=where, got=type(error).__name__,
            expected="an address such as postgresql+psycopg://user@host/name",
        ) from None
    try:
        with engine.connect().execution_options(stream_results=True, max_row_buffer=chunk_rows) as connection:
            result = connection.execute(sa.text(query))
            names, start, rows = list(result.keys()), 1, result.fetchmany(chunk_rows)
            while rows or start == 1:
                yield RawChunk(table_frame(names, [tuple(row) for row in rows]), np.arange(start, start + len(rows)))
                start += max(len(rows), 1)
                rows = result.fetchmany(chunk_rows)
    except sa.exc.SQLAlchemyError as error:
        message = str(getattr(error, "orig", None) or type(error).__name__)
        raise ContactError("the query failed", where=where, got=message.splitlines()[0][:200]) from None
    finally:
        engine.dispose()


def sql_name(address: str) -> str:
    """Name a database without its password or host.

    Examples
    --------
    >>> sql_name("postgresql://me:secret@db.example/calls")
    'postgresql:calls'
    """
    import sqlalchemy as sa

    try:
        url = sa.engine.make_url(address)
    except sa.exc.ArgumentError:
        return "sql"
    return f"{url.get_backend_name()}:{Path(url.database or '').name}"
