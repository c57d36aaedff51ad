"""The frame of incidents, checked at the door, and what other numbers need of it: whose contacts are whose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from vocmine.report.inputs import ids_of, need
from vocmine.report.summary import AsidePart

_NEEDED = ("incident_id", "name_ja", "name_en", "state", "first_day", "last_day", "as_of", "n_contacts", "n_people")
OVER = "over"
"""State of an incident that has ended."""


def check_incidents(incidents: pd.DataFrame | None) -> pd.DataFrame | None:
    """Give the incidents, those that go on first, the larger before the smaller; None where there are none.

    Raises
    ------
    SettingsError
        If a column is missing.
    """
    if incidents is None or len(incidents) == 0:
        return None
    need(incidents, _NEEDED, "incidents", "columns as of vocmine.frames.INCIDENTS")
    table = incidents.assign(incident_id=incidents["incident_id"].astype(str), _over=incidents["state"] == OVER)
    table = table.sort_values(["_over", "n_contacts", "incident_id"], ascending=[True, False, True], kind="stable")
    return table.drop(columns="_over").reset_index(drop=True)


def open_contacts(incidents: pd.DataFrame | None) -> Mapping[str, str]:
    """Give the incident of each contact of those that go on; a contact of two belongs to the first.

    Examples
    --------
    >>> table = pd.DataFrame({"incident_id": ["i", "k"], "state": ["open", "over"], "contact_ids": [("a",), ("b",)]})
    >>> open_contacts(table)
    {'a': 'i'}
    """
    if incidents is None or "contact_ids" not in incidents:
        return {}
    found: dict[str, str] = {}
    for row in incidents.loc[incidents["state"] != OVER].to_dict("records"):
        for contact in ids_of(row["contact_ids"]):
            found.setdefault(contact, str(row["incident_id"]))
    return found


def owners(incidents: pd.DataFrame | None, column: str) -> Mapping[Any, str]:
    """Give the incident of each value of a column of tuples, such as ``topic_ids``; the first incident has it.

    Examples
    --------
    >>> owners(pd.DataFrame({"incident_id": ["i", "k"], "topic_ids": [(4, 7), (7,)]}), "topic_ids")
    {4: 'i', 7: 'i'}
    """
    if incidents is None or column not in incidents:
        return {}
    found: dict[Any, str] = {}
    for row in incidents.to_dict("records"):
        for value in items_of(row[column]):
            found.setdefault(value, str(row["incident_id"]))
    return found


def items_of(cell: Any) -> tuple[Any, ...]:
    """Read a cell of several values; none where it is empty.

    Examples
    --------
    >>> items_of((1, 2)), items_of(None), items_of(float("nan"))
    ((1, 2), (), ())
    """
    return () if cell is None or isinstance(cell, float | str) else tuple(cell)


def parts_of_incidents(ids: pd.Series, incident_of: Mapping[str, str]) -> tuple[AsidePart, ...]:
    """Count the contacts of each incident among some contacts, the largest first.

    Examples
    --------
    >>> parts_of_incidents(pd.Series(["a", "b", "c"]), {"a": "i", "c": "i"})
    (AsidePart(incident_id='i', n=2),)
    """
    counts = ids.map(dict(incident_of)).value_counts() if len(incident_of) else pd.Series(dtype=int)
    rows = sorted(((str(key), int(n)) for key, n in counts.items()), key=lambda row: (-row[1], row[0]))
    return tuple(AsidePart(key, n) for key, n in rows)
