r"""What no text has is taken out once, before anything is made of a source: lone surrogates and marks of direction.

Marks that turn the direction of writing hide what stands beside them, and marks without a width make two ids of one.
The joiner of emoji (U+200D) and the one of Persian (U+200C) stay; so do the surrogates U+DC80 to U+DCFF that stand for
bytes which do not fit the encoding: their rows are rejected as `wrong_encoding`.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from vocmine.contacts.column_names import distinct_names
from vocmine.contacts.formats import Source
from vocmine.contacts.lines import RawChunk
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

FACT = "cells with marks of direction or half characters, which were taken out"

_MARKS = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_HALVES = "\ud800-\udc7f\udd00-\udfff"
_ODD = re.compile(f"[{_MARKS}{_HALVES}]")
_MARK = re.compile(f"[{_MARKS}]")
_HALF = re.compile(f"[{_HALVES}]")


def clean_text(text: str) -> str:
    r"""Take out marks of direction; what is half a character becomes the sign for a lost one.

    Examples
    --------
    >>> clean_text("A\u202e-12\u200b") == "A-12", clean_text("\ud800a") == "\ufffda"
    (True, True)
    """
    return _HALF.sub("\ufffd", _MARK.sub("", text)) if _ODD.search(text) else text


def clean_frame(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    r"""Clean all texts of a raw chunk and count the cells that changed.

    Examples
    --------
    >>> notes = Notes()
    >>> clean_frame(pd.DataFrame({"id": ["a\u200b", "b"]}), notes)["id"].tolist(), notes.facts[FACT]
    (['a', 'b'], '1')
    """
    made, odd = {}, 0
    for place in range(len(frame.columns)):
        column = frame.iloc[:, place]
        if column.dtype != object and not isinstance(column.dtype, pd.StringDtype):
            continue
        cells = column.to_numpy(dtype=object)
        if not _ODD.search("".join([cell for cell in cells if type(cell) is str])):  # nearly always, and at once
            continue
        cleaned = np.empty(len(cells), dtype=object)
        cleaned[:] = [clean_text(cell) if type(cell) is str else cell for cell in cells]
        odd += sum(new is not old for new, old in zip(cleaned, cells, strict=True))
        made[place] = pd.Series(cleaned, index=frame.index, dtype=object)
    notes.count(FACT, odd)
    if made:
        parts = [made.get(place, frame.iloc[:, place]) for place in range(len(frame.columns))]
        frame = pd.concat(parts, axis=1).set_axis(frame.columns, axis=1)
    names = [clean_text(name) if isinstance(name, str) else name for name in frame.columns]
    return frame.set_axis(distinct_names(names), axis=1) if names != list(frame.columns) else frame


def within_limits(source: Source, rows: int, columns: int) -> int:
    """Give the number of rows so far, if there may be so many."""
    for n, most, what in ((rows, source.limits.rows, "rows"), (columns, source.limits.columns, "columns")):
        if n > most:
            raise ContactError(f"more {what} than a source may have", where=source.name, got=f"{n:,} {what}",
                               expected=f"at most {most:,}", hint=f"if it is sound, set limits: {{{what}: ...}}")
    return rows


def short_cells(raw: RawChunk, source: Source) -> RawChunk:
    """Set rows apart that have a cell over the limit: one is enough to fill the memory."""
    most = source.limits.cell_chars
    long = np.zeros(len(raw.frame), dtype=bool)
    for place in range(len(raw.frame.columns)):
        column = raw.frame.iloc[:, place]
        if column.dtype == object or isinstance(column.dtype, pd.StringDtype):
            long |= np.array([type(cell) is str and len(cell) > most for cell in column], dtype=bool)
    if not long.any():
        return raw
    broken = [(int(row), "line_too_long", "") for row in raw.rows[long]]
    return replace(raw, frame=raw.frame[~long], rows=raw.rows[~long], broken=[*raw.broken, *broken])
