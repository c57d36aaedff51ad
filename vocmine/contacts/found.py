"""Which column of a source is which of the table: told in a mapping, known of a system, or recognised by its name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter
from vocmine.contacts.adapters.people import person_columns
from vocmine.contacts.cells import as_strings, object_array
from vocmine.contacts.code_columns import code_levels
from vocmine.contacts.headers import fold_header, header_table
from vocmine.contacts.judges.companions import hours_alone, with_colons
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.mapping_checks import JOINED
from vocmine.contacts.objects import joined_lists
from vocmine.contacts.units import without_unit
from vocmine.contacts.zones import without_zone
from vocmine.errors import ContactError

_TEXTS = ("text", "agent_text")
_LISTS = (list, tuple, np.ndarray)
_PARTS = {
    **{part: part for part in "年月日時分秒"}, "year": "年", "month": "月", "day": "日", "hour": "時", "minute": "分",
    "second": "秒",
}


@dataclass(frozen=True)
class FoundColumns:
    """Columns of a source for each column of the table.

    Parameters
    ----------
    sources : dict of str to tuple of str
        Columns of the source by the column of the table they go to; several where they are joined.
    why : dict of str to str
        Why, by the column of the table: ``mapping``, ``system``, ``same``, ``name`` or ``constant``.
    constants : dict of str to any
        Values of columns that the source does not have.
    """

    sources: dict[str, tuple[str, ...]]
    why: dict[str, str] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)

    def without(self, target: str) -> FoundColumns:
        """Give the same without one column of the table."""
        return replace(self, sources={name: used for name, used in self.sources.items() if name != target})

    def joined(self, target: str, *names: str) -> FoundColumns:
        """Give the same with further columns for one column of the table, taken from wherever they went before."""
        rest = {
            to: left for to, used in self.sources.items()
            if (left := tuple(name for name in used if name not in names or to == target))
        }
        return replace(self, sources={**rest, target: (*self.sources[target], *names)})

    def dated(self, day: str, time: str) -> FoundColumns:
        """Give the same with the day of the contacts in one column and their time of day in another."""
        return replace(self, sources={**self.sources, "created_at": (day,)}).joined("created_at", time)

    def used(self) -> set[str]:
        """Give the columns of the source that go somewhere."""
        return {name for names in self.sources.values() for name in names}


def find_columns(
    names: Sequence[str], mapping: ContactMapping, targets: Sequence[str], source: str, adapter: Adapter | None = None
) -> FoundColumns:
    """Find the columns of a source: what the mapping tells, then what a system is known for, then by common names.

    Parameters
    ----------
    names : sequence of str
        Columns of the source, each once.
    mapping : ContactMapping
        What is told.
    targets : sequence of str
        The columns to look for.
    source : str
        Name of the source, for messages.
    adapter : Adapter, optional
        The system that the source was recognised as.

    Raises
    ------
    ContactError
        If the mapping names columns that are not in the source.

    Examples
    --------
    >>> found = find_columns(["件名", "受付日時", "Contact ID", "Ticket ID"], ContactMapping.of({"件名": "text"}),
    ...                      ["contact_id", "created_at", "text", "customer_id"], "a.csv")
    >>> found.sources["contact_id"], found.sources["customer_id"], found.why["text"]
    (('Ticket ID',), ('Contact ID',), 'mapping')
    """
    _check_mapped(names, mapping, source)
    mapped = {name: target for name, target in mapping.columns.items() if name in names}
    sources: dict[str, tuple[str, ...]] = {}
    for name, to in mapped.items():
        sources[to] = (*sources.get(to, ()), name)
    why = dict.fromkeys(sources, "mapping")
    constants = dict(mapping.constants)
    free = _free_names(names, {*mapped, *mapping.ignore})
    if adapter is not None:
        known = {name.casefold(): target for name, target in adapter.columns.items()}
        for name in names:
            target = known.get(name.casefold())
            if target is None or name not in free.values():
                continue
            _take(free, name)
            if target and (target not in sources or (why.get(target) == "system" and target in JOINED)):
                sources[target] = (*sources.get(target, ()), name)
                why[target] = "system"
        constants = {**{to: value for to, value in adapter.constants.items() if to not in sources}, **constants}
    for name, target in person_columns(list(dict.fromkeys(free.values()))).items():
        _take(free, name)
        if target in targets and target not in sources and target not in constants:
            sources[target], why[target] = (name,), "name"
    is_open = "agent_code" in targets and "agent_code" not in {*sources, *constants, *names}
    if is_open and (levels := code_levels(list(dict.fromkeys(free.values())))):
        sources["agent_code"], why["agent_code"] = levels, "name"
    _by_name(names, free, targets, sources, why, constants)
    if "conversation_id" in targets:
        _key_of_turns(free, sources, why, constants)
    if "created_at" in targets and "created_at" not in sources and "created_at" not in constants:
        parts = _date_parts(free)
        if parts:
            sources["created_at"], why["created_at"] = parts, "name"
    why.update({target: "constant" for target in constants if target not in sources})
    kept = {target: value for target, value in constants.items() if target not in sources}
    order = dict.fromkeys([*targets, *sources])
    return FoundColumns({target: sources[target] for target in order if target in sources}, why, kept)


def rename_columns(frame: pd.DataFrame, found: FoundColumns, source: str, rows: np.ndarray) -> pd.DataFrame:
    """Give a chunk its columns of the table, raw as they are; the other columns of the source stay behind these.

    Columns of an agent's code stay too: they may be labels to learn from, or kept under their own names.

    Parameters
    ----------
    frame : DataFrame of shape (n, any)
        Raw rows.
    found : FoundColumns
        Which column is which; one that a chunk lacks is missing in all its rows.
    source : str
        Name of the source, for constants.
    rows : ndarray of int, shape (n,)
        Line of each row, for constants.

    Returns
    -------
    DataFrame of shape (n, any)
    """
    out = {target: _joined(frame, names, target, source) for target, names in found.sources.items()}
    for target, value in found.constants.items():
        out[target] = pd.Series(_constant(value, source, rows), index=frame.index, dtype=object)
    used = found.without("agent_code").used()
    for name in frame.columns:
        if name not in used and name != "agent_code":
            out[f"{name}_source" if name in out else str(name)] = frame[name]
    return pd.DataFrame(out, index=frame.index)


def _check_mapped(names: Sequence[str], mapping: ContactMapping, source: str) -> None:
    absent = [name for name in (*mapping.columns, *mapping.units, *mapping.ignore) if name not in names]
    if absent:
        near = {name: difflib.get_close_matches(name, names, n=1, cutoff=0.5) for name in absent}
        got = "; ".join(name + (f", did you mean {found[0]}?" if found else "") for name, found in near.items())
        raise ContactError(
            "the mapping names columns that are not there", where=source, got=got,
            expected=f"columns of the source: {', '.join(names)}"[:600],
        )


def _free_names(names: Sequence[str], taken: set[str]) -> dict[str, str]:
    """Give the columns to be found by name: folded, zones (``created_at_utc``) and units (``応対時間_秒``) left out."""
    left = [name for name in reversed(names) if name not in taken]
    found: dict[str, str] = {}
    for plain in (without_unit, without_zone, str):
        found.update({fold_header(plain(name)): name for name in left})
    return found


def _by_name(
    names: Sequence[str], free: dict[str, str], targets: Sequence[str], sources: dict[str, tuple[str, ...]],
    why: dict[str, str], constants: dict[str, Any],
) -> None:
    """Take the first shipped name that is there and free, for each column not found yet."""
    for target in targets:
        if target in sources or target in constants:
            continue
        if target in names and free.get(fold_header(target)) == target:
            sources[target], why[target] = (target,), "same"
            _take(free, target)
            continue
        for synonym in header_table().get(target, [target]):
            if fold_header(synonym) in free:
                sources[target], why[target] = (free[fold_header(synonym)],), "name"
                _take(free, free[fold_header(synonym)])
                break


def _key_of_turns(
    free: dict[str, str], sources: dict[str, tuple[str, ...]], why: dict[str, str], constants: dict[str, Any]
) -> None:
    """Take the id of a contact for that of the conversation where turns have no other."""
    if "conversation_id" in sources or "conversation_id" in constants:
        return
    if "contact_id" in sources:
        sources["conversation_id"], why["conversation_id"] = sources.pop("contact_id"), why.pop("contact_id")
    else:
        _by_name(list(free.values()), free, ("contact_id",), sources, why, constants)
        if "contact_id" in sources:
            _key_of_turns(free, sources, why, constants)


def _joined(frame: pd.DataFrame, names: tuple[str, ...], target: str, source: str) -> pd.Series:
    there = [name for name in names if name in frame]
    if not there:
        return pd.Series([None] * len(frame), index=frame.index, dtype=object)
    if len(there) == 1:
        return _plain(frame[there[0]], target, source)
    columns: list[np.ndarray] = []
    for name in there:
        column = _plain(frame[name], target, source)
        columns.append(_of_a_time(column, not columns) if target == "created_at" else as_strings(column))
    glue = JOINED[target]
    rows = [glue.join(part for part in parts if part.strip()) for parts in zip(*columns, strict=True)]
    return pd.Series(rows, index=frame.index, dtype=object)


def _date_parts(free: Mapping[str, str]) -> tuple[str, ...]:
    """Give the columns of year, month and day, and of hour and minute where there are any."""
    by_part: dict[str, str] = {}
    for folded, name in free.items():
        if folded in _PARTS:
            by_part.setdefault(_PARTS[folded], name)
    return tuple(by_part[part] for part in "年月日時分秒" if part in by_part) if {*"年月日"} <= {*by_part} else ()


def _of_a_time(column: pd.Series, first: bool) -> np.ndarray:
    """Give a part of a point in time as texts: the day first, then the time of day, which may be 0915, or a zone."""
    name = str(column.name)
    part = _PARTS.get(fold_header(name), "時" if not first and hours_alone(name, column) else None)
    if part is not None:
        words = [text.strip() for text in as_strings(column)]
        return object_array([word + part if word.isdigit() else word for word in words])
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        days = bool((column.dropna() == column.dropna().dt.normalize()).all())
        column = column.dt.strftime("%Y-%m-%d" if days else "%Y-%m-%d %H:%M:%S")
    texts = as_strings(column)
    return texts if first else object_array([with_colons(text.strip()) for text in texts])


def _take(free: dict[str, str], name: str) -> None:
    for key in [key for key, value in free.items() if value == name]:
        del free[key]


def _plain(column: pd.Series, target: str, source: str) -> pd.Series:
    """Join lists in the cells of a text by line breaks; no list of objects becomes a text."""
    if target not in _TEXTS or column.dtype != object or not any(isinstance(cell, _LISTS) for cell in column):
        return column
    cells = joined_lists(column.tolist(), str(column.name), source)
    return pd.Series(cells, index=column.index, name=column.name, dtype=object)


def _constant(value: Any, source: str, rows: np.ndarray) -> list[Any]:
    if not isinstance(value, str) or "{" not in value:
        return [value] * len(rows)
    return [value.replace("{source}", source).replace("{row}", str(row)) for row in rows]
