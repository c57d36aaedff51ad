"""A mapping proposed for a file: what is recognised, what is guessed, and the lines that settle its doubts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from vocmine.contacts.found import find_columns
from vocmine.contacts.judges.companions import time_companion
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.opening import Opened, open_source
from vocmine.contacts.readers import CHUNK_ROWS, each_source
from vocmine.contacts.reading import Notes
from vocmine.contacts.rows import with_timezone
from vocmine.contacts.suggest import mapping_text, suggest_columns
from vocmine.contacts.survey import decide, table_adapter, targets_of
from vocmine.errors import ContactError
from vocmine.frames import CONTACT_COLUMNS


def suggest_mapping(
    source: Any, encoding: str | None = None, *,
    format: str | None = None,  # noqa: A002
    query: str | None = None, timezone: str | None = None,
) -> str:
    r"""Propose a mapping for a source as YAML, from its names, values and shapes; to be read, mended and kept.

    Parameters
    ----------
    source : path, frame or address
        As for `vocmine.contacts.read_contacts`; of several files the first.
    encoding, format, query, timezone
        As for `vocmine.contacts.read_contacts`.

    Returns
    -------
    str
        YAML with a remark on each line. It never holds customers' texts.

    Raises
    ------
    ContactError
        If the source can't be read at all.

    Examples
    --------
    >>> raw = pd.DataFrame({"key": ["a-1", "a-2"], "当日": ["2026/11/21 9:00", "2026/11/21 9:30"],
    ...                     "窓口": ["電話", "メール"], "備考欄": ["請求書が二重に届いています", "解約したいとのこと"]})
    >>> print(suggest_mapping(raw))
    # Suggested from the names and values of frame. Read it, mend it, keep it.
    columns:
      key: contact_id  # a different short value in each row
      当日: created_at  # dates in all rows
      窓口: channel  # names of channels in all rows
      備考欄: text  # texts of 11 characters on average
    """
    mapping = with_timezone(ContactMapping(), timezone)
    for item, notes in each_source([source], format, query):
        opened = open_source(item, CHUNK_ROWS, mapping, encoding, notes)
        frame = next((chunk.frame for chunk in opened.chunks(Notes()) if len(chunk.frame)), pd.DataFrame())
        names = [str(name) for name in frame]
        found = find_columns(names, mapping, targets_of(opened), item.name, table_adapter(opened))
        if (days := found.sources.get("created_at", ())) and len(days) == 1:
            others = {name: frame[name] for name in names if name not in days}
            clock = time_companion(days[0], frame[days[0]], others)
            found = found.joined("created_at", clock) if clock else found
        used = {name: target for target, of in found.sources.items() for name in of}
        rest = frame[[name for name in names if name not in used]]
        left = [name for name in CONTACT_COLUMNS if name not in found.sources]
        guessed = {guess.source: guess.target for guess in suggest_columns(rest, left)}
        lines = _settling(opened, replace(mapping, columns=guessed), notes)
        return mapping_text(item.name, frame, used, lines)
    raise ContactError("no contact files here", where=str(source), expected="one or more contact files")


def _settling(opened: Opened, mapping: ContactMapping, notes: Notes) -> list[str]:
    """Give the lines that settle what is doubtful, or what makes reading stop."""
    try:
        decide(opened, mapping, False, notes)
    except ContactError as error:
        return [error.hint or error.what, *(doubt.line for doubt in notes.doubts if doubt.line)]
    return [doubt.line for doubt in notes.doubts if doubt.line]
