"""How the list of reasons fits: no part of the page by itself, the findings and the headline speak of it."""

from __future__ import annotations

from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.protocol import SectionData, SectionType
from vocmine.results import ListFit


def _count(data: SectionData) -> Section | None:
    """Keep ``fit``, a `vocmine.results.ListFit`."""
    fit = data.get("fit")
    return record_section("fit", (fit,)) if isinstance(fit, ListFit) else None


SECTION = SectionType("fit", ("fit",), _count)
