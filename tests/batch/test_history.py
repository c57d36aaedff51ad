"""Costs by day, months, forecasts, fixes, journeys and evaluation: what a run keeps and hands to the report."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from vocmine.audits import Audit
from vocmine.batch import changes, measures, monthly, outputs
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.period import write_names
from vocmine.batch.report_inputs import CostInputs, cost_and_report
from vocmine.cost import CostModel, Fix
from vocmine.errors import AuditError
from vocmine.results import ReasonInfo
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


def test_a_change_between_whole_months_is_split_and_kept(home, stored, monkeypatch):
    def update():
        months = monthly.months_of(monthly.update_daily(home, store_of(home), SETTINGS, MODEL))
        return months, changes.update_changes(home, store_of(home), SETTINGS, MODEL, months)

    months, table = update()
    assert set(table["month_before"] + table["month_after"]) == {"2026-082026-09"}
    costs = months.set_index(["issue", "month"])["cost"]
    for row in table.to_dict("records"):
        assert row["before"] == pytest.approx(costs[row["issue"], "2026-08"])
        assert row["after"] == pytest.approx(costs[row["issue"], "2026-09"])
        assert row["change"] == pytest.approx(row["volume"] + row["mix"] + row["rate"] + row["price"], abs=1e-4)
    bill = table.set_index("issue").loc["bill"]
    assert bill["rate_high"] < 0  # from the seventieth day on bills come half as often: 8 September
    monkeypatch.setattr(changes, "_changes", lambda *_: pytest.fail("costed again"))
    again = update()[1]
    pd.testing.assert_frame_equal(again, table, check_dtype=False)


def test_no_change_is_told_without_two_whole_months():
    months = pd.DataFrame({"month": ["2026-08", "2026-10"], "issue": "a", "cost": 1.0})
    assert changes.last_whole_months(months) is None
    months["is_partial"] = months["month"] == "2026-10"
    assert changes.last_whole_months(months) is None
    assert changes.last_whole_months(None) is None


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


def test_journeys_need_their_columns(stored):
    contacts, tags = stored
    assert {"standard", "repeats", "first_contact", "transfers", "teams"} <= set(measures.journey_tables(contacts, tags))
    bare = contacts.assign(customer_id=None, csat=np.nan)
    assert not {"repeats", "first_contact", "bots", "teams"} & set(measures.journey_tables(bare, tags))


def test_an_audit_is_held_against_the_stored_tags(home, stored):
    _, tags = stored
    drawn = tags.iloc[::20].assign(label_tag=lambda d: d["label"], prob=0.05)[["contact_id", "label_tag", "prob", "label"]]
    drawn.iloc[:10, 3] = "other"
    found = measures.evaluation(store_of(home), Audit(drawn), 0.95)
    assert found.overall.set_index("figure").loc["accuracy", "value"] == pytest.approx(0.9)
    assert measures.evaluation(store_of(home), None, 0.95) is None
    with pytest.raises(AuditError):
        measures.evaluation(store_of(home), Audit(drawn.assign(contact_id="x")), 0.95)


def test_discovered_topics_know_how_many_have_no_reason(home, stored):
    _, tags = stored
    (home / "topics").mkdir()
    pd.DataFrame({"topic_id": [0, 1], "name": ["a", "b"], "n": [9, 9], "quotes": ["q1 / q2", "q3"]}).to_csv(home / "topics" / "discovered.csv", index=False)
    ids = tags["contact_id"].head(4).tolist()
    pd.DataFrame({"contact_id": [*ids, "gone"], "topic_id": [0, 0, 0, 1, 1]}).to_csv(home / "topics" / "assigned.csv", index=False)
    tags = tags.assign(label=tags["label"].where(tags["contact_id"] != ids[0], "unknown"))
    found = measures.discovered(home, tags)
    assert found[["topic_id", "n", "n_unknown", "quote"]].to_numpy().tolist() == [[0, 3, 1, "q1"], [1, 1, 0, "q3"]]


def test_the_report_has_it_all_and_the_same_figures_stand_in_all_files(home):
    inputs = CostInputs(MODEL, None, (Fix("bill", "2026-09-09"),))
    write_names(home, ReasonInfo(names={"ja": {}}, demand={"bill": "failure"}))
    run = {"read": 2000, "accepted": 2000, "rejected": {}}
    cost_and_report(home, store_of(home), Settings(topics=False), inputs, run)
    page = (home / "report.html").read_text(encoding="utf-8")
    for part in ("months", "journeys", "fixes", "quality"):
        assert f'id="{part}"' in page
    from openpyxl import load_workbook

    costs = pd.read_csv(home / "issue_costs.csv")
    rows = list(load_workbook(home / "report.xlsx", data_only=True)["課題別費用"].iter_rows(min_row=2, values_only=True))
    in_book = {row[0]: row[5] for row in rows if row[0] in {"bill", "login"}}
    for issue, cost in zip(costs["issue"], costs["cost"], strict=True):
        assert in_book[issue] == pytest.approx(cost)
        assert f"{cost:,.0f}円" in page
    assert json.loads((home / ".costs_by_day.json").read_text())


def test_hot_words_are_kept_by_day_and_the_same_day_is_replaced(tmp_path):
    words = pd.DataFrame({"word": ["QR決済", "=1+1"], "n_contacts": [9, 5], "share": [0.5, 0.25], "growth": [3.0, np.nan], "growth_low": [2.0, np.nan], "p_adjusted": [0.01, np.nan]})
    for day in ("2026-11-20", "2026-11-21", "2026-11-21"):
        outputs.write_hot_words(tmp_path, words, day)
    outputs.write_hot_words(tmp_path, None, "2026-11-22")
    kept = pd.read_csv(tmp_path / "hot_words.csv")
    assert kept["as_of"].tolist() == ["2026-11-20"] * 2 + ["2026-11-21"] * 2
    assert kept["rank"].tolist() == [1, 2, 1, 2]
    assert kept["word"].tolist() == ["QR決済", "'=1+1"] * 2
