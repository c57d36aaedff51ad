"""How sure that is, what it rests on, and what would make it surer: the command that draws contacts to check."""

from __future__ import annotations

import math

from vocmine.report.first_screen.answer import Answer, filled
from vocmine.report.leaders import cost_leaders
from vocmine.report.sections.narrowing import Narrowing
from vocmine.report.sections.protocol import ReportView
from vocmine.report.summary import Summary


def certainty(view: ReportView) -> Answer:
    """Answer how sure the figures are.

    Parameters
    ----------
    view : ReportView
        Numbers, names, language.
    """
    s, w = view.summary, view.words
    question, basis = w("first_q_sure"), w.basis(s.basis, s.n_checked)
    row = leading_narrowing(s)
    if row is None or not row.is_worth_it:
        key = "first_sure_checked" if s.basis == "audit" else "first_sure_unchecked"
        commands = filled([w("first_command_audit") if s.basis != "audit" else ""])
        return Answer("sure", question, w(key, n=w.count(s.n_checked)), notes=(basis,), commands=commands)
    more = s.basis == "audit"
    key = "first_sure_tell" if math.isnan(row.now) else "first_sure_more" if more else "first_sure_narrow"
    text = w(
        key, name=view.name(row.issue), n=w.count(row.n), now=w.percent(row.now), then=w.percent(row.then),
        checked=w.count(s.n_checked),
    )
    notes = filled([basis, w("first_sure_seed") if more else ""])
    command = w("first_command_audit_more" if more else "first_command_audit_n", plain=row.n)
    return Answer("sure", question, text, notes=notes, commands=(command,))


def leading_narrowing(s: Summary) -> Narrowing | None:
    """Give what checking contacts would bring for the first of the issues that may cost most; None where not known.

    Parameters
    ----------
    s : Summary
        Numbers.
    """
    known: dict[str, Narrowing] = {row.issue: row for row in s.records("narrowing")}
    return next((known[line.issue] for line in cost_leaders(s) if line.issue in known), None)
