"""The incidents of a folder in its report: whose contacts comparisons leave out, and that totals keep them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch import measures
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.incident_files import write_incidents
from vocmine.batch.incident_links import recent_incidents, set_aside
from vocmine.batch.report_inputs import CostInputs, cost_and_report
from vocmine.cost import CostModel
from vocmine.settings import Settings
from vocmine.topics.tracking.incident import Incident

DAY = pd.Timestamp("2026-09-20", tz="UTC")


def incident(ids, key="i-20260920-1", state="growing") -> Incident:
    ids = tuple(ids)
    return Incident(key, "画面が真っ白", "screen goes white", state, DAY, DAY, DAY, DAY + pd.Timedelta(days=5), len(ids), len(ids), 1.0, contact_ids=ids)


@pytest.fixture(scope="module")
def stored():
    """Two teams that do alike; an incident comes to team A alone, none of it solved, all of it unhappy."""
    rng = np.random.default_rng(3)
    n, k = 2_000, 120
    day = np.concatenate([np.repeat(np.arange(100), 20), rng.integers(94, 100, k)])
    bad = np.arange(n + k) >= n
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{i:05d}" for i in range(n + k)], "text": "本文", "terms": "本文", "lang": "ja", "channel": "call",
            "created_at": pd.Timestamp("2026-06-17 01:00", tz="UTC") + pd.to_timedelta(day, unit="D"), "handle_seconds": 300.0,
            "customer_id": [str(i) for i in range(n + k)], "team": np.where(bad, "A", rng.choice(["A", "B"], n + k)), "transfers": 0,
            "csat": np.where(bad, 1.0, rng.integers(2, 6, n + k)), "resolved": np.where(bad, False, rng.random(n + k) < 0.8),
        }
    )
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": np.where(bad | (rng.random(n + k) < 0.5), "crash", "login"), "score": 0.9, "source": "model", "evidence": ""})
    return contacts, tags, tuple(contacts.contact_id[bad])


def test_a_team_is_not_blamed_for_an_incident(stored):
    contacts, tags, ids = stored
    plain = measures.journey_tables(contacts, tags)
    aside = measures.journey_tables(contacts, tags, aside=frozenset(ids))
    blamed = plain["answers"]
    assert ((blamed["team"] == "A") & (blamed["kind"] == "unsolved")).any()
    assert "answers" not in aside or not (aside["answers"]["team"] == "A").any()
    csat = [tables["teams"].set_index("team")["adjusted"] for tables in (plain, aside)]
    assert csat[0]["A"] < csat[0]["B"] - 0.2 and abs(csat[1]["A"] - csat[1]["B"]) < 0.2


def test_what_is_of_all_contacts_keeps_them(stored):
    contacts, tags, ids = stored
    plain, aside = (measures.journey_tables(contacts, tags, aside=chosen) for chosen in ((), frozenset(ids)))
    for name in ("standard", "times"):
        pd.testing.assert_frame_equal(plain[name], aside[name])
    everything = frozenset(contacts["contact_id"])
    assert set(measures.journey_tables(contacts, tags, aside=everything)) <= {"standard", "times", "channels", "bots"}


def test_what_is_set_aside_is_counted_by_team_and_reason(stored):
    contacts, tags, ids = stored
    table = set_aside([incident(ids)], contacts, tags)
    counts = {(step, value): n for step, value, n in zip(table["step"], table["value"], table["n"], strict=True)}
    assert counts == {("all", ""): 120, ("channel", "call"): 120, ("reason", "crash"): 120, ("team", "A"): 120}


def test_nothing_is_set_aside_for_what_is_over_or_not_there(stored):
    contacts, tags, ids = stored
    assert set_aside([incident(ids, state="over")], contacts, tags) is None
    assert set_aside([], contacts, tags) is None is set_aside([incident(["gone"])], contacts, tags)


def test_a_contact_of_two_incidents_is_counted_once(stored):
    contacts, tags, ids = stored
    table = set_aside([incident(ids[:5]), incident(ids[3:9], "i-2")], contacts, tags)
    every = table.loc[table["step"] == "all"].set_index("incident_id")["n"]
    assert every.to_dict() == {"i-20260920-1": 5, "i-2": 4}


def test_only_incidents_of_the_reports_days_are_shown(tmp_path, stored):
    old = incident(["a"], "i-old", "over")
    write_incidents(tmp_path, [incident(["b"]), old])
    assert [each.incident_id for each in recent_incidents(tmp_path, "2026-09-20")] == ["i-20260920-1", "i-old"]
    assert [each.incident_id for each in recent_incidents(tmp_path, "2026-09-21")] == ["i-20260920-1"]
    assert recent_incidents(tmp_path / "none", "2026-09-21") == ()


def test_the_report_of_a_folder_tells_of_its_incidents_and_adds_up(tmp_path, stored, monkeypatch):
    """Incidents that were written by hand, so that the run must not look for its own."""
    monkeypatch.setattr("vocmine.batch.report_inputs.find_incidents", lambda *_: ())
    contacts, tags, ids = stored
    ContactStore(tmp_path, "Asia/Tokyo").upsert(contacts, tags)
    model = CostModel(rate_per_minute={"call": 60.0}, currency="JPY")
    run = {"read": len(contacts), "accepted": len(contacts), "rejected": {}}
    settings = Settings(topics=False, period_days=100)
    whole = cost_and_report(tmp_path, ContactStore(tmp_path, "Asia/Tokyo"), settings, CostInputs(model), run)
    write_incidents(tmp_path, [incident(ids)])
    told = cost_and_report(tmp_path, ContactStore(tmp_path, "Asia/Tokyo"), settings, CostInputs(model), run)
    assert told.findings[0].startswith("インシデント「画面が真っ白」が9月20日から続いています。これまでに120件（120人）")
    assert told.summary.total_cost == whole.summary.total_cost and told.summary.n_contacts == whole.summary.n_contacts
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "インシデント「画面が真っ白」の120件を除いて数えています" in page
    assert [(part.incident_id, part.n) for part in told.summary.aside] == [("i-20260920-1", 120)]
