"""Is it growing: the cost of last month against this month, with its range; contacts where cost can't be told.

The whole cost is hardly moved by mistakes of the tagger, so its change has a range. The cost of one issue is: both
months are told as tagged, and no range that leaves that out.
"""

from __future__ import annotations

from datetime import date

from vocmine.report.first_screen.answer import MOST_LINES, Answer, AnswerLine, filled
from vocmine.report.incident_findings import names_of_incidents, rise_due
from vocmine.report.leaders import cost_leaders
from vocmine.report.sections.bridge import CostMove
from vocmine.report.sections.protocol import ReportView
from vocmine.report.summary import Summary
from vocmine.report.words import Words


def growing(view: ReportView, *, by_issue: bool = True) -> Answer:
    """Answer whether cost is growing.

    Parameters
    ----------
    view : ReportView
        Numbers, names, language.
    by_issue : bool
        Whether the issues that cost most are told too.
    """
    s, w = view.summary, view.words
    question = w("first_q_grow_money" if s.in_money else "first_q_grow")
    moves = s.records("bridge")
    if s.in_money and moves:
        return _of_cost(moves[0], question, view, by_issue=by_issue)
    told = _contacts(s, w)
    due = [rise_due(line, view.evidence, w).text for line in cost_leaders(s)[:1]] if by_issue else []
    if s.in_money:
        return Answer("grow", question, w("first_grow_none"), notes=filled([w("first_grow_none_why"), told]))
    no_rates = w("first_grow_no_rates") if s.measure == "hours" else ""
    return Answer("grow", question, told or w("first_grow_none"), notes=filled([no_rates, *due]))


def _of_cost(move: CostMove, question: str, view: ReportView, *, by_issue: bool) -> Answer:
    s, w = view.summary, view.words
    low, high = (w.signed(end, w.short_money) for end in (move.change.low, move.change.high))
    spread = w("part_range", range=w.spoken_range(low, high)) if move.change.ranged else ""
    text = w(
        f"first_grow_{move.direction}", change=w.signed(move.change.value, w.short_money),
        percent=w.change(move.percent), range=spread,
    )
    before, after = (_days(span, w) for span in move.days)
    whole = w(
        "first_grow_whole", before=w.short_money(move.before.value), after=w.short_money(move.after.value),
        days_before=before, days_after=after, n_before=w.count(move.contacts[0]), n_after=w.count(move.contacts[1]),
    )
    aside = _without_incidents(move, view)
    lines = _lines(s, view) if by_issue else ()
    return Answer("grow", question, text, lines, filled([whole, aside, w("first_grow_as_tagged") if lines else ""]))


def _without_incidents(move: CostMove, view: ReportView) -> str:
    """Say what the change is without incidents that go on; empty where there are none in both months."""
    if not move.aside:
        return ""
    w, rest = view.words, move.rest
    low, high = (w.signed(end, w.short_money) for end in (rest.low, rest.high))
    names = names_of_incidents([part.incident_id for part in move.aside], view.evidence, w)
    return w(
        "first_grow_aside", names=w("names_all", names=names), n=w.count(sum(part.n for part in move.aside)),
        rest=w.signed(rest.value, w.short_money),
        range=w("part_range", range=w.spoken_range(low, high)) if rest.ranged else "",
    )


def _days(span: tuple[date, date], w: Words) -> str:
    return w.spoken_range(w.day(span[0]), w.day(span[1]))


def _lines(s: Summary, view: ReportView) -> tuple[AnswerLine, ...]:
    """Tell both months of each issue that may cost most, as tagged."""
    w, section = view.words, s.section("bridge")
    grid = section.grid("bridge_issues") if section else None
    ends = {str(row[0]): (float(row[1]), float(row[2])) for row in grid.rows} if grid else {}
    lines = []
    for line in cost_leaders(s)[:MOST_LINES]:
        value = w("first_grow_issue_none")
        if line.issue in ends:
            before, after = ends[line.issue]
            told = {"before": w.short_money(before), "after": w.short_money(after)}
            value = w("first_grow_issue", **told, change=w.signed(after - before, w.short_money))
        lines.append(AnswerLine(view.name(line.issue), value))
    return tuple(lines) if ends else ()


def _contacts(s: Summary, w: Words) -> str:
    """Say how the number of contacts moved; empty where the time is too short."""
    way = w.direction(s.growth)
    if way == "unknown":
        return ""
    return w(f"first_contacts_{way}", days=s.growth_days, times=w.times_with_range(s.growth))
