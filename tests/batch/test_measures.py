"""Journeys, evaluation and discovered topics as a run hands them to the report."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from vocmine.audits import Audit
from vocmine.batch import costing, measures
from vocmine.batch.contact_store import ContactStore
from vocmine.cost import CostModel
from vocmine.errors import AuditError
from vocmine.results import ReasonInfo
from vocmine.settings import Settings


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


MODEL = CostModel(rate_per_minute={"call": 60.0, "social": 60.0}, currency="JPY")


@pytest.mark.parametrize("model", [MODEL, None])
def test_what_checking_would_bring_is_said_of_the_dearest_that_nobody_wanted(period, model):
    costs = costing.cost_period(period, Settings(), model)
    table = measures.narrowing(costs, period, Settings(), model)
    assert (table["n"] == 100).all() and (table["then"] < table["now"]).all()
    said = measures.narrowing_sentence(table, costs, ReasonInfo(demand={str(table["issue"].iloc[0]): "value"}), "en")
    first, second = table.iloc[0], table.iloc[1]
    assert f"“{second['issue']}”" in said and f"about ±{second['then']:.0%}" in said
    assert ("from ±" in said) == (second["now"] <= 1)  # a range wider than its estimate is said in words
    assert f"“{first['issue']}”" in measures.narrowing_sentence(table, costs, ReasonInfo(), "en")
    assert measures.narrowing_sentence(None, costs, ReasonInfo(), "ja") == ""


def test_without_a_reason_nothing_is_expected(period):
    bare = replace(period, tags=period.tags[period.tags["kind"] != "reason"])
    assert measures.narrowing(costing.cost_period(bare, Settings(), MODEL), bare, Settings(), MODEL) is None
