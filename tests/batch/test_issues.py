"""From the stored contacts to costs and report: what no one measured, how sure an order is, how far trends look."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

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


def test_the_costs_look_at_a_month_and_the_trends_at_eight_weeks(period):
    days = period.contacts.created_at.dt.tz_convert("Asia/Tokyo").dt.date
    assert (days.max() - days.min()).days == 29
    seen, labels = period.history
    assert len(seen) == 56 * 20
    assert set(labels.kind) == {"reason"}
    assert "text" not in seen
    summary = report_of(period, costing.cost_period(period, Settings(), MODEL)).summary
    assert (len(summary.weeks), summary.growth_days, summary.n_contacts) == (8, 28, 600)


def test_a_period_as_long_as_the_trends_needs_no_history(folder):
    assert periods.read_period(folder, ContactStore(folder, "Asia/Tokyo"), 60, older_days=56).history is None


def test_half_of_the_failures_is_what_a_fix_ends(period):
    costs = costing.cost_period(period, Settings(), MODEL)
    table = costs.table.set_index("issue")
    assert costs.fix_rate == costing.FIX_RATE
    assert table.avoidable_cost["bill"] == pytest.approx(table.cost["bill"] / 2)
    assert table.avoidable_cost["praise"] == 0


def test_what_is_saved_at_once_stands_beside_what_can_be_avoided_only_when_asked(period, tmp_path):
    plain = costing.cost_period(period, Settings(), MODEL)
    assert "avoidable_marginal" not in plain.table
    assert "すぐに減る分" not in report_of(period, plain).html
    costs = costing.cost_period(period, Settings(marginal_share=0.25), MODEL)
    table = costs.table
    assert table.avoidable_marginal.tolist() == pytest.approx((table.avoidable_cost / 4).tolist())
    report = report_of(period, costs)
    assert report.html.count("すぐに減る分") > 1
    report.to_xlsx(tmp_path / "r.xlsx")
    sheets = load_workbook(tmp_path / "r.xlsx", read_only=True)
    cells = [cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row]
    bill = table.set_index("issue").avoidable_marginal["bill"]
    assert any(isinstance(cell, float | int) and cell == pytest.approx(bill) for cell in cells)


def test_a_hand_over_of_the_bot_is_one_issue_of_what_the_person_heard():
    start = pd.Timestamp("2026-10-01 03:00", tz="UTC")
    contacts = pd.DataFrame({"contact_id": ["a", "b"], "customer_id": "k", "channel": ["bot", "call"], "handle_seconds": 60.0,
                             "created_at": [start, start + pd.Timedelta(hours=1)]})
    tags = pd.DataFrame({"contact_id": ["a", "b"], "kind": "reason", "label": ["bill", "login"], "score": 0.9})
    model = replace(MODEL, rate_per_minute={"call": 60.0, "chat": 50.0, "bot": 6.0})
    joined = costing.cost_contacts(contacts, tags, Settings(), model).table.set_index("issue").cost
    assert joined[joined > 0].to_dict() == {"login": 66.0}
    unread = tags.assign(label=["unknown", "login"])
    joined = costing.cost_contacts(contacts, unread, Settings(), model).table.set_index("issue").cost
    assert joined[joined > 0].to_dict() == {"login": 66.0}
    by_chat = costing.cost_contacts(contacts.assign(channel=["chat", "call"]), tags, Settings(), model)
    separate = by_chat.table.set_index("issue").cost
    assert separate[separate > 0].to_dict() == {"bill": 50.0, "login": 60.0}


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


@pytest.mark.parametrize("model", [None, MODEL])
def test_reviews_without_any_time_are_counted(period, model):
    period = replace(period, contacts=period.contacts.assign(handle_seconds=np.nan, channel="social"))
    costs = costing.cost_period(period, Settings(), model)
    assert costs.table.handle_hours.isna().all()
    report = report_of(period, costs)
    assert report.summary.measure == "counts"
    assert priorities.rank_by_priority(report.summary, costs, 0) is None
    assert sum(x.contacts.value for x in report.summary.lines) == pytest.approx(600)
    assert "30日間で" in report.findings[0]


def test_channels_without_a_time_are_said_and_the_others_costed(period):
    timed = np.where(period.contacts.channel == "call", 300.0, np.nan)
    period = replace(period, contacts=period.contacts.assign(handle_seconds=timed))
    costs = costing.cost_period(period, Settings(), MODEL)
    assert costs.untimed_channels == ("social",)
    assert costs.table.cost.sum() == pytest.approx((period.contacts.channel == "call").sum() * 300.0)
    assert "SNSには処理時間の記録が1件もない" in report_of(period, costs).html


def test_few_contacts_say_little():
    from vocmine.report.intervals import ratio_interval
    from vocmine.report.summary import NAN, Estimate, IssueLine

    def line(now, before):
        return IssueLine("a", Estimate(), NAN, Estimate(), NAN, NAN, NAN, None, growth=ratio_interval(now, before))

    few, many = priorities.growth_factor(line(3, 0), 0.95), priorities.growth_factor(line(300, 100), 0.95)
    assert 1 < few[0] < 1.5
    assert few[1] < 1
    assert 2.7 < many[0] < 3
    assert all(math.isfinite(x) and x > 0 for x in (*few, *many))
    assert priorities.growth_factor(line(0, 0), 0.95) == (1.0, 1.0, 1.0)
