"""What grows and hurts comes first; few contacts say little."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from vocmine.batch import costing, priorities
from vocmine.batch import period as periods
from vocmine.batch.contact_store import ContactStore
from vocmine.cost import CostModel
from vocmine.report import build_report
from vocmine.results import ReasonInfo
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 60.0, "social": 60.0}, currency="JPY")


REASONS = ("bill", "login", "praise")


@pytest.fixture(scope="module")
def stored():
    """Seventy days of contacts: bills grow and are complained about, praise is no failure."""
    rng = np.random.default_rng(3)
    n = 1400
    day = np.arange(n) // 20
    reason = np.array(REASONS)[rng.choice(3, n, p=(0.4, 0.4, 0.2))]
    reason[(day > 42) & (rng.random(n) < 0.3)] = "bill"
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{i:04d}" for i in range(n)], "text": "本文です", "terms": "本文", "lang": "ja",
            "created_at": pd.Timestamp("2026-08-01 01:00", tz="UTC") + pd.to_timedelta(day, unit="D"),
            "channel": np.where(rng.random(n) < 0.5, "call", "social"), "handle_seconds": 300.0,
        }
    )
    bad = rng.random(n) < np.where(reason == "bill", 0.8, 0.2)
    kinds = [("reason", reason), ("sentiment", np.where(bad, "negative", "neutral"))]
    tags = pd.concat([
        pd.DataFrame({"contact_id": contacts.contact_id, "kind": kind, "label": label, "score": 0.9, "source": "model", "evidence": ""})
        for kind, label in kinds
    ])
    return contacts, tags


@pytest.fixture(scope="module")
def folder(tmp_path_factory, stored):
    home = tmp_path_factory.mktemp("home")
    ContactStore(home, "Asia/Tokyo").upsert(*stored)
    demand = {"bill": "failure", "login": "failure", "praise": "value"}
    periods.write_names(home, ReasonInfo(names={"ja": {}}, demand=demand))
    return home


@pytest.fixture(scope="module")
def period(folder):
    return periods.read_period(folder, ContactStore(folder, "Asia/Tokyo"), 30, older_days=56)


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
