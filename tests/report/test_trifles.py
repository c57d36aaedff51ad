"""What is too small to be a finding: an issue of a contact or two, an interval without width, a mood that is good."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from vocmine.report import Extras, build_report
from vocmine.report.findings import findings
from vocmine.report.words import Words
from vocmine.stats import Estimate


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


def test_a_range_too_narrow_to_tell_anything_is_not_shown():
    assert Words("ja").money_range(Estimate(5436, 5435, 5436)) == ""


def test_no_negative_zero():
    assert [Words("en").decimal(value) for value in (-0.04, 0.0, -0.06)] == ["0.0", "0.0", "-0.1"]


def test_an_issue_of_less_than_a_hundredth_is_no_headline(report):
    summary = report.summary
    first = summary.focus[0].issue
    lines = tuple(dataclasses.replace(line, share=0.004) if line.issue == first else line for line in summary.issues)
    assert first not in {line.issue for line in dataclasses.replace(summary, issues=lines).focus}


@pytest.mark.parametrize(("lang", "said"), [("ja", "理由を判定できません"), ("en", "has no answer")])
def test_a_list_of_reasons_that_does_not_fit_is_the_headline(centre, lang, said):
    """Nine of ten contacts without a reason: then no issue is the news."""
    tags = centre.tags.copy()
    rest = tags["contact_id"].isin(sorted(set(tags["contact_id"]))[::10])
    tags.loc[(tags["kind"] == "reason") & ~rest, "label"] = "unknown"
    report = build_report(centre.contacts, tags, centre.costs, lang)
    heading = report.html.partition("<h1>")[2].partition("</h1>")[0]
    assert said in heading
    assert ("%" in report.findings[0]) and report.findings[0] != build_report(centre.contacts, centre.tags, centre.costs, lang).findings[0]


def test_what_the_rest_is_about_is_told_from_the_topics(centre):
    tags = centre.tags.copy()
    rest = tags["contact_id"].isin(sorted(set(tags["contact_id"]))[::10])
    tags.loc[(tags["kind"] == "reason") & ~rest, "label"] = "unknown"
    found = pd.DataFrame({"topic_id": [0, 1, 2, 3], "name": list("ABCD"), "n": [90, 80, 70, 60], "n_unknown": [10, 75, 60, 59], "quote": ""})
    report = build_report(centre.contacts, tags, centre.costs, "en", extras=Extras(discovered=found))
    assert "is about “B”, “C”, “D”" in report.findings[0]


def test_aspects_of_which_none_is_enough_make_no_section(centre):
    few = pd.DataFrame({"aspect": ["画面"], "negative": [1], "positive": [0]})
    few["n_read"] = 30
    assert 'id="aspects"' not in build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(aspects=few)).html


def test_an_outlook_that_tells_nothing_is_left_out():
    from datetime import date

    from vocmine.report.summary import AlertLine

    day = date(2026, 11, 4)
    line = AlertLine(1, day, day, 13, 0.4, 26.0, 0.001, "growing", 13, until=date(2026, 11, 30))
    told = {"fair": Estimate(60, 30, 120), "less than was seen": Estimate(7, 1, 24), "anything": Estimate(213, 19, 815)}
    assert [name for name, end in told.items() if dataclasses.replace(line, by_end=end).tells_end] == ["fair"]
