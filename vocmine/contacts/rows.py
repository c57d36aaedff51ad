"""Check the rows of one chunk and turn them into contacts: every fault has a code, the first one rejects the row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings, broken_bytes, fold, object_array
from vocmine.contacts.channels import parse_channels
from vocmine.contacts.columns import known_columns
from vocmine.contacts.currencies import AmountCurrency
from vocmine.contacts.dates import DEFAULT_TIMEZONE, check_timezone
from vocmine.contacts.handle_time import INCLUDED, PARTS, with_handle_time
from vocmine.contacts.headers import fold_header, known_headers
from vocmine.contacts.identity import SystemIds, content_hashes
from vocmine.contacts.judges.ids import destroyed_ids
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.mojibake import find_damaged, find_mojibake
from vocmine.contacts.plan import ReadingPlan
from vocmine.contacts.rejects import Checked, join_rejects, reject_frame
from vocmine.contacts.suggest import suggest_lines
from vocmine.contacts.talk_cells import with_talks_split
from vocmine.contacts.values import missing_words, parse_durations
from vocmine.frames import CONTACT_COLUMNS, CONTACTS, require_columns

MAX_HANDLE_SECONDS = 86_400.0  # a day: no contact is handled for longer
_REQUIRED = tuple(column.name for column in CONTACTS if column.required)
_ID_MISSING = frozenset({"", "nan", "null", "none", "n/a", "#n/a", "<na>", "nat", "\\n", "(null)"})
# How systems, not people, write that there is none; somebody may say null, or be called so.
_NO_TEXT = frozenset({"NULL", "\\N", "(null)", "(NULL)", "NaN", "NaT", "<NA>", "#N/A", "(blank)", "(空白)", "（空白）"})
_LONGEST_NOTHING = max(map(len, _NO_TEXT))
_MISSING_CHARS = 8  # longer ids are none of these, whatever their width


@dataclass
class _Parsed:
    """The columns of a chunk as texts, and what was read from them."""

    texts: dict[str, np.ndarray]
    created_at: pd.DatetimeIndex
    far: np.ndarray
    channel: np.ndarray
    handle_seconds: np.ndarray
    max_text_chars: int


def with_timezone(mapping: ContactMapping, timezone: str | None) -> ContactMapping:
    """Give the mapping with a time zone: its own, else the one told, else that of Japan."""
    return replace(mapping, timezone=check_timezone(mapping.timezone or timezone or DEFAULT_TIMEZONE))


def check_rows(
    frame: pd.DataFrame,
    plan: ReadingPlan,
    rows: np.ndarray,
    seen: SystemIds | None = None,
    money: AmountCurrency | None = None,
) -> Checked:
    """Check one chunk; `rows` are its line numbers, `seen` and `money` the ids and currency of the chunks before."""
    raw = with_talks_split(plan.raw(frame, rows), plan.speakers)
    columns, said = with_handle_time(plan.typed(raw), plan.handle_includes_after_call)
    _check_required(columns, plan)
    (AmountCurrency() if money is None else money).check(columns, plan.source)
    parsed = _parse(raw, columns, plan)
    code, column = _first_faults(parsed, len(frame))
    good = np.flatnonzero(code == "")
    again = good[_again(parsed, good, SystemIds() if seen is None else seen)]
    code[again], column[again] = "duplicate_id", "contact_id"
    bad = np.flatnonzero(code != "")
    value = [parsed.texts[column[i]][i] for i in bad]
    ids = parsed.texts["contact_id"][bad].tolist()
    rejected = reject_frame(plan.source, rows[bad], ids, column[bad].tolist(), code[bad].tolist(), value)
    contacts, warnings = _accept(columns, parsed, np.flatnonzero(code == ""), plan.source, rows)
    if said and len(rows):
        about = "after_call_seconds" if said == INCLUDED else "handle_seconds"
        warnings = join_rejects([reject_frame(plan.source, rows[:1], [""], [about], [said], [""]), warnings])
    return Checked(contacts, rejected, warnings)


def _check_required(columns: pd.DataFrame, plan: ReadingPlan) -> None:
    missing = [name for name in _REQUIRED if name not in columns]
    if not missing:
        return
    extra = [str(name) for name in columns if name not in (*CONTACT_COLUMNS, *PARTS)]
    told = [plan.hints[name] for name in missing if name in plan.hints]
    open_ = [name for name in missing if name not in plan.hints]
    guessed = suggest_lines(columns[extra], open_)
    found = {line.rpartition(": ")[2] for line in guessed}
    near = [
        f"{close[0]}: {name}" for name in open_ if name not in found and name != "contact_id"
        and (close := [one for one in extra if one.startswith(f"{name}.")] or get_close_matches(name, extra, 1, 0.6))
    ]
    lines = list(dict.fromkeys([*told, *near, *guessed]))
    hint = "name them in a mapping (本文: text) or give constants (constants: {channel: call})"
    hint += ("; perhaps " + ", ".join(lines) if lines else "") + ("; " + plan.hints[""] if "" in plan.hints else "")
    require_columns(columns, _REQUIRED, plan.source, hint=hint)


def _parse(raw: pd.DataFrame, columns: pd.DataFrame, plan: ReadingPlan) -> _Parsed:
    texts = {
        name: as_strings(raw[name] if name in raw else columns[name]) for name in CONTACT_COLUMNS if name in columns
    }
    ids = [text.strip() for text in texts["contact_id"]]
    missing = [len(text) <= _MISSING_CHARS and fold(text) in _ID_MISSING for text in ids]
    texts["contact_id"] = object_array(["" if gone else text for text, gone in zip(ids, missing, strict=True)])
    handle = columns["handle_seconds"] if "handle_seconds" in columns else np.full(len(columns), np.nan)
    created = pd.DatetimeIndex(columns["created_at"])
    rule = plan.dates.get("created_at")
    micros = created.as_unit("us").asi8
    far = np.zeros(len(created), bool) if rule is None or rule.bounds is None else rule.bounds.doubted(micros)
    return _Parsed(
        texts, created, far, parse_channels(columns["channel"], plan.channels),
        parse_durations(handle), plan.max_text_chars,
    )


def _first_faults(parsed: _Parsed, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Code and column of the first fault of each row, in a fixed order; empty where there is none."""
    texts = parsed.texts["text"]
    length = np.fromiter(map(len, texts), dtype="int64", count=n)
    broken = [(name, "wrong_encoding", broken_bytes(cells)) for name, cells in parsed.texts.items()]
    faults = [
        *broken,
        ("contact_id", "repeated_header", _names_again(parsed)),
        ("contact_id", "missing_id", parsed.texts["contact_id"] == ""),
        ("contact_id", "destroyed_id", destroyed_ids(parsed.texts["contact_id"])),
        ("created_at", "bad_date", np.asarray(parsed.created_at.isna())),
        ("created_at", "doubtful_date", parsed.far),
        ("channel", "unknown_channel", np.asarray(pd.isna(parsed.channel))),
        ("text", "empty_text", np.array([not _says_something(text) for text in texts], dtype=bool)),
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


def _names_again(parsed: _Parsed) -> np.ndarray:
    """Tell which rows are column names: of the next page of a report, or in a second language."""
    again = np.asarray(parsed.created_at.isna()) & np.asarray(pd.isna(parsed.channel))
    for i in np.flatnonzero(again):
        cells = [parsed.texts[name][i] for name in _REQUIRED if name in parsed.texts]
        again[i] = sum(len(cell) < 60 and fold_header(cell) in known_headers() for cell in cells) * 2 > len(cells)
    return again


def _again(parsed: _Parsed, good: np.ndarray, seen: SystemIds) -> np.ndarray:
    """Tell which good rows have come before."""
    ids = parsed.texts["contact_id"][good]
    if not seen.wants_contents:
        return seen.add(ids)
    text = parsed.texts["text"][good]
    return seen.add(ids, content_hashes(ids, parsed.created_at[good], parsed.channel[good], text))


def _says_something(text: str) -> bool:
    if len(text) <= _LONGEST_NOTHING and text in _NO_TEXT:
        return False
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
