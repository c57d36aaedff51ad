"""Ids as a spreadsheet leaves them: wrapped to be kept (``="000123"``), or destroyed (``1.23457E+15``)."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_series, as_strings, fold, masked_ids
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

_WRAPPED = re.compile(r'\s*=\s*("{1,4})([^"]*)\1\s*', re.DOTALL)
_QUOTED = re.compile(r"\s*['’](\d[\d\- ]*)\s*")
_LINKED = re.compile(r'\s*=\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*"?((?:[^"]|"")*?)"?\s*)?\)\s*', re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[-+]?\d(?:[.,]\d+)?e\+\d{1,3}")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_LONG = re.compile(r"\d{16,32}")
_KEPT = 15  # digits that a spreadsheet keeps of a number
_SHOWN = 3


def unwrap(cells: pd.Series) -> pd.Series:
    """Undo what keeps a spreadsheet from changing a cell (``="000123"``, ``'000123``), and a link around a text.

    Parameters
    ----------
    cells : Series
        Cells of a column.

    Returns
    -------
    Series
        The same object where there is nothing to undo.

    Examples
    --------
    >>> unwrap(pd.Series(['="000123"', "'000124", "'tis", "7"])).tolist()
    ['000123', '000124', "'tis", '7']
    """
    series = as_series(cells)
    if series.dtype != object and not isinstance(series.dtype, pd.StringDtype):
        return cells
    cells_in = series.to_numpy(dtype=object)
    if not _any_wrapped(cells_in):
        return cells
    changed = {
        i: text for i, cell in enumerate(cells_in)
        if isinstance(cell, str) and cell.lstrip()[:1] in ("=", "'", "’") and (text := _unwrapped(cell)) is not None
    }
    if not changed:
        return cells
    out = series.to_numpy(dtype=object, copy=True)
    out[list(changed)] = list(changed.values())
    return pd.Series(out, index=series.index, dtype=series.dtype, name=series.name)


def destroyed_ids(cells: Any) -> np.ndarray:
    """Tell which ids a spreadsheet wrote as a rounded number: many ids have become one.

    Parameters
    ----------
    cells : array-like of shape (n,)
        Cells of a column.

    Returns
    -------
    ndarray of bool, shape (n,)

    Examples
    --------
    >>> destroyed_ids(["1.23457E+15", "１．２Ｅ＋１５", "########", "12E45", "A-1"]).tolist()
    [True, True, True, False, False]
    """
    return np.array([
        text[:3] == "###" or (("+" in text or "＋" in text) and _SCIENTIFIC.fullmatch(fold(text)) is not None)
        for text in as_strings(cells)
    ], dtype=bool)


class IdJudge:
    """Looks at all ids of a column, chunk by chunk, and refuses them if a spreadsheet has destroyed them.

    Parameters
    ----------
    header : str
        Name of the column in the source.
    target : str
        Column of the contacts table; only destroyed ids of contacts are refused, those of others are told.

    Examples
    --------
    >>> judge = IdJudge("ticket_id")
    >>> judge.add(pd.Series(["1.23457E+15", "1.23457E+15"]))
    >>> judge.check("tickets.csv", Notes())
    Traceback (most recent call last):
    vocmine.errors.ContactError: a spreadsheet (Excel) has destroyed the ids; where: tickets.csv, column ticket_id; ...
    """

    def __init__(self, header: str, target: str = "contact_id") -> None:
        self._header, self._target = header, target
        self._n = self._destroyed = self._long = self._rounded = 0
        self._shown: dict[str, None] = {}

    def add(self, cells: Any) -> None:
        """Look at the ids of one chunk."""
        texts = as_strings(cells)
        destroyed = destroyed_ids(texts)
        self._n += sum(bool(text.strip()) for text in texts)
        self._destroyed += int(destroyed.sum())
        rounded = [text.strip() for text in texts if len(text) > _KEPT and _LONG.fullmatch(text.strip())]
        self._long += len(rounded)
        zeros = [text for text in rounded if not text[_KEPT:].strip("0")]
        days = [text for text in texts if _DAY.fullmatch(text)]  # what was 4-3 before a spreadsheet took it for a date
        self._long, zeros = self._long + len(days), zeros + days
        self._rounded += len(zeros)
        for text in (*texts[destroyed], *zeros):
            if len(self._shown) >= _SHOWN:
                break
            self._shown[text.strip()] = None

    def check(self, source: str, notes: Notes) -> None:
        """Raise if most ids are destroyed; note it where some are, or look so.

        Raises
        ------
        ContactError
            If most ids of contacts are numbers such as ``1.23457E+15``.
        """
        shown = ", ".join(masked_ids(list(self._shown)))
        if self._destroyed * 2 > self._n and self._target == "contact_id":
            raise ContactError(
                "a spreadsheet (Excel) has destroyed the ids", where=f"{source}, column {self._header}",
                got=f"{self._destroyed:,} of {self._n:,} ids such as {next(iter(self._shown))}",
                expected="all their digits",
                hint="export the file again and don't save it in Excel, or name another column of ids in the mapping",
            )
        rounded = self._rounded if self._rounded > 1 and self._rounded * 2 > self._long else 0
        if self._destroyed or rounded:
            notes.doubt("destroyed_ids", self._header, rows=self._destroyed + rounded, shown=shown)


def _any_wrapped(cells: np.ndarray) -> bool:
    """Look for the marks in all cells at once, as nearly all columns have none."""
    try:
        joined = "\n" + "\n".join(cells)
    except TypeError:  # not all of them are texts
        joined = "\n" + "\n".join(cell for cell in cells if isinstance(cell, str))
    return ('"' in joined and "=" in joined) or "\n'" in joined or "\n’" in joined or "\n '" in joined


def _unwrapped(cell: str) -> str | None:
    if match := _WRAPPED.fullmatch(cell):
        return match[2]
    if match := _LINKED.fullmatch(cell):
        return (match[2] or match[1]).replace('""', '"')
    match = _QUOTED.fullmatch(cell)
    return match[1].strip() if match else None
