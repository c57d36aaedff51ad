"""Check the rows of one chunk and turn them into contacts: every fault has a code, the first one rejects the row."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings, broken_bytes, fold, object_array
from vocmine.contacts.columns import known_columns
from vocmine.contacts.currencies import AmountCurrency
from vocmine.contacts.dates import DEFAULT_TIMEZONE, check_timezone, parse_dates
from vocmine.contacts.handle_time import INCLUDED, PARTS, with_handle_time
from vocmine.contacts.mapping import ContactMapping, check_names, rename_columns
from vocmine.contacts.mojibake import find_damaged, find_mojibake
from vocmine.contacts.rejects import Checked, join_rejects, reject_frame
from vocmine.contacts.seen import SeenIds
from vocmine.contacts.values import missing_words, parse_channels, parse_durations
from vocmine.frames import CONTACT_COLUMNS, CONTACTS, require_columns

MAX_HANDLE_SECONDS = 86_400.0  # a day: no contact is handled for longer
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


def with_timezone(mapping: ContactMapping, timezone: str | None) -> ContactMapping:
    """Give the mapping with a time zone: its own, else the one told, else that of Japan."""
    return replace(mapping, timezone=check_timezone(mapping.timezone or timezone or DEFAULT_TIMEZONE))


def check_rows(
    frame: pd.DataFrame,
    mapping: ContactMapping,
    source: str,
    rows: np.ndarray,
    seen: SeenIds | None = None,
    money: AmountCurrency | None = None,
) -> Checked:
    """Check one chunk; `rows` are its line numbers, `seen` and `money` the ids and currency of the chunks before."""
    targets = dict.fromkeys((*CONTACT_COLUMNS, *PARTS))
    columns = rename_columns(check_names(frame, source), mapping, source, rows, targets)
    columns, said = with_handle_time(columns, mapping.handle_includes_after_call)
    _check_required(columns, source)
    (AmountCurrency() if money is None else money).check(columns, source)
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
    if said and len(rows):
        about = "after_call_seconds" if said == INCLUDED else "handle_seconds"
        warnings = join_rejects([reject_frame(source, rows[:1], [""], [about], [said], [""]), warnings])
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
