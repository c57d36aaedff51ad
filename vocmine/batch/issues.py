"""From the stored contacts of a period to issue costs and the report."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from vocmine.batch.ledger import Ledger
from vocmine.batch.state import write_csv, write_json
from vocmine.errors import ContactError
from vocmine.settings import Settings

_PLACES = {
    "n_contacts": 3,
    "n_low": 1,
    "n_high": 1,
    "handle_hours": 3,
    "share": 6,
    "imputed_share": 6,
    "repeat_share": 6,
}
_NAMES = "labels.json"


@dataclass(frozen=True)
class Period:
    """The contacts and tags that the costs and the report are about, first and last day included."""

    contacts: pd.DataFrame
    tags: pd.DataFrame
    first: str
    last: str


def keep_names(home: Path, names: dict[str, Any]) -> None:
    """Keep the names of the reasons beside the tags, so that a report can be written again without the taxonomy."""
    write_json(home / _NAMES, names)


def read_period(home: Path, ledger: Ledger, days: int) -> Period:
    """Read the last days of a results folder.

    Raises
    ------
    ContactError
        If the folder has no contacts.
    """
    stored = ledger.days()
    if not stored:
        raise ContactError("there are no contacts to report on", where=str(home), expected="a folder of `vocmine run`")
    last = stored[-1]
    first = str((pd.Timestamp(last) - pd.Timedelta(days=days - 1)).date())
    contacts, tags = ledger.read(first, last)
    path = home / _NAMES
    tags.attrs.update(json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})
    return Period(contacts, tags, max(first, stored[0]), last)


def cost_period(period: Period, settings: Settings, costs: Any, audit: pd.DataFrame | None) -> pd.DataFrame:
    """Cost the issues of a period, with the share of repeats and what could be avoided.

    Parameters
    ----------
    costs : CostModel or None
        Hours only if None.
    """
    from vocmine.cost import CostModel, CostOptions, issue_costs
    from vocmine.journeys import chains

    model = costs if costs is not None else CostModel.hours_only()
    untimed = _untimed(period.contacts, model)
    if untimed:
        assumed = {**model.assumed_handle_seconds, **dict.fromkeys(untimed, 0.0)}
        model = dataclasses.replace(model, assumed_handle_seconds=assumed)
    linked = None
    if "customer_id" in period.contacts and period.contacts["customer_id"].notna().any():
        linked = chains(period.contacts, period.tags, window_days=settings.repeat_days)
    table = issue_costs(
        period.contacts,
        period.tags,
        model,
        audit=audit,
        level=settings.level,
        seed=settings.seed,
        options=CostOptions(chains=linked, demand=period.tags.attrs.get("demand")),
    )
    if untimed:
        note = f"no handle time was ever measured for {', '.join(untimed)}: these contacts count as 0 hours"
        table.attrs["untimed_channels"] = untimed
        table.attrs["note"] = "; ".join(filter(None, (table.attrs.get("note"), note)))
    if set(untimed) >= set(period.contacts["channel"].dropna().unique()):
        table["handle_hours"] = float("nan")
    return table


def _untimed(contacts: pd.DataFrame, model: Any) -> list[str]:
    """Name the channels whose handle time nobody knows: they must not stop the daily job, and are said."""
    timed = set(contacts.loc[contacts["handle_seconds"].notna(), "channel"]) | set(model.assumed_handle_seconds)
    return sorted(set(contacts["channel"].dropna().unique()) - timed)


def write_costs(home: Path, table: pd.DataFrame, period: Period) -> None:
    """Write the issue costs with the period they are about."""
    flat = table.round({k: v for k, v in _PLACES.items() if k in table})
    money = [name for name in ("cost", "cost_low", "cost_high", "cost_per_contact", "avoidable_cost") if name in table]
    flat[money] = flat[money].round(2)
    write_csv(home / "issue_costs.csv", flat.assign(first_day=period.first, last_day=period.last))


def write_report(home: Path, period: Period, costs: pd.DataFrame, settings: Settings, run: dict[str, Any]) -> list[str]:
    """Write ``report.html`` and ``report.xlsx`` and give the findings as sentences.

    Parameters
    ----------
    run : dict
        What the run read, accepted and rejected by code, for the page that says how far to trust the figures.
    """
    from vocmine.batch.outputs import read_alerts, read_topics
    from vocmine.report import Extras, build_report
    from vocmine.topics import hot_words

    alerts = read_alerts(home)
    first = pd.Timestamp(period.first, tz="UTC")
    extras = Extras(
        alerts=alerts[alerts["day"] >= first].reset_index(drop=True) if len(alerts) else None,
        hot_words=hot_words(period.contacts, top=60) if len(period.contacts) else None,
        run=run,
        title=settings.title,
        timezone=settings.timezone,
        **read_topics(home),
    )
    report = build_report(period.contacts, period.tags, costs, lang=settings.lang, extras=extras)
    report.to_html(home / "report.html")
    report.to_xlsx(home / "report.xlsx")
    return list(report.findings)


def cost_and_report(
    home: Path, ledger: Ledger, settings: Settings, *, costs: Any, audit: pd.DataFrame | None, run: dict[str, Any]
) -> list[str]:
    """Cost the issues of the last days, write the tables and the report, and give the findings."""
    period = read_period(home, ledger, settings.period_days)
    table = cost_period(period, settings, costs, audit)
    write_costs(home, table, period)
    return write_report(home, period, table, settings, run)
