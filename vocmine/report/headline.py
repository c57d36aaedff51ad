"""The first screen of the page: the answers to five questions; and what would narrow the ranges, as a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from vocmine.report.findings import mostly_unknown
from vocmine.report.first_screen.answer import Answer
from vocmine.report.first_screen.certainty import certainty, leading_narrowing
from vocmine.report.first_screen.costliest import costliest
from vocmine.report.first_screen.growing import growing
from vocmine.report.first_screen.saving import saving
from vocmine.report.first_screen.saying import saying
from vocmine.report.first_screen.unfitting import unfitting
from vocmine.report.names import IssueNames
from vocmine.report.sections.narrowing import narrowing_words
from vocmine.report.sections.protocol import ReportView
from vocmine.report.summary import Summary
from vocmine.report.words import Words


@dataclass(frozen=True)
class Headline:
    """Title of the page and the answers below it, as plain text."""

    title: str
    answers: tuple[Answer, ...]


def headline(view: ReportView) -> Headline:
    """Answer what a busy reader asks first: what costs most, is it growing, what is said, what is saved, how sure.

    Parameters
    ----------
    view : ReportView
        Numbers, names, language.

    Returns
    -------
    Headline
        Five answers; where the list of reasons does not fit, those that need no reasons; two where there is no issue.
    """
    if mostly_unknown(view.summary):
        return Headline(view.title, unfitting(view))
    if not view.summary.issues:
        return Headline(view.title, (costliest(view), growing(view)))
    return Headline(view.title, (costliest(view), growing(view), saying(view), saving(view), certainty(view)))


def narrowing_sentence(s: Summary, w: Words, name: IssueNames) -> str:
    """Say what checking contacts would bring for the dearest issue; empty where that is not known."""
    row = leading_narrowing(s)
    return "" if row is None else narrowing_words(row, s.basis, w, name(row.issue))
