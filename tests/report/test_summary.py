"""What a summary holds, and which issues to look at first."""

from __future__ import annotations

import dataclasses

import pytest

from vocmine.report import build_report
from vocmine.stats import Estimate


@pytest.fixture
def report(centre):
    return build_report(centre.contacts, centre.tags, centre.costs, "en")


@pytest.fixture(scope="module")
def summary(full_report):
    return full_report().summary


def test_an_issue_of_a_contact_or_two_is_no_headline(report):
    summary = report.summary
    first = summary.focus[0].issue
    lines = tuple(
        dataclasses.replace(line, contacts=Estimate(1.5)) if line.issue == first else line for line in summary.issues
    )
    small = dataclasses.replace(summary, issues=lines)
    assert first not in {line.issue for line in small.focus}
    assert small.focus[0].issue == summary.focus[1].issue


def test_an_issue_of_less_than_a_hundredth_is_no_headline(report):
    summary = report.summary
    first = summary.focus[0].issue
    lines = tuple(dataclasses.replace(line, share=0.004) if line.issue == first else line for line in summary.issues)
    assert first not in {line.issue for line in dataclasses.replace(summary, issues=lines).focus}


def test_a_summary_is_frozen_and_holds_no_words_of_customers(summary, centre):
    with pytest.raises(dataclasses.FrozenInstanceError):
        summary.n_contacts = 1
    said = repr(summary)
    assert not any(text in said for text in centre.contacts.text_clean.unique())
