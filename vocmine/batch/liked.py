"""Further tables of a results folder: praise, long contacts beside loyalty, the guardrail, risk by segment, lineage."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.batch.period import Period
from vocmine.batch.shared_ids import without_shared_ids
from vocmine.csvfile import write_csv
from vocmine.frames import TAG_COLUMNS
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.topics import TopicRegistry

_PLACES = 6
_FILES = {
    "praise_products": "praise_by_product.csv", "praise_things": "praise.csv", "loyalty": "handle_time_loyalty.csv",
    "guardrail": "guardrail.csv", "risk_segment": "risk_by_segment.csv", "risk_plan": "risk_by_plan.csv",
    "lineage": "topic_lineage.csv",
}


def liked_tables(
    contacts: pd.DataFrame, tags: pd.DataFrame, *, window_days: float = 7, level: float = 0.95
) -> dict[str, pd.DataFrame]:
    """Make the tables of praise, loyalty and risk by segment and plan that the contacts allow.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts and their tags.
    window_days : float
        A contact of the same customer within so many days is a repeat.
    level : float
        Level of the intervals.

    Returns
    -------
    dict of str to DataFrame
        Any of ``praise_products, praise_things, loyalty, risk_segment, risk_plan``; empty ones are left out.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "product": "A", "created_at": pd.Timestamp(0, tz="UTC")})
    >>> tags = pd.DataFrame({"contact_id": ["a"], "kind": "signal", "label": "praise"})
    >>> list(liked_tables(contacts, tags))
    ['praise_products']
    """
    from vocmine import journeys as j

    filled = {name for name in contacts if contacts[name].notna().any()}
    by = "product" if "product" in filled else None
    made = {"praise_things": j.praised_things(contacts, tags, by, level=level)}
    if by:
        made = {"praise_products": j.praise_by(contacts, tags, by, level), **made}
    if {"handle_seconds", "channel"} <= filled:
        made["loyalty"] = j.handle_time_loyalty(contacts, tags, window_days, level=level)
    for key in ("segment", "plan"):
        if {key, "customer_id"} <= filled:
            made[f"risk_{key}"] = j.at_risk_by(contacts, tags, key, level=level)
    return {name: table for name, table in made.items() if len(table)}


def all_liked(period: Period, settings: Settings, registry: TopicRegistry | None) -> dict[str, pd.DataFrame]:
    """Make the tables of this module for a period; those that nothing can be said in are left out.

    Parameters
    ----------
    period : Period
        Its contacts, without the handle times of open tabs, and the older days for the guardrail.
    settings : Settings
        Days of a repeat, level, time zone.
    registry : TopicRegistry or None
        Topics that are watched.
    """
    people, days, level = without_shared_ids(period.contacts), settings.repeat_days, settings.level
    made = {
        **liked_tables(people, period.tags, window_days=days, level=level), "lineage": lineage(registry),
        "guardrail": guardrail_table(
            period.older, people, period.tags, period.first, window_days=days, level=level, timezone=settings.timezone
        ),
    }
    return {name: table for name, table in made.items() if table is not None and len(table)}


def guardrail_table(
    before: tuple[pd.DataFrame, pd.DataFrame] | None, contacts: pd.DataFrame, tags: pd.DataFrame, first: str,
    *, window_days: float = 7, level: float = 0.95, timezone: str = "UTC",
) -> pd.DataFrame | None:
    """Hold the handle times and repeats of the period against those of as many days before it; None without these.

    Parameters
    ----------
    before : (DataFrame, DataFrame) or None
        Contacts and tags of older days, with ``handle_seconds`` and ``customer_id``.
    contacts, tags : DataFrame
        Of the period.
    first : str
        The first day of the period.
    window_days, level : float
        As for `vocmine.journeys.guardrail`.
    timezone : str
        Where a day begins.
    """
    from vocmine.journeys import guardrail

    needed = ["contact_id", "created_at", "channel", "customer_id", "handle_seconds"]
    if before is None or not set(needed) <= set(before[0]) or not set(needed) <= set(contacts):
        return None
    start = pd.Timestamp(first, tz=timezone)
    old = before[0].loc[before[0]["created_at"] >= start - (contacts["created_at"].max() - start), needed]
    if old["handle_seconds"].notna().sum() == 0 or contacts["handle_seconds"].notna().sum() == 0:
        return None
    both = pd.concat([old, contacts[needed]], ignore_index=True)
    reasons = [frame.loc[frame["kind"] == "reason", _columns(frame)] for frame in (before[1], tags)]
    table = guardrail(both, pd.concat(reasons, ignore_index=True), start, window_days, level)
    seen = (table["n_before"] > 0) & (table["n_after"] > 0)
    return table.loc[seen].reset_index(drop=True) if seen.any() else None


def _columns(tags: pd.DataFrame) -> list[str]:
    return [name for name in TAG_COLUMNS if name in tags and name in ("contact_id", "kind", "label", "score")]


def lineage(registry: TopicRegistry | None) -> pd.DataFrame | None:
    """Give where each watched topic came from and what became of it; None where all are there from the start.

    Returns
    -------
    DataFrame or None
        ``topic_id, name, n, first_day, last_day, origin, parents, into, is_open``; parents and heirs by name, the
        latest first.
    """
    if registry is None:
        return None
    topics = registry.topics
    names = dict(zip(topics["topic_id"].astype(int), topics["name"].astype(str), strict=True))
    moved = topics.loc[(topics["origin"] != "first") | ~topics["is_open"].astype(bool)]
    if moved.empty:
        return None
    out = moved[["topic_id", "name", "n", "first_day", "last_day", "origin", "parents", "into", "is_open"]].assign(
        **{key: moved[key].map(lambda ids: " / ".join(names[int(i)] for i in ids)) for key in ("parents", "into")},
        **{key: pd.to_datetime(moved[key]).dt.strftime("%Y-%m-%d") for key in ("first_day", "last_day")},
    )
    return out.sort_values(["first_day", "topic_id"], ascending=[False, True], ignore_index=True)


def write_liked(home: Path, tables: Mapping[str, pd.DataFrame | None]) -> dict[str, pd.DataFrame]:
    """Write the tables as CSV files, take away those of a table that is no longer made, and give the tables."""
    kept: dict[str, pd.DataFrame] = {}
    for name, file in _FILES.items():
        table = tables.get(name)
        if table is None or table.empty:
            (home / file).unlink(missing_ok=True)
            continue
        write_csv(home / file, table.round(dict.fromkeys(table.select_dtypes("float").columns, _PLACES)))
        kept[name] = table
    return kept
