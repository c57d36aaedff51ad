"""What costs (takes, counts) most: one issue where that can be told, else those that tie; payouts apart."""

from __future__ import annotations

from collections.abc import Sequence

from vocmine.report.amounts import MOST_NAMED, amount_of, names_of, period_of, spread_of
from vocmine.report.first_screen.answer import MOST_LINES, Answer, AnswerLine, filled
from vocmine.report.leaders import cost_leaders, paid_leaders
from vocmine.report.names import IssueNames
from vocmine.report.sections.protocol import ReportView
from vocmine.report.summary import IssueLine, Summary
from vocmine.report.words import Words
from vocmine.stats import Estimate


def costliest(view: ReportView) -> Answer:
    """Answer which issue costs most.

    Parameters
    ----------
    view : ReportView
        Numbers, names, language.
    """
    s, w, name = view.summary, view.words, view.name
    question = w(f"first_q_cost_{s.measure}")
    leaders = cost_leaders(s)
    if not leaders:
        return Answer("cost", question, w("first_cost_none"), notes=(w("first_cost_none_why"),))
    without = w("first_without") if len(s.focus) < len(s.issues) else ""
    if len(leaders) == 1:
        first = leaders[0]
        text = w(
            f"first_cost_one_{s.measure}", name=name(first.issue), period=period_of(s, w),
            amount=amount_of(first, s, w), range=bracket(spread_shown(first, s, w), w),
        )
        share = w(f"first_share_{s.measure}", share=w.percent(first.share))
        tagged = w("first_counted") if is_counted_only(s) else ""
        clear = w("first_clear") if spread_shown(first, s, w) and len(s.focus) > 1 else ""
        paid = _own_paid(first, s, w) or _paid(s, w, name)
        notes = filled([share, *facts_of(first, s, w), clear, tagged, without, paid])
        return Answer("cost", question, text, notes=notes)
    lines = tuple(
        AnswerLine(name(x.issue), amount_of(x, s, w) + bracket(spread_shown(x, s, w), w), facts_of(x, s, w))
        for x in leaders[:MOST_LINES]
    )
    text = w("first_cost_open", k=len(leaders))
    overlap = w("first_counted_open" if is_counted_only(s) else "first_overlap", period=period_of(s, w))
    return Answer("cost", question, text, lines, filled([_more(leaders, w, name), overlap, without, _paid(s, w, name)]))


def is_counted_only(s: Summary) -> bool:
    """Whether ranges leave out mistakes in finding reasons: then none is shown as one."""
    return s.basis == "counted"


def spread_shown(line: IssueLine, s: Summary, w: Words) -> str:
    """Write the range of an issue's amount; empty where there is none, or it leaves an error out."""
    return "" if is_counted_only(s) else spread_of(line, s, w)


def bracket(spread: str, w: Words) -> str:
    """Put a range into brackets; nothing where there is none."""
    return w("part_range", range=spread) if spread else ""


def facts_of(line: IssueLine, s: Summary, w: Words) -> tuple[str, ...]:
    """Say what an amount rests on: contacts with their range, and the part of estimated handle time."""
    n = w.count(line.contacts.value) + bracket(_contacts(line.contacts, s, w), w) if s.measure != "counts" else ""
    imputed = line.imputed_share if s.measure != "counts" and line.imputed_share >= 0.005 else 0.0
    return filled([n, w("first_imputed", share=w.percent(imputed)) if imputed else ""])


def _contacts(n: Estimate, s: Summary, w: Words) -> str:
    if is_counted_only(s) or not n.ranged or round(n.low) == round(n.high):
        return ""
    return w.spoken_range(w.whole(n.low), w.whole(n.high))


def _more(leaders: Sequence[IssueLine], w: Words, name: IssueNames) -> str:
    rest = leaders[MOST_LINES:]
    return w("first_more", k=len(rest), names=names_of(rest, w, name)) if rest else ""


def _own_paid(line: IssueLine, s: Summary, w: Words) -> str:
    """Say what was paid out for the issue itself; nothing where it leads the payouts, which is said after."""
    if not s.pays or not line.payout.value > 0 or [x.issue for x in paid_leaders(s)] == [line.issue]:
        return ""
    return w("first_own_paid", amount=w.short_money(line.payout.value * s.monthly), range=_paid_range(line, s, w))


def _paid(s: Summary, w: Words, name: IssueNames) -> str:
    """Say for which issue most was paid out: beside the handling cost, never in it."""
    if not s.pays or not any(x.payout.value > 0 for x in s.issues):
        return ""
    most = paid_leaders(s)
    if len(most) == 1:
        amount = w.short_money(most[0].payout.value * s.monthly)
        told = {"name": name(most[0].issue), "amount": amount, "range": _paid_range(most[0], s, w)}
        return w("first_paid_one", **told, period=period_of(s, w))
    total = w.short_money(s.total_payout * s.monthly)
    key = "first_paid_open" if len(most) <= MOST_NAMED else "first_paid_many"
    return w(key, names=names_of(most, w, name), k=len(most), period=period_of(s, w), total=total)


def _paid_range(line: IssueLine, s: Summary, w: Words) -> str:
    return "" if is_counted_only(s) else bracket(w.money_range(line.payout, s.monthly), w)
