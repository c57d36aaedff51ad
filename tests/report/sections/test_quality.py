"""How often tags are right: measured, or not claimed."""

from __future__ import annotations

from vocmine.report import Extras, build_report
from vocmine.report.render.cells import CellWriter
from vocmine.report.words import Words


def test_who_can_rely_on_what(full_report):
    said = [CellWriter(Words("ja"), full_report().evidence).sentence(each) for each in full_report().summary.section("quality").sentences]
    assert "82%" in said[0]
    assert "200件" in said[0]
    assert "ログインできない" in said[1]
    assert "アプリが落ちる" in said[2]


def test_without_an_audit_nothing_is_claimed(centre):
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(n_wanted=640))
    quality = report.summary.section("quality")
    assert [grid.key for grid in quality.grids] == ["sure"]
    assert sum(row[1] for row in quality.grids[0].rows) == len(centre.contacts)
    assert "640件" in report.html
    assert "--n 640 " in report.html
    assert "figure_accuracy" not in report.html
