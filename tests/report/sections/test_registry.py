"""The sections of a report: found by themselves, each once, in order, with words for all they show."""

from __future__ import annotations

import pytest

from vocmine.report import build_report
from vocmine.report.sections.registry import all_sections, input_names, page_sections, sheet_sections
from vocmine.report.words import Words

PAGE = (
    "incidents", "findings", "digest", "costs", "months", "trend", "mood", "risk", "aspects", "fixes", "other_incidents", "alerts", "watch", "discovered",
    "channels", "channel_use", "journeys", "teamwork", "flows", "words", "topics", "trust", "run", "sources",
)
SHEETS = (
    "findings", "incidents", "costs", "trend", "mood", "fixes", "channels", "alerts", "words", "topics", "months", "aspects", "risk",
    "watch", "channel_use", "journeys", "teamwork", "flows", "discovered", "quality", "sources", "quotes", "trace", "notes",
)
GRIDS = ("fixes", "months", "aspects", "risk", "watch", "channel_use", "journeys", "teamwork", "flows", "discovered", "quality", "sources")
RECORDS = ("alerts", "fixes", "words", "topics", "run", "narrowing", "incidents", "reliability")


def test_a_full_report_has_all_parts_in_order(full_report):
    counted = {section.key: section for section in full_report().summary.sections}
    assert set(counted) == {*GRIDS, *RECORDS}
    assert {key for key, section in counted.items() if section.grids} == set(GRIDS)
    assert {key for key, section in counted.items() if section.records} == set(RECORDS)
    assert tuple(section.key for section in sheet_sections() if section.key in GRIDS) == GRIDS


def test_what_is_not_given_has_no_part(centre):
    report = build_report(centre.contacts, centre.tags, centre.costs)
    assert [part.key for part in report.summary.sections] == ["quality"]
    assert 'id="journeys"' not in report.html


def test_page_and_workbook_have_their_order():
    assert tuple(section.key for section in page_sections() if section.key in PAGE) == PAGE
    assert tuple(section.key for section in sheet_sections() if section.key in SHEETS) == SHEETS


def test_each_section_stands_once_and_has_a_place_of_its_own():
    keys = [section.key for section in all_sections()]
    assert len(keys) == len(set(keys))
    for places in ([s.page.place for s in all_sections() if s.page], [s.sheet.place for s in all_sections() if s.sheet]):
        assert len(places) == len(set(places))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_section_of_grids_has_its_words(lang):
    words = Words(lang)
    for section in all_sections():
        if section.sheet is not None and section.sheet.build is None:
            assert all(words.has(f"{name}_{section.key}") for name in ("sec", "sheet"))
            assert words.has(f"sec_{section.key}_lead")


def test_inputs_are_what_the_sections_read():
    assert input_names() == tuple(sorted(set(input_names())))
    assert {"alerts", "months", "journeys", "evaluation"} <= set(input_names())


