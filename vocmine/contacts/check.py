"""Check raw rows against the contacts table: accepted, or rejected with a code. Nothing in between, nothing lost."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pandas as pd

from vocmine.contacts.formats import choose_source, is_frame
from vocmine.contacts.identity import CallIds
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.readers import CHUNK_ROWS, Wanted, join_checked, read_checked, read_source
from vocmine.contacts.reading import Notes
from vocmine.contacts.rejects import Checked
from vocmine.contacts.rows import with_timezone
from vocmine.errors import ContactError


def check_contacts(
    frame: Any, mapping: Any = None, source: str = "frame", *, timezone: str | None = None
) -> Checked:
    """Check rows and sort them into contacts and rejects.

    Parameters
    ----------
    frame : DataFrame of shape (n, any), or path
        Raw rows, as a reader of pandas gives them; or a file, which is read by `iter_chunks`.
    mapping : ContactMapping, dict or path, optional
        Column of the source -> column of the table; see `ContactMapping`. Common names are recognised without.
    source : str
        Name of the source, for the rejects.
    timezone : str, optional
        Zone of times that name none, unless the mapping has its own; ``"Asia/Tokyo"`` if None.

    Returns
    -------
    Checked
        The index of the frame is kept; ``row`` of a reject counts from 1. Dates become UTC, durations seconds, channels
        one of the six. A handle time below zero or over 24 hours rejects the row, as a wrong minute is a wrong cost;
        any other optional cell that can't be read is left empty and listed in ``warnings``. An id that was accepted
        before rejects the row: the first one stays.

    Raises
    ------
    ContactError
        If a required column is missing altogether.
    SettingsError
        If the mapping is wrong.

    Examples
    --------
    >>> raw = pd.DataFrame({
    ...     "受付番号": ["a1", "a2", "a2"], "受付日時": ["2026/11/21 9:00", "令和8年1月2日", "昨日"],
    ...     "チャネル": ["電話", "LINE", "電話"], "本文": ["解約", "ありがとう", ""],
    ... })
    >>> checked = check_contacts(raw)
    >>> checked.contacts[["contact_id", "channel"]].values.tolist()
    [['a1', 'call'], ['a2', 'social']]
    >>> checked.rejected[["row", "column", "code"]].values.tolist()
    [[3, 'created_at', 'bad_date']]
    """
    if isinstance(frame, str | os.PathLike):
        return read_checked(frame, mapping, timezone=timezone)
    if not is_frame(frame):
        raise ContactError("no contacts here", where=source, got=type(frame).__name__, expected="a DataFrame or a path")
    told = ContactMapping.of(mapping)
    rows = max(len(frame), 1) if isinstance(frame, pd.DataFrame) else CHUNK_ROWS  # one chunk keeps the index
    wanted = Wanted(rows, with_timezone(told, timezone), timezone_told=told.timezone is not None)
    item = replace(choose_source(frame, told.source_format()), name=source)
    return join_checked(list(read_source(item, wanted, Notes(), CallIds(several=False))))
