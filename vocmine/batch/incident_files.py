"""Incidents as files: ``incidents.json`` for programs, exact; ``incidents.csv`` for people, flat."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from numbers import Integral
from pathlib import Path
from typing import Any

import pandas as pd

from vocmine.batch.state import read_versioned, write_json
from vocmine.csvfile import write_csv
from vocmine.errors import StoreError
from vocmine.frames import INCIDENT_COLUMNS, INCIDENTS
from vocmine.plaintext import plain
from vocmine.topics.tracking.incident import STATES, Incident

SCHEMA = 1  # of incidents.json; rises when an older reader could not read it
JSON_NAME, CSV_NAME = "incidents.json", "incidents.csv"
_PLACES = 6
_JOINED = " | "
_DAYS = tuple(column.name for column in INCIDENTS if column.dtype == "datetime")
_FLOATS = tuple(column.name for column in INCIDENTS if column.dtype == "float")
_COUNTS = tuple(column.name for column in INCIDENTS if column.dtype == "int")
_ADDED = ("n_low", "n_high")  # later than the others: an older file has none
_NESTED = ("channels", "apart")  # JSON in the table
_LISTS = ("topic_ids", "reasons", "words", "quotes", "merged", "contact_ids")
_TEXTS = tuple(column.name for column in INCIDENTS if column.dtype in ("string", "category")
               and column.name not in (*_NESTED, *_LISTS))


def write_incidents(home: Path, incidents: Sequence[Incident]) -> None:
    """Write incidents into a results folder, in place of those that were there: ``incidents.json``, ``incidents.csv``.

    Numbers are rounded to 6 places, p-values to 6 figures; days are written as YYYY-MM-DD. In the table what is
    several is joined by ``" | "``, channels and what sets an incident apart are JSON, and no cell is a live formula.

    Parameters
    ----------
    home : Path
        The results folder.
    incidents : sequence of Incident
        In the order in which they are to be listed.

    Raises
    ------
    StoreError
        If a file can't be replaced.

    Examples
    --------
    >>> import tempfile
    >>> day = pd.Timestamp("2026-10-12", tz="UTC")
    >>> one = Incident("i-1", "画面が真っ白", "Screen goes white", "open", day, day, day, day, 3, 2, 0.1)
    >>> with tempfile.TemporaryDirectory() as home:
    ...     write_incidents(Path(home), [one])
    ...     [(i.incident_id, i.first_day.date().isoformat()) for i in read_incidents(Path(home))]
    [('i-1', '2026-10-12')]
    """
    rows = [_plain_row(incident.to_row()) for incident in incidents]
    write_json(home / JSON_NAME, {"schema": SCHEMA, "incidents": rows})
    write_csv(home / CSV_NAME, pd.DataFrame([_flat(row) for row in rows], columns=list(INCIDENT_COLUMNS)))


def stored_incidents(incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """Give incidents as `read_incidents` gives them after `write_incidents`, without a file."""
    rows = json.loads(json.dumps([_plain_row(incident.to_row()) for incident in incidents]))
    return tuple(Incident.from_row(_read_row(row)) for row in rows)


def read_incidents(home: Path) -> tuple[Incident, ...]:
    """Read the incidents of a results folder from ``incidents.json``; none where there is no such file.

    Parameters
    ----------
    home : Path
        The results folder.

    Raises
    ------
    StoreError
        If the file is damaged, or a newer vocmine wrote it.
    """
    path = home / JSON_NAME
    data = read_versioned(path, SCHEMA, _damaged(path))
    if data is None:
        return ()
    try:
        return tuple(Incident.from_row(_read_row(row)) for row in data["incidents"])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise _damaged(path) from None


def _damaged(path: Path) -> StoreError:
    return StoreError("the incidents are damaged", where=str(path), hint="delete the file; the next run writes it anew")


def _plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row as JSON has it: days as text, what is not known as null, texts without what is no text."""
    out = {name: _plain_value(row[name]) for name in INCIDENT_COLUMNS if name not in _DAYS}
    for name in _DAYS:
        out[name] = None if pd.isna(row[name]) else f"{pd.Timestamp(row[name]):%Y-%m-%d}"
    out["apart"] = [{**_plain_value(a), "p_adjusted": _p_value(a["p_adjusted"])} for a in row["apart"]]
    return out


def _p_value(value: float) -> Any:
    """Keep six figures: six places would make every small one 0."""
    return _plain_number(value) if not math.isfinite(value) else float(f"{value:.{_PLACES - 1}e}")


def _plain_value(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {plain(str(key)): _plain_value(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain_value(inner) for inner in value]
    return None if value is None else _plain_number(value)


def _plain_number(value: Any) -> int | float | str | None:
    if isinstance(value, Integral):
        return int(value)
    if math.isinf(value):
        return str(float(value))  # JSON has no name for it, and `float` reads this one
    return None if math.isnan(value) else round(float(value), _PLACES) + 0.0  # no -0.0


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row as a table has it."""
    out = dict(row)
    for name in _NESTED:
        out[name] = json.dumps(row[name], ensure_ascii=False, sort_keys=True) if row[name] else ""
    for name in _LISTS:
        out[name] = _JOINED.join(map(str, row[name]))
    return out


def _read_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give back what `Incident.to_row` gave; whatever is missing or of another kind is an error."""
    row = {**dict.fromkeys(_ADDED), **row}
    out: dict[str, Any] = {name: row[name] for name in INCIDENT_COLUMNS}
    out |= {name: _day(row[name]) for name in _DAYS}
    out |= {name: float("nan") if row[name] is None else float(row[name]) for name in _FLOATS}
    out |= {name: int(row[name]) for name in _COUNTS}
    out |= {name: tuple(row[name]) for name in _LISTS}
    out["apart"] = tuple({**a, "p_adjusted": _number(a["p_adjusted"]), "usual": _number(a["usual"])}
                         for a in row["apart"])
    out["channels"] = {str(name): int(n) for name, n in row["channels"].items()}
    texts = [*(out[name] for name in _TEXTS), *(text for name in _LISTS if name != "topic_ids" for text in out[name])]
    if not all(isinstance(text, str) for text in texts) or out["state"] not in STATES:
        raise ValueError
    if any(out[name] is None for name in _DAYS if name != "until"):
        raise ValueError
    return out


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)


def _day(text: str | None) -> pd.Timestamp | None:
    return None if text is None else pd.Timestamp(text, tz="UTC")
