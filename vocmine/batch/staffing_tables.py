"""Agents needed by hour and what a shift of channels saves, for the report and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.cost import CostModel

ROUTE = ("call", "chat")
"""The shift that is worked out for every run; others are asked for with `vocmine shift`."""

_MOVED = 0.1  # share that moves: an example, which the page states


def staffing_inputs(
    contacts: pd.DataFrame, tags: pd.DataFrame, settings: Settings, model: CostModel | None
) -> dict[str, pd.DataFrame]:
    """Make the inputs ``staffing`` and ``shifts`` of a report; what the contacts do not allow is left out.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts of whole local days, without the handle times of open tabs, and their tags.
    settings : Settings
        Target, shrinkage, time zone, level, days of a repeat.
    model : CostModel or None
        Rates; no shift without.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": ["a"], "channel": ["email"], "handle_seconds": [300.0],
    ...     "created_at": pd.to_datetime(["2026-11-01"], utc=True)})
    >>> staffing_inputs(contacts, pd.DataFrame(columns=["contact_id", "kind", "label", "score"]), Settings(), None)
    {}
    """
    from vocmine.cost import ServiceTarget, channel_gains, staffing_by_hour
    from vocmine.journeys import channel_returns

    if contacts.empty or "handle_seconds" not in contacts:
        return {}
    usual = dict(model.concurrency) if model is not None else {}
    target = ServiceTarget(settings.staffing_level, settings.staffing_seconds, settings.staffing_shrinkage, usual)
    tables = {"staffing": staffing_by_hour(contacts, target, timezone=settings.timezone, level=settings.level)}
    if model is not None and model.numerator != "hours" and set(ROUTE) <= set(contacts["channel"].dropna()):
        back = channel_returns(contacts, tags, (ROUTE[1], ROUTE[0]), settings.repeat_days, settings.level)
        tables["shifts"] = channel_gains(
            contacts, tags, model, ROUTE, returns=back, share=_MOVED, level=settings.level
        ).assign(share_moved=_MOVED)
    return {name: table for name, table in tables.items() if len(table)}
