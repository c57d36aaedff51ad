"""What an adapter is: one system's export told by its names or keys, and folded into raw rows of contacts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from vocmine.contacts.reading import Notes


@dataclass(frozen=True)
class Probe:
    """What is known of a source before it is read.

    Parameters
    ----------
    name : str
        Name of the file.
    kind : str
        ``table`` (CSV, spreadsheet, Parquet, SQL, frame), ``json`` (one document, or one object a line as a list), or
        ``text``.
    columns : tuple of str
        Names of the columns of a table.
    document : any
        The parsed document.
    head : str
        The first 4,000 characters of a text file.
    """

    name: str
    kind: str
    columns: tuple[str, ...] = ()
    document: Any = None
    head: str = ""

    def has(self, *columns: str) -> bool:
        """Tell whether a table has all these columns, whatever their case."""
        there = {name.casefold() for name in self.columns}
        return self.kind == "table" and all(name.casefold() in there for name in columns)


@dataclass(frozen=True)
class Folded:
    """What an adapter made of a document or a text.

    Parameters
    ----------
    frame : DataFrame of shape (n, any)
        A row a contact, or a row a turn where the adapter's `turns` is set; known columns under the names of the
        contacts table (of turns: ``conversation_id, speaker, text, seconds, created_at``).
    records : list of dict, length n
        The record that each row came from, into which dotted names of a mapping reach; empty where there are none.
    rows : tuple of int, length n
        Line or number of the record in the source, from 1; 1 to n if empty.
    broken : list of (int, str, str)
        Records that are no contacts: number, code of `vocmine.contacts.rejects.CODES`, value.
    """

    frame: pd.DataFrame
    records: list[dict[str, Any]] = field(default_factory=list)
    rows: tuple[int, ...] = ()
    broken: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Adapter:
    """One system's export.

    Parameters
    ----------
    name : str
        As in ``format: zendesk``; also what ids of contacts belong to.
    title : str
        What people call it.
    example : str
        Three lines: where to export it, the command, what to know.
    recognises : callable
        Whether a `Probe` is such an export; must be sure, as it wins over everything but a told format.
    columns : mapping of str to str
        Of a table: column of the source -> column of the contacts table, compared without case. These win over common
        names; a mapping wins over these. ``""`` for a column that must not be taken for what its name says.
    constants : mapping of str to any
        Values of columns that such a source never has.
    channels : mapping of str to str
        Its names of channels.
    fold : callable, optional
        ``fold(document or text, notes) -> Folded`` for sources that are no tables.
    tidy : callable, optional
        ``tidy(frame, notes) -> frame`` for tables, chunk by chunk: raw columns in, raw columns out, row by row; it may
        drop rows (keeping the index of the others) if it notes how many and why.
    turns : bool
        Whether rows are turns of a conversation, to be folded as a transcript.
    usual_channel : str
        Channel of most of its contacts: what the line for a source without that column names.
    footer : re.Pattern, optional
        What is found in the lines below the rows of a table, which are then left out and counted.
    joins : callable, optional
        Of the first objects of a file with one a line: whether several lines make one contact, so that `fold` needs the
        whole file.
    """

    name: str
    title: str
    example: str
    recognises: Callable[[Probe], bool]
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    fold: Callable[[Any, Notes], Folded] | None = None
    tidy: Callable[[pd.DataFrame, Notes], pd.DataFrame] | None = None
    turns: bool = False
    usual_channel: str = ""
    footer: re.Pattern[str] | None = None
    joins: Callable[[list[dict[str, Any]]], bool] | None = None
