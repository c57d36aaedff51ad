"""The day files: each contact once whatever comes in, the same bytes again, moves between days."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vocmine.batch.contact_store import ContactStore
from vocmine.batch.state import locked
from vocmine.csvfile import read_csv, write_csv
from vocmine.errors import VocmineError


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


def test_two_runs_on_one_folder_are_refused(tmp_path):
    with locked(tmp_path), pytest.raises(VocmineError, match="another run"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_csv_holds_no_live_formula(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    frame = pd.DataFrame({"value": values, "n": range(len(values))})
    write_csv(path, frame)
    cells = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")["value"]
    assert not cells.str.startswith(("=", "+", "-", "@", "\t")).any()


def test_csv_round_trip(tmp_path):
    frame = pd.DataFrame({"value": ["=1+1", "普通", "'quoted", "-5"]})
    write_csv(tmp_path / "x.csv", frame)
    assert read_csv(tmp_path / "x.csv", ("value",))["value"].tolist() == frame["value"].tolist()
    assert read_csv(tmp_path / "none.csv", ("value",)).empty
