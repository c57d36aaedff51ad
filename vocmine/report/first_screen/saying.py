"""What customers say: one quote that holds the words its tag rests on."""

from __future__ import annotations

from vocmine.report.first_screen.answer import Answer
from vocmine.report.leaders import cost_leaders
from vocmine.report.sections.protocol import ReportView


def saying(view: ReportView) -> Answer:
    """Answer what customers say about the issue that leads, or the first of those that tie which has such a quote.

    Parameters
    ----------
    view : ReportView
        Numbers, names, language.
    """
    w, question = view.words, view.words("first_q_say")
    for line in cost_leaders(view.summary):
        quote = view.evidence.voices.get(line.issue)
        if quote is not None:
            of = w("first_say_of", name=view.name(line.issue))
            channel = w.name(quote.channel, "channel")
            source = w("quote_from", day=w.day(quote.day), channel=channel, id=quote.contact_id)
            return Answer("say", question, "", notes=(of, source), quote=quote)
    return Answer("say", question, w("first_say_none"), notes=(w("first_say_none_why"),))
