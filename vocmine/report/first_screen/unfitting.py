"""The first screen where most contacts have no reason: what they are about, and how to get a list that fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vocmine.report.evidence import MarkedQuote
from vocmine.report.findings import better_list
from vocmine.report.first_screen.answer import MOST_LINES, Answer, AnswerLine, filled
from vocmine.report.first_screen.growing import growing
from vocmine.report.sections.protocol import ReportView
from vocmine.stats import Estimate


@dataclass(frozen=True)
class FoundTopic:
    """A topic found among the contacts, whatever their reasons: its cost is the labour of its contacts."""

    name: str
    n: int
    cost: float
    quote: str


def unfitting(view: ReportView) -> tuple[Answer, ...]:
    """Answer what can be answered without reasons.

    Parameters
    ----------
    view : ReportView
        Numbers, names, language.
    """
    topics = leading_topics(view)
    return (_fit(view), _about(topics, view), *_say(topics, view), growing(view, by_issue=False), _next(view))


def leading_topics(view: ReportView) -> tuple[FoundTopic, ...]:
    """Give the topics with most contacts that have no reason; those that are watched where none were discovered."""
    s, e = view.summary, view.evidence
    found = s.section("discovered")
    grid = found.grid("discovered") if found else None
    if grid is None:
        return tuple(
            FoundTopic(e.topic_names.get(topic, str(topic)), n, float("nan"),
                       next((q.text for q in e.topic_quotes.get(topic, ())), ""))
            for topic, n in s.topics
        )
    heads = [col.head for col in grid.cols]
    rows = [dict(zip(heads, row, strict=True)) for row in grid.rows]
    rows.sort(key=lambda row: (-row["col_topic_n"] * _unknown_part(row), str(row["col_topic"])))
    return tuple(
        FoundTopic(str(row["col_topic"]), int(row["col_topic_n"]), float(row.get("col_money", float("nan"))),
                   str(row["col_quote"] or ""))
        for row in rows
    )


def _unknown_part(row: Mapping[str, Any]) -> float:
    gap = row.get("col_gap")
    return gap.value if isinstance(gap, Estimate) and gap.known else 1.0


def _fit(view: ReportView) -> Answer:
    s, w = view.summary, view.words
    known = s.n_tagged / s.n_contacts
    text = w("headline_unknown", share=w.percent(1 - known))
    told = w("first_fit_known", tagged=w.count(s.n_tagged), share=w.percent(known), n=w.count(s.n_contacts))
    return Answer("fit", w("first_q_fit"), text, notes=filled([told, better_list(s, w).strip(), w("first_held_back")]))


def _about(topics: tuple[FoundTopic, ...], view: ReportView) -> Answer:
    s, w = view.summary, view.words
    if not topics:
        return Answer("about", w("first_q_about"), w("first_about_none"), notes=(w("first_about_none_why"),))
    lines = []
    for topic in topics[:MOST_LINES]:
        cost = w("first_about_cost", amount=w.short_money(topic.cost)) if s.in_money and topic.cost > 0 else ""
        lines.append(AnswerLine(topic.name, w.count(topic.n), filled([cost])))
    text = w("first_about", k=len(topics))
    found = s.section("discovered") is not None
    costs = w("first_about_costs") if any(line.notes for line in lines) else ""
    notes = filled([w("first_about_order" if found else "first_about_watched"), costs])
    return Answer("about", w("first_q_about"), text, tuple(lines), notes)


def _say(topics: tuple[FoundTopic, ...], view: ReportView) -> tuple[Answer, ...]:
    """Quote a contact of the first topic; nothing where no topic has a quote."""
    w = view.words
    for topic in topics:
        if topic.quote:
            quote = MarkedQuote(topic.quote, "", "", "", view.summary.last_day, "", "")
            said = (w("first_say_topic", name=topic.name),)
            return (Answer("say", w("first_q_say"), "", notes=said, quote=quote),)
    return ()


def _next(view: ReportView) -> Answer:
    s, w = view.summary, view.words
    draft = next(iter(s.records("draft")), None)
    text = w("first_next", k=draft.k) if draft is not None else w("first_next_plain")
    trade = next((fit.better for fit in s.records("fit") if fit.better), "")
    commands = filled([w("first_command_propose"), w("first_command_trade", trade=trade) if trade else ""])
    return Answer("next", w("first_q_next"), text, notes=(w("first_next_how"),), commands=commands)
