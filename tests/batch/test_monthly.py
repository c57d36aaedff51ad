"""Costs by day, months, forecasts and fixes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch import costing, monthly
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.costing import cost_contacts
from vocmine.batch.period import read_period
from vocmine.cost import CostModel, Fix
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 60.0, "bot": 6.0}, currency="JPY")


SETTINGS = Settings(chunk_rows=50)


@pytest.fixture(scope="module")
def stored():
    """Hundred days; from the seventieth on bills come half as often."""
    rng = np.random.default_rng(5)
    day = np.repeat(np.arange(100), 20)
    reason = np.where(rng.random(len(day)) < np.where(day < 70, 0.6, 0.3), "bill", "login")
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{i:05d}" for i in range(len(day))], "text": "本文", "terms": "本文", "lang": "ja",
            "created_at": pd.Timestamp("2026-07-01 01:00", tz="UTC") + pd.to_timedelta(day, unit="D"), "channel": "call",
            "handle_seconds": 300.0, "customer_id": rng.integers(0, 500, len(day)).astype(str), "team": rng.choice(["A", "B"], len(day)),
            "transfers": (rng.random(len(day)) < 0.1).astype(int), "csat": rng.integers(1, 6, len(day)).astype(float),
        }
    )
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": reason, "score": 0.9, "source": "model", "evidence": ""})
    return contacts, tags


@pytest.fixture
def home(tmp_path, stored):
    ContactStore(tmp_path, "Asia/Tokyo").upsert(*stored)
    return tmp_path


def store_of(home):
    return ContactStore(home, "Asia/Tokyo")


def test_days_add_up_to_the_ledger_and_months_to_the_days(home):
    daily = monthly.update_daily(home, store_of(home), SETTINGS, MODEL)
    assert daily["cost"].sum() == pytest.approx(2000 * 300)
    assert daily["n_contacts"].sum() == pytest.approx(2000)
    months = monthly.months_of(daily)
    assert months.groupby("month")["cost"].sum().round().to_dict() == {"2026-07": 31 * 6000, "2026-08": 31 * 6000, "2026-09": 30 * 6000, "2026-10": 8 * 6000}
    assert set(months.loc[months["is_partial"], "month"]) == {"2026-10"}
    assert pd.read_csv(home / monthly.NAME)["cost"].sum() == pytest.approx(600_000)


def test_months_are_read_from_the_chances_as_the_period_of_the_report_is(tmp_path, stored):
    contacts, tags = stored
    half = tags.assign(kind="candidate", label=tags.label.map({"bill": "login", "login": "bill"}), score=0.3, evidence="names")
    chances = pd.concat([tags.assign(kind="candidate", score=0.6, evidence="names"), half], ignore_index=True)
    ContactStore(tmp_path, "Asia/Tokyo").upsert(contacts, pd.concat([tags, chances], ignore_index=True))
    store = store_of(tmp_path)
    whole = costing.cost_contacts(*store.read("2026-08-01", "2026-08-31"), SETTINGS, MODEL)
    assert whole.basis == "prior"
    period = read_period(tmp_path, store, 60)
    for read in (None, period):
        spanned = monthly.month_costs(store, "2026-08", SETTINGS, MODEL, by="day", period=read).groupby("issue")["cost"].sum()
        assert spanned.reindex(whole.table["issue"]).tolist() == pytest.approx(whole.table["cost"].tolist(), abs=1)
    assert not set(period.between("2026-09-01", "2026-09-30", ("contact_id",))[1]["kind"]) - {"reason"}


def test_only_months_that_changed_are_costed_anew(home, stored, monkeypatch):
    first = monthly.update_daily(home, store_of(home), SETTINGS, MODEL)
    costed = []
    real = monthly._daily_costs
    monkeypatch.setattr(monthly, "_daily_costs", lambda store, month, *rest: costed.append(month) or real(store, month, *rest))
    pd.testing.assert_frame_equal(monthly.update_daily(home, store_of(home), SETTINGS, MODEL), first)
    assert costed == []
    contacts, tags = stored
    late = contacts.tail(1).assign(contact_id="late")
    store_of(home).upsert(late, tags.tail(1).assign(contact_id="late"))
    again = monthly.update_daily(home, store_of(home), SETTINGS, MODEL)
    assert costed == ["2026-10"]
    assert again["cost"].sum() == pytest.approx(2001 * 300)
    monthly.update_daily(home, store_of(home), SETTINGS, CostModel(rate_per_minute={"call": 30.0}, currency="JPY"))
    assert costed[1:] == ["2026-07", "2026-08", "2026-09", "2026-10"]


def test_months_are_costed_with_the_chances_of_each_contact_like_the_report(home, stored):
    contacts, tags = stored
    bill = np.where(tags["label"] == "bill", 0.7, 0.4)
    chances = [tags.assign(kind="candidate", label=label, score=score, evidence="names") for label, score in (("bill", bill), ("login", 0.9 - bill), ("unknown", 0.1))]
    store_of(home).upsert(contacts, pd.concat([tags, *chances], ignore_index=True))
    found = monthly.month_costs(store_of(home), "2026-08", SETTINGS, MODEL, by="channel").set_index("issue")
    frame, rows = store_of(home).read("2026-08-01", "2026-08-31")
    whole = cost_contacts(frame, rows, SETTINGS, MODEL).table.set_index("issue")
    assert found["cost"].to_dict() == whole["cost"].to_dict() and "unknown" in found.index
    period = read_period(home, store_of(home), 100)
    again = monthly.month_costs(store_of(home), "2026-08", SETTINGS, MODEL, by="channel", period=period).set_index("issue")
    pd.testing.assert_frame_equal(again, found)


def test_no_months_no_table(home):
    assert monthly.update_daily(home, store_of(home), Settings(months=0), MODEL).empty
    assert not (home / monthly.NAME).exists()


def test_a_fix_that_halved_an_issue_is_seen_and_one_too_fresh_is_not(home):
    daily = monthly.update_daily(home, store_of(home), SETTINGS, MODEL)
    fixes = (Fix("bill", "2026-09-09"), Fix("login", "2026-10-08"))
    table = monthly.savings(daily, fixes, "cost", 0.95).set_index("issue")
    # 31 days of about 12 x 300 yen without the fix, about 6 x 300 with it
    assert table.loc["bill", "low"] > 0
    assert table.loc["bill", "saving"] == pytest.approx(31 * 6 * 300, rel=0.35)
    assert np.isnan(table.loc["login", "saving"])


def test_weeks_are_forecast_where_months_are_few(home):
    daily = monthly.update_daily(home, store_of(home), SETTINGS, MODEL)
    ahead = monthly.forecast(daily, "cost", 0.95)
    assert ahead["week"].nunique() == 4
    assert (ahead["low"] <= ahead["expected"]).all()
    assert monthly.forecast(daily[daily["day"] < "2026-07-20"], "cost", 0.95) is None


def test_weeks_that_are_too_few_for_a_trend_still_give_a_next_month():
    days = pd.date_range("2026-09-01", "2026-10-12").strftime("%Y-%m-%d")
    rng = np.random.default_rng(0)
    daily = pd.concat([
        pd.DataFrame({"day": days, "issue": issue, "n_contacts": 5.0, "handle_hours": 1.0, "cost": rng.normal(size, size / 10, len(days))})
        for issue, size in (("bill", 3_000.0), ("login", 1_000.0))
    ], ignore_index=True)
    table = monthly.forecast(daily, "cost", 0.95)
    rows = table.set_index("issue")
    assert set(rows.index) == {"all", "bill", "login"} and set(table["month"]) == {pd.Timestamp("2026-11-01")}
    assert rows.loc["all", "expected"] == pytest.approx(rows["expected"].drop("all").sum())
    assert rows.loc["all", "low"] < 4_000 * 30 < rows.loc["all", "high"]
    assert monthly.forecast(daily[daily["day"] < "2026-09-22"], "cost", 0.95) is None
