"""Journeys, evaluation and discovered topics as a run hands them to the report."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.audits import Audit
from vocmine.batch import measures
from vocmine.batch.contact_store import ContactStore
from vocmine.errors import AuditError


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
