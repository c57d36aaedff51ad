"""The first lines of the page: what costs most, how sure that is, what it rests on, and what would narrow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vocmine.report.amounts import MOST_NAMED, amount_of, names_of, parts_of, period_of, spread_of
from vocmine.report.findings import better_list, growth_sentence, mostly_unknown
from vocmine.report.incident_findings import news, rise_due
from vocmine.report.leaders import cost_leaders, priority_leaders
from vocmine.report.names import IssueNames
from vocmine.report.sections.narrowing import narrowing_words
from vocmine.report.sections.protocol import ReportView
from vocmine.report.summary import IssueLine, Summary
from vocmine.report.words import Words


@dataclass(frozen=True)
class Headline:
    """Heading and first paragraph, as plain text; `news` stands above both where incidents go on."""

    title: str
    lead: str
    news: str = ""


def headline(view: ReportView) -> Headline:
    """Write what stands at the top of the page: one issue where the ranges part, else all that it may be.

    Parameters
    ----------
    view : ReportView
        Numbers, names, language.
    """
    s, w, name = view.summary, view.words, view.name
    told = news(s, view.evidence, w)
    if not s.issues:
        return Headline(view.title, "", told)
    if mostly_unknown(s):
        share = s.n_tagged / s.n_contacts
        about = w("headline_unknown_lead", tagged=w.count(s.n_tagged), share=w.percent(share))
        hint = better_list(s, w) or w("headline_unknown_hint")
        return Headline(w("headline_unknown", share=w.percent(1 - share)), _joined([about, hint], w), told)
    leaders = cost_leaders(s)
    tell = _one if len(leaders) == 1 else _several
    title, said = tell(leaders, s, w, name)
    lead = [*said, w.basis(s.basis, s.n_checked), _priority(s, w, name), narrowing_sentence(s, w, name)]
    return Headline(title, _joined(lead, w), told)


def _one(leaders: Sequence[IssueLine], s: Summary, w: Words, name: IssueNames) -> tuple[str, list[str]]:
    first = leaders[0]
    title = w(f"headline_{s.measure}", name=name(first.issue), period=period_of(s, w), amount=amount_of(first, s, w))
    spread = spread_of(first, s, w)
    said = [w("headline_range", range=spread)] if spread else []
    said.append(w(f"headline_share_{s.measure}", share=w.percent(first.share)))
    if spread and len(s.focus) > 1:
        said.append(w("headline_clear", without=_without(s, w)))
    if s.measure == "counts":
        said += [growth_sentence(first.growth, s, w), rise_due(first, name.evidence, w).text]
    return title, said


def _several(leaders: Sequence[IssueLine], s: Summary, w: Words, name: IssueNames) -> tuple[str, list[str]]:
    title = w(f"headline_open_{s.measure}", k=len(leaders), names=names_of(leaders, w, name))
    parts = parts_of(leaders, s, w, name)
    said = w("headline_open_lead", period=period_of(s, w), parts=parts, without=_without(s, w))
    return title, [said]


def narrowing_sentence(s: Summary, w: Words, name: IssueNames) -> str:
    """Say what checking contacts would bring for the dearest issue; empty where that is not known."""
    known = {row.issue: row for row in s.records("narrowing")}
    row = next((known[line.issue] for line in cost_leaders(s) if line.issue in known), None)
    return "" if row is None else narrowing_words(row, s.basis, w, name(row.issue))


def _priority(s: Summary, w: Words, name: IssueNames) -> str:
    """Say which issue is first in the order of what is worth doing, or that it can't be told."""
    first = priority_leaders(s) if s.ranked else ()
    if not first:
        return ""
    key = "one" if len(first) == 1 else "open" if len(first) <= MOST_NAMED else "many"
    return w(f"headline_rank_{key}", names=names_of(first, w, name), k=len(first))


def _without(s: Summary, w: Words) -> str:
    """Say that what customers wanted is left out, where it is."""
    return w("headline_without") if len(s.focus) < len(s.issues) else ""


def _joined(sentences: Sequence[str], w: Words) -> str:
    return w("between_sentences").join(sentence for sentence in sentences if sentence)
