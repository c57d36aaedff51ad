"""What moves satisfaction, recommendation and repeats, last month against this one, and targets: for the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from vocmine.batch.bridges import days_to_compare
from vocmine.batch.contact_source import ContactSource
from vocmine.batch.period import Period, local_days
from vocmine.batch.shared_ids import without_shared_ids
from vocmine.csvfile import write_csv
from vocmine.drivers import (
    answering,
    drivers,
    gap,
    mean_gap,
    net_promoters,
    predicted_satisfaction,
    target_table,
)
from vocmine.drivers.outcomes import COLUMN_OF, OUTCOMES
from vocmine.settings import Settings

DRIVERS, GAPS = "drivers.csv", "driver_gaps.csv"
"""Names of the tables: what moves each outcome, and the parts of its gap from last month to this one."""

_NEEDED = (
    "contact_id", "created_at", "channel", "customer_id", "product", "team", "transfers", "wait_seconds",
    "first_response_seconds", "resolved", "csat", "nps",
)
_ENDS = ("first_before", "last_before", "first_after", "last_after")


def driver_inputs(
    store: ContactSource, settings: Settings, period: Period, months: pd.DataFrame | None
) -> dict[str, Any]:
    """Give what the report's sections on drivers and targets read.

    Parameters
    ----------
    store : ContactSource
        Contacts and tags.
    settings : Settings
        ``level``, ``repeat_days``, ``targets``.
    period : Period
        Contacts of the report.
    months : DataFrame or None
        Costs by month: they say which months there are.

    Returns
    -------
    dict
        ``drivers`` and ``targets``, as the sections of these names say; None for what can't be told.
    """
    contacts = _with_repeats(without_shared_ids(period.contacts), period.tags, settings)
    told = [name for name in OUTCOMES if contacts[COLUMN_OF[name]].notna().any()]
    tables = [drivers(contacts, period.tags, name, settings.level) for name in told]
    found = pd.concat([table for table in tables if len(table)], ignore_index=True) if any(map(len, tables)) else None
    gaps = _gaps(store, settings, months)
    inputs: dict[str, Any] = {"contributions": found, **(gaps or {})}
    if "csat" in told:
        inputs |= {
            "predicted": predicted_satisfaction(contacts, period.tags, settings.level),
            "answering": answering(contacts, period.tags, settings.level),
        }
    if "nps" in told:
        inputs["nps"] = net_promoters(contacts, period.tags, level=settings.level)
    some = {name: value for name, value in inputs.items() if value is not None}
    return {"drivers": some or None, "targets": _targets(contacts, period.tags, settings)}


def write_drivers(home: Path, inputs: dict[str, Any], period: Period) -> None:
    """Write ``drivers.csv`` and ``driver_gaps.csv``; without rows where nothing can be told."""
    found = inputs.get("drivers") or {}
    write_csv(home / DRIVERS, _dated(found.get("contributions"), period))
    write_csv(home / GAPS, found.get("parts", pd.DataFrame(columns=["outcome"])))


def _with_repeats(contacts: pd.DataFrame, tags: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    from vocmine.journeys import came_back

    return contacts.assign(came_back=came_back(contacts, tags, settings.repeat_days))


def _gaps(store: ContactSource, settings: Settings, months: pd.DataFrame | None) -> dict[str, pd.DataFrame] | None:
    """Split the gaps between the last two months that can be compared; None before there are two."""
    window = days_to_compare(store, months)
    if window is None:
        return None
    contacts, tags = store.read(window.before[0], window.after[1], columns=_NEEDED, kinds=("reason",))
    contacts = _with_repeats(without_shared_ids(contacts), tags, settings)
    day = local_days(contacts, store.timezone)
    before, after = ((day >= first) & (day <= last) for first, last in (window.before, window.after))
    days = dict(zip(_ENDS, (*window.before, *window.after), strict=True))
    made: dict[str, list[pd.DataFrame]] = {"size": [], "groups": [], "parts": []}
    for name in OUTCOMES:
        if not contacts[COLUMN_OF[name]].notna().any():
            continue
        made["size"].append(mean_gap(contacts, before, after, name, settings.level))
        for key, by in (("groups", "group"), ("parts", "driver")):
            made[key].append(gap(contacts, tags, before, after, name, settings.level, by=by))
    tables = {
        key: pd.concat([t for t in parts if len(t)], ignore_index=True).assign(**days)
        for key, parts in made.items()
        if any(map(len, parts))
    }
    return tables if "parts" in tables else None


def _targets(contacts: pd.DataFrame, tags: pd.DataFrame, settings: Settings) -> pd.DataFrame | None:
    if not settings.targets:
        return None
    from vocmine.journeys import standard_measures

    measures = standard_measures(contacts, tags, window_days=settings.repeat_days, level=settings.level)
    return target_table(contacts, settings.targets, measures, settings.level)


def _dated(table: pd.DataFrame | None, period: Period) -> pd.DataFrame:
    if table is None:
        return pd.DataFrame(columns=["outcome"])
    return table.assign(first_day=period.first, last_day=period.last)
