"""Incidents of a results folder: what the registry found, completed from the stored contacts, and written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from vocmine.batch.contact_source import ContactSource
from vocmine.batch.incident_files import write_incidents
from vocmine.batch.period import Period
from vocmine.csvfile import read_csv, write_csv
from vocmine.results import IssueCosts
from vocmine.topics import TopicRegistry
from vocmine.topics.tracking.account import TIMELINE_COLUMNS, Sources, completed, incident_timeline
from vocmine.topics.tracking.incident import Incident

DAYS_FILE = "incident_days.csv"
_PLACES = 6
_COLUMNS = (
    "contact_id", "created_at", "channel", "text", "customer_id", "product", "product_version", "segment", "plan",
    "team",
)


def find_incidents(
    home: Path, store: ContactSource, registry: TopicRegistry | None, period: Period, costs: IssueCosts
) -> tuple[Incident, ...]:
    """Complete the incidents of the registry and write them with their days; none where no topics are kept.

    Parameters
    ----------
    home : Path
        The results folder.
    store : ContactStore
        Its contacts and tags.
    registry : TopicRegistry, optional
    period : Period
        Contacts and tags that the report is about; days before it are read where an incident began earlier.
    costs : IssueCosts
        Of the period, with their ledger.
    """
    found, days = completed_incidents(store, registry, period, costs)
    if found or (home / DAYS_FILE).exists():
        write_csv(home / DAYS_FILE, flat_days(days))
    write_incidents(home, found)
    return found


def completed_incidents(
    source: ContactSource, registry: TopicRegistry | None, period: Period, costs: IssueCosts
) -> tuple[tuple[Incident, ...], pd.DataFrame]:
    """Complete the incidents of a registry and give them with their days; nothing is written."""
    if registry is None or not registry.book.records:
        return (), pd.DataFrame(columns=list(TIMELINE_COLUMNS))
    contacts, tags = _since(source, registry, period)
    sources = Sources(contacts, tags, costs.ledger, source.timezone, costs.level)
    return completed(registry.book, sources), incident_timeline(registry.book)


def flat_days(days: pd.DataFrame) -> pd.DataFrame:
    """Give the days of incidents as they are stored."""
    return days.assign(day=days["day"].astype(str).str[:10]).round(_PLACES)


def read_incident_days(home: Path) -> pd.DataFrame:
    """Read the days of the incidents of a results folder; an empty frame where there are none."""
    return stored_days(read_csv(home / DAYS_FILE, TIMELINE_COLUMNS))


def stored_days(table: pd.DataFrame) -> pd.DataFrame:
    """Read the days of incidents from the texts of their table."""
    numbers = {name: pd.to_numeric(table[name]) for name in TIMELINE_COLUMNS[2:]}
    return table.assign(day=pd.to_datetime(table["day"], utc=True), **numbers)


def _since(store: ContactSource, registry: TopicRegistry, period: Period) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the contacts and reasons since the first day of the oldest incident that is watched."""
    first = min(record.first_day for record in registry.book.records)
    start = str(pd.Timestamp(first, unit="D").date())
    columns = [name for name in (*_COLUMNS, "text_clean") if name in period.contacts]
    contacts, tags = period.contacts[columns], period.tags[period.tags["kind"] == "reason"]
    if start >= period.first:
        return contacts, tags
    before = str((pd.Timestamp(period.first) - pd.Timedelta(days=1)).date())
    stored = [name for name in _COLUMNS if name in store.own_columns]
    older, labels = store.read(start, before, columns=stored, kinds=("reason",))
    joined = pd.concat([older.reindex(columns=columns), contacts], ignore_index=True)
    return joined, pd.concat([labels, tags], ignore_index=True)
