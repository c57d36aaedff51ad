"""Tables as CSV for people and programs: Excel opens them, nothing in them runs, they are replaced in one step."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pandas as pd

from vocmine.store import write_atomic

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ESCAPED = tuple(f"'{sign}" for sign in _FORMULA)


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write a table as CSV for people and programs: UTF-8 with a mark that Excel needs, no live formulas.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    write_atomic(path, ("\ufeff" + _csv_text(frame)).encode("utf-8", "replace"))


def _csv_text(frame: pd.DataFrame) -> str:
    safe = frame.copy()
    for name in safe.columns[[not pd.api.types.is_numeric_dtype(t) for t in safe.dtypes]]:
        text = safe[name]
        if pd.api.types.is_datetime64_any_dtype(text.dtype):
            continue
        risky = text.map(lambda value: isinstance(value, str) and value.startswith(_FORMULA))
        safe[name] = text.astype(object).mask(risky.astype(bool), "'" + text.astype(str))
    return str(safe.to_csv(index=False, lineterminator="\n"))


def read_csv(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Read what `write_csv` wrote, as text; an empty table if there is none yet."""
    if not path.exists():
        return pd.DataFrame(columns=list(columns), dtype="str")
    return _parsed(path)


def as_stored(frame: pd.DataFrame) -> pd.DataFrame:
    """Give what `read_csv` reads of a table that `write_csv` wrote, without a file.

    Examples
    --------
    >>> as_stored(pd.DataFrame({"day": ["2026-10-01"], "n": [3.0], "quote": ["=a"]})).to_dict("records")
    [{'day': '2026-10-01', 'n': '3.0', 'quote': '=a'}]
    """
    return _parsed(io.BytesIO(_csv_text(frame).encode("utf-8", "replace")))


def _parsed(source: Path | IO[bytes]) -> pd.DataFrame:
    frame = pd.read_csv(source, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for name in frame.columns:
        escaped = frame[name].str.startswith(_ESCAPED)
        frame[name] = frame[name].mask(escaped, frame[name].str[1:])
    return frame


def unescaped(cell: str) -> str:
    """Take the apostrophe off that `write_csv` put in front of what a spreadsheet would run.

    Examples
    --------
    >>> unescaped("'=a"), unescaped("'tis")
    ('=a', "'tis")
    """
    return cell[1:] if cell.startswith(_ESCAPED) else cell
