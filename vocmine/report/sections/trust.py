"""How far the numbers can be trusted: what they rest on and leave out, and how often tags are right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vocmine.report.sections.protocol import PageLayout, ReportView, SectionType
from vocmine.report.trust_notes import trust_sentences


def _values(view: ReportView) -> Mapping[str, Any]:
    return {
        "trust": trust_sentences(view.summary, view.words, view.timezone), "quality": view.summary.section("quality"),
    }


SECTION = SectionType(
    "trust", page=PageLayout(170, listed=True, template="section_trust.html.j2", values=_values)
)
