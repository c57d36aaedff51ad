"""A day begins at midnight where the centre is: a contact just after it, still yesterday in UTC, is of the new day."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine import topics
from vocmine.batch import measures
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.period import read_period
from vocmine.batch.report_inputs import CostInputs, cost_and_report
from vocmine.classify import aspects
from vocmine.classify.aspect_table import aspect_table
from vocmine.cost import CostModel, issue_costs
from vocmine.journeys import guardrail, source_gaps, source_lags
from vocmine.report import Extras, build_report
from vocmine.settings import Settings
from vocmine.topics import hot_word_history
from vocmine.topics.monitoring._watch import daily_counts, watch
from vocmine.topics.word_timeline import hot_word_timeline

ZONE = "Asia/Tokyo"
BEFORE, AFTER = (pd.Timestamp(f"2026-11-01 {time}", tz=ZONE).tz_convert("UTC") - pd.Timedelta(minutes=part) for time, part in (("00:00", 10), ("00:20", 10)))
MODEL = CostModel(rate_per_minute={"chat": 60.0}, currency="JPY", timezone=ZONE)


@pytest.fixture
def night():
    """One contact ten minutes before midnight in Tokyo, the last of October, and one ten minutes after."""
    contacts = pd.DataFrame({
        "contact_id": ["a", "b"], "created_at": [BEFORE, AFTER], "channel": "chat", "text": ["返金 したい", "返金 は まだ"], "text_clean": ["返金したい", "返金はまだ"],
        "terms": ["返金 したい", "返金 まだ"], "lang": "ja", "handle_seconds": 60.0, "product": "A", "customer_id": ["x", "y"],
    })
    tags = pd.DataFrame({"contact_id": ["a", "b"], "kind": "reason", "label": "billing.refund", "score": 0.9, "source": "model", "evidence": ""})
    return contacts, tags


def test_both_are_of_one_day_in_utc_and_of_two_in_tokyo():
    assert BEFORE.date() == AFTER.date() == pd.Timestamp("2026-10-31").date()
    assert [str(t.tz_convert(ZONE).date()) for t in (BEFORE, AFTER)] == ["2026-10-31", "2026-11-01"]


def test_costs_sources_words_and_aspects_count_local_days(night):
    contacts, tags = night
    for key, names in (("day", ["2026-10-31", "2026-11-01"]), ("month", ["2026-10", "2026-11"])):
        table = issue_costs(contacts, tags, MODEL, by=key).table.query("n_contacts > 0")
        assert sorted(table[key]) == names
    assert source_lags(contacts, timezone=ZONE)[["first_day", "last_day"]].values.tolist() == [["2026-10-31", "2026-11-01"]]
    assert source_lags(contacts)[["first_day", "last_day"]].values.tolist() == [["2026-10-31", "2026-10-31"]]
    assert source_gaps(contacts, timezone=ZONE).empty
    assert daily_counts(contacts.assign(reason="r"), ["reason"], ZONE)["n"].tolist() == [1, 1]
    assert daily_counts(contacts.assign(reason="r"), ["reason"])["n"].tolist() == [2]
    past = hot_word_history(contacts, periods=2, period_days=1, min_contacts=1, timezone=ZONE)
    assert sorted({f"{day:%m-%d}" for day in past["as_of"]}) == ["10-31", "11-01"]
    line = hot_word_timeline(contacts, "返金", days=2, timezone=ZONE)
    assert line["n"].tolist() == [1, 1]
    said = contacts.drop(columns="lang").assign(text=["The room was dirty", "The room was awful"])
    months = aspect_table(aspects(said), said, by=("month",), timezone=ZONE)
    assert sorted(months["month"]) == ["2026-10", "2026-11"]
    assert aspect_table(aspects(said), said, by=("month",))["month"].tolist() == ["2026-10"]
    table = measures.aspect_counts(said, 10, ZONE)
    assert sorted(table["month"]) == ["2026-10", "2026-11"]


def test_a_change_at_midnight_parts_the_contacts_of_that_night(night):
    contacts, _ = night
    later = [AFTER + pd.Timedelta(days=day) for day in (40, 50)]
    more = pd.concat([contacts, contacts.assign(contact_id=["c", "d"], customer_id=["z", "w"], created_at=later)], ignore_index=True)
    early = more.assign(created_at=more["created_at"].where(more["contact_id"] != "a", BEFORE - pd.Timedelta(days=20)))
    local, utc = (guardrail(early, None, "2026-11-01", 0.5, timezone=zone).iloc[0] for zone in (ZONE, "UTC"))
    assert (local["n_before"], local["n_after"]) == (1, 2)  # the last one's window is not over
    assert (utc["n_before"], utc["n_after"]) == (1, 1)  # the contact of that night is on neither side


def test_days_with_a_zone_of_their_own_stay_the_days_they_are():
    days = pd.date_range("2026-03-01", periods=30, tz=ZONE)
    rows = [(d, k, 10) for d in days for k in "abcdefgh"] + [(days[-1], "b", 30)]
    found = watch(pd.DataFrame(rows, columns=["day", "reason", "n"]), ["reason"])
    assert [str(day.date()) for day in found["day"]] == ["2026-03-30"]


def test_store_period_report_and_words_of_a_run_count_local_days(night, tmp_path, monkeypatch):
    contacts, tags = night
    store = ContactStore(tmp_path, ZONE)
    store.upsert(contacts.drop(columns="text_clean"), tags)
    assert list(store.days()) == ["2026-10-31", "2026-11-01"]
    period = read_period(tmp_path, store, 1)
    assert period.contacts["contact_id"].tolist() == ["b"] and (period.first, period.last) == ("2026-11-01", "2026-11-01")
    costs = issue_costs(contacts, tags, MODEL)
    summary = build_report(contacts, tags, costs, extras=Extras(timezone=ZONE)).summary
    assert (str(summary.first_day), str(summary.last_day)) == ("2026-10-31", "2026-11-01")
    zones = []
    real = measures.aspect_counts
    monkeypatch.setattr(measures, "aspect_counts", lambda frame, n, zone: zones.append(zone) or real(frame, n, zone))
    words = topics.hot_words
    monkeypatch.setattr("vocmine.topics.hot_words", lambda frame, **given: zones.append(given["timezone"]) or words(frame, **given))
    cost_and_report(tmp_path, store, Settings(topics=False, timezone=ZONE), CostInputs(MODEL), {"read": 2, "accepted": 2, "rejected": {}})
    assert zones == [ZONE, ZONE]
