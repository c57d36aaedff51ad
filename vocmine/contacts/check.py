"""Check raw rows against the contacts table: accepted, or rejected with a code. Nothing in between, nothing lost."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings, broken_bytes, fold, object_array
from vocmine.contacts.columns import known_columns
from vocmine.contacts.dates import DEFAULT_TIMEZONE, check_timezone, parse_dates
from vocmine.contacts.mapping import ContactMapping, check_names, rename_columns
from vocmine.contacts.mojibake import find_damaged, find_mojibake
from vocmine.contacts.rejects import Checked, join_rejects, reject_frame
from vocmine.contacts.seen import SeenIds
from vocmine.contacts.values import missing_words, parse_channels, parse_durations
from vocmine.errors import ContactError
from vocmine.frames import CONTACT_COLUMNS, CONTACTS, require_columns

MAX_HANDLE_SECONDS = 86_400.0
_REQUIRED = tuple(column.name for column in CONTACTS if column.required)
_ID_MISSING = frozenset({"", "nan", "null", "none", "n/a", "#n/a", "<na>", "nat"})


@dataclass
class _Parsed:
    """The columns of a chunk as texts, and what was read from them."""

    texts: dict[str, np.ndarray]
    created_at: pd.DatetimeIndex
    channel: np.ndarray
    handle_seconds: np.ndarray
    max_text_chars: int


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
        from vocmine.contacts.readers import read_checked

        return read_checked(frame, mapping, timezone=timezone)
    if not isinstance(frame, pd.DataFrame):
        raise ContactError("no contacts here", where=source, got=type(frame).__name__, expected="a DataFrame or a path")
    told = with_timezone(ContactMapping.of(mapping), timezone)
    return check_rows(frame, told, source, np.arange(1, len(frame) + 1))


def with_timezone(mapping: ContactMapping, timezone: str | None) -> ContactMapping:
    """Give the mapping with a time zone: its own, else the one told, else that of Japan."""
    return replace(mapping, timezone=check_timezone(mapping.timezone or timezone or DEFAULT_TIMEZONE))


def check_rows(
    frame: pd.DataFrame, mapping: ContactMapping, source: str, rows: np.ndarray, seen: SeenIds | None = None
) -> Checked:
    """Check one chunk; `rows` are its line numbers, `seen` the ids of the chunks before."""
    columns = rename_columns(check_names(frame, source), mapping, source, rows)
    _check_required(columns, source)
    parsed = _parse(columns, mapping)
    code, column = _first_faults(parsed, len(frame))
    good = np.flatnonzero(code == "")
    again = good[(SeenIds() if seen is None else seen).add(parsed.texts["contact_id"][good])]
    code[again], column[again] = "duplicate_id", "contact_id"
    bad = np.flatnonzero(code != "")
    value = [parsed.texts[column[i]][i] for i in bad]
    ids = parsed.texts["contact_id"][bad].tolist()
    rejected = reject_frame(source, rows[bad], ids, column[bad].tolist(), code[bad].tolist(), value)
    contacts, warnings = _accept(columns, parsed, np.flatnonzero(code == ""), source, rows)
    return Checked(contacts, rejected, warnings)


def _check_required(columns: pd.DataFrame, source: str) -> None:
    missing = [name for name in _REQUIRED if name not in columns]
    if not missing:
        return
    extra = [name for name in columns if name not in CONTACT_COLUMNS]
    near = {name: difflib.get_close_matches(name, list(map(str, extra)), n=1, cutoff=0.6) for name in missing}
    guesses = [f"{found[0]} for {name}?" for name, found in near.items() if found]
    hint = "name them in a mapping (本文: text) or give constants (constants: {channel: call})"
    require_columns(columns, _REQUIRED, source, hint=" ".join([hint, *guesses]))


def _parse(columns: pd.DataFrame, mapping: ContactMapping) -> _Parsed:
    texts = {name: as_strings(columns[name]) for name in CONTACT_COLUMNS if name in columns}
    ids = [text.strip() for text in texts["contact_id"]]
    texts["contact_id"] = object_array(["" if fold(text) in _ID_MISSING else text for text in ids])
    handle = columns["handle_seconds"] if "handle_seconds" in columns else np.full(len(columns), np.nan)
    return _Parsed(
        texts, parse_dates(columns["created_at"], mapping.timezone or DEFAULT_TIMEZONE, mapping.day_first),
        parse_channels(columns["channel"], mapping.channels), parse_durations(handle), mapping.max_text_chars,
    )


def _first_faults(parsed: _Parsed, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Code and column of the first fault of each row, in a fixed order; empty where there is none."""
    texts = parsed.texts["text"]
    length = np.fromiter(map(len, texts), dtype="int64", count=n)
    broken = [(name, "wrong_encoding", broken_bytes(cells)) for name, cells in parsed.texts.items()]
    faults = [
        *broken,
        ("contact_id", "missing_id", parsed.texts["contact_id"] == ""),
        ("created_at", "bad_date", np.asarray(parsed.created_at.isna())),
        ("channel", "unknown_channel", np.asarray(pd.isna(parsed.channel))),
        ("text", "empty_text", np.array([not _visible(text) for text in texts], dtype=bool)),
        ("text", "text_too_long", length > parsed.max_text_chars),
        ("text", "mojibake", find_mojibake(object_array([text[:2000] for text in texts]))),
        ("handle_seconds", "negative_handle_time", parsed.handle_seconds < 0),
        ("handle_seconds", "absurd_handle_time", parsed.handle_seconds > MAX_HANDLE_SECONDS),
    ]
    code, column = np.full(n, "", dtype=object), np.full(n, "", dtype=object)
    for name, label, where in faults:
        first = where & (code == "")
        code[first], column[first] = label, name
    return code, column


def _visible(text: str) -> bool:
    return any(not c.isspace() and c not in "\u200b\u200c\u200d\u2060\ufeff\x00\u00ad" for c in text)


def _accept(
    columns: pd.DataFrame, parsed: _Parsed, good: np.ndarray, source: str, rows: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Type the accepted rows; list the cells that had to be left empty."""
    out = known_columns(columns, parsed.texts, good, missing_words())
    out.values["created_at"] = pd.Series(parsed.created_at[good], index=columns.index[good])
    out.put("channel", parsed.channel[good])
    out.put("contact_id", parsed.texts["contact_id"][good])
    out.put("text", parsed.texts["text"][good])
    out.warn("text", "damaged_text", find_damaged(parsed.texts["text"][good]))
    frame = pd.DataFrame(out.ordered(), index=columns.index[good])
    ids = parsed.texts["contact_id"][good]
    warnings = [
        reject_frame(source, rows[good[at]], ids[at].tolist(), [name] * len(at), [code] * len(at),
                     parsed.texts[name][good[at]].tolist())
        for name, code, at in out.warnings
    ]
    return frame, join_rejects(warnings).sort_values("row", kind="stable", ignore_index=True)
