"""Which format a source has: told, or seen in its name and its content."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from vocmine.contacts.adapters.systems import adapters
from vocmine.contacts.addresses import is_address
from vocmine.contacts.arrow_frames import is_one_time
from vocmine.contacts.content_kinds import file_format
from vocmine.contacts.mapping_checks import known_formats
from vocmine.contacts.places import CONTACT_ENDINGS, Place, ending_of
from vocmine.contacts.reading import Notes
from vocmine.contacts.tables import sql_name
from vocmine.errors import ContactError, SettingsError
from vocmine.limits import DEFAULT_LIMITS, ReadingLimits

FOLDED = ("transcript", "social")
"""Formats that say what the rows of a table are, not how the file is written."""

_TEXTS = ("vtt", "srt", "line", "js")


@dataclass(frozen=True)
class Source:
    """One source: a path, an address or a frame, how it is written, its name in rejects, and what was told of it.

    Parameters
    ----------
    place : Path, str or frame
        Where it is.
    format : str
        ``csv, tsv, xlsx, jsonl, json, parquet, text, frame`` or ``sql``.
    name : str
        What to call it in messages.
    query : str
        The query, for a database.
    told : str
        ``transcript``, ``social`` or the name of a system, where the user says so; else empty.
    limits : ReadingLimits
        How much it may hold.
    """

    place: Any
    format: str
    name: str
    query: str = ""
    told: str = ""
    limits: ReadingLimits = DEFAULT_LIMITS


def check_format(format: str | None) -> None:  # noqa: A002
    """Raise SettingsError for a format that is not known."""
    if format is not None and format not in known_formats():
        raise SettingsError("unknown format", where="format", got=repr(format), expected=", ".join(known_formats()))


def is_frame(source: Any) -> bool:
    """Tell whether a source is a frame: of pandas, or of a library that hands over Arrow data (polars, DuckDB)."""
    return isinstance(source, pd.DataFrame) or hasattr(source, "__arrow_c_stream__")


def is_database(source: Any, format: str | None = None) -> bool:  # noqa: A002
    """Tell whether a source is a database address, such as ``sqlite:///calls.db``.

    Examples
    --------
    >>> [is_database(address) for address in ("postgresql+psycopg://me@db/crm", "s3://bucket/a.csv", "a.csv")]
    [True, False, False]
    """
    if format == "sql":
        return True
    return isinstance(source, str) and "://" in source and not is_address(source)


def choose_source(
    source: Any, format: str | None = None, query: str | None = None, notes: Notes | None = None  # noqa: A002
) -> Source:
    """Choose the format of a frame, a database or a local file, unless told.

    Parameters
    ----------
    source : frame, Place, path or address
        A frame, a file, or a database address.
    format : str, optional
        What the user says.
    query : str, optional
        The query, for a database.
    notes : Notes, optional
        Gets what was seen.

    Raises
    ------
    ContactError
        If the file is missing, or its format can't be told.
    SettingsError
        If the format is not known, or a database has no query.

    Examples
    --------
    >>> choose_source("sqlite:///calls.db", query="select 1").format
    'sql'
    """
    check_format(format)
    told = format if format in FOLDED or format in adapters() else ""
    if is_frame(source):
        whole = source.read_all() if is_one_time(source) else source  # a source is read twice
        return Source(whole, "frame", "frame", told=told or "")
    if is_database(source, format):
        if not query:
            raise SettingsError("a database needs a query", where="query", expected="select ... from ...")
        return Source(str(source), "sql", sql_name(str(source)), query)
    place = source if isinstance(source, Place) else _place(source)
    written = format if format and not told else _written(place, Notes() if notes is None else notes, bool(told))
    return Source(place.path, written, place.name, told=told or "")


def _place(source: Any) -> Place:
    path = Path(os.fspath(source))
    if path.is_dir():
        raise ContactError("this is a folder", where=str(path), expected="one or more contact files")
    if not path.is_file():
        raise ContactError("no such file", where=str(path))
    return Place(path, path.name, ending_of(path.name))


def _written(place: Place, notes: Notes, told: bool) -> str:
    """Tell how a file is written: by its content, where that is sure, else by its ending."""
    found = file_format(place.path, place.name, place.ending, notes)
    if found == "csv" and place.ending not in CONTACT_ENDINGS and not told:
        raise ContactError(
            "unknown ending", where=place.name, expected=", ".join(CONTACT_ENDINGS),
            hint="or name the format in the mapping (format: csv)",
        )
    return "text" if found in _TEXTS else found
