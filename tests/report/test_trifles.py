"""What is too small to be a finding: an issue of a contact or two, an interval without width, a mood that is good."""

from __future__ import annotations

import dataclasses

import pytest

from vocmine.report import build_report
from vocmine.report.findings import findings
from vocmine.report.summary import Estimate
from vocmine.report.words import Words


@pytest.fixture
def report(centre):
    return build_report(centre.contacts, centre.tags, centre.costs, "en")



def test_an_issue_of_a_contact_or_two_is_no_headline(report):
    summary = report.summary
    first = summary.focus[0].issue
    lines = tuple(
        dataclasses.replace(line, contacts=Estimate(1.5)) if line.issue == first else line for line in summary.issues
    )
    small = dataclasses.replace(summary, issues=lines)
    assert first not in {line.issue for line in small.focus}
    assert small.focus[0].issue == summary.focus[1].issue


def test_a_mood_that_is_good_is_no_finding(report):
    words = Words("en")
    assert any("unhappiest" in sentence for sentence in report.findings)
    lines = tuple(dataclasses.replace(x, negative=Estimate(0.03, 0.01, 0.06, 40)) for x in report.summary.issues)
    calm = dataclasses.replace(report.summary, issues=lines)
    assert not any("unhappiest" in sentence for sentence in findings(calm, report.evidence, words))


def test_an_interval_without_width_is_not_shown():
    assert Words("ja").money_range(Estimate(2228, 2228, 2228)) == ""
    assert Words("ja").money_range(Estimate(2228, 1000, 4000)) != ""
