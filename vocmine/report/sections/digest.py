"""Where to look first: the issues that take most, each with its trend, tone and a quote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vocmine.report.amounts import MOST_NAMED, names_of
from vocmine.report.findings import fix_of, mostly_unknown
from vocmine.report.incident_findings import left_out, rise_due
from vocmine.report.leaders import cost_leaders, priority_leaders
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionType
from vocmine.report.summary import IssueLine
from vocmine.report.words import Words

_SHOWN_SHARE = 0.15  # of an issue's contacts that a product needs to be named


def _values(view: ReportView) -> Mapping[str, Any]:
    first = priority_leaders(view.summary) if view.summary.ranked else cost_leaders(view.summary)
    return {
        "is_open": len(first) > 1, "priority": _priority(view), "when_fixed": fix_of(view.summary, view.words),
        "products": lambda line: _products(view.words, line),
        "aside": lambda line: left_out(line.aside, view.evidence, view.words, "card_aside").text,
        "due": lambda line: rise_due(line, view.evidence, view.words).text,
    }


def _priority(view: ReportView) -> str:
    """Say which issue is first in the order of what is worth doing, or that it can't be told."""
    s, w = view.summary, view.words
    first = priority_leaders(s) if s.ranked else ()
    if not first:
        return ""
    key = "one" if len(first) == 1 else "open" if len(first) <= MOST_NAMED else "many"
    return w(f"headline_rank_{key}", names=names_of(first, w, view.name), k=len(first))


def _products(w: Words, line: IssueLine) -> str:
    whole = sum(line.channels)
    shown = [f"{name} {w.percent(n / whole)}" for name, n in line.products if whole and n / whole >= _SHOWN_SHARE]
    return w("run_join").join(shown)


def _is_shown(view: ReportView) -> bool:
    return bool(view.summary.issues) and not mostly_unknown(view.summary)


SECTION = SectionType(
    "digest",
    page=PageLayout(20, listed=True, opened=True, shown=_is_shown, template="section_digest.html.j2", values=_values),
)
