"""The column table as data, and the typing of accepted rows by it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings, fold, object_array
from vocmine.contacts.dates import parse_dates
from vocmine.contacts.values import (
    by_distinct,
    parse_booleans,
    parse_durations,
    parse_numbers,
    parse_satisfaction,
    parse_words,
    value_table,
)
from vocmine.frames import CONTACT_COLUMNS, CONTACTS, Column

__all__ = ["CONTACTS", "CONTACT_COLUMNS", "known_columns", "string_series"]

_NUMBERS = {
    "csat": parse_satisfaction, "handle_seconds": parse_durations, "after_call_seconds": parse_durations,
    "wait_seconds": parse_durations, "first_response_seconds": parse_durations,
}
_MONEY = ("cost_extra",)
_PEOPLE = ("customer_id", "agent_id")
_NO_NUMBER = re.compile(r"0+|-1|9{5,}")
_DONE = ("contact_id", "created_at", "channel", "text")
_PANDAS_STRINGS = int(pd.__version__.split(".")[0]) >= 3


@dataclass
class Typed:
    """Typed columns of the accepted rows, and the cells left empty: (column, code, positions)."""

    index: pd.Index
    values: dict[str, pd.Series] = field(default_factory=dict)
    warnings: list[tuple[str, str, np.ndarray]] = field(default_factory=list)

    def put(self, name: str, cells: np.ndarray) -> None:
        """Store a column of texts; None is missing."""
        self.values[name] = string_series(cells, self.index)

    def warn(self, name: str, code: str, where: np.ndarray) -> None:
        """Note cells that were left empty."""
        if where.any():
            self.warnings.append((name, code, np.flatnonzero(where)))

    def ordered(self) -> dict[str, pd.Series]:
        """Give the known columns in the order of the table, then the others in that of the source."""
        names = [name for name in CONTACT_COLUMNS if name in self.values]
        return {name: self.values[name] for name in [*names, *(n for n in self.values if n not in CONTACT_COLUMNS)]}


def string_series(cells: np.ndarray, index: pd.Index) -> pd.Series:
    """Make a column of texts, of the same dtype whatever is in it."""
    return pd.Series(cells, index=index, dtype="str" if _PANDAS_STRINGS else object)


def known_columns(
    columns: pd.DataFrame, texts: dict[str, np.ndarray], good: np.ndarray, missing: frozenset[str]
) -> Typed:
    """Type the optional columns of the accepted rows, and carry all other columns of the source along.

    Parameters
    ----------
    columns : DataFrame
        The columns of a chunk under the names of the table.
    texts : dict of str to ndarray
        The same as texts.
    good : ndarray of int
        Positions of the accepted rows.
    missing : frozenset of str
        Folded words that stand for no value.
    """
    out = Typed(columns.index[good])
    for column in CONTACTS:
        if column.name in columns and column.name not in _DONE:
            _type_column(out, column, columns[column.name].iloc[good], texts[column.name][good], missing)
    for name in columns:
        if name not in CONTACT_COLUMNS:
            out.values[str(name)] = _other(columns[name].iloc[good])
    return out


def _type_column(out: Typed, column: Column, raw: pd.Series, texts: np.ndarray, missing: frozenset[str]) -> None:
    folded = by_distinct(texts, fold).tolist()
    empty = np.array([text in missing for text in folded], dtype=bool)
    if column.dtype in ("float", "int"):
        _type_number(out, column, raw, empty)
    elif column.dtype == "bool":
        flags = parse_booleans(raw)
        unread = np.asarray(pd.isna(flags))
        out.warn(column.name, "bad_boolean", unread & ~empty)
        out.values[column.name] = pd.Series(flags, index=out.index, dtype="boolean")
    elif column.dtype == "datetime":
        times = parse_dates(raw)
        out.warn(column.name, "bad_time", np.asarray(times.isna()) & ~empty)
        out.values[column.name] = pd.Series(times, index=out.index)
    elif column.name == "lang":
        words = parse_words(raw, "languages")
        out.warn(column.name, "unknown_language", np.asarray(pd.isna(words)) & ~empty)
        out.put(column.name, words)
    else:
        words = object_array([text.strip() for text in texts])
        words[empty | (_nobody(folded) if column.name in _PEOPLE else False)] = None
        out.put(column.name, words)


def _type_number(out: Typed, column: Column, raw: pd.Series, empty: np.ndarray) -> None:
    numbers = _NUMBERS.get(column.name, parse_numbers)(raw)
    unread = np.isnan(numbers)
    if column.dtype == "int":
        unread |= ~unread & (numbers != np.round(numbers))
    outside = ~unread & ((numbers < _or(column.low, -np.inf)) | (numbers > _or(column.high, np.inf)))
    out.warn(column.name, "bad_number", unread & ~empty)
    below = outside & (numbers < 0) & (column.name in _MONEY)  # a refund booked with its sign: it must not get lost
    out.warn(column.name, "negative_amount", below)
    out.warn(column.name, "out_of_range", outside & ~below)
    series = pd.Series(np.where(unread | outside, np.nan, numbers), index=out.index)
    out.values[column.name] = series.astype("Int64") if column.dtype == "int" else series


def _nobody(folded: list[str]) -> np.ndarray:
    """Tell which ids stand for no one in particular: taken as a person, they would have come again and again."""
    words = frozenset(fold(word) for word in value_table()["nobody"])
    return np.array([text in words or _NO_NUMBER.fullmatch(text) is not None for text in folded], dtype=bool)


def _or(bound: float | None, default: float) -> float:
    return default if bound is None else bound


def _other(raw: pd.Series) -> pd.Series:
    """Columns of no fixed type become texts, so that their dtype does not depend on the chunk."""
    if raw.dtype != object:
        return raw
    cells = [text.encode("utf-8", "replace").decode("utf-8") or None for text in as_strings(raw)]
    return string_series(object_array(cells), raw.index)
