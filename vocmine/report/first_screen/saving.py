"""What fixing it would save: labour, the assumed part said, with the range of the cost it is a part of."""

from __future__ import annotations

import math

from vocmine.report.amounts import period_of
from vocmine.report.first_screen.answer import MOST_LINES, Answer, AnswerLine, filled
from vocmine.report.first_screen.costliest import bracket, is_counted_only
from vocmine.report.leaders import cost_leaders, scaled
from vocmine.report.sections.protocol import ReportView
from vocmine.report.summary import IssueLine, Summary
from vocmine.report.words import Words


def saving(view: ReportView) -> Answer:
    """Answer what fixing the issues that may cost most would save.

    Parameters
    ----------
    view : ReportView
        Numbers, names, language.
    """
    s, w, name = view.summary, view.words, view.name
    question, leaders = w("first_q_save"), cost_leaders(s)
    known = [line for line in leaders if line.saves] if s.in_money else []
    if not known:
        return Answer("save", question, w("first_save_unknown"), notes=filled([_why_not(leaders[0], view)]))
    best = max(known, key=lambda line: (line.avoidable, line.issue))
    key = "first_save_one" if len(leaders) == 1 else "first_save_most"
    text = w(key, name=name(best.issue), period=period_of(s, w), amount=_amount(best, s, w))
    rest = [line for line in known if line is not best][: MOST_LINES - 1]
    lines = tuple(AnswerLine(name(line.issue), _amount(line, s, w)) for line in rest)
    assumed = w("first_save_part", part=w.part(s.fix_rate)) if s.fix_rate < 1 else w("first_save_all")
    at_once = "" if math.isnan(best.marginal) else w(
        "first_save_marginal", amount=w.short_money(best.marginal * s.monthly), name=name(best.issue))
    paid = w(
        "first_save_paid", amount=w.short_money(best.avoidable_payout * s.monthly), name=name(best.issue)
    ) if best.avoidable_payout > 0 else ""
    return Answer("save", question, text, lines, filled([assumed, at_once, paid]))


def _amount(line: IssueLine, s: Summary, w: Words) -> str:
    """Write a saving with the range of the cost: the assumed part of it is said, and not in the range."""
    part = scaled(line.cost, line.avoidable)
    spread = "" if is_counted_only(s) else w.money_range(part, s.monthly)
    return w.short_money(line.avoidable * s.monthly) + bracket(spread, w)


def _why_not(line: IssueLine, view: ReportView) -> str:
    """Say why no saving is told, and what half as many contacts would free."""
    s, w = view.summary, view.words
    if s.measure == "counts":
        return w("first_save_no_time")
    if line.demand == "value":
        return w("first_save_wanted", name=view.name(line.issue))
    size = line.cost.value if s.in_money else line.hours
    amount = w.short_money(size * s.monthly / 2) if s.in_money else w.hours(size * s.monthly / 2)
    return w(f"first_save_half_{s.measure}", name=view.name(line.issue), period=period_of(s, w), amount=amount)
