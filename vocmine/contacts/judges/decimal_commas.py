"""Numbers with a decimal comma, as in most of Europe: 5,5 minutes; decided by the whole column, not cell by cell."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from vocmine.contacts.cells import as_series
from vocmine.contacts.values import by_distinct

_DECIMAL = re.compile(r"\s*[-+]?(?:\d+|\d{1,3}(?:\.\d{3})+),(?:\d{1,2}|\d{4,})(?!\d)[^,.]*|\s*[-+]?0,\d+[^,.]*")
_GROUPED = re.compile(r"\s*[-+]?\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|(?:,\d{3})+\.\d+)[^,.]*")
_EUROPEAN = re.compile(r"(\s*[-+]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?([^,.]*)")


class CommaJudge:
    """Looks at all cells of a column of numbers, chunk by chunk, and says whether the comma is a decimal mark.

    ``5,5`` and ``12,25`` prove it, ``1,234,567`` and ``1,234.5`` prove the opposite; without a proof, as in ``1,234``,
    it parts thousands.

    Examples
    --------
    >>> judge = CommaJudge()
    >>> judge.add(pd.Series(["5,5", "1,250", "12"]))
    >>> judge.decimal, with_points(pd.Series(["5,5", "1,250", "1.250,5", "12"])).tolist()
    (True, ['5.5', '1.250', '1250.5', '12'])
    """

    def __init__(self) -> None:
        self._decimal = self._grouped = 0

    @property
    def decimal(self) -> bool:
        """Whether the comma is a decimal mark in this column."""
        return self._decimal > 0 and not self._grouped

    def add(self, cells: Any) -> None:
        """Look at the cells of one chunk."""
        series = as_series(cells)
        if pd.api.types.is_numeric_dtype(series.dtype) or pd.api.types.is_timedelta64_dtype(series.dtype):
            return
        for cell in {cell for cell in series if isinstance(cell, str) and "," in cell}:
            self._decimal += _DECIMAL.fullmatch(cell) is not None
            self._grouped += _GROUPED.fullmatch(cell) is not None


def with_points(cells: pd.Series) -> pd.Series:
    """Write numbers with a decimal comma with a point; the points between their thousands go."""
    def read(cell: Any) -> Any:
        match = _EUROPEAN.fullmatch(cell) if isinstance(cell, str) else None
        if match is None:
            return cell
        whole = match[2].replace(".", "")
        return match[1] + whole + (f".{match[3]}" if match[3] else "") + match[4]

    return pd.Series(by_distinct(cells, read), index=cells.index, dtype=object)
