"""What the brief says, as plain text: incidents, the answers, five issues, what is left out, how it was counted."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from vocmine.report.amounts import amount_of, period_of
from vocmine.report.evidence import Evidence, MarkedQuote
from vocmine.report.findings import mostly_unknown
from vocmine.report.first_screen.answer import Answer, AnswerLine, filled
from vocmine.report.first_screen.costliest import bracket, facts_of, is_counted_only, spread_shown
from vocmine.report.first_screen.unfitting import leading_topics
from vocmine.report.headline import headline
from vocmine.report.sections.incident_records import IncidentRecord
from vocmine.report.sections.protocol import ReportView
from vocmine.report.summary import IssueLine
from vocmine.report.trust_notes import untimed_sentences

_TOP = 5  # issues
_INCIDENTS = 2  # told; more are counted
_NAME, _TITLE, _QUOTE = 36, 64, 150  # columns of a name, the title, a quote: a wide letter takes two


@dataclass(frozen=True)
class Brief:
    """All that the brief says.

    Parameters
    ----------
    title, subtitle : str
        What it is about, and of which days and contacts.
    incidents : tuple of AnswerLine
        Incidents that go on.
    more_incidents : str
        How many more there are; empty where none.
    answers : tuple of Answer
        Those of the first screen.
    top_title : str
        What the table ranks.
    top : tuple of AnswerLine
        Five issues, or topics where most contacts have no reason.
    left_out, how : tuple of str
        What no figure holds; how it was counted.
    """

    title: str
    subtitle: str
    incidents: tuple[AnswerLine, ...]
    more_incidents: str
    answers: tuple[Answer, ...]
    top_title: str
    top: tuple[AnswerLine, ...]
    left_out: tuple[str, ...]
    how: tuple[str, ...]


def brief_of(view: ReportView) -> Brief:
    """Gather what the brief says; names and quotes are cut so that it fits on one sheet.

    Parameters
    ----------
    view : ReportView
        Numbers, names, language.
    """
    view = replace(view, evidence=_short_names(view.evidence), title=cut(view.title, _TITLE))
    s, w = view.summary, view.words
    going = s.open_incidents
    subtitle = w("subtitle", span=w.span(s.first_day, s.last_day), days=s.days, n=w.count(s.n_contacts))
    more = len(going) - _INCIDENTS
    unfit = mostly_unknown(s)
    return Brief(
        view.title, subtitle, tuple(_incident(x, view) for x in going[:_INCIDENTS]),
        w("incidents_more", n=more) if more > 0 else "", tuple(_plain(answer) for answer in headline(view).answers),
        w("brief_top_topics" if unfit else f"brief_top_{s.measure}"),
        _topics(view) if unfit else tuple(_issue(line, view) for line in s.focus[:_TOP]), _left_out(view), _how(view),
    )


def cut(text: str, width: int) -> str:
    """Cut a text to so many columns; a cut shows as ``…``.

    Examples
    --------
    >>> cut("ログインできない", 9), cut("Cannot log in", 9), cut("short", 9)
    ('ログイン…', 'Cannot l…', 'short')
    """
    text = " ".join(text.split())
    widths = [2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text]
    if sum(widths) <= width:
        return text
    room, kept = width - 1, 0
    for size in widths:
        if size > room:
            break
        room, kept = room - size, kept + 1
    return text[:kept] + "…"


def _short(names: Mapping[str, str]) -> dict[str, str]:
    return {key: cut(name, _NAME) for key, name in names.items()}


def _short_names(e: Evidence) -> Evidence:
    """Give the same evidence with names that fit on a line."""
    return replace(
        e, names={lang: _short(table) for lang, table in e.names.items()}, incident_names=_short(e.incident_names),
        topic_names={key: cut(name, _NAME) for key, name in e.topic_names.items()},
    )


def _plain(answer: Answer) -> Answer:
    """Give an answer without what only a reader of the whole report needs: where a quote comes from."""
    quote = answer.quote
    # What a tie rests on stands with the five issues below.
    lines = tuple(AnswerLine(cut(line.name, _NAME), line.value) for line in answer.lines)
    if quote is None:
        return replace(answer, lines=lines)
    room = max(10, _QUOTE - sum(2 if ord(letter) > 0x2E7F else 1 for letter in quote.evidence))
    short = MarkedQuote(
        _tail(quote.before, room // 3) + quote.before[len(quote.before.rstrip()):], cut(quote.evidence, _QUOTE),
        quote.after[: len(quote.after) - len(quote.after.lstrip())] + cut(quote.after, room), "", quote.day, "",
        quote.lang,
    )
    return replace(answer, quote=short, notes=answer.notes[:1], lines=lines)


def _tail(text: str, width: int) -> str:
    """Keep the end of a text."""
    short = cut(text[::-1], width)
    return short[::-1]


def _incident(x: IncidentRecord, view: ReportView) -> AnswerLine:
    s, w, e = view.summary, view.words, view.evidence
    cost = end = ""
    if s.in_money and x.cost.known:
        cost = w("brief_incident_cost", amount=w.short_money(x.cost.value), range=bracket(w.money_range(x.cost), w))
    if x.n_month_end.known and x.until:
        spread = x.n_month_end
        ends = w.whole(spread.low), w.whole(spread.high)
        told = w.spoken_range(*ends) if spread.ranged and ends[0] != ends[1] else ""
        end = w("brief_incident_end", day=w.day(x.until), n=w.count(spread.value), range=bracket(told, w))
    value = w(
        "brief_incident", day=w.day(x.first_day), n=w.count(x.n_contacts), range=bracket(x.n_range(w), w),
        state=w(f"incident_state_{x.state}"),
    )
    return AnswerLine(e.incident_names[x.incident_id], value, filled([cost, end]))


def _issue(line: IssueLine, view: ReportView) -> AnswerLine:
    """Write an issue with its range, what it rests on, and payouts apart."""
    s, w = view.summary, view.words
    paid = ""
    if s.pays and line.payout.value > 0:
        spread = "" if is_counted_only(s) else w.money_range(line.payout, s.monthly)
        paid = w("brief_paid", amount=w.short_money(line.payout.value * s.monthly), range=bracket(spread, w))
    value = amount_of(line, s, w) + bracket(spread_shown(line, s, w), w)
    return AnswerLine(view.name(line.issue), value, filled([*facts_of(line, s, w), paid]))


def _topics(view: ReportView) -> tuple[AnswerLine, ...]:
    s, w = view.summary, view.words
    return tuple(
        AnswerLine(
            cut(topic.name, _NAME), w.count(topic.n),
            filled([w("first_about_cost", amount=w.short_money(topic.cost)) if s.in_money and topic.cost > 0 else ""]),
        )
        for topic in leading_topics(view)[:_TOP]
    )


def _left_out(view: ReportView) -> tuple[str, ...]:
    s, w = view.summary, view.words
    n = s.n_contacts - s.n_tagged
    wanted = bool(s.issues) and len(s.focus) < len(s.issues) and not mostly_unknown(s)
    return filled([
        w("brief_unknown", n=w.count(n), share=w.percent(n / s.n_contacts)) if n else "",
        w("brief_wanted") if wanted else "", w("brief_paid_out") if s.pays else "",
        *(cut(text, 200) for text in untimed_sentences(s, w)), w("trust_left_out") if s.in_money else "",
        w("trust_no_time") if s.measure == "counts" else w("trust_no_money") if s.measure == "hours" else "",
    ])


def _how(view: ReportView) -> tuple[str, ...]:
    s, w = view.summary, view.words
    level = w("level", n=round(s.level * 100))
    numerator = f"numerator_{s.numerator}"
    return filled([
        w("brief_counted_n", span=w.span(s.first_day, s.last_day), n=w.count(s.n_contacts), tz=cut(view.timezone, 40)),
        w("brief_shared") if s.n_double and s.measure != "counts" else "",
        w("trust_numerator", text=w(numerator)) if s.in_money and w.has(numerator) else "",
        w("brief_month", days=s.days) if s.in_money and s.by_month and s.days != 30 else "",
        w("brief_imputed", share=w.percent(s.imputed_share)) if s.in_money and s.imputed_share >= 0.005 else "",
        "" if is_counted_only(s) else w("brief_level", level=level),
        w("brief_period", period=period_of(s, w)) if s.in_money else "",
    ])
