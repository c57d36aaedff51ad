"""Grids and sections as plain data: what is empty is left out."""

from __future__ import annotations

import math

import pytest

from vocmine.report.sections.grid import Col, Grid, Section, Sentence, empty, grid_section, record_section
from vocmine.stats import Estimate

FULL = Grid("teams", (Col("col_team"), Col("col_n", "whole")), (("A", 3), ("B", 2), ("C", 1)), most=2)
BARE = Grid("bots", (Col("col_issue", "issue"),), ())


def test_the_page_shows_the_first_rows_and_says_how_many_more():
    assert (FULL.shown, FULL.more) == ((("A", 3), ("B", 2)), 1)
    assert BARE.more == 0


def test_a_section_has_the_grids_that_have_rows():
    section = grid_section("journeys", (BARE, FULL))
    assert section.grids == (FULL,)
    assert section.grid("teams") is FULL
    assert section.grid("bots") is None


def test_a_section_of_nothing_is_none_unless_it_says_something():
    assert grid_section("journeys", (BARE,)) is None
    assert grid_section("journeys", (BARE,), (Sentence("journey_back"),)).grids == ()
    assert record_section("fixes", ()) is None
    assert record_section("fixes", (1,)) == Section("fixes", records=(1,))


@pytest.mark.parametrize("value", [None, "", math.nan, Estimate()])
def test_a_cell_of_nothing_is_empty(value):
    assert empty(value)


@pytest.mark.parametrize("value", [0, 0.0, "0", Estimate(0.0), ("team", "")])
def test_zero_is_not_nothing(value):
    assert not empty(value)
