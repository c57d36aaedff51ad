"""What grows and hurts comes first; few contacts say little."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from vocmine.batch import costing, priorities
from vocmine.cost import CostModel
from vocmine.report import build_report
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 60.0, "social": 60.0}, currency="JPY")


def report_of(period, costs):
    from vocmine.report import Extras

    return build_report(period.contacts, period.tags, costs, names=period.names, extras=Extras(history=period.history, timezone="Asia/Tokyo"))


def test_what_grows_and_hurts_comes_first(period):
    costs = costing.cost_period(period, Settings(), MODEL)
    summary = report_of(period, costs).summary
    ranking, note = priorities.rank_by_priority(summary, costs, 0)
    assert ranking.issue.tolist() == ["bill", "login", "praise"]
    first = ranking.iloc[0]
    assert first.rank_low <= first["rank"] <= first.rank_high
    pd.testing.assert_frame_equal(ranking, priorities.rank_by_priority(summary, costs, 0)[0])
    report = report_of(period, costs).ranked(ranking, note)
    assert "優先度 1位" in report.html
    assert "不満を含む割合（全体との比）" in report.html


def test_few_contacts_say_little():

    from vocmine.report.summary import IssueLine
    from vocmine.stats import NAN, Estimate, ratio_interval

    def line(now, before):
        return IssueLine("a", Estimate(), NAN, Estimate(), NAN, NAN, NAN, None, growth=ratio_interval(now, before))

    few, many = priorities.growth_factor(line(3, 0), 0.95), priorities.growth_factor(line(300, 100), 0.95)
    assert 1 < few[0] < 1.5
    assert few[1] < 1
    assert 2.7 < many[0] < 3
    assert all(math.isfinite(x) and x > 0 for x in (*few, *many))
    assert priorities.growth_factor(line(0, 0), 0.95) == (1.0, 1.0, 1.0)


def test_an_incident_makes_no_issue_more_urgent():
    """It is told on its own: what counts is how the rest of the issue grows."""
    from vocmine.report.summary import IssueLine
    from vocmine.stats import NAN, Estimate, ratio_interval

    plain = IssueLine("a", Estimate(), NAN, Estimate(), NAN, NAN, NAN, None, growth=ratio_interval(300, 100), growth_rest=ratio_interval(110, 100))
    told = replace(plain, risen=(200, 190))
    assert priorities.growth_factor(plain, 0.95)[0] > 2.7
    assert priorities.growth_factor(told, 0.95)[0] < 1.2
