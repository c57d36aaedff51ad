"""First channels, hard matters, failure demand: each with its n, and no channel named from few."""

from __future__ import annotations

import pytest

from vocmine.report import Extras, build_report


@pytest.fixture
def section(centre, made):
    def make(**changes):
        tables = {**made.reach(), **changes}
        return build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(journeys=tables)).summary.section("channel_use")

    return make


def test_where_few_switched_no_channel_is_named(section):
    rows = {row[0]: row for row in section().grid("preference").rows}
    assert rows["bot"][-1] == "call" and rows["call"][-1] == ""
    assert rows["bot"][-2].numbers == (1.0, 0.76, 1.0)


def test_few_journeys_make_no_row(section, made):
    few = made.reach()["preference"].assign(n=[70, 9])
    assert [row[0] for row in section(preference=few).grid("preference").rows] == ["call"]


def test_failure_demand_is_a_sentence_that_names_what_is_not_classified(section):
    (sentence,) = section().sentences
    values = {name: value for name, _, value in sentence.values}
    assert sentence.key == "demand_failed" and values["n"] == 200 and values["left"] == 30 and values["share"].value == 0.6


@pytest.mark.parametrize(("lang", "word"), [("ja", "最初に選ばれるチャネル"), ("en", "Channel chosen first")])
def test_the_page_has_it(full_report, lang, word):
    assert word in full_report(lang).html
