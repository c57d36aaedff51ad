"""What can be wrong in a mapping: each mistake with the keys that lead to it and the nearest known name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vocmine.contacts.dates import check_timezone
from vocmine.contacts.handle_time import PARTS
from vocmine.contacts.judges.scale_headers import told_scale
from vocmine.contacts.units import UNIT_WORDS
from vocmine.errors import VocmineError
from vocmine.frames import CHANNELS, CONTACT_COLUMNS, FORMATS, SYSTEMS
from vocmine.yamlfile import nearest

KEYS = (
    "columns", "constants", "channels", "units", "speakers", "ignore", "timezone", "day_first", "max_text_chars",
    "format", "system", "sheets", "header_row", "records", "active_gap_minutes", "handle_includes_after_call",
)
JOINED = {"text": "\n", "agent_text": "\n", "created_at": " ", "agent_code": " > "}
"""Columns of the contacts table that several columns may go to, and what stands between their values."""

TURN_COLUMNS = ("conversation_id", "speaker", "seconds")
POST_COLUMNS = ("repost_of",)
PEOPLE_COLUMNS = ("email", "phone")
"""Columns by which a customer table finds a person; they are never stored."""

TARGETS = (*CONTACT_COLUMNS, *PARTS[:2], *TURN_COLUMNS, *POST_COLUMNS, *PEOPLE_COLUMNS, "agent_text")
_ROLES = ("customer", "agent", "bot")

Mistake = tuple[tuple[Any, ...], str]


def known_formats() -> tuple[str, ...]:
    """Give all formats that can be told: those of files, and the systems that have an adapter."""
    return tuple(dict.fromkeys((*FORMATS, *SYSTEMS)))


def mapping_mistakes(mapping: Mapping[Any, Any]) -> Iterator[Mistake]:
    """Give each mistake with the keys that lead to it.

    Examples
    --------
    >>> [mistake for _, mistake in mapping_mistakes({"columns": {"内容": "txt"}, "day_first": "yes"})]
    ["columns: 内容: unknown column 'txt', did you mean text?", 'day_first: must be true or false']
    """
    for key in mapping:
        if key not in KEYS:
            yield (key,), _nearest(str(key), KEYS, "unknown key")
    for key in ("columns", "constants", "channels", "units", "speakers"):
        if not isinstance(mapping.get(key, {}), Mapping):
            yield (key,), f"{key}: must be a table"
            return
    yield from _column_mistakes(mapping)
    for target in mapping.get("constants", {}):
        if target not in TARGETS:
            yield ("constants", target), "constants: " + _nearest(str(target), TARGETS, "unknown column", quote=True)
    for key, allowed, what in (("channels", CHANNELS, "unknown channel"), ("speakers", _ROLES, "unknown role")):
        for name, value in mapping.get(key, {}).items():
            if str(value) not in allowed:
                yield (key, name), f"{key}: {name}: {_nearest(str(value), allowed, what, quote=True)}"
    for name, unit in mapping.get("units", {}).items():
        if str(unit) not in UNIT_WORDS and told_scale(str(unit)) is None:
            yield ("units", name), f"units: {name}: {_nearest(str(unit), UNIT_WORDS, 'unknown unit', quote=True)}"
    yield from _plain_mistakes(mapping)
    yield from _switches(mapping)


def _column_mistakes(mapping: Mapping[Any, Any]) -> Iterator[Mistake]:
    used: dict[str, list[Any]] = {}
    for name, target in mapping.get("columns", {}).items():
        if isinstance(name, bool):  # a dict made by a YAML reader that takes No for false
            shown = "No or Off" if name is False else "Yes or On"
            what = f'YAML reads the bare key {shown} so; quote the key: "No": {target}'
            yield ("columns", name), f"columns: {name}: {what}"
        elif not isinstance(target, str) or target not in TARGETS:
            shown = _nearest(str(target), TARGETS, "unknown column", quote=True)
            yield ("columns", name), f"columns: {name}: {shown}"
        else:
            used.setdefault(target, []).append(name)
    for target, names in used.items():
        if len(names) > 1 and target not in JOINED:
            yield ("columns", names[-1]), f"columns: {len(names)} columns go to {target}, only one can"


def _plain_mistakes(mapping: Mapping[Any, Any]) -> Iterator[Mistake]:
    try:
        check_timezone(mapping.get("timezone") or "UTC")
    except VocmineError as error:
        yield ("timezone",), f"timezone: {error.got} is no time zone"
    for key, least in (("max_text_chars", 1), ("header_row", 0)):
        value = mapping.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
            yield (key,), f"{key}: must be a whole number above {least - 1}"
    gap = mapping.get("active_gap_minutes")
    if gap is not None and (isinstance(gap, bool) or not isinstance(gap, int | float) or not 0 <= gap <= 24 * 60):
        yield ("active_gap_minutes",), "active_gap_minutes: must be a number of 0 to 1440"
    if mapping.get("format") not in (None, *known_formats()):
        known = known_formats()
        yield ("format",), "format: " + _nearest(str(mapping["format"]), known, "unknown format", quote=True)


def _switches(mapping: Mapping[Any, Any]) -> Iterator[Mistake]:
    for key, unset in (("day_first", None), ("handle_includes_after_call", True)):
        if mapping.get(key, unset) is not unset and not isinstance(mapping[key], bool):
            yield (key,), f"{key}: must be true or false"
    for key in ("system", "records"):
        if not isinstance(mapping.get(key, ""), str | None):
            yield (key,), f"{key}: must be a name"
    for key in ("sheets", "ignore"):
        value = mapping.get(key, ())
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            yield (key,), f"{key}: must be a name or a list of names"


def _nearest(name: str, known: Iterable[str], what: str = "", quote: bool = False) -> str:
    near = nearest(name, known, cutoff=0.5)
    shown = f"{what} {name!r}" if quote else (f"{name}: {what}" if what else name)
    return shown + (f", did you mean {near}?" if near else "")
