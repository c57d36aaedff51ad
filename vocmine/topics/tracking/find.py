"""Incidents of contacts in one call: a registry sees each day, and what it finds is completed from the contacts."""

from __future__ import annotations

import pandas as pd

from vocmine.text import as_analysed
from vocmine.topics.monitoring.registry import TopicRegistry
from vocmine.topics.tracking.account import Sources, completed
from vocmine.topics.tracking.incident import incidents_frame


def incidents(
    contacts: pd.DataFrame, tags: pd.DataFrame | None = None, *, registry: TopicRegistry | None = None,
    ledger: pd.DataFrame | None = None, timezone: str = "UTC", seed: int = 0, level: float = 0.95,
) -> pd.DataFrame:
    """Find what broke: related alerts as one incident each, with its contacts counted to the last day.

    Parameters
    ----------
    contacts : contacts frame
        All days, those before anything broke too: two weeks of them at least. With ``product, product_version,
        segment, plan, region, team`` it is said what sets an incident apart.
    tags : DataFrame, optional
        Tags of the contacts, for the reasons of an incident.
    registry : TopicRegistry, optional
        One that has seen these contacts already; a new one sees them day by day if None.
    ledger : DataFrame, optional
        ``issue_costs(..., options=CostOptions(ledger=True)).ledger``: what each contact costs.
    timezone : str
        Where the days begin; that of the registry where one is given.
    seed : int
        Of a new registry.
    level : float
        Of the intervals.

    Returns
    -------
    DataFrame
        Columns `vocmine.frames.INCIDENTS`; what goes on comes first, then what has most contacts.
        `vocmine.topics.tracking.incident.incidents_of` reads the rows as `Incident`.

    Raises
    ------
    ContactError
        If a column is missing or a contact has no id or date.

    Examples
    --------
    >>> frame = pd.DataFrame({"contact_id": ["a"], "text": ["返金してほしい"], "created_at": pd.Timestamp(0, tz="UTC")})
    >>> incidents(frame)[["incident_id", "n_contacts"]].values.tolist()
    []
    """
    analysed = as_analysed(contacts)
    frame = contacts.assign(**{name: analysed[name] for name in ("lang", "text_clean", "terms")})
    if registry is None:
        registry = TopicRegistry(seed=seed, timezone=timezone)
        registry.update(frame)
    sources = Sources(frame, tags, ledger, registry.timezone, level)
    return incidents_frame(completed(registry.book, sources))
