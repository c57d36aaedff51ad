"""The day files: each contact once whatever comes in, the same bytes again, moves between days."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vocmine.batch.contact_store import ContactStore, system_hashes


def contacts(rows):
    frame = pd.DataFrame(rows, columns=["contact_id", "day", "text"])
    frame["created_at"] = pd.Timestamp("2026-11-01T03:00Z") + pd.to_timedelta(frame.pop("day"), unit="D")
    return frame.assign(channel="call", lang="ja", terms=frame["text"])


def tags(frame):
    return pd.DataFrame({"contact_id": frame["contact_id"], "kind": "reason", "label": frame["text"], "score": 0.5,
                         "source": "model", "evidence": ""})


def folder_bytes(home):
    return {str(p.relative_to(home)): p.read_bytes() for p in sorted(home.rglob("*.parquet"))}


ROWS = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 3), st.sampled_from(["折電", "入電", "="])),
                max_size=8, unique_by=lambda row: row[0])


@given(st.lists(ROWS, max_size=4))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_folder_is_the_last_word_on_each_contact(tmp_path_factory, batches):
    home = tmp_path_factory.mktemp("ledger")
    ledger, last = ContactStore(home, "UTC"), {}
    for rows in batches:
        frame = contacts(rows)
        ledger.upsert(frame, tags(frame))
        last |= {row[0]: row[1:] for row in rows}
    stored, stored_tags = ContactStore(home, "UTC").read()
    got = {r.contact_id: (r.created_at.day - 1, r.text) for r in stored.itertuples()}
    assert got == last
    assert len(stored) == len(last) == ledger.count()
    assert dict(zip(stored_tags.contact_id, stored_tags.label, strict=True)) == {k: v[1] for k, v in last.items()}
    before = folder_bytes(home)
    for rows in batches[-1:]:
        frame = contacts(rows)
        ContactStore(home, "UTC").upsert(frame, tags(frame))
    assert folder_bytes(home) == before


def test_days_are_those_of_the_zone(tmp_path):
    frame = contacts([("a", 0, "x")]).assign(created_at=pd.Timestamp("2026-11-01T16:00Z"))
    assert ContactStore(tmp_path, "Asia/Tokyo").upsert(frame, tags(frame)) == ["2026-11-02"]


def test_further_columns_are_kept_when_asked(tmp_path):
    frame = contacts([("a", 0, "x")]).assign(店舗="新宿", secret="y")
    ledger = ContactStore(tmp_path, "UTC", ("店舗",))
    ledger.upsert(frame, tags(frame))
    stored, _ = ledger.read()
    assert stored["店舗"].tolist() == ["新宿"]
    assert "secret" not in stored
    assert ContactStore(tmp_path, "UTC", ("店舗", "新列")).read()[0]["新列"].isna().all()


def test_the_index_tells_day_system_and_time_of_what_is_stored(tmp_path):
    frame = contacts([("a", 0, "x"), ("b", 2, "y")]).assign(source_system=["calls", None])
    ledger = ContactStore(tmp_path, "UTC")
    ledger.upsert(frame, tags(frame))
    for store in (ledger, ContactStore(tmp_path, "UTC")):
        found = store.known(np.array(["b", "zz", "a"], dtype=object))
        assert found["day"].tolist() == ["2026-11-03", None, "2026-11-01"]
        assert found["system"].fillna(1).iloc[0] == 0
        assert found["system"].iloc[2] == system_hashes(pd.Series(["calls"]))[0]
        assert found["created"].iloc[2] == frame["created_at"].iloc[0].value // 1000
    assert store.read_ids({"b": "2026-11-03"})["text"].tolist() == ["y"]


def test_days_of_older_folders_are_in_the_index_without_their_system(tmp_path):
    """Files that lack a column stand beside those that have it."""
    for name, system in (("a", None), ("b", "calls")):
        frame = contacts([(name, ord(name) - 97, "x")]).assign(source_system=system)
        ContactStore(tmp_path, "UTC").upsert(frame, tags(frame))
    old = tmp_path / "contacts" / "2026-11-01.parquet"
    pq.write_table(pq.read_table(old).drop_columns(["source_system"]), old)
    store = ContactStore(tmp_path, "UTC")
    found = store.known(np.array(["a", "b"], dtype=object))
    assert found["day"].tolist() == ["2026-11-01", "2026-11-02"]
    assert found["system"].tolist() == [0, system_hashes(pd.Series(["calls"]))[0]]
    late = contacts([("c", 0, "y"), ("a", 1, "x")])
    assert store.upsert(late, tags(late)) == ["2026-11-01", "2026-11-02"]
    assert store.known(np.array(["a", "c"], dtype=object))["day"].tolist() == ["2026-11-02", "2026-11-01"]
