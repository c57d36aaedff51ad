"""The contents of the workbook: every sheet, its link, what it holds."""

from __future__ import annotations

import pytest

from vocmine.report.render.contents import LONGEST_TAB, distinct_tabs, what_it_holds
from vocmine.report.sections.registry import sheet_sections
from vocmine.report.sections.sheet import Sheet, SheetColumn
from vocmine.report.words import Words

NAMES = {"ja": "目次", "en": "Contents"}


def named(*names: str) -> list[str]:
    return [sheet.name for sheet in distinct_tabs([Sheet(name, (SheetColumn(""),), ()) for name in names])]


def test_the_contents_lead_to_every_sheet(book):
    lang, _, made = book
    sheet = made[NAMES[lang]]
    assert made.sheetnames[0] == NAMES[lang]
    links = {row[0].value: row[0].hyperlink.location for row in sheet.iter_rows(min_row=4) if row[0].value}
    assert list(links) == made.sheetnames[1:]
    assert all(place == f"'{name}'!A1" for name, place in links.items())
    assert all(row[0].hyperlink.target is None for row in sheet.iter_rows(min_row=4))
    assert all(row[1].value and row[3].value for row in sheet.iter_rows(min_row=4))


def test_only_the_contents_have_links(book):
    lang, _, made = book
    rest = (cell for sheet in made for row in sheet.iter_rows() for cell in row if sheet.title != NAMES[lang])
    assert not any(cell.hyperlink for cell in rest)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_section_says_what_its_sheet_holds(lang):
    words = Words(lang)
    told = {section.key: what_it_holds(section.key, words) for section in sheet_sections()}
    assert all(told.values()), told
    assert all("\n" not in text and len(text) < 200 for text in told.values())


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_names_on_tabs_fit_and_are_distinct(lang):
    words = Words(lang)
    names = [words(f"sheet_{section.key}") for section in sheet_sections() if words.has(f"sheet_{section.key}")]
    assert all(len(name) <= LONGEST_TAB for name in names)
    assert named(*names) == names


def test_any_name_becomes_one_that_a_workbook_takes():
    assert named("x" * 40, "x" * 40) == ["x" * 31, f"{'x' * 29} 2"]
    assert named("Costs", "costs", "[a]:*?/\\'") == ["Costs", "costs 2", "a"]
    assert named("Agents' codes", "'quoted'") == ["Agents' codes", "quoted"]
    assert named("", "\x00") == ["Sheet", "Sheet 2"]
