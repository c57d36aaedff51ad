"""From the columns of a source to those of the contacts table: told in a mapping, or recognised by common names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd
import yaml

from vocmine.contacts.cells import as_strings, fold
from vocmine.contacts.dates import check_timezone
from vocmine.contacts.handle_time import PARTS
from vocmine.contacts.units import in_seconds
from vocmine.errors import ContactError, SettingsError, VocmineError
from vocmine.frames import CHANNELS, CONTACT_COLUMNS, FORMATS
from vocmine.yamlfile import YamlFile, nearest, read_yaml

_KEYS = (
    "columns", "constants", "channels", "timezone", "day_first", "max_text_chars", "format",
    "handle_includes_after_call",
)
_JOINED = {"text": "\n", "agent_text": "\n", "created_at": " "}
TURN_COLUMNS = ("conversation_id", "speaker", "seconds")
POST_COLUMNS = ("repost_of",)
_TARGETS = (*CONTACT_COLUMNS, *PARTS[:2], *TURN_COLUMNS, *POST_COLUMNS, "agent_text")
_DURATIONS = ("handle_seconds", "wait_seconds", "seconds", *PARTS)


@dataclass(frozen=True)
class ContactMapping:
    """How the columns and values of a source become those of the contacts table.

    Parameters
    ----------
    columns : dict of str to str
        Column of the source -> column of the table. Several columns may go to ``text`` (joined by line breaks) and to
        ``created_at`` (a date and a time of day).
    constants : dict of str to object
        Value of a column the source does not have. ``{source}`` and ``{row}`` stand for the name of the source and the
        line: ``contact_id: "{source}-{row}"``.
    channels : dict of str to str
        Further names of channels: ``店頭: call``.
    timezone : str, optional
        Zone of times that name none; wins over the one told to the reader, as it belongs to the source.
    day_first : bool
        Whether 03/04/2026 is the third of April.
    max_text_chars : int
        Longer texts are rejected.
    format : str, optional
        Format of the source where the ending of its name does not say it: ``transcript`` (a row a turn; also chosen
        where a column goes to ``conversation_id``), ``social`` (where one goes to ``repost_of``), ``zendesk``.
    handle_includes_after_call : bool
        Whether a column of handle time (AHT) has after-call work in it already; if not, it is added. See
        `with_handle_time`.

    Examples
    --------
    >>> ContactMapping.of({"本文": "text", "受付日時": "created_at"}).columns["本文"]
    'text'
    >>> ContactMapping.of({"columns": {"本文": "txt"}, "chanels": {}})
    Traceback (most recent call last):
    vocmine.errors.SettingsError: 2 mistakes in the mapping; ...unknown column 'txt', did you mean text?...
    """

    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    timezone: str | None = None
    day_first: bool = False
    max_text_chars: int = 50_000
    format: str | None = None
    handle_includes_after_call: bool = True

    @classmethod
    def of(cls, mapping: Any = None) -> ContactMapping:
        """Make a mapping from a YAML file, a dict or nothing.

        Parameters
        ----------
        mapping : ContactMapping, dict, path or None
            Either flat (``{"本文": "text"}``), or with the keys ``columns``, ``constants``, ``channels``, ``timezone``,
            ``day_first``, ``max_text_chars``, ``format``, ``handle_includes_after_call``; columns may also stand
            beside these keys.

        Raises
        ------
        SettingsError
            With all mistakes at once and the nearest known name of each.
        """
        if isinstance(mapping, ContactMapping):
            return mapping
        file = read_yaml(mapping, "mapping") if isinstance(mapping, str | os.PathLike) else YamlFile("mapping", mapping)
        where, mapping = file.path, file.value
        if mapping is None:
            mapping = {}
        if not isinstance(mapping, Mapping):
            got = type(mapping).__name__
            raise SettingsError("the mapping is no table", where=where, got=got, expected="本文: text")
        if not any(isinstance(value, Mapping) for value in mapping.values()) and not set(mapping) & set(_KEYS):
            mapping = {"columns": mapping}
        mapping = _gathered(mapping)
        mistakes = [*file.twice, *(_with_line(file, *found) for found in _mistakes(mapping))]
        if mistakes:
            raise SettingsError(
                f"{len(mistakes)} mistake{'s' * (len(mistakes) > 1)} in the mapping", where=where,
                got="; ".join(mistakes), expected=f"keys {', '.join(_KEYS)}; columns of the contacts table",
            )
        fields: dict[str, Any] = {k: dict(v) if isinstance(v, Mapping) else v for k, v in mapping.items()}
        return cls(**fields)


    def source_format(self) -> str | None:
        """Give the format that the mapping tells, or that its columns can only mean.

        Examples
        --------
        >>> ContactMapping.of({"会話ID": "conversation_id", "発言": "text"}).source_format()
        'transcript'
        """
        targets = set(self.columns.values())
        folded = "transcript" if "conversation_id" in targets else "social" if "repost_of" in targets else None
        return self.format or folded


@cache
def header_table() -> dict[str, list[str]]:
    """Give the shipped names of columns (``data/headers.yaml``)."""
    data = resources.files("vocmine.contacts").joinpath("data/headers.yaml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = yaml.safe_load(data)
    return table


def fold_header(name: str) -> str:
    """Fold a column name for comparing: width, case, spaces, hyphens, underscores, dots, and what is in brackets."""
    return re.sub(r"[\s_\-.・:/※*]", "", re.sub(r"[(\[【<].*?[)\]】>]", "", fold(name)))


def check_names(frame: pd.DataFrame, source: str) -> pd.DataFrame:
    """Give the frame with its column names as str, each of them once."""
    names = [str(name).lstrip("\ufeff") for name in frame.columns]
    double = sorted({name for name in names if names.count(name) > 1})
    if double:
        got = ", ".join(double)
        raise ContactError("column names that stand twice", where=source, got=got, expected="each name once")
    return frame.set_axis(names, axis=1)


def rename_columns(
    frame: pd.DataFrame, mapping: ContactMapping, source: str, rows: np.ndarray,
    targets: Iterable[str] = CONTACT_COLUMNS,
) -> pd.DataFrame:
    """Rename the columns of a source, join those that go together, add the constants; other columns stay behind these.

    Parameters
    ----------
    frame : DataFrame
        Raw rows, any dtype.
    mapping : ContactMapping
        What is told; the rest is recognised by common names.
    source : str
        Name of the source, for messages and constants.
    rows : ndarray of int, shape (n,)
        Line of each row, for constants.
    targets : iterable of str
        The columns to look for.

    Raises
    ------
    ContactError
        If the mapping names columns that are not in the source.
    """
    mapped = {name: target for name, target in mapping.columns.items() if name in frame.columns}
    absent = [name for name in mapping.columns if name not in frame.columns]
    if absent:
        raise ContactError(
            "the mapping names columns that are not there", where=source,
            got="; ".join(_nearest(name, list(map(str, frame.columns))) for name in absent),
            expected=f"columns of the source: {', '.join(map(str, frame.columns))}"[:600],
        )
    sources = _found(frame, mapped, mapping, tuple(targets))
    used = {name for names in sources.values() for name in names}
    out = {target: _joined(frame, names, target) for target, names in sources.items()}
    for target, value in mapping.constants.items():
        if target not in out:
            out[target] = pd.Series(_constant(value, source, rows), index=frame.index, dtype=object)
    for name in frame.columns:
        if name not in used:
            out[f"{name}_source" if name in out else str(name)] = frame[name]
    return pd.DataFrame(out, index=frame.index)


def _found(
    frame: pd.DataFrame, mapped: dict[str, str], mapping: ContactMapping, targets: tuple[str, ...]
) -> dict[str, list[str]]:
    """Columns of the source for each target, mapped ones first."""
    sources: dict[str, list[str]] = {}
    for name, target in mapped.items():
        sources.setdefault(target, []).append(name)
    free = {fold_header(str(name)): name for name in reversed(list(frame.columns)) if name not in mapped}
    for target in targets:
        if target in sources or target in mapping.constants:
            continue
        if target in frame.columns and target not in mapped:
            sources[target] = [target]
            free.pop(fold_header(target), None)
            continue
        for synonym in header_table().get(target, [target]):
            if fold_header(synonym) in free:
                sources[target] = [free.pop(fold_header(synonym))]
                break
    return {target: sources[target] for target in dict.fromkeys([*targets, *sources]) if target in sources}


def _joined(frame: pd.DataFrame, names: list[str], target: str) -> pd.Series:
    if len(names) == 1:
        return in_seconds(frame[names[0]], names[0]) if target in _DURATIONS else frame[names[0]]
    columns = []
    for name in names:
        column = frame[name]
        if target == "created_at" and pd.api.types.is_datetime64_any_dtype(column.dtype):
            column = column.dt.strftime("%Y-%m-%d")
        columns.append(as_strings(column))
    glue = _JOINED[target]
    rows = [glue.join(part for part in parts if part.strip()) for parts in zip(*columns, strict=True)]
    return pd.Series(rows, index=frame.index, dtype=object)


def _constant(value: Any, source: str, rows: np.ndarray) -> list[Any]:
    if not isinstance(value, str) or "{" not in value:
        return [value] * len(rows)
    return [value.replace("{source}", source).replace("{row}", str(row)) for row in rows]


def _with_line(file: YamlFile, keys: tuple[Any, ...], mistake: str) -> str:
    """Put the line before a mistake; columns that stand beside the keys have theirs at the top."""
    line = file.line(*keys) or file.line(*keys[1:])
    return f"line {line}: {mistake}" if line else mistake


def _gathered(mapping: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Bring columns that stand beside the keys (``本文: text``, then ``constants: ...``) under ``columns``."""
    flat = {name: target for name, target in mapping.items() if name not in _KEYS and target in _TARGETS}
    columns = mapping.get("columns", {})
    if not flat or not isinstance(columns, Mapping):
        return mapping
    rest = {name: value for name, value in mapping.items() if name not in flat}
    return {**rest, "columns": {**flat, **columns}}


def _mistakes(mapping: Mapping[Any, Any]) -> Iterable[tuple[tuple[Any, ...], str]]:
    """Give each mistake with the keys that lead to it."""
    for key in mapping:
        if key not in _KEYS:
            yield (key,), _nearest(str(key), _KEYS, "unknown key")
    for key in ("columns", "constants", "channels"):
        if not isinstance(mapping.get(key, {}), Mapping):
            yield (key,), f"{key}: must be a table"
            return
    used: dict[str, list[Any]] = {}
    for name, target in mapping.get("columns", {}).items():
        if not isinstance(target, str) or target not in _TARGETS:
            shown = _nearest(str(target), _TARGETS, "unknown column", quote=True)
            yield ("columns", name), f"columns: {name}: {shown}"
            continue
        used.setdefault(target, []).append(name)
    for target, names in used.items():
        if len(names) > 1 and target not in _JOINED:
            yield ("columns", names[-1]), f"columns: {len(names)} columns go to {target}, only one can"
    for target in mapping.get("constants", {}):
        if target not in _TARGETS:
            yield ("constants", target), "constants: " + _nearest(str(target), _TARGETS, "unknown column", quote=True)
    for name, channel in mapping.get("channels", {}).items():
        if str(channel) not in CHANNELS:
            shown = _nearest(str(channel), CHANNELS, "unknown channel", quote=True)
            yield ("channels", name), f"channels: {name}: {shown}"
    yield from _plain_mistakes(mapping)


def _plain_mistakes(mapping: Mapping[Any, Any]) -> Iterable[tuple[tuple[Any, ...], str]]:
    try:
        check_timezone(mapping.get("timezone") or "UTC")
    except VocmineError as error:
        yield ("timezone",), f"timezone: {error.got} is no time zone"
    if not isinstance(mapping.get("day_first", False), bool):
        yield ("day_first",), "day_first: must be true or false"
    if not isinstance(mapping.get("handle_includes_after_call", True), bool):
        yield ("handle_includes_after_call",), "handle_includes_after_call: must be true or false"
    limit = mapping.get("max_text_chars", 1)
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        yield ("max_text_chars",), "max_text_chars: must be a whole number above 0"
    if mapping.get("format") not in (None, *FORMATS):
        yield ("format",), "format: " + _nearest(str(mapping["format"]), FORMATS, "unknown format", quote=True)


def _nearest(name: str, known: Iterable[str], what: str = "", quote: bool = False) -> str:
    near = nearest(name, known, cutoff=0.5)
    shown = f"{what} {name!r}" if quote else (f"{name}: {what}" if what else name)
    return shown + (f", did you mean {near}?" if near else "")
