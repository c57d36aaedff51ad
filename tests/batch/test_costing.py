"""Costs of stored contacts: what no one measured, what a fix ends, who heads a chain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from vocmine.audits import Audit
from vocmine.batch import costing, priorities
from vocmine.cost import CostModel
from vocmine.report import build_report
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 60.0, "social": 60.0}, currency="JPY")


def report_of(period, costs):
    from vocmine.report import Extras

    return build_report(period.contacts, period.tags, costs, names=period.names, extras=Extras(history=period.history, timezone="Asia/Tokyo"))


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


@pytest.mark.parametrize("model", [None, MODEL])
def test_reviews_without_any_time_are_counted(period, model):
    period = replace(period, contacts=period.contacts.assign(handle_seconds=np.nan, channel="social"))
    costs = costing.cost_period(period, Settings(), model)
    assert costs.table.handle_hours.isna().all()
    report = report_of(period, costs)
    assert report.summary.measure == "counts"
    assert priorities.rank_by_priority(report.summary, costs, 0) is None
    assert sum(x.contacts.value for x in report.summary.lines) == pytest.approx(600)
    assert "30日間" in report.findings[0]


def test_channels_without_a_time_are_said_and_the_others_costed(period):
    timed = np.where(period.contacts.channel == "call", 300.0, np.nan)
    period = replace(period, contacts=period.contacts.assign(handle_seconds=timed))
    costs = costing.cost_period(period, Settings(), MODEL)
    assert costs.untimed_channels == ("social",)
    assert costs.table.cost.sum() == pytest.approx((period.contacts.channel == "call").sum() * 300.0)
    assert "SNSには応対時間の記録が1件もない" in report_of(period, costs).html


def test_what_each_contact_counts_for_adds_up_to_the_costs(period):
    settings = Settings()
    for model in (MODEL, None):
        costs = costing.cost_period(period, settings, model).table
        values = costing.contact_values(period.contacts, period.tags, settings, model)
        column = "cost" if model else "handle_hours"
        assert values.sum() == pytest.approx(costs[column].sum(), abs=0.5)
    chained = period.contacts.assign(customer_id=[f"p{i % 40}" for i in range(len(period.contacts))])
    values = costing.contact_values(chained, period.tags, settings, MODEL)
    assert values.sum() == pytest.approx(costing.cost_contacts(chained, period.tags, settings, MODEL).table["cost"].sum(), abs=0.5)
    assert (values == 0).sum() > 20


def test_a_reason_the_tagger_never_gave_may_be_true(period):
    names = replace(period.names, names={"ja": {"bill": "請求", "refund": "返金"}})
    main = period.tags[period.tags["kind"] == "reason"]
    audit = Audit.sample(period.tags, 60, drawn_on=period.last).table
    audit = Audit(audit.assign(label=["refund"] * 20 + audit["label_tag"].tolist()[20:]))
    assert "refund" not in set(main["label"])
    table = costing.cost_period(replace(period, names=names), Settings(), MODEL, audit).table
    assert table.set_index("issue").loc["refund", "cost"] > 0
def test_open_tabs_are_in_a_table_and_in_the_report(period, tmp_path):
    times = np.random.default_rng(0).lognormal(5.5, 0.5, len(period.contacts))
    times[:3] = 28_800.0
    period = replace(period, contacts=period.contacts.assign(handle_seconds=times))
    costs = costing.cost_period(period, Settings(), MODEL)
    costing.write_costs(tmp_path, costs, period)
    rows = costing.read_open_tabs(tmp_path)
    assert sum(row["n_cut"] for row in rows) == 3
    assert sum(row["minutes_removed"] for row in rows) == pytest.approx(3 * 480, rel=0.05)
    assert sum(row["cost_removed"] for row in rows) > 50_000
    html = report_of(period, costs).html
    assert "長すぎる応対時間が3件" in html and "閉じ忘れの内訳" in html
    assert costing.read_open_tabs(tmp_path / "none") == []
