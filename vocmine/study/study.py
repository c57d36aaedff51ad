"""What the daily job makes of contacts, as frames in a notebook, each worked out when it is first asked for."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.batch.analysis import Analysis
from vocmine.batch.audit_files import Audits, read_audits
from vocmine.batch.codes import AgentCodes
from vocmine.batch.cost_inputs import CostInputs
from vocmine.batch.fit_check import list_fit
from vocmine.batch.origin import ColumnNames
from vocmine.batch.part_analysis import PartAnalysis
from vocmine.batch.part_reports import need_contacts
from vocmine.batch.parts import ContactPart, part_of
from vocmine.batch.period import period_of
from vocmine.drivers.contributions import COLUMNS as CONTRIBUTION_COLUMNS
from vocmine.drivers.gaps import COLUMNS as GAP_COLUMNS
from vocmine.errors import SettingsError
from vocmine.results import IssueCosts, ReasonInfo
from vocmine.settings import Settings, load_settings
from vocmine.study.gathering import Gathered, gather, tagger_of
from vocmine.tagger import Tagger
from vocmine.topics.tracking.incident import incidents_frame
from vocmine.yamlfile import nearest

if TYPE_CHECKING:
    from vocmine.audits import Evaluation
    from vocmine.cost import CostModel, Fix
    from vocmine.drivers.prediction import PredictedSatisfaction
    from vocmine.report import Report
    from vocmine.topics import TopicRegistry

AnyPath = str | os.PathLike[str]


class Study:
    """What contacts say and cost, in few lines: the tables and the report of the daily job, without its folder.

    Nothing is worked out before it is asked for, and nothing twice. The contacts that a study keeps and shows are
    masked; ids of customers and agents are hashes.

    Parameters
    ----------
    contacts : DataFrame, Checked, path, address, or list of paths
        As `vocmine.read_contacts` takes them. Rows that can't be used are left out and listed in `rejected`.
    costs : CostModel, path or mapping, optional
        Rates; hours only if None.
    taxonomy : Taxonomy, Tagger, path or mapping, optional
        Reasons, or what tags; the shipped one if None.
    tags : DataFrame, optional
        Tags that are there already, in place of new ones.
    audit : Audit, DataFrame, path, or list of them, optional
        Hand-checked contacts.
    fixes : path or sequence of Fix, optional
        What was mended and when.
    mapping : path or mapping, optional
        Names of columns that are not those of the contact table.
    settings : Settings or path, optional
        See `vocmine.settings.Settings`.
    **changes
        Single settings, as ``lang="en"`` or ``period_days=60``; they win over `settings`.

    Raises
    ------
    VocmineError
        If a file can't be read, no row can be used, or rates, audit, fixes or a setting are wrong: when the part that
        needs it is asked for.

    Examples
    --------
    >>> days = pd.date_range("2026-10-01 03:00", periods=30, tz="UTC")
    >>> contacts = pd.DataFrame({"contact_id": [f"c{i}" for i in range(30)], "created_at": days, "channel": "call",
    ...     "text": "先月分の料金が二重に請求されています。返金してください。", "handle_seconds": 300.0})
    >>> study = Study(contacts, costs={"rate_per_minute": {"call": 60}, "currency": "JPY"}, lang="en")
    >>> study.tags.loc[study.tags["kind"] == "reason", "label"].value_counts().index[0]
    'billing.double_charge'
    >>> float(study.costs.table["cost"].sum())
    9000.0
    """

    def __init__(
        self,
        contacts: Any,
        costs: CostModel | AnyPath | Mapping[str, Any] | None = None,
        *,
        taxonomy: Any = None,
        tags: pd.DataFrame | None = None,
        audit: Audits | AnyPath | Sequence[AnyPath] = None,
        fixes: AnyPath | Sequence[Fix] | None = None,
        mapping: ColumnNames = None,
        settings: Settings | AnyPath | None = None,
        **changes: Any,
    ) -> None:
        self._settings = _settings(settings, changes)
        self._given = (contacts, tags, mapping)
        self._inputs = (costs, audit, fixes)
        self._taxonomy = taxonomy
        self._parts: dict[ContactPart, PartAnalysis] = {}

    @property
    def settings(self) -> Settings:
        """The settings of the study."""
        return self._settings

    @cached_property
    def tagger(self) -> Tagger:
        """What tags the contacts."""
        return tagger_of(self._taxonomy, self._settings, self._given[1])

    @cached_property
    def analysis(self) -> Analysis:
        """All parts behind the study, those that the report is made of too."""
        inputs = CostInputs(_model(self._inputs[0]), _audits(self._inputs[1]), _fixes(self._inputs[2]))
        gathered = self._gathered
        period = period_of(gathered.tables, self._settings.period_days, ReasonInfo())
        fit = list_fit(period.tags, period.contacts, self.tagger.taxonomy()).to_dict()
        codes = AgentCodes.of(self._settings, self.tagger.taxonomy())
        run = {**gathered.run, "fit": fit}
        return Analysis(gathered.tables, self._settings, inputs, run, self.tagger, codes)

    @property
    def names(self) -> ReasonInfo:
        """Names, demand and owners of the reasons."""
        return self.tagger.names()

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """All contacts, masked."""
        return self._gathered.tables.read()[0]

    @cached_property
    def tags(self) -> pd.DataFrame:
        """The tags of all contacts."""
        return self._gathered.tables.read()[1]

    @property
    def rejected(self) -> pd.DataFrame:
        """Rows that could not be used, with what is wrong: ``source, row, contact_id, column, code, value``."""
        return _safe(self._gathered.rejected)

    @property
    def costs(self) -> IssueCosts:
        """What each issue of the period costs."""
        found = self.analysis.issue_costs
        return found.with_table(_safe(found.table))

    @property
    def ledger(self) -> pd.DataFrame | None:
        """What each contact bears in each issue; the costs are its sums."""
        ledger = self.analysis.issue_costs.ledger
        return None if ledger is None else _safe(ledger)

    @property
    def evaluation(self) -> Evaluation | None:
        """How often tags are right, by the audit; None without one."""
        found: Evaluation | None = self.analysis.sections["evaluation"]
        return found

    @property
    def narrowing(self) -> pd.DataFrame | None:
        """What checking contacts by hand would do to the ranges."""
        return _known(self.analysis.narrowing)

    @property
    def days(self) -> pd.DataFrame:
        """Costs by day and issue, as far back as the settings look."""
        return _safe(self.analysis.daily)

    @property
    def months(self) -> pd.DataFrame | None:
        """Costs by month and issue; None before the second month."""
        return _known(self.analysis.months)

    @property
    def changes(self) -> pd.DataFrame | None:
        """Why issues grew or fell between the last two whole months; None without them."""
        return _known(self.analysis.changes)

    @property
    def bridge(self) -> pd.DataFrame | None:
        """From the cost of last month to that of this; None without rates or a second month."""
        return _known(self.analysis.bridge)

    @property
    def forecast(self) -> pd.DataFrame | None:
        """What the largest issues will come to; None where weeks are too few."""
        return _known(self.analysis.forecast)

    @property
    def savings(self) -> pd.DataFrame | None:
        """What each fix has saved; None without fixes."""
        return _known(self.analysis.savings)

    @property
    def journeys(self) -> dict[str, pd.DataFrame]:
        """Tables of journeys by name, as ``repeats``, ``transfers``, ``channels``; those that the columns allow."""
        return {name: _safe(table) for name, table in self.analysis.journeys.items()}

    @property
    def drivers(self) -> pd.DataFrame:
        """What moves satisfaction, NPS and repeats, as `vocmine.drivers.drivers` gives it; empty with too few answers.

        Beside it stand `driver_gaps`, why a month is unlike the one before, and `predicted`, for those who did not
        answer.
        """
        return self._driving("contributions", CONTRIBUTION_COLUMNS)

    @property
    def driver_gaps(self) -> pd.DataFrame:
        """What the change of each outcome comes of, last month to this one; the parts add up. Empty before the second.

        Rows are those of `vocmine.drivers.gap`, with the days that were compared.
        """
        return self._driving("parts", GAP_COLUMNS)

    @property
    def predicted(self) -> PredictedSatisfaction | None:
        """Satisfaction of contacts without an answer, held against answers that were left out; None without answers."""
        found: PredictedSatisfaction | None = (self.analysis.drivers["drivers"] or {}).get("predicted")
        return found if found is None else dataclasses.replace(found, table=_safe(found.table))

    def _driving(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        found = (self.analysis.drivers["drivers"] or {}).get(name)
        return pd.DataFrame(columns=list(columns)) if found is None else _safe(found)

    @property
    def risk(self) -> pd.DataFrame:
        """What customers at risk are worth, by reason; empty where no value is known."""
        return _safe(self.analysis.risk)

    @property
    def gaps(self) -> pd.DataFrame:
        """Days on which a source brought far less than usual."""
        return _safe(self.analysis.gaps)

    @property
    def words(self) -> pd.DataFrame | None:
        """Words that more contacts hold than before."""
        return _known(self.analysis.hot_words)

    @property
    def alerts(self) -> pd.DataFrame:
        """Topics that were new or grew, on the day they did."""
        return _safe(self.analysis.alerts)

    @property
    def incidents(self) -> pd.DataFrame:
        """Incidents that go on, and those of the period's days."""
        return incidents_frame(self.analysis.incidents)

    @property
    def incident_days(self) -> pd.DataFrame:
        """Contacts of each incident by day, with what was to be expected."""
        return _safe(self.analysis.incident_days)

    @property
    def registry(self) -> TopicRegistry | None:
        """The topics that were watched day by day; None where the settings want none."""
        return self.analysis.registry

    @cached_property
    def topics(self) -> pd.DataFrame | None:
        """Topics of the contacts beside the reasons: with ``discover=True``, or where most have no reason."""
        return self.analysis.discovered

    def report(self, lang: str | None = None, **part: str | Sequence[str]) -> Report:
        """Build the report, which shows itself in a notebook and writes itself as a page or a workbook.

        Parameters
        ----------
        lang : {"ja", "en"}, optional
            Language; that of the settings if None.
        **part
            ``product``, ``segment``, ``team``, ``plan`` or ``channel``: one value or several, ``""`` for none. Then
            the report is of that part of the contacts alone.

        Raises
        ------
        SettingsError
            If there is no such language, or no contact is of that part.
        """
        whole = self.analysis.in_language(lang or self._settings.lang)
        return (self._part(part, whole) if part else whole).built()

    def part_costs(self, **part: str | Sequence[str]) -> IssueCosts:
        """Give what each issue costs in a part of the contacts; the parts of a column add up to `costs`.

        Parameters
        ----------
        **part
            As for `report`.
        """
        return self._part(part, self.analysis).issue_costs

    def _part(self, asked: Mapping[str, str | Sequence[str]], whole: Analysis) -> PartAnalysis:
        found = part_of(whole.period.contacts, asked)
        if found not in self._parts:
            self._parts[found] = need_contacts(PartAnalysis(self.analysis, found))
        return self._parts[found].in_language(whole.settings.lang)

    @cached_property
    def _gathered(self) -> Gathered:
        contacts, _, mapping = self._given
        codes = AgentCodes.of(self._settings, self.tagger.taxonomy())
        return gather(contacts, self.tagger, codes, mapping, self._settings)

    def __repr__(self) -> str:
        """Say what was studied, without working anything out."""
        if "_gathered" not in self.__dict__:
            return "Study(not read yet)"
        run, days = self._gathered.run, self._gathered.tables.days()
        return f"Study({run['accepted']:,} of {run['read']:,} rows, {days[0]} to {days[-1]})"


def _settings(given: Settings | AnyPath | None, changes: Mapping[str, Any]) -> Settings:
    if isinstance(given, Settings):
        return load_settings(**{**given.model_dump(), **changes})
    return load_settings(given, **changes)


def _model(costs: CostModel | AnyPath | Mapping[str, Any] | None) -> CostModel | None:
    from vocmine.cost import CostModel

    if costs is None or isinstance(costs, CostModel):
        return costs
    if not isinstance(costs, Mapping):
        return CostModel.from_yaml(costs)
    known = [one.name for one in dataclasses.fields(CostModel)]
    wrong = sorted(str(name) for name in costs if name not in known)
    if wrong:
        near = nearest(wrong[0], known)
        raise SettingsError(
            "a rate or setting of costs is unknown", where="costs", got=", ".join(wrong), expected=", ".join(known),
            hint=f"did you mean {near}?" if near else None,
        )
    return CostModel(**costs)


def _audits(audit: Audits | AnyPath | Sequence[AnyPath]) -> Audits:
    if isinstance(audit, str | os.PathLike):
        return read_audits(Path(audit))
    if isinstance(audit, list | tuple) and audit and all(isinstance(one, str | os.PathLike) for one in audit):
        return read_audits([Path(str(one)) for one in audit])
    return audit  # type: ignore[return-value]


def _fixes(fixes: AnyPath | Sequence[Fix] | None) -> Sequence[Fix]:
    from vocmine.cost import read_fixes

    if fixes is None:
        return ()
    return read_fixes(fixes) if isinstance(fixes, str | os.PathLike) else tuple(fixes)


def _safe(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame whose owner may change it without changing the study; pandas copies what is written to."""
    return frame.copy(deep=False)


def _known(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    return None if frame is None else _safe(frame)
