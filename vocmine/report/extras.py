"""What a report may also show: the inputs of its sections by name, and a few settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pandas as pd

from vocmine.errors import SettingsError
from vocmine.report.explore.source import READS
from vocmine.report.sections.registry import input_names


@dataclass(frozen=True, init=False)
class Extras:
    """What a report may also show.

    Parameters
    ----------
    title : str, optional
        Title of the page.
    timezone : str
        Where a day begins and ends.
    ranking : DataFrame, optional
        Order of the issues by what fixing them is worth: ``issue`` and any of ``rank, rank_low, rank_high``.
    history : (DataFrame, DataFrame), optional
        Contacts (``contact_id, created_at, channel``) and tags of a longer time that ends with the contacts of the
        report and holds them: weeks and growth are then shown over this time, all else over the contacts.
    inputs : mapping of str to object, optional
        Inputs of sections by name.
    **named
        The same by keyword: ``topics, alerts, timeline, outlook, hot_words, run, fixes, evaluation, audits, n_wanted,
        months, ledger, forecast, changes, units, journeys, aspects, discovered, risk, gaps, watch, narrowing,
        incidents, incident_timeline, set_aside, reliability, praise_products, praise_things,
        loyalty, guardrail, lineage, risk_segment, risk_plan``, ``issue_weeks`` (``week, issue, n_contacts,
        handle_hours, cost`` of whole weeks), and what other sections read. Each section (`vocmine.report.sections`)
        says what it reads; None is as good as not passed.

    Raises
    ------
    SettingsError
        If no section reads an input of that name.

    Examples
    --------
    >>> extras = Extras(title="Support in October", run={"read": 10, "rejected": 0})
    >>> extras.timezone, sorted(extras.inputs)
    ('UTC', ['run'])
    >>> Extras(month=None)
    Traceback (most recent call last):
        ...
    vocmine.errors.SettingsError: no section of the report reads this; ...
    """

    title: str | None
    timezone: str
    ranking: pd.DataFrame | None
    history: tuple[pd.DataFrame, pd.DataFrame] | None
    inputs: Mapping[str, Any]

    def __init__(
        self,
        *,
        title: str | None = None,
        timezone: str = "UTC",
        ranking: pd.DataFrame | None = None,
        history: tuple[pd.DataFrame, pd.DataFrame] | None = None,
        inputs: Mapping[str, Any] | None = None,
        **named: Any,
    ) -> None:
        merged = {**(inputs or {}), **named}
        _check_names(merged)
        kept = {name: value for name, value in merged.items() if value is not None}
        fields = {"title": title, "timezone": timezone, "ranking": ranking, "history": history}
        for name, value in {**fields, "inputs": kept}.items():
            object.__setattr__(self, name, value)


def _check_names(inputs: Mapping[str, Any]) -> None:
    known = sorted({*input_names(), *READS})
    for name in inputs:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            raise SettingsError(
                "no section of the report reads this", where="extras", got=name, expected=", ".join(known),
                hint=f"did you mean {near[0]}?" if near else None,
            )
