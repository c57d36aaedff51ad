"""Inputs of the report beside costs and journeys: how data arrive, and time lines of customers who came again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from vocmine.batch.customer_lines import long_timelines
from vocmine.batch.staffing_tables import staffing_inputs
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.cost import CostModel


def reach_inputs(
    contacts: pd.DataFrame, tags: pd.DataFrame, settings: Settings, model: CostModel | None = None
) -> dict[str, pd.DataFrame]:
    """Make the inputs ``lags, timelines, staffing`` and ``shifts``; what the contacts do not allow is left out.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts of whole local days, without the handle times of open tabs and ids that many share, and their tags.
    settings : Settings
        Time zone, level, days of a repeat.
    model : CostModel, optional
        Rates.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": ["a"], "channel": ["email"], "customer_id": [None],
    ...     "created_at": pd.to_datetime(["2026-11-01"], utc=True)})
    >>> sorted(reach_inputs(contacts, pd.DataFrame(columns=["contact_id", "kind", "label", "score"]), Settings()))
    ['lags']
    """
    from vocmine.journeys import source_lags

    tables = {
        "lags": source_lags(contacts, timezone=settings.timezone),
        "timelines": long_timelines(contacts, tags, settings.repeat_days, settings.timezone),
        **staffing_inputs(contacts, tags, settings, model),
    }
    return {name: table for name, table in tables.items() if table is not None and len(table)}
