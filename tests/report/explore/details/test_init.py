"""All details of all issues, with what small groups hold left out where contacts are not shown."""

from __future__ import annotations

from vocmine.report.explore.details import all_details
from vocmine.report.explore.parts import ledger_parts


def test_each_issue_has_each_kind(explored):
    report = explored()
    parts = ledger_parts(report.source, {line.issue: (line.cost.value, line.payout.value) for line in report.summary.lines}, 0)
    found = all_details(report.view, report.source, parts, True, 5)
    kinds = ["months", "weeks", "marks", "bridge", "versions", "products", "channels", "words", "pairs", "quotes", "signals", "before", "after", "repeats"]
    assert {tuple(each) for each in found.values()} == {tuple(kinds)}
    assert found["a.crash"]["quotes"]
    assert found["unallocated"]["channels"] == []
    bare = all_details(report.view, report.source, parts, False, 5)
    assert bare["a.crash"]["quotes"] == []
    assert bare["a.crash"]["words"]
