"""All that a report is made of, each part worked out once, when it is first asked for: from contacts and tags alone.

`Analysis` reads and writes no file. The daily job's own (`vocmine.batch.report_inputs.FolderAnalysis`) takes the parts
that a results folder keeps from there; `vocmine.study.Study` gives them in a notebook. A new part is a property here,
and an entry of `sections` or `extras`.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import asdict, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from vocmine.batch import bridges, changes, code_months, measures, monthly
from vocmine.batch.audit_files import labels_to_ids, usable_audit
from vocmine.batch.audited_months import AuditedDays, audited_days
from vocmine.batch.codes import AgentCodes, code_suspects, has_codes, tables_of_codes, topic_names
from vocmine.batch.contact_source import ContactSource
from vocmine.batch.cost_inputs import CostInputs
from vocmine.batch.costing import cost_period, costs_by_customer, rounded_ledger
from vocmine.batch.drafting import draft_in, draft_reasons, wants_draft
from vocmine.batch.driving import driver_inputs
from vocmine.batch.fixing import fix_table
from vocmine.batch.incident_files import stored_incidents
from vocmine.batch.incident_finding import completed_incidents, flat_days, stored_days
from vocmine.batch.incident_links import set_aside, still_told
from vocmine.batch.issue_details import issue_weeks
from vocmine.batch.journey_reach import reach_contacts, reach_options
from vocmine.batch.liked import all_liked
from vocmine.batch.outputs import add_alerts, flat_alerts, no_alerts, show_days, stored_alerts, topic_tables
from vocmine.batch.period import WATCHED_DAYS, Period, period_of
from vocmine.batch.priorities import rank_by_priority
from vocmine.batch.reach_inputs import reach_inputs
from vocmine.batch.reliability import shipped_reliability
from vocmine.batch.shared_ids import without_shared_ids
from vocmine.batch.topic_figures import fitted_topics, flat_topics, topics_of, wants_topics
from vocmine.batch.units import per_unit
from vocmine.contacts.shown_names import shown_word
from vocmine.csvfile import as_stored
from vocmine.results import IssueCosts, ListFit, ReasonInfo
from vocmine.settings import Settings, load_settings
from vocmine.tagger import Tagger
from vocmine.topics.tracking.incident import Incident, incidents_frame, open_ids

if TYPE_CHECKING:
    from vocmine.audits import Audit, AuditRecord
    from vocmine.report import Extras, Report
    from vocmine.topics import TopicRegistry

_TOP_WORDS = 100  # hot words that the workbook lists


class Analysis:
    """What contacts and tags say, part by part.

    Parameters
    ----------
    source : ContactSource
        Contacts and tags.
    settings : Settings
        Of the run.
    inputs : CostInputs
        Rates, audits, fixes.
    run : mapping
        What was read, accepted and rejected by code, for the page that says how far to trust the figures.
    tagger : Tagger, optional
        What gave the tags: it knows names, demand and owners of the reasons.
    agent_codes : AgentCodes, optional
        What agents' codes mean.
    """

    def __init__(
        self, source: ContactSource, settings: Settings, inputs: CostInputs, run: Mapping[str, Any],
        tagger: Tagger | None = None, agent_codes: AgentCodes | None = None,
    ) -> None:
        self.source, self.settings, self.inputs, self.run = source, settings, inputs, run
        self.tagger, self.agent_codes = tagger, agent_codes

    @cached_property
    def period(self) -> Period:
        """The days that costs and report are about, with the older ones that trends and watches look at."""
        names = ReasonInfo() if self.tagger is None else self.tagger.names()
        return period_of(self.source, self.settings.period_days, names, older_days=WATCHED_DAYS)

    @cached_property
    def timed(self) -> Period:
        """The same without the handle times of open tabs: averages are made of the times that costs are made of."""
        from vocmine.cost import CostModel, without_open_tabs

        period = self.period
        sigmas = (self.inputs.model or CostModel.hours_only()).open_tab_sigmas
        return replace(period, contacts=without_open_tabs(period.contacts, period.tags, sigmas))

    @cached_property
    def audited(self) -> tuple[Audit | None, tuple[AuditRecord, ...]]:
        """The audit that can be used, and what became of each of several."""
        period = self.period
        return usable_audit(labels_to_ids(self.inputs.audit, period.names.names), period.contacts, period.tags)

    @cached_property
    def issue_costs(self) -> IssueCosts:
        """What each issue of the period costs, with its ledger."""
        return cost_period(self.period, self.settings, self.inputs.model, self.audited[0])

    @cached_property
    def costs_by(self) -> dict[str, IssueCosts]:
        """The same by ``segment`` and ``plan``, where customers have one."""
        return costs_by_customer(self.period, self.settings, self.inputs.model, self.audited[0])

    @cached_property
    def tagged_daily(self) -> pd.DataFrame:
        """Costs by day and issue over the months that the settings look back, as tagged."""
        months = monthly.months_looked_at(self.source, self.settings)
        return monthly.daily_costs(self.source, self.settings, self.inputs.model, months, self.period)

    @cached_property
    def audited_daily(self) -> AuditedDays:
        """The same with what the audit corrects."""
        return audited_days(self.tagged_daily, self.issue_costs, self.period, self.settings, self.inputs.model)

    @property
    def daily(self) -> pd.DataFrame:
        """Costs by day and issue, corrected by the audit where there is one."""
        return self.audited_daily.daily

    @cached_property
    def months(self) -> pd.DataFrame | None:
        """Costs by month; None before the second."""
        months = monthly.months_of(self.daily)
        return None if months is None else months.assign(is_audited=self.audited_daily.is_corrected)

    @cached_property
    def changes(self) -> pd.DataFrame | None:
        """Why issues grew or fell between the last two whole months."""
        return changes.cost_changes(
            self.source, self.settings, self.inputs.model, self.months, self.period, self.audited_daily
        )

    @cached_property
    def bridge(self) -> pd.DataFrame | None:
        """From the handling cost of last month to that of this month."""
        return bridges.month_bridge(
            self.source, self.settings, self.inputs.model, self.months, self.period, self.audited_daily
        )

    @cached_property
    def forecast(self) -> pd.DataFrame | None:
        """What the largest issues will come to."""
        return monthly.forecast(self.daily, monthly.value_column(self.inputs.model), self.settings.level)

    @cached_property
    def savings(self) -> pd.DataFrame | None:
        """What each fix did to contacts and cost, and when it pays back."""
        value, span = monthly.value_column(self.inputs.model), (self.period.first, self.period.last)
        fixes, level = self.inputs.fixes, self.settings.level
        return fix_table(self.daily, fixes, self.issue_costs, span, value=value, level=level)

    @cached_property
    def drivers(self) -> dict[str, Any]:
        """What moves satisfaction, NPS and repeats, and targets against actuals."""
        return driver_inputs(self.source, self.settings, self.timed, self.months)

    @cached_property
    def units(self) -> pd.DataFrame | None:
        """Contacts and cost per order, user or device by month; None without units."""
        name = None if self.settings.unit_name is None else shown_word(self.settings.unit_name)
        return per_unit(self.months, self.settings.units, self.settings.level, name)

    @cached_property
    def liked(self) -> dict[str, pd.DataFrame]:
        """Praise, long contacts beside loyalty, the guardrail, risk by segment and plan, and the lineage of topics."""
        return all_liked(self.timed, self.settings, self.registry)

    @cached_property
    def codes(self) -> dict[str, Any] | None:
        """How agents' codes and texts agree; None without codes."""
        if self.agent_codes is None or self.tagger is None or not has_codes(self.period):
            return None
        suspects = code_suspects(self.period, self.agent_codes, self.tagger)
        topics = None if self.topics is None else topic_names(*self.topics)
        n_suspects = 0 if suspects is None else len(suspects)
        return tables_of_codes(self.agent_codes, self.period, self.settings.level, topics, n_suspects)

    @cached_property
    def code_costs(self) -> pd.DataFrame | None:
        """What each agent's code costs by month."""
        if self.agent_codes is None:
            return None
        months = monthly.months_looked_at(self.source, self.settings)
        return code_months.costs_by_code(self.source, self.settings, self.inputs.model, months)

    @cached_property
    def watched(self) -> tuple[TopicRegistry | None, pd.DataFrame]:
        """Topics shown day by day, and all their alerts; no registry where the settings want none."""
        from vocmine.topics import TopicRegistry

        alerts = no_alerts()
        if not self.settings.topics:
            return None, alerts
        registry = TopicRegistry(seed=self.settings.seed, timezone=self.settings.timezone)
        for found in show_days(registry, self.source, self.source.days()):
            alerts = add_alerts(alerts, found)
        return registry, alerts

    @cached_property
    def registry(self) -> TopicRegistry | None:
        """The topics that are watched day by day."""
        return self.watched[0]

    @cached_property
    def alerts(self) -> pd.DataFrame:
        """All alerts, whatever their day, with numbers rounded."""
        flat = flat_alerts(self.watched[1]).sort_values(["day", "topic_id"], kind="stable")
        return stored_alerts(as_stored(flat))

    @cached_property
    def all_incidents(self) -> tuple[tuple[Incident, ...], pd.DataFrame]:
        """All incidents that are known, with their days."""
        return completed_incidents(self.source, self.registry, self.period, self.issue_costs)

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Incidents that go on, and those of the period's days."""
        return still_told(stored_incidents(self.all_incidents[0]), self.period.first)

    @cached_property
    def incident_days(self) -> pd.DataFrame:
        """Days of all incidents."""
        return stored_days(as_stored(flat_days(self.all_incidents[1])))

    @cached_property
    def topics(self) -> tuple[pd.DataFrame, pd.DataFrame] | None:
        """Topics discovered beside the reasons and the topic of each contact, as tables; None where none are wanted."""
        if not wants_topics(self.settings, self.fit, len(self.period.contacts)):
            return None
        topics, assigned = topics_of(fitted_topics(self.period, self.settings), self.period, self.settings)
        topics = topics.assign(cost=float("nan"))  # by the ledger, in `discovered`
        return as_stored(flat_topics(topics)), as_stored(assigned.reset_index())

    @cached_property
    def draft(self) -> pd.DataFrame | None:
        """A draft list of reasons in both languages; None where the list in use fits."""
        contacts = self.period.contacts
        return draft_reasons(contacts) if wants_draft(self.settings, self.fit, len(contacts)) else None

    @cached_property
    def discovered(self) -> pd.DataFrame | None:
        """Topics that were discovered beside the reasons, with what they cost."""
        if self.topics is None:
            return None
        ledger = self.issue_costs.ledger
        costs = None if ledger is None else rounded_ledger(ledger)
        return measures.discovered_table(*self.topics, self.timed.tags, costs, self.settings.lang)

    @cached_property
    def reliability(self) -> dict[str, Any] | None:
        """How often an alarm is false; None where no topics are watched."""
        return shipped_reliability(self.settings.level) if self.settings.topics else None

    @cached_property
    def hot_words(self) -> pd.DataFrame | None:
        """Words that more contacts hold than before."""
        from vocmine.topics import hot_words

        contacts = self.timed.contacts
        return hot_words(contacts, top=_TOP_WORDS, timezone=self.settings.timezone) if len(contacts) else None

    @cached_property
    def people(self) -> pd.DataFrame:
        """Contacts whose customers are single people, with how many an agent handled at once."""
        return reach_contacts(without_shared_ids(self.timed.contacts), self.inputs.model)

    @cached_property
    def journeys(self) -> dict[str, pd.DataFrame]:
        """Every table of journeys that the contacts allow."""
        return measures.journey_tables(
            self.people, self.timed.tags, window_days=self.settings.repeat_days, level=self.settings.level,
            demand=self.period.names.demand, aside=open_ids(self.incidents),
            reach=reach_options(self.people, self.settings, self.inputs.model),
        )

    @cached_property
    def reach(self) -> dict[str, pd.DataFrame]:
        """How data arrive, and time lines of customers who came again and again."""
        return reach_inputs(self.people, self.timed.tags, self.settings, self.inputs.model)

    @cached_property
    def risk(self) -> pd.DataFrame:
        """What customers at risk are worth, by reason."""
        from vocmine.journeys import at_risk

        return at_risk(without_shared_ids(self.timed.contacts), self.timed.tags, level=self.settings.level)

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Days on which a source brought far less than usual."""
        from vocmine.journeys import source_gaps

        return source_gaps(self.timed.contacts, timezone=self.settings.timezone)

    @cached_property
    def narrowing(self) -> pd.DataFrame | None:
        """What checking contacts by hand would do to the ranges."""
        return measures.narrowing(self.issue_costs, self.period, self.settings, self.inputs.model)

    @cached_property
    def fit(self) -> ListFit | None:
        """How the list of reasons fits the contacts."""
        return ListFit.from_dict(self.run.get("fit"))

    @cached_property
    def sections(self) -> dict[str, Any]:
        """Inputs of the report that are made of costs and time."""
        settings, costs = self.settings, self.issue_costs
        audit, records = self.audited
        return {
            "run": self.run or None,
            "fit": self.fit,
            "evaluation": measures.evaluation(self.source, audit, settings.level, self.period),
            "audits": [asdict(record) for record in records],
            "n_wanted": measures.labels_wanted(costs, settings.level) if audit is None else None,
            "narrowing": self.narrowing,
            "months": self.months,
            "ledger": costs.ledger,
            "changes": self.changes,
            "bridge": self.bridge,
            "cost_weeks": monthly.cost_weeks(self.daily),
            "issue_weeks": issue_weeks(self.daily),
            "units": self.units,
            **self.drivers,
            "forecast": self.forecast,
            "watch": measures.watch_alarms(self.period),
            "codes": self.codes,
            "code_costs": self.code_costs,
            "fixes": self.savings,
            **{f"by_{key}": found.table for key, found in self.costs_by.items()},
            **topic_tables(self.registry),
            **self.liked,
        }

    @cached_property
    def extras(self) -> Extras:
        """All that the report shows beside contacts, tags and costs."""
        from vocmine.report import Extras

        settings, period = self.settings, self.timed
        first = pd.Timestamp(period.first, tz="UTC")
        recent = self.alerts[self.alerts["day"] >= first].reset_index(drop=True)
        return Extras(
            alerts=recent if len(recent) else None,
            outlook=measures.month_end(recent, self.sections.get("timeline"), self.issue_costs),
            hot_words=self.hot_words,
            title=self.title,
            timezone=settings.timezone,
            history=period.history,
            journeys=self.journeys,
            incidents=incidents_frame(self.incidents),
            incident_timeline=self.incident_days,
            reliability=self.reliability,
            set_aside=set_aside(self.incidents, period.contacts, period.tags),
            aspects=measures.aspect_counts(period.contacts, settings.aspect_contacts, settings.timezone),
            discovered=self.discovered,
            draft=draft_in(self.draft, settings.lang),
            risk=self.risk,
            gaps=self.gaps,
            inputs={k: table for k, table in self.reach.items() if settings.report_contacts or k != "timelines"},
            **self.sections,
        )

    @property
    def title(self) -> str | None:
        """The title of the page, where the settings have one."""
        return None if self.settings.title is None else shown_word(self.settings.title)

    def in_language(self, lang: str) -> Self:
        """Give the same for readers of another language; what does not depend on it is not worked out again."""
        settings = load_settings(**{**self.settings.model_dump(), "lang": lang})
        other = copy(self)
        other.settings = settings
        for name in set(other.__dict__) & {"discovered", "sections", "extras"}:
            del other.__dict__[name]
        return other

    def built(self) -> Report:
        """Build the report, its issues in the order of their priority."""
        from vocmine.report import build_report

        period, costs = self.timed, self.issue_costs
        report = build_report(
            without_shared_ids(period.contacts), period.tags, costs, lang=self.settings.lang, names=period.names,
            extras=self.extras,
        )
        ranked = rank_by_priority(report.summary, costs, self.settings.seed)
        return report if ranked is None else report.ranked(*ranked)
