"""Journeys: usual measures in their unit, and only places that stand out."""

from __future__ import annotations

from vocmine.report.render.cells import CellWriter
from vocmine.report.sections.grid import Col
from vocmine.report.words import Words


def test_only_places_that_stand_out_are_named(full_report):
    report = full_report()
    rows = report.summary.section("journeys").grid("breaks").rows
    assert [row[1] for row in rows] == [("channel", "bot"), ("reason", "delivery.late")]
    writer = CellWriter(Words("ja"), report.evidence)
    assert [writer.text(Col("col_place", "place"), row[1]) for row in rows] == ["チャットボット", "配送遅延"]


def test_usual_measures_stand_in_their_unit(full_report):
    rows = {row[0]: row[2:] for row in full_report().summary.section("journeys").grid("standard").rows}
    assert rows["measure_first_contact_resolution"][0].value == 0.78
    assert rows["measure_csat"][1].value == 3.3
    assert "measure_csat_share" not in rows
