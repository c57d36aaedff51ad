"""How much a source may hold: beyond it, a file is taken for damaged or made to harm, and refused in one sentence."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ReadingLimits(BaseModel):
    """Limits of one source.

    Parameters
    ----------
    rows : int
        Rows of a file.
    columns : int
        Columns of a table, and names of the records of a JSON file with those inside of objects.
    cell_chars : int
        Characters of a cell; the row of a longer one is rejected.
    unpacked_bytes : int
        Bytes that a packed file (.gz, .zip, a workbook, the pages of Parquet) may unpack to.
    unpack_ratio : int
        Unpacked to packed bytes, beyond the first 256 MB; logs reach 50, deflate at most 1,032.
    document_bytes : int
        Bytes of what is held in memory whole: JSON documents and transcripts.
    depth : int
        Lists and objects inside each other, in JSON.
    seconds : float
        Without a further row of a workbook or a page, as where millions of cells are empty.

    Examples
    --------
    >>> ReadingLimits(rows=1_000).columns
    5000
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: int = Field(default=20_000_000, ge=1)
    columns: int = Field(default=5_000, ge=4, le=100_000)
    cell_chars: int = Field(default=1 << 20, ge=100, le=1 << 20)
    unpacked_bytes: int = Field(default=64 << 30, ge=1 << 20)
    unpack_ratio: int = Field(default=400, ge=10, le=100_000)
    document_bytes: int = Field(default=1 << 30, ge=1 << 10)
    depth: int = Field(default=60, ge=4, le=200)
    seconds: float = Field(default=60.0, gt=0)


DEFAULT_LIMITS = ReadingLimits()
