"""Journeys: usual measures in their unit, and only places that stand out."""

from __future__ import annotations

from vocmine.report import Extras, build_report
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


def test_transfers_are_told_with_their_range_and_labour(full_report):
    section = full_report("en").summary.section("journeys")
    keys = [sentence.key for sentence in section.sentences]
    assert keys.index("journey_lost_money") == keys.index("journey_lost_range") + 1
    hours = {name: value for name, _, value in section.sentences[keys.index("journey_lost_range")].values}
    assert [hours[name] for name in ("hours", "low", "high")] == [2.5, 1.5, 3.5]
    assert "in labour that is" in full_report("en").html.lower()


def test_where_the_range_holds_nothing_no_loss_is_claimed(centre, made):
    total = made.reach()["transfer_total"].assign(minutes_low=-30.0)
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(journeys={**made.journeys(), "transfer_total": total}))
    keys = [sentence.key for sentence in report.summary.section("journeys").sentences]
    assert "journey_lost_unclear" in keys and "journey_lost_money" not in keys
