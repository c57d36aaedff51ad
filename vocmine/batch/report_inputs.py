"""All that a report is made of, gathered from a results folder: costs, months, changes, journeys, audits, topics."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.batch import bridges, changes, measures, monthly
from vocmine.batch.analysis import Analysis
from vocmine.batch.audited_months import AuditedDays
from vocmine.batch.code_months import update_code_costs
from vocmine.batch.codes import code_tables
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.cost_inputs import CostInputs
from vocmine.batch.costing import write_costs, write_costs_by
from vocmine.batch.drafting import drop_draft, update_draft, wants_draft
from vocmine.batch.driving import write_drivers
from vocmine.batch.fixing import write_fixes
from vocmine.batch.incident_finding import find_incidents, read_incident_days
from vocmine.batch.incident_links import recent_incidents
from vocmine.batch.liked import write_liked
from vocmine.batch.outputs import read_alerts, read_registry, write_hot_words
from vocmine.batch.period import WATCHED_DAYS, Period, read_period
from vocmine.batch.reliability import read_reliability
from vocmine.batch.table_files import write_tables
from vocmine.batch.units import write_units
from vocmine.csvfile import write_csv
from vocmine.settings import Settings
from vocmine.topics.tracking.incident import Incident

if TYPE_CHECKING:
    from vocmine.report import Report
    from vocmine.topics import TopicRegistry

__all__ = ["CostInputs", "FolderAnalysis", "cost_and_report", "read_report_period"]


class FolderAnalysis(Analysis):
    """What the contacts of a results folder say: what the folder keeps is read, what is made anew is kept there.

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

    def __init__(
        self, home: Path, store: ContactStore, settings: Settings, inputs: CostInputs, run: Mapping[str, Any],
        period: Period | None = None,
    ) -> None:
        super().__init__(store, settings, inputs, run)
        self.home, self.store, self._read = home, store, period

    @cached_property
    def period(self) -> Period:
        """The days that costs and report are about."""
        return self._read or read_report_period(self.home, self.store, self.settings)

    @cached_property
    def tagged_daily(self) -> pd.DataFrame:
        """Costs by day as tagged; ``costs_by_day.csv`` is brought up to date."""
        return monthly.update_daily(self.home, self.store, self.settings, self.inputs.model, self.period)

    @cached_property
    def audited_daily(self) -> AuditedDays:
        """The same with what an audit corrects; ``costs_by_day.csv`` has it."""
        found = super().audited_daily
        if found.is_corrected:
            write_csv(self.home / monthly.NAME, found.daily)
        return found

    @cached_property
    def changes(self) -> pd.DataFrame | None:
        """Why issues grew or fell; ``cost_changes.csv`` is brought up to date."""
        model = self.inputs.model
        return changes.update_changes(
            self.home, self.store, self.settings, model, self.months, self.period, self.audited_daily
        )

    @cached_property
    def bridge(self) -> pd.DataFrame | None:
        """From last month to this; ``cost_bridge.csv`` is brought up to date."""
        model = self.inputs.model
        return bridges.update_bridge(
            self.home, self.store, self.settings, model, self.months, self.period, self.audited_daily
        )

    @cached_property
    def codes(self) -> dict[str, Any] | None:
        """How agents' codes and texts agree, as the last run left it."""
        return code_tables(self.home, self.period, self.settings.level)

    @cached_property
    def code_costs(self) -> pd.DataFrame | None:
        """What each code costs; ``code_costs.csv`` is brought up to date."""
        return update_code_costs(self.home, self.store, self.settings, self.inputs.model)

    @cached_property
    def registry(self) -> TopicRegistry | None:
        """The topics of the folder."""
        return read_registry(self.home)

    @cached_property
    def alerts(self) -> pd.DataFrame:
        """The alerts of the folder."""
        return read_alerts(self.home)

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Incidents of the folder, completed from its contacts and written."""
        find_incidents(self.home, self.store, self.registry, self.period, self.issue_costs)
        return recent_incidents(self.home, self.period.first)

    @cached_property
    def incident_days(self) -> pd.DataFrame:
        """Days of the incidents, as they were written."""
        _ = self.incidents
        return read_incident_days(self.home)

    @cached_property
    def discovered(self) -> pd.DataFrame | None:
        """Topics that `vocmine topics` or the run discovered."""
        return measures.discovered(self.home, self.timed.tags, self.settings.lang)

    @cached_property
    def draft(self) -> pd.DataFrame | None:
        """A draft list of reasons; ``reasons_draft.csv`` is brought up to date, or taken away where the list fits."""
        contacts = self.period.contacts
        if not wants_draft(self.settings, self.fit, len(contacts)):
            drop_draft(self.home)
            return None
        return update_draft(self.home, contacts)

    @cached_property
    def reliability(self) -> dict[str, Any] | None:
        """How often an alarm is false: as a backtest of this folder found, else as shipped."""
        return read_reliability(self.home, self.settings.level) if self.settings.topics else None

    def write(self) -> None:
        """Write the tables that are no by-product of another part."""
        write_costs(self.home, self.issue_costs, self.period)
        write_costs_by(self.home, self.costs_by, self.period)
        write_hot_words(self.home, self.hot_words, self.period.last)
        write_fixes(self.home, self.savings)
        write_units(self.home, self.units)
        write_drivers(self.home, self.drivers, self.period)
        write_liked(self.home, self.liked)
        write_tables(self.home, {**self.extras.inputs, **self.reach})


def cost_and_report(
    home: Path,
    store: ContactStore,
    settings: Settings,
    inputs: CostInputs,
    run: Mapping[str, Any],
    period: Period | None = None,
) -> Report:
    """Cost the issues of the last days, write the tables, the report and its brief, and give the report.

    The report is ``report.html`` and ``report.xlsx``, the brief ``brief.html`` and ``brief.md``.

    Parameters
    ----------
    home, store, settings, inputs, run, period
        As for `FolderAnalysis`.
    """
    analysis = FolderAnalysis(home, store, settings, inputs, run, period)
    analysis.write()  # discovered topics are priced by the ledger as it is written
    report = analysis.built()
    report.to_html(home / "report.html", settings.report_contacts, settings.fold_below)
    report.to_xlsx(home / "report.xlsx", settings.report_contacts)
    for suffix in ("html", "md"):
        report.to_brief(home / f"brief.{suffix}")
    return report


def read_report_period(home: Path, store: ContactStore, settings: Settings) -> Period:
    """Read the period of the costs and the report, with the older days that trends and watches look at."""
    return read_period(home, store, settings.period_days, older_days=WATCHED_DAYS)
