"""All that a report is made of, gathered from a results folder: costs, months, changes, journeys, audits, topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.batch import bridges, changes, measures, monthly
from vocmine.batch.audit_files import Audits, labels_to_ids, usable_audit
from vocmine.batch.code_months import update_code_costs
from vocmine.batch.codes import code_tables
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.costing import cost_period, write_costs, write_costs_by
from vocmine.batch.customer_lines import long_timelines
from vocmine.batch.incident_finding import find_incidents, read_incident_days
from vocmine.batch.incident_links import recent_incidents, set_aside
from vocmine.batch.issue_details import issue_weeks
from vocmine.batch.journey_reach import reach_contacts, reach_options
from vocmine.batch.outputs import read_alerts, read_registry, topic_tables, write_hot_words
from vocmine.batch.period import WATCHED_DAYS, Period, read_period
from vocmine.batch.priorities import rank_by_priority
from vocmine.batch.reliability import read_reliability
from vocmine.batch.shared_ids import without_shared_ids
from vocmine.batch.table_files import write_tables
from vocmine.batch.units import per_unit
from vocmine.results import IssueCosts, ListFit
from vocmine.settings import Settings
from vocmine.topics.tracking.incident import incidents_frame, open_ids

if TYPE_CHECKING:
    from vocmine.cost import CostModel, Fix
    from vocmine.report import Report

_TOP_WORDS = 100  # hot words that the workbook lists


@dataclass(frozen=True)
class CostInputs:
    """What a person gives a run beside the contacts, all optional: rates, a checked sample, a list of fixes.

    Parameters
    ----------
    model : CostModel, optional
        Rates; hours only if None.
    audit : Audit, DataFrame or sequence of them, optional
        Hand-checked contacts; several audits, each with its date, are pooled.
    fixes : sequence of Fix
        As `vocmine.cost.read_fixes` reads them.
    """

    model: CostModel | None = None
    audit: Audits = None
    fixes: Sequence[Fix] = ()


def cost_and_report(
    home: Path,
    store: ContactStore,
    settings: Settings,
    inputs: CostInputs,
    run: Mapping[str, Any],
    period: Period | None = None,
) -> Report:
    """Cost the issues of the last days, write the tables and the report, and give it.

    Parameters
    ----------
    home : Path
        The results folder.
    store : ContactStore
        Its contacts and tags.
    settings : Settings
        Of the run.
    inputs : CostInputs
        Rates, audits, fixes.
    run : mapping
        What the run read, accepted and rejected by code, for the page that says how far to trust the figures.
    period : Period, optional
        As `read_report_period` gives it; read where None.
    """
    period = read_report_period(home, store, settings) if period is None else period
    audit, records = usable_audit(labels_to_ids(inputs.audit, period.names.names), period.contacts, period.tags)
    costs = cost_period(period, settings, inputs.model, audit)
    write_costs(home, costs, period)
    by_customer = write_costs_by(home, period, settings, inputs.model, audit)
    daily = monthly.update_daily(home, store, settings, inputs.model, period)
    months = monthly.months_of(daily)
    value = monthly.value_column(inputs.model)
    sections = {
        "run": run,
        "fit": ListFit.from_dict(run.get("fit")),
        "evaluation": measures.evaluation(store, audit, settings.level, period),
        "audits": [asdict(record) for record in records],
        "n_wanted": measures.labels_wanted(costs, settings.level) if audit is None else None,
        "narrowing": measures.narrowing(costs, period, settings, inputs.model),
        "months": months,
        "ledger": costs.ledger,
        "changes": changes.update_changes(home, store, settings, inputs.model, months, period),
        "bridge": bridges.update_bridge(home, store, settings, inputs.model, months, period),
        "cost_weeks": monthly.cost_weeks(daily),
        "issue_weeks": issue_weeks(daily),
        "units": per_unit(months, settings.units, settings.level, settings.unit_name),
        "forecast": monthly.forecast(daily, value, settings.level),
        "watch": measures.watch_alarms(period),
        "codes": code_tables(home, period, settings.level),
        "code_costs": update_code_costs(home, store, settings, inputs.model),
        "fixes": monthly.savings(daily, inputs.fixes, value, settings.level),
        **by_customer,
    }
    registry = read_registry(home)
    find_incidents(home, store, registry, period, costs)
    tables = {**sections, **topic_tables(registry)}
    return write_report(home, _timed(period, inputs.model), costs, settings, tables, inputs.model)


def _timed(period: Period, model: CostModel | None) -> Period:
    """Take the handle times of open tabs out, so that averages are made of the times that the costs are made of."""
    from vocmine.cost import CostModel, without_open_tabs

    sigmas = (model or CostModel.hours_only()).open_tab_sigmas
    return replace(period, contacts=without_open_tabs(period.contacts, period.tags, sigmas))


def read_report_period(home: Path, store: ContactStore, settings: Settings) -> Period:
    """Read the period of the costs and the report, with the older days that trends and watches look at."""
    return read_period(home, store, settings.period_days, older_days=WATCHED_DAYS)


def write_report(
    home: Path,
    period: Period,
    costs: IssueCosts,
    settings: Settings,
    sections: Mapping[str, Any],
    model: CostModel | None = None,
) -> Report:
    """Write ``report.html`` and ``report.xlsx`` and give the report.

    Parameters
    ----------
    home : Path
        The results folder.
    period : Period
        Contacts and tags.
    costs : IssueCosts
        Of the period.
    settings : Settings
        Language, title, time zone.
    sections : mapping
        Further fields of `vocmine.report.Extras`, by name.
    model : CostModel, optional
        Rates of labour, for what transfers take; minutes alone if None.
    """
    from vocmine.journeys import at_risk, source_gaps, source_lags
    from vocmine.report import Extras, build_report
    from vocmine.topics import hot_words

    alerts = read_alerts(home)
    people = reach_contacts(without_shared_ids(period.contacts), model)
    lines = long_timelines(people, period.tags, settings.repeat_days, settings.timezone)
    first = pd.Timestamp(period.first, tz="UTC")
    words = hot_words(period.contacts, top=_TOP_WORDS) if len(period.contacts) else None
    write_hot_words(home, words, period.last)
    recent = alerts[alerts["day"] >= first].reset_index(drop=True)
    incidents = recent_incidents(home, period.first)
    extras = Extras(
        alerts=recent if len(recent) else None,
        outlook=measures.month_end(recent, sections.get("timeline"), costs),
        hot_words=words,
        title=settings.title,
        timezone=settings.timezone,
        history=period.history,
        journeys=measures.journey_tables(
            people, period.tags, window_days=settings.repeat_days, level=settings.level, demand=period.names.demand,
            aside=open_ids(incidents), reach=reach_options(people, settings, model),
        ),
        timelines=lines if settings.report_contacts else None,
        incidents=incidents_frame(incidents),
        incident_timeline=read_incident_days(home),
        reliability=read_reliability(home, settings.level) if settings.topics else None,
        set_aside=set_aside(incidents, period.contacts, period.tags),
        aspects=measures.aspect_counts(period.contacts, settings.aspect_contacts),
        discovered=measures.discovered(home, period.tags, settings.lang),
        risk=at_risk(people, period.tags, level=settings.level),
        gaps=source_gaps(period.contacts, timezone=settings.timezone),
        lags=source_lags(period.contacts, timezone=settings.timezone),
        **sections,
    )
    write_tables(home, {**extras.inputs, "timelines": lines})
    report = build_report(people, period.tags, costs, lang=settings.lang, names=period.names, extras=extras)
    ranked = rank_by_priority(report.summary, costs, settings.seed)
    report = report if ranked is None else report.ranked(*ranked)
    report.to_html(home / "report.html", settings.report_contacts, settings.fold_below)
    report.to_xlsx(home / "report.xlsx", settings.report_contacts)
    return report
