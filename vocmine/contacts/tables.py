"""Tables with types: spreadsheets, Parquet and databases, as a stream of raw chunks."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import object_array
from vocmine.contacts.lines import RawChunk
from vocmine.errors import ContactError

_ERRORS = ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")


def xlsx_chunks(path: Path, chunk_rows: int) -> Iterator[RawChunk]:
    """Read the first sheet that has rows; formulas by their stored values."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions, which don't matter here
            book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError) as error:
        raise ContactError(
            "no workbook that can be read", where=path.name, got=type(error).__name__,
            expected=".xlsx without a password", hint="save it as .xlsx or CSV",
        ) from None
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = ((i, row) for i, row in enumerate(sheet.iter_rows(values_only=True), 1) if _filled(row))
            first = next(rows, None)
            if first is not None:
                yield from _sheet_chunks([_plain(cell) for cell in first[1]], rows, chunk_rows)
                return
    finally:
        book.close()
    raise ContactError("the workbook is empty", where=path.name, expected="a row of column names, then rows")


def parquet_chunks(path: Path, chunk_rows: int) -> Iterator[RawChunk]:
    """Read Parquet by batches of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            start, empty = 1, file.schema_arrow.empty_table().to_pandas()
            for batch in file.iter_batches(batch_size=chunk_rows):
                frame = batch.to_pandas()
                yield RawChunk(frame, np.arange(start, start + len(frame)))
                start += len(frame)
            if start == 1:
                yield RawChunk(empty, np.arange(0))
    except (pa.ArrowInvalid, OSError) as error:
        raise ContactError("no Parquet file that can be read", where=path.name, got=type(error).__name__) from None


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
                yield RawChunk(_table(names, [tuple(row) for row in rows]), np.arange(start, start + len(rows)))
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


def _sheet_chunks(names: list[Any], rows: Iterator[tuple[int, tuple[Any, ...]]], chunk_rows: int) -> Iterator[RawChunk]:
    while names and names[-1] in (None, ""):
        names.pop()
    header = [str(name).strip() if name not in (None, "") else f"column_{i + 1}" for i, name in enumerate(names)]
    numbers: list[int] = []
    cells: list[tuple[Any, ...]] = []
    broken: list[tuple[int, str, str]] = []
    for number, row in rows:
        values = tuple(_plain(cell) for cell in row)
        if any(value not in (None, "") for value in values[len(header):]):
            broken.append((number, "wrong_column_count", ",".join(str(value) for value in values if value is not None)))
        else:
            numbers.append(number)
            cells.append((*values[: len(header)], *[None] * (len(header) - len(values))))
        if len(numbers) + len(broken) >= chunk_rows:
            yield RawChunk(_table(header, cells), np.array(numbers, dtype="int64"), broken)
            numbers, cells, broken = [], [], []
    yield RawChunk(_table(header, cells), np.array(numbers, dtype="int64"), broken)


def _table(names: list[str], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    arrays = [object_array(list(column)) for column in columns]
    return pd.DataFrame(dict(enumerate(arrays)), dtype=object).set_axis(names, axis=1)


def _filled(row: tuple[Any, ...]) -> bool:
    return any(cell is not None and str(cell).strip() for cell in row)


def _plain(cell: Any) -> Any:
    """Spreadsheets write a carriage return as `_x000D_` and errors as `#N/A`."""
    if isinstance(cell, str):
        return None if cell in _ERRORS else cell.replace("_x000D_", "")
    return cell
