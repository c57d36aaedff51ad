"""Cells and sentences of sections: page and workbook show the same figures."""

from __future__ import annotations

import math

import pytest
from openpyxl import load_workbook

from vocmine.report.render.cells import CellWriter
from vocmine.report.sections.grid import Col, Grid, Sentence
from vocmine.report.words import Words
from vocmine.stats import Estimate


def numbers(cells):
    return [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]


def _evidence():
    from vocmine.report import Evidence

    return Evidence()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_page_and_workbook_have_every_figure(full_report, lang, tmp_path):
    report = full_report(lang)
    report.to_xlsx(tmp_path / "r.xlsx")
    book, page = load_workbook(tmp_path / "r.xlsx", data_only=True), report.html
    words = Words(lang, report.summary.currency)
    writer = CellWriter(words, report.evidence)
    for part in (each for each in report.summary.sections if each.grids):
        cells = {round(cell, 10) for row in book[words(f"sheet_{part.key}")].iter_rows(values_only=True) for cell in numbers(row)}
        for grid in part.grids:
            for row in grid.rows:
                for value in row:
                    parts = (value.value, value.low, value.high) if isinstance(value, Estimate) else (value,)
                    assert all(round(part, 10) in cells for part in numbers(parts) if not math.isnan(part)), (grid.key, value)
            for row in grid.shown:
                assert all(not isinstance(v, Estimate) or writer.text(c, v) in page for c, v in zip(grid.cols, row, strict=True))


def test_an_estimate_fills_three_cells_and_the_rest_one():
    grid = Grid("teams", (Col("col_team"), Col("col_share", "percent"), Col("col_n", "whole")), (("A", Estimate(0.5, 0.4, 0.6, 9), 3), ("B", None, 2)))
    columns, rows = CellWriter(Words("en"), _evidence()).table(grid)
    assert [column.head for column in columns] == ["Team", "Share", "Share Low", "Share High", "Contacts"]
    assert rows == (("A", 0.5, 0.4, 0.6, 3), ("B", None, None, None, 2))


def test_a_sentence_with_an_estimate_tells_its_range():
    told = CellWriter(Words("en"), _evidence()).sentence(Sentence("journey_back", (("name", "issue", "a"), ("share", "percent", Estimate(0.5, 0.4, 0.6)))))
    assert told == "Customers come back most often about “a”: 50% (likely 40 to 60%)."
