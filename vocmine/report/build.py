"""Make a report from the frames of the other packages."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.errors import SettingsError
from vocmine.report.brief.content import brief_of
from vocmine.report.brief.markdown import brief_markdown
from vocmine.report.brief.page import brief_page
from vocmine.report.evidence import Evidence
from vocmine.report.explore import ExploreSource, PageOptions, explore_source
from vocmine.report.extras import Extras
from vocmine.report.findings import findings, mostly_unknown, title_of
from vocmine.report.first_screen.voices import voices
from vocmine.report.headline import narrowing_sentence
from vocmine.report.holding import held_back
from vocmine.report.incident_input import check_incidents
from vocmine.report.inputs import check_alerts, check_costs, plain_names, shape
from vocmine.report.quotes import gather
from vocmine.report.render.html import frame, render
from vocmine.report.sections.protocol import ReportView
from vocmine.report.summarise import rank_lines, summarise
from vocmine.report.summary import Summary
from vocmine.report.words import Words
from vocmine.results import IssueCosts, Note, ReasonInfo
from vocmine.store import write_atomic

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


@dataclass(frozen=True)
class Report:
    """A report that shows itself in a notebook and writes itself as a page or a workbook.

    Parameters
    ----------
    summary : Summary
        The numbers.
    evidence : Evidence
        Names and masked quotes behind them.
    lang : {"ja", "en"}
        Language.
    title : str, optional
        Title of the page.
    timezone : str
        Where a day begins and ends.
    source : ExploreSource, optional
        What the page answers from when a reader sorts, filters or opens an issue; without it, the page has no script.
    """

    summary: Summary
    evidence: Evidence
    lang: str = "ja"
    title: str | None = None
    timezone: str = "UTC"
    source: ExploreSource | None = field(default=None, compare=False, repr=False)

    @property
    def findings(self) -> list[str]:
        """Three or more plain sentences, the most important first."""
        return findings(self.summary, self.evidence, self._words)

    @property
    def html(self) -> str:
        """The page: one document that needs no other file, font or address, with the contacts behind its figures."""
        return render(self.view, self.source)

    @property
    def narrowing(self) -> str:
        """What checking contacts by hand would bring, in a sentence; empty where that is not known."""
        view = self.view
        return narrowing_sentence(view.summary, view.words, view.name)

    def ranked(self, ranking: pd.DataFrame, note: Note | None = None) -> Report:
        """Give the same report with the issues in another order, for instance that of `vocmine.cost.rank_issues`.

        Parameters
        ----------
        ranking : DataFrame
            ``issue`` and any of ``rank, rank_low, rank_high``.
        note : Note, optional
            What the order rests on: ``order_avoidable`` or ``order_cost``.

        Returns
        -------
        Report
            This one where most contacts have no reason: priorities are held back there.
        """
        if mostly_unknown(self.summary):
            return self
        return replace(self, summary=rank_lines(self.summary, ranking, note))

    def to_html(self, path: str | os.PathLike[str], contacts: bool = True, fold_below: int = 5) -> None:
        """Write the page.

        Parameters
        ----------
        path : path
            Replaced in one step; the same report gives the same bytes.
        contacts : bool
            Whether the page holds the contacts behind its figures, with masked texts and their ids: the latest 20,000.
            Without them it filters sums of groups; the few quotes of its sections stay.
        fold_below : int
            Groups of fewer contacts are told together with others.

        Raises
        ------
        SettingsError
            If `fold_below` is less than 1.
        """
        page = render(self.view, self.source, PageOptions(contacts, fold_below))
        write_atomic(path, page.encode("utf-8"))

    def to_xlsx(self, path: str | os.PathLike[str], contacts: bool = True) -> None:
        """Write the workbook: numbers as numbers, text as text, charts that can be edited.

        Parameters
        ----------
        path : path
            Replaced in one step; the same report gives the same bytes.
        contacts : bool
            Whether the sheets that list single contacts are in it: the ledger, contacts of alerts, contacts by issue
            and those without a reason.
        """
        from vocmine.report.render.workbook import workbook_bytes

        write_atomic(path, workbook_bytes(self.view, contacts))

    def to_brief(self, path: str | os.PathLike[str]) -> None:
        """Write the brief, one page for those who decide: ``.html`` prints on one sheet, ``.md`` is for a ticket.

        Parameters
        ----------
        path : path
            Replaced in one step; its suffix says which of both it is.

        Raises
        ------
        SettingsError
            If the suffix is another.
        """
        suffix = Path(path).suffix.lower()
        if suffix not in (".html", ".md"):
            raise SettingsError(
                "a brief is a page or Markdown", where="path", got=str(path), expected="a name ending in .html or .md"
            )
        brief = brief_of(self.view)
        text = brief_page(brief, self._words) if suffix == ".html" else brief_markdown(brief, self._words)
        write_atomic(path, text.encode("utf-8"))

    def cost_figure(self, most: int = 12) -> Figure:
        """Draw the cost of each issue with its likely range, as a Plotly figure."""
        from vocmine.report.render.figures import cost_figure

        return cost_figure(self.summary, self.evidence, self._words, most)

    def trend_figure(self, most: int = 5) -> Figure:
        """Draw contacts by week for the issues that cost most, as a Plotly figure."""
        from vocmine.report.render.figures import trend_figure

        return trend_figure(self.summary, self.evidence, self._words, most)

    @property
    def _words(self) -> Words:
        return Words(self.lang, self.summary.currency)

    @property
    def view(self) -> ReportView:
        """What page and workbook are laid out from."""
        words = self._words
        title = self.title or words(title_of(self.summary))
        return ReportView(self.summary, self.evidence, words, title, self.timezone)

    def _repr_html_(self) -> str:
        # A notebook is kept and passed on with what it shows: sums will do there.
        return frame(render(self.view, self.source, PageOptions(contacts=False)))

    def __repr__(self) -> str:
        """Say the findings where no page can be shown."""
        return "\n".join(["Report", *(f"- {sentence}" for sentence in self.findings)])


def build_report(
    contacts: pd.DataFrame,
    tags: pd.DataFrame,
    costs: IssueCosts,
    lang: str = "ja",
    *,
    names: ReasonInfo | None = None,
    topics: pd.DataFrame | None = None,
    alerts: pd.DataFrame | None = None,
    extras: Extras | None = None,
) -> Report:
    """Turn contacts, tags and issue costs into a report that a product team can act on.

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id, created_at, channel``; with ``text_clean`` (masked) the report has quotes, and ``csat`` and
        ``handle_seconds`` are shown where they are there. The raw ``text`` is never read.
    tags : DataFrame
        Long frame of tags.
    costs : IssueCosts
        Issue costs, one row an issue. Without costs (hours only) the report speaks of hours, without handle times of
        numbers of contacts. A bare table is refused: it says neither currency nor level.
    lang : {"ja", "en"}
        Language of the report.
    names : ReasonInfo, optional
        Names, kind of demand and owner of the reasons, as `vocmine.Tagger.names` gives them; needed for a taxonomy of
        your own. Without it those of the shipped taxonomy are shown, and other ids as they are.
    topics, alerts : DataFrame, optional
        Inputs of further sections.
    extras : Extras, optional
        The same inputs, those of all other sections, title, order of issues, longer history for the trends, time zone.

    Returns
    -------
    Report
        `.to_html(path)`, `.to_xlsx(path)`, `.summary`, `.findings`.

    Raises
    ------
    SettingsError
        If a frame lacks a column, there is no contact, the costs are a bare table, or the language has no words.

    Examples
    --------
    >>> days = pd.date_range("2026-09-01", periods=40, tz="UTC")
    >>> contacts = pd.DataFrame({"contact_id": [f"c{i}" for i in range(40)], "created_at": days, "channel": "call"})
    >>> tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": "billing.refund"})
    >>> table = pd.DataFrame({
    ...     "issue": ["billing.refund"], "n_contacts": [40.0], "handle_hours": [4.0], "cost": [16_000.0],
    ...     "cost_low": [15_000.0], "cost_high": [17_500.0], "imputed_share": [0.1]})
    >>> build_report(contacts, tags, IssueCosts(table, currency="JPY"), lang="en").findings[0]
    'Handling “Refund” costs about ¥12.0K a month (likely ¥11.2K to ¥13.1K) in labour, 100% of all handling cost. ...'
    """
    words = Words(lang)
    extras = extras or Extras()
    frames = shape(contacts, tags, extras.timezone)
    passed = {"topics": topics, "alerts": alerts}
    inputs = {**extras.inputs, **{name: frame for name, frame in passed.items() if frame is not None}}
    checked = {"alerts": check_alerts(inputs.get("alerts")), "incidents": check_incidents(inputs.get("incidents"))}
    extras = replace(extras, inputs={**inputs, **checked})
    names = ReasonInfo.shipped() if names is None else names
    past = None if extras.history is None else shape(*extras.history, extras.timezone, until=frames.base["day"].max())
    summary = held_back(summarise(frames, check_costs(costs), names.demand, extras, past))
    teams = {str(key): str(team) for key, team in names.teams.items()}
    found = gather(frames, plain_names(names), extras.inputs, words.lang)
    evidence = replace(found, teams=teams, voices=voices(frames, words.lang))
    ledger = extras.inputs.get("ledger")
    source = explore_source(contacts, frames, costs.ledger if ledger is None else ledger, extras.inputs)
    return Report(summary, evidence, lang, extras.title, extras.timezone, source)
