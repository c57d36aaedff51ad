from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.embed import CharacterEncoder
from vocmine.topics import TopicRegistry
from vocmine.topics.monitoring.recluster import compare


def test_a_topic_goes_on_where_most_texts_are_the_same() -> None:
    labels = np.repeat([0, 1], [20, 10])
    old = np.concatenate([np.full(18, 3), np.full(2, -1), np.full(10, 5)])
    cut = compare(labels, old, 6, careful=False)
    assert (cut.born, cut.over) == ({}, {})
    assert cut.target.tolist() == [3] * 20 + [5] * 10


def test_a_vague_topic_is_split_and_its_parts_know_where_they_come_from() -> None:
    cut = compare(np.repeat([0, 1, 2], 10), np.repeat([0, 0, 1], 10), 2, careful=False)
    assert cut.born == {2: (0,), 3: (0,)} and cut.over == {0: (2, 3)} and cut.touched == {0, 1}
    assert cut.target.tolist() == [2] * 10 + [3] * 10 + [1] * 10


def test_topics_that_are_one_merge() -> None:
    cut = compare(np.zeros(30, np.int64), np.repeat([0, 1, 2], 10), 3, careful=False)
    assert cut.born == {3: (0, 1, 2)} and cut.over == {0: (3,), 1: (3,), 2: (3,)}


def test_with_care_only_clear_parts_and_texts_without_topic_become_topics() -> None:
    labels = np.repeat([0, 1, 2, 3], 10)
    old = np.concatenate([np.tile([0, 1], 10), np.full(10, -1), np.full(10, 2)])  # 0 and 1 lie across: no clear part
    cut = compare(labels, old, 3, careful=True)
    assert cut.born == {3: ()} and cut.over == {} and cut.touched == frozenset()
    assert cut.target[:20].tolist() == old[:20].tolist() and set(cut.target[20:30]) == {3}
    small = compare(np.repeat([0, 1], [30, 6]), np.full(36, 0), 1, careful=True)
    assert small.born == {}


@given(
    st.lists(st.tuples(st.integers(-1, 6), st.integers(-1, 6)), min_size=1, max_size=80), st.booleans()
)
def test_every_row_goes_to_a_topic_that_is_open(rows: list[tuple[int, int]], careful: bool) -> None:
    labels, old = (np.array(x, dtype=np.int64) for x in zip(*rows, strict=True))
    cut = compare(labels, old, 7, careful)
    assert not set(cut.target.tolist()) & set(cut.over)
    assert sorted(cut.born) == list(range(7, 7 + len(cut.born)))
    assert all(set(into) <= set(range(7 + len(cut.born))) - set(cut.over) for into in cut.over.values())
    assert set(cut.over) <= cut.touched


@pytest.fixture(scope="module")
def after_months(stream: pd.DataFrame) -> TopicRegistry:
    registry = TopicRegistry(encoder=CharacterEncoder(128), settle_days=10)
    for shift in (0, 30, 60):  # three months alike, so that topics are made anew three times and once with care
        part = stream[stream["label"] != "cable"]
        part = part.assign(created_at=part["created_at"] + pd.Timedelta(days=shift))
        registry.update(part.assign(contact_id=part["contact_id"] + f"m{shift}"))
    return registry


def test_lineage_is_whole_and_counts_stay(after_months: TopicRegistry, stream: pd.DataFrame) -> None:
    topics = after_months.topics
    assert topics["topic_id"].tolist() == list(range(len(topics))) and topics["name"].is_unique
    is_open = set(topics.loc[topics["is_open"], "topic_id"])
    assert set(after_months._known.topic.tolist()) <= is_open
    for row in topics.itertuples():
        assert all(p < row.topic_id for p in row.parents)
        assert not row.into or not row.is_open
        assert set(row.into) <= set(topics["topic_id"])
    contacts = 3 * (stream["label"] != "cable").sum()
    assert sum(after_months._ledger.totals.values()) == contacts
    assert contacts * 0.8 < topics["n"].sum() <= contacts
    line = after_months.timeline().groupby("topic_id")["n"].sum()
    counted = topics.set_index("topic_id")["n"]
    assert (line == counted[line.index]).all() and set(counted[counted > 0].index) <= set(line.index)


def test_topics_fit_the_subjects(after_months: TopicRegistry, stream: pd.DataFrame) -> None:
    from sklearn.metrics import homogeneity_score

    usual = stream[stream["label"] != "cable"].tail(300)
    topic = after_months.assign(usual["text"])
    assert (topic >= 0).mean() >= 0.9 and homogeneity_score(usual["label"], topic) >= 0.9


def test_months_alike_raise_no_alarm(after_months: TopicRegistry) -> None:
    alerts = after_months.alerts()
    assert len(alerts) <= 2  # 80 days: 0.02 a day for the scan and 0.01 for the known topics is 2.4 at most


def test_a_topic_named_by_hand_is_left_alone(stream: pd.DataFrame, tmp_path: Path) -> None:
    registry = TopicRegistry(encoder=CharacterEncoder(128), settle_days=10)
    registry.update(stream[stream["day"] <= 12])
    registry.rename(0, "自分の名前")
    before = registry._known.examples[registry._known.topic == 0]
    registry.save(tmp_path)
    registry = TopicRegistry.load(tmp_path)
    registry.update(stream[stream["day"] > 12])
    assert len(registry._reclustered) == 2
    first = registry.topics.iloc[0]
    assert first["name"] == "自分の名前" and first["is_open"]
    assert (registry._known.examples[registry._known.topic == 0] == before).all()


def test_days_that_memory_thinned_out_are_not_compared(stream: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    from vocmine.topics.monitoring import registry as home

    monkeypatch.setattr(home, "_ROWS_A_DAY", 12)
    monkeypatch.setattr(home, "_ROWS_A_RECENT_DAY", 20)
    registry = TopicRegistry(encoder=CharacterEncoder(128), settle_days=10)
    usual = stream[stream["label"] != "cable"]
    for _, day in usual.groupby("day"):
        assert len(registry.update(day)) == 0
    topics, line = registry.topics, registry.timeline()
    first = dict(zip(topics["topic_id"], topics["first_day"], strict=True))
    assert topics["n"].sum() <= len(usual) and (line["day"] >= line["topic_id"].map(first)).all()
    made = pd.Timestamp("2026-03-11", tz="UTC")  # the day after the topics were made: no day before has all contacts
    assert line["day"].min() == made and line.loc[line["day"] < made + pd.Timedelta(days=10), "expected"].isna().all()
    assert line.loc[line["day"] == line["day"].max(), "n"].sum() > 0
