"""Stated reliability: exact intervals, what a backtest measured, else what is shipped; never figures of another setting."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from scipy.stats import chi2, poisson

from vocmine.batch.contact_store import ContactStore
from vocmine.batch.period import write_names
from vocmine.batch.reliability import NAME, per_30_days, read_reliability, write_backtest
from vocmine.batch.replay import Sensitivity
from vocmine.batch.report_inputs import CostInputs, cost_and_report
from vocmine.errors import StoreError
from vocmine.results import ReasonInfo
from vocmine.settings import Settings

IN_USE = vars(Sensitivity.in_use())


def backtested(days=46, alarms=2, incidents=1, **changed):
    rates = {kind: per_30_days(n, days) for kind, n in (("alarms", alarms), ("incidents", incidents))}
    return {"settings": [{**IN_USE, "alpha": 0.5, "false": None}, {**IN_USE, **changed, "false": {"days": days, **rates}}]}


@pytest.mark.parametrize(("n", "days"), [(0, 46), (1, 46), (7, 92), (40, 400)])
def test_the_interval_is_exact(n, days):
    found = per_30_days(n, days)
    low, high = found["low"] * days / 30, found["high"] * days / 30
    assert found["per_30_days"] == pytest.approx(n * 30 / days, abs=1e-6)
    assert high == pytest.approx(chi2.ppf(0.975, 2 * n + 2) / 2, rel=1e-5)
    assert poisson.cdf(n, high) == pytest.approx(0.025, rel=1e-3)
    if n:
        assert poisson.sf(n - 1, low) == pytest.approx(0.025, rel=1e-3)
    else:
        assert low == 0


def test_no_day_no_rate():
    assert per_30_days(0, 0) == {"n": 0, "per_30_days": None, "low": None, "high": None}


def test_without_a_backtest_the_shipped_figures_are_told(tmp_path):
    found = read_reliability(tmp_path)
    assert found["how"] == "shipped" and found["days"] >= 180
    assert 0 <= found["low"] <= found["false_alarms_per_30_days"] <= found["high"] < 5
    assert found["incidents"]["per_30_days"] <= found["incidents"]["high"]
    assert not list(tmp_path.iterdir())


def test_a_backtest_of_the_sensitivity_in_use_is_told(tmp_path):
    write_backtest(tmp_path, backtested())
    found = read_reliability(tmp_path)
    assert (found["how"], found["days"], found["false_alarms_per_30_days"]) == ("replay", 46, round(60 / 46, 6))
    assert found["low"] < found["false_alarms_per_30_days"] < found["high"]
    assert found["incidents"] == per_30_days(1, 46)
    assert read_reliability(tmp_path, 0.8)["high"] < found["high"]
    first = (tmp_path / NAME).read_bytes()
    write_backtest(tmp_path, backtested())
    assert (tmp_path / NAME).read_bytes() == first


@pytest.mark.parametrize("values", [backtested(alpha=0.05), backtested(days=0)])
def test_what_was_tried_with_another_sensitivity_or_on_no_day_is_not_told(tmp_path, values):
    write_backtest(tmp_path, values)
    assert read_reliability(tmp_path)["how"] == "shipped"


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": 1}', '{"schema": 1, "settings": [1]}', '{"settings": []}'])
def test_a_damaged_file_is_told_in_one_line(tmp_path, text):
    (tmp_path / NAME).write_text(text)
    with pytest.raises(StoreError, match="the backtest is damaged") as error:
        read_reliability(tmp_path)
    assert "\n" not in str(error.value) and "vocmine backtest" in str(error.value)


def test_a_file_of_a_newer_vocmine_is_not_guessed_at(tmp_path):
    (tmp_path / NAME).write_text(json.dumps({"schema": 99, "settings": []}))
    with pytest.raises(StoreError, match="newer vocmine"):
        read_reliability(tmp_path)


@pytest.mark.parametrize(("topics", "days"), [(True, True), (False, False)])
def test_the_report_states_it_where_topics_are_watched(tmp_path, topics, days):
    when = pd.Timestamp("2026-09-01 03:00", tz="UTC") + pd.to_timedelta(range(60), unit="h")
    contacts = pd.DataFrame({"contact_id": [f"c{i}" for i in range(60)], "created_at": when, "channel": "call", "lang": "ja"})
    contacts = contacts.assign(text="料金の件です", terms="料金")
    tags = {"contact_id": contacts["contact_id"], "kind": "reason", "label": "bill", "score": 0.9, "source": "model", "evidence": ""}
    store = ContactStore(tmp_path, "Asia/Tokyo")
    store.upsert(contacts, pd.DataFrame(tags))
    write_names(tmp_path, ReasonInfo(names={"en": {"bill": "Bills"}}))
    write_backtest(tmp_path, backtested())
    run = {"read": 60, "accepted": 60, "rejected": {}}
    cost_and_report(tmp_path, store, Settings(lang="en", topics=topics), CostInputs(), run)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert ("46 days" in page and "1.3 false alerts in 30 days" in page) is days
