"""Frames of other libraries (polars, DuckDB, pyarrow) through Arrow's own interface, as a stream of pandas frames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from vocmine.errors import ContactError

_INDEX = re.compile(r"__index_level_\d+__")


def frames_of(source: Any, chunk_rows: int) -> Iterator[pd.DataFrame] | None:
    """Give the rows of a frame of another library, part by part; None where it is none.

    Parameters
    ----------
    source : polars.DataFrame or LazyFrame, duckdb relation, pyarrow.Table, or another with ``__arrow_c_stream__``
        A reader that gives its rows only once (`pyarrow.RecordBatchReader`) is used up.
    chunk_rows : int
        Most rows of a part.

    Returns
    -------
    iterator of DataFrame, or None
        At least one part. Whole numbers stay whole where some are missing, as ids must.

    Raises
    ------
    ContactError
        If it has no columns (a single column, a list).

    Examples
    --------
    >>> import pyarrow as pa
    >>> [len(part) for part in frames_of(pa.table({"id": [1, 2, None]}), 2)]
    [2, 1]
    >>> frames_of("calls.csv", 2) is None
    True
    """
    whole = source.collect() if type(source).__name__ == "LazyFrame" and hasattr(source, "collect") else source
    if isinstance(whole, pd.DataFrame) or not hasattr(whole, "__arrow_c_stream__"):
        return None
    return _parts(whole, chunk_rows)


def is_one_time(source: Any) -> bool:
    """Tell a reader whose rows can be read only once."""
    return type(source).__name__ in ("RecordBatchReader", "ArrowArrayStream")


def arrow_frame(batch: Any) -> pd.DataFrame:
    """Make a pandas frame of an Arrow batch or table, with whole numbers as they are where some are missing."""
    import pyarrow as pa

    wanted = pa.schema([field.with_type(_without_views(field.type)) for field in batch.schema])
    plain = batch if wanted.equals(batch.schema) else batch.cast(wanted)
    # what pandas noted about its index is not needed, and may be damaged; an index with a name stays a column
    frame: pd.DataFrame = plain.to_pandas(integer_object_nulls=True, ignore_metadata=True)
    numbers = [name for name in frame.columns if _INDEX.fullmatch(str(name))]
    return frame.drop(columns=numbers) if numbers else frame


def _without_views(kind: Any) -> Any:
    """Give the type with plain texts for the views that polars and DuckDB use, which lists can't have in pandas."""
    import pyarrow as pa

    if pa.types.is_string_view(kind):
        return pa.large_string()
    if pa.types.is_binary_view(kind):
        return pa.large_binary()
    if pa.types.is_struct(kind):
        return pa.struct([inner.with_type(_without_views(inner.type)) for inner in kind])
    if pa.types.is_large_list(kind):
        return pa.large_list(_without_views(kind.value_type))
    return pa.list_(_without_views(kind.value_type)) if pa.types.is_list(kind) else kind


def _parts(source: Any, chunk_rows: int) -> Iterator[pd.DataFrame]:
    import pyarrow as pa

    try:
        reader = pa.RecordBatchReader.from_stream(source)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        got = f"{type(source).__name__} ({type(error).__name__})"
        raise ContactError("no table of rows and columns", where="frame", got=got) from None
    some = False
    for batch in reader:
        for start in range(0, batch.num_rows, chunk_rows):
            yield arrow_frame(batch.slice(start, chunk_rows))
            some = True
    if not some:
        yield arrow_frame(reader.schema.empty_table())
