"""Lines of the page: the figures of the report, in its order."""

from __future__ import annotations

from vocmine.report.explore.lines import issue_lines, other_name


def test_figures_are_those_of_the_report(explored):
    report = explored()
    lines = issue_lines(report.view)
    assert [line["id"] for line in lines] == [line.issue for line in report.summary.lines]
    assert lines[-1]["id"] == "unallocated"
    first, own = lines[0], report.summary.lines[0]
    assert (first["cost"], first["low"], first["high"]) == tuple(round(x) for x in own.cost.numbers)
    assert first["n"] == round(own.contacts.value, 1)
    for line, told in zip(report.summary.lines, lines, strict=True):
        assert told["growth"] == (round(line.growth.value, 3) if line.growth.known else None)
        assert (told["growth_own"] is None) == (not line.risen[1] or not line.own_growth.known)
    crash = next(line for line in lines if line["id"] == "a.crash")
    assert (crash["name"], crash["other_name"], crash["demand"], crash["team"]) == ("アプリが落ちる", "App crashes", "failure", "開発")


def test_a_name_that_is_the_same_in_both_languages_stands_once(explored):
    assert other_name(explored("en").view, "a.crash") == "アプリが落ちる"
    assert other_name(explored("en").view, "c.late") == ""
    assert other_name(explored("ja").view, "unknown") == ""
