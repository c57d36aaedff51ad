"""A section is shown where it was counted, gets what it says it reads, and names its title."""

from __future__ import annotations

import pytest

from vocmine.report import Evidence
from vocmine.report.sections.grid import Section
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType
from vocmine.report.words import Words


@pytest.fixture
def view(full_report):
    report = full_report("en")
    return ReportView(report.summary, report.evidence, Words("en", report.summary.currency))


def test_a_section_gets_what_it_reads_and_nothing_else():
    data = SectionData(frames=None, inputs={"months": 1, "risk": 2}, level=0.9).only(("months", "units"))
    assert (data.get("months"), data.get("risk"), data.get("units"), data.level) == (1, None, None, 0.9)


def test_a_section_is_shown_where_it_was_counted(view):
    for key, shown in (("months", True), ("nothing", False)):
        section = SectionType(key, (key,), lambda data: Section("a"), PageLayout(1))
        assert section.is_shown(view) == shown
    assert not SectionType("months").is_shown(view)
    assert SectionType("of the summary", page=PageLayout(1)).is_shown(view)
    assert not SectionType("months", page=PageLayout(1, shown=lambda view: False)).is_shown(view)


def test_the_title_is_named_by_the_key_or_the_layout(view):
    assert SectionType("months", page=PageLayout(1)).title(view) == "sec_months"
    assert SectionType("costs", page=PageLayout(1, title=lambda view: f"sec_{view.summary.measure}")).title(view) == "sec_money"


def test_a_view_names_issues(view):
    assert view.name("account.login") == "Cannot log in"
    assert ReportView(view.summary, Evidence(), view.words).name("account.login") == "account.login"
