"""Reports of parts of a results folder: a page a product, a segment, a team; nothing in the folder is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.batch import monthly, outputs
from vocmine.batch.audited_months import AuditedDays, audited_days
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.cost_inputs import CostInputs
from vocmine.batch.folder_identity import need_identity
from vocmine.batch.incident_links import recent_incidents
from vocmine.batch.part_analysis import PartAnalysis
from vocmine.batch.parts import PART_KEYS, ContactPart, need_key, part_of, values_of
from vocmine.batch.report_inputs import FolderAnalysis
from vocmine.batch.state import locked
from vocmine.csvfile import read_csv
from vocmine.errors import SettingsError
from vocmine.settings import Settings
from vocmine.topics.tracking.incident import Incident

if TYPE_CHECKING:
    from vocmine.report import Report

FOLDER = "reports"
_ENDINGS = (".html", ".xlsx", ".md")


class StoredAnalysis(FolderAnalysis):
    """What a results folder says, with its incidents as the last run left them: nothing is written."""

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Incidents as they are written."""
        return recent_incidents(self.home, self.period.first)

    @cached_property
    def tagged_daily(self) -> pd.DataFrame:
        """Costs by day as tagged."""
        months = monthly.months_looked_at(self.store, self.settings)
        return monthly.daily_costs(self.store, self.settings, self.inputs.model, months, self.period)

    @cached_property
    def audited_daily(self) -> AuditedDays:
        """The same with what an audit corrects."""
        return audited_days(self.tagged_daily, self.issue_costs, self.period, self.settings, self.inputs.model)

    @cached_property
    def topics(self) -> tuple[pd.DataFrame, pd.DataFrame] | None:
        """Topics as they were discovered."""
        table = read_csv(self.home / "topics" / "discovered.csv", ("topic_id", "name", "n", "quotes"))
        assigned = read_csv(self.home / "topics" / "assigned.csv", ("contact_id", "topic_id"))
        return None if table.empty or assigned.empty else (table, assigned)


def report_parts(
    home: Path,
    settings: Settings,
    inputs: CostInputs | None = None,
    asked: Mapping[str, Sequence[str] | None] | None = None,
    *,
    each: str | None = None,
    to: Path | None = None,
) -> list[tuple[Path, Report]]:
    """Write the report of a part of a results folder, or one for each value of a column.

    Parameters
    ----------
    home : Path
        The results folder.
    settings : Settings
        Language, period, level.
    inputs : CostInputs, optional
        Rates, audits, fixes.
    asked : mapping of str to sequence of str, optional
        Values by column, see `vocmine.batch.parts.part_of`; all contacts where nothing is asked for.
    each : str, optional
        A column: a page for each of its values, and one for contacts without any, so that all add up to the whole.
    to : Path, optional
        File (``.html``, ``.xlsx``, or ``.md`` for the brief), or with `each` the folder; ``reports`` in the results
        folder if None, where each part has a page, a workbook and a brief.

    Returns
    -------
    list of (Path, Report)
        Each file with its report.

    Raises
    ------
    SettingsError
        If there is no such part, with the nearest, or the file has another ending.
    """
    if to is not None and each is None and to.suffix not in _ENDINGS:
        raise SettingsError(
            "unknown format of the report", where="--to", got=to.suffix or "no ending", expected=", ".join(_ENDINGS)
        )
    with locked(home):
        need_identity(home, settings, inputs.model if inputs else None)
        store = ContactStore(home, settings.timezone)
        whole = StoredAnalysis(home, store, settings, inputs or CostInputs(), outputs.read_counts(home))
        made: list[tuple[Path, Report]] = []
        for name, analysis in _analyses(whole, asked or {}, each):
            report = analysis.built()
            files = [to] if to is not None and each is None else [
                (to or home / FOLDER) / f"{name}{ending}" for ending in _ENDINGS
            ]
            for path in files:
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(report, path, settings)
                made.append((path, report))
        return made


def _write(report: Report, path: Path, settings: Settings) -> None:
    """Write what the ending of a file asks for."""
    if path.suffix == ".html":
        report.to_html(path, settings.report_contacts, settings.fold_below)
    elif path.suffix == ".xlsx":
        report.to_xlsx(path, settings.report_contacts)
    else:
        report.to_brief(path)


def _analyses(
    whole: FolderAnalysis, asked: Mapping[str, Sequence[str] | None], each: str | None
) -> list[tuple[str, FolderAnalysis | PartAnalysis]]:
    """Give what is to be reported on, with the name of its file."""
    contacts = whole.period.contacts
    named = {key: values for key, values in asked.items() if values}
    if each is not None:
        if each in named:
            got = f"--each {each} and --{each}"
            raise SettingsError("a page for each value, or for some?", where="--each", got=got)
        need_key(contacts, each)
        base = part_of(contacts, named).values if named else ()
        parts = [ContactPart(_sorted((*base, (each, (value,))))) for value in values_of(contacts, each)]
        found = [(part.file_name, PartAnalysis(whole, part)) for part in parts]
        return [(name, analysis) for name, analysis in found if len(analysis.period.contacts)]
    if not named:
        return [("report", whole)]
    part = part_of(contacts, named)
    return [(part.file_name, need_contacts(PartAnalysis(whole, part)))]


def _sorted(values: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted(values, key=lambda pair: PART_KEYS.index(pair[0])))


def need_contacts(analysis: PartAnalysis) -> PartAnalysis:
    """Raise SettingsError where several columns together leave no contact."""
    if len(analysis.period.contacts):
        return analysis
    got = "; ".join(f"{key} {', '.join(values)}" for key, values in analysis.part.values)
    raise SettingsError(
        "no contact of the period has all of this", where="report", got=got[:200],
        hint="a repeat counts where the first contact of its chain does",
    )
