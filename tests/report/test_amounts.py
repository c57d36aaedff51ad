"""Amounts, ranges and several issues in one sentence."""

from __future__ import annotations

import pytest

from vocmine.report.amounts import MOST_NAMED, amount_of, names_of, parts_of, period_of, spread_of
from vocmine.report.evidence import Evidence
from vocmine.report.names import IssueNames
from vocmine.report.words import Words


@pytest.mark.parametrize(("lang", "first", "more"), [("ja", "「account.login」「", "ほか2つ"), ("en", "“account.login”, “", "and 2 more")])
def test_many_names_end_in_how_many_more(full_report, lang, first, more):
    lines, w = full_report(lang).summary.issues, Words(lang, "JPY")
    name = IssueNames(w, Evidence())
    assert len(lines) == MOST_NAMED + 2
    said = names_of(lines, w, name)
    assert said.startswith(first) and said.endswith(more)
    assert more not in names_of(lines[:MOST_NAMED], w, name)
    assert names_of(lines[:1], w, name) in ("「account.login」", "“account.login”")


def test_parts_carry_their_own_range(full_report):
    s, w = full_report("ja").summary, Words("ja", "JPY")
    said = parts_of(s.issues[:2], s, w, IssueNames(w, Evidence()))
    assert said.startswith("「account.login」約121万円（106万〜139万円）、「billing.double_charge」約")
    assert amount_of(s.issues[0], s, w) == "121万円" and spread_of(s.issues[0], s, w) == "106万〜139万円"
    assert period_of(s, w) == "ひと月あたり"


def test_numbers_of_contacts_are_of_the_whole_time(counted):
    s, w = counted("en").summary, Words("en")
    assert amount_of(s.issues[0], s, w) == "420 contacts" and period_of(s, w) == "in 60 days"
    assert spread_of(s.issues[0], s, w) == ""
