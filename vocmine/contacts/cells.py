"""Cells of a raw column: objects of any kind, lone surrogates included (they mark bytes that could not be decoded)."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

_YEARS = range(1, 10_000)  # that Python can write
_SURROGATE = re.compile("[\ud800-\udfff]")
VALUE_CHARS = 80  # of a value that `rejected` shows
# letters with a number behind, or digits alone of a length that neither phones nor cards nor My Number have
_PLAIN_ID = re.compile(r"[A-Za-z]{1,12}[-_:#]?\d{1,12}|\d{1,8}|\d{17,32}|", re.ASCII)


def as_cells(values: Any) -> np.ndarray:
    """Give a column as an array of objects, with None for whatever is missing."""
    series = as_series(values)
    if series.dtype != object and isinstance(series.dtype, pd.CategoricalDtype):
        series = series.astype(object)
    cells = series.to_numpy(dtype=object, copy=True)
    cells[series.isna().to_numpy()] = None
    return cells


def as_series(values: Any) -> pd.Series:
    """Give a column as a Series; lists become objects, as an inferred str column refuses lone surrogates."""
    if isinstance(values, pd.Series):
        return values
    typed = isinstance(values, np.ndarray) and values.dtype != object
    return pd.Series(values) if typed else pd.Series(list(values), dtype=object)


def object_array(values: Sequence[Any]) -> np.ndarray:
    """Make a one-dimensional array of objects, also where the objects are lists."""
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells


def text_of(cell: Any) -> str:
    """Write one cell as text: no `.0` behind whole numbers, ISO dates, JSON for what is nested, empty for missing."""
    if isinstance(cell, str):
        return cell
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return ""
    if isinstance(cell, bool | np.bool_):
        return "true" if cell else "false"
    if isinstance(cell, float | np.floating):
        return _number_text(float(cell))
    if isinstance(cell, np.ndarray):  # a list in a column of Parquet
        cell = cell.tolist()
    if isinstance(cell, dict | list | tuple):
        return json.dumps(cell, ensure_ascii=False, default=_plain)
    return str(cell.asm8 if isinstance(cell, pd.Timestamp) and cell.year not in _YEARS else cell)


def _plain(inner: Any) -> Any:
    """Give what JSON does not know: arrays inside of what is nested, numbers of numpy, dates."""
    return inner.tolist() if isinstance(inner, np.ndarray | np.generic) else str(inner)


def _number_text(number: float) -> str:
    if math.isnan(number):
        return ""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def as_strings(values: Any) -> np.ndarray:
    """Give a column as an array of str objects, empty where the value is missing."""
    return object_array([cell if type(cell) is str else text_of(cell) for cell in as_cells(values)])


def fold(word: str) -> str:
    """Fold width and case and outer spaces, to look a word up in a table.

    Examples
    --------
    >>> fold(" ＴＥＬ ")
    'tel'
    """
    return unicodedata.normalize("NFKC", word).strip().casefold()


def broken_bytes(cells: Iterable[str]) -> np.ndarray:
    """Tell which texts hold a lone surrogate: bytes that did not fit the encoding."""
    texts = list(cells)
    if not _has_surrogate("".join(texts)):  # nearly always, and at once
        return np.zeros(len(texts), dtype=bool)
    return np.array([not text.isascii() and _has_surrogate(text) for text in texts], dtype=bool)


def masked(values: Sequence[str]) -> list[str]:
    """Mask personal data and give the first 80 characters, on one line, fit for a log."""
    from vocmine import text

    tidy = [" ".join(value[:400].encode("utf-8", "replace").decode("utf-8").split()) for value in values]
    distinct = list(dict.fromkeys(tidy))
    known = dict(zip(distinct, text.mask_pii(distinct), strict=True))
    return [known[value][:VALUE_CHARS] for value in tidy]


def masked_ids(ids: Sequence[str]) -> list[str]:
    """Mask ids that may be a phone number, a card or words; plain keys stay, so that their row can be found.

    Examples
    --------
    >>> masked_ids(["C-00012", "570306133677760513", "090-1234-5678"])
    ['C-00012', '570306133677760513', '[PHONE]']
    """
    doubtful = [i for i, key in enumerate(ids) if not _PLAIN_ID.fullmatch(key)]
    out = [key[:VALUE_CHARS] for key in ids]
    for i, value in zip(doubtful, masked([ids[i] for i in doubtful]), strict=True):
        out[i] = value
    return out


def whole_name(name: str) -> str:
    r"""Give a name that can be written: bytes and halves that are no character become the sign for a lost one.

    Examples
    --------
    >>> whole_name("a\udcc7") == "a\ufffd"
    True
    """
    return _SURROGATE.sub("\ufffd", name) if not name.isascii() else name


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
