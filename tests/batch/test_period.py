"""The period of the costs, and the longer time that trends look at."""

from __future__ import annotations

from vocmine.batch import costing
from vocmine.batch import period as periods
from vocmine.batch.contact_store import ContactStore
from vocmine.cost import CostModel
from vocmine.report import build_report
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 60.0, "social": 60.0}, currency="JPY")


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
