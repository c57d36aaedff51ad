"""Leaving and reach: only reasons with hints enough, or with reach."""

from __future__ import annotations

from vocmine.report import Extras, build_report


def test_only_reasons_with_hints_or_reach_are_shown(centre, made):
    few = made.risk().assign(n_signal=[36, 2], reach=[0.0, 0.0])
    for frame, reasons in ((made.risk(), ["contract.cancel", "delivery.late"]), (few, ["contract.cancel"])):
        report = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(risk=frame))
        assert [row[0] for row in report.summary.section("risk").grid("risk").rows] == reasons


def test_without_any_there_is_no_section(centre, made):
    none = made.risk().assign(n_signal=0, reach=0.0)
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(risk=none))
    assert report.summary.section("risk") is None
    assert 'id="risk"' not in report.html
