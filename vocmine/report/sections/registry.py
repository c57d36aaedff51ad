"""All sections: each module of this package that holds a ``SECTION`` is one, so that adding one edits no list."""

from __future__ import annotations

import pkgutil
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from vocmine.report.sections.grid import Section
from vocmine.report.sections.protocol import ReportView, SectionData, SectionType


@lru_cache(maxsize=1)
def all_sections() -> tuple[SectionType, ...]:
    """Give all sections by key.

    Examples
    --------
    >>> [section.key for section in all_sections()][:3]
    ['alert_contacts', 'alerts', 'aspects']
    """
    package = __name__.rpartition(".")[0]
    names = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    modules = (import_module(f"{package}.{name}") for name in names)
    found = [getattr(module, "SECTION", None) for module in modules]
    return tuple(sorted((each for each in found if isinstance(each, SectionType)), key=lambda each: each.key))


def page_sections() -> tuple[SectionType, ...]:
    """Give the sections of the page in its order.

    Examples
    --------
    >>> [section.key for section in page_sections()][:3]
    ['incidents', 'findings', 'part']
    """
    places = [(each.page.place, each.key, each) for each in all_sections() if each.page is not None]
    return tuple(each for _, _, each in sorted(places, key=lambda row: row[:2]))


def ordered_for(view: ReportView) -> tuple[SectionType, ...]:
    """Give the sections of the page in the order of one report."""
    places = [(each.page.place_in(view), n, each) for n, each in enumerate(page_sections()) if each.page is not None]
    return tuple(each for _, _, each in sorted(places, key=lambda row: row[:2]))


def sheet_sections() -> tuple[SectionType, ...]:
    """Give the sections of the workbook in its order.

    Examples
    --------
    >>> [section.key for section in sheet_sections()][-1]
    'notes'
    """
    places = [(each.sheet.place, each.key, each) for each in all_sections() if each.sheet is not None]
    return tuple(each for _, _, each in sorted(places, key=lambda row: row[:2]))


def input_names() -> tuple[str, ...]:
    """Give the names of all inputs that sections read.

    Examples
    --------
    >>> "alerts" in input_names(), "weather" in input_names()
    (True, False)
    """
    return tuple(sorted({name for each in all_sections() for name in each.reads}))


def count_sections(data: SectionData) -> tuple[Section, ...]:
    """Count all sections that have something to show, in the order of their keys; each gets what it says it reads."""
    made = (each.count(data.only(each.reads)) for each in all_sections() if each.count is not None)
    return tuple(section for section in made if section is not None)
