"""Praise, loyalty, the guardrail, risk by segment and lineage in a results folder."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd

from vocmine.batch.liked import guardrail_table, liked_tables, lineage, write_liked


def made(n=300, day="2026-10-01", seconds=400.0, back=0.3, seed=0):
    rng = np.random.default_rng(seed)
    again = rng.random(n) < back
    start = pd.Timestamp(day, tz="UTC") + pd.to_timedelta(np.arange(n) % 20, unit="D")
    first = pd.DataFrame({"customer_id": [f"{day}-{i}" for i in range(n)], "created_at": start})
    second = first.loc[again].assign(created_at=lambda x: x["created_at"] + pd.Timedelta(days=1))
    contacts = pd.concat([first, second], ignore_index=True)
    m = len(contacts)
    contacts = contacts.assign(
        contact_id=[f"{day}-{i}c" for i in range(m)], channel="call", handle_seconds=seconds * rng.lognormal(0, 0.2, m),
        product="A", segment="big", terms="help",
    )
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": "bill", "score": 0.9})
    return contacts, tags


def test_tables_are_made_of_what_is_there_and_written_and_taken_away(tmp_path):
    contacts, tags = made()
    glad = pd.DataFrame({"contact_id": contacts.contact_id.head(30), "kind": "signal", "label": "praise", "score": 0.9})
    tables = liked_tables(contacts, pd.concat([tags, glad], ignore_index=True))
    assert set(tables) == {"praise_products", "loyalty", "risk_segment"}
    kept = write_liked(tmp_path, {**tables, "lineage": None})
    assert set(kept) == set(tables)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["handle_time_loyalty.csv", "praise_by_product.csv", "risk_by_segment.csv"]
    assert pd.read_csv(tmp_path / "praise_by_product.csv")["n_praise"].tolist() == [30]
    write_liked(tmp_path, {"loyalty": tables["loyalty"]})
    assert [path.name for path in tmp_path.iterdir()] == ["handle_time_loyalty.csv"]


def test_the_guardrail_warns_where_shorter_calls_come_back():
    before, now = made(day="2026-09-01", seconds=600.0, back=0.05), made(day="2026-10-01", seconds=400.0, back=0.4)
    table = guardrail_table(before, *now, "2026-10-01")
    assert table["fires"].tolist() == [True]
    assert table["n_after"].iloc[0] > 100
    calm = guardrail_table(made(day="2026-09-01", seed=4), *made(seed=5), "2026-10-01")
    assert calm["fires"].tolist() == [False]


def test_the_guardrail_needs_days_before_and_times():
    now = made()
    assert guardrail_table(None, *now, "2026-10-01") is None
    old = made(day="2026-09-01")
    assert guardrail_table((old[0].assign(handle_seconds=np.nan), old[1]), *now, "2026-10-01") is None
    assert guardrail_table((old[0].drop(columns="handle_seconds"), old[1]), *now, "2026-10-01") is None


def test_days_of_the_guardrail_are_local():
    before, now = made(day="2026-09-01"), made()
    late = now[0]["created_at"].min() - pd.Timedelta(hours=3)  # still the evening before in UTC, the first day in Tokyo
    now = now[0].assign(created_at=now[0]["created_at"].where(now[0].index > 0, late)), now[1]
    tokyo = guardrail_table(before, *now, "2026-10-01", timezone="Asia/Tokyo")
    utc = guardrail_table(before, *now, "2026-10-01")
    assert tokyo["n_after"].iloc[0] == utc["n_after"].iloc[0] + 1


def test_lineage_names_parents_and_heirs():
    day = pd.Timestamp("2026-10-01", tz="UTC")
    topics = pd.DataFrame({
        "topic_id": [0, 1, 2], "name": ["old", "white screen", "split part"], "n": [9, 5, 3], "first_day": [day, day + pd.Timedelta(days=3), day + pd.Timedelta(days=2)],
        "last_day": day + pd.Timedelta(days=9), "origin": ["first", "emerged", "split"], "parents": [(), (), (0,)], "into": [(2,), (), ()], "is_open": [False, True, True],
    })
    table = lineage(SimpleNamespace(topics=topics))
    assert table["name"].tolist() == ["white screen", "split part", "old"]
    assert table["parents"].tolist() == ["", "old", ""]
    assert table["into"].tolist() == ["", "", "split part"]
    assert lineage(SimpleNamespace(topics=topics.assign(origin="first", is_open=True))) is None
    assert lineage(None) is None
