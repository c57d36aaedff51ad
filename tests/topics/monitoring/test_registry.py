from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from vocmine.embed import CharacterEncoder
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import ALERT_COLUMNS
from vocmine.topics import TopicRegistry


def new_registry() -> TopicRegistry:
    return TopicRegistry(encoder=CharacterEncoder(128), settle_days=10)


def feed(registry: TopicRegistry, stream: pd.DataFrame, days: range) -> pd.DataFrame:
    parts = [registry.update(stream[stream["day"] == d].drop(columns="label")) for d in days]
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def watched(stream: pd.DataFrame) -> tuple[TopicRegistry, pd.DataFrame]:
    registry = new_registry()
    return registry, feed(registry, stream, range(1, 31))


def test_a_new_issue_is_found_early_and_pure(watched: tuple[TopicRegistry, pd.DataFrame], stream: pd.DataFrame) -> None:
    _, alerts = watched
    truth = stream.set_index("contact_id")["label"]
    new = alerts[alerts["status"] == "new"]
    assert len(new) >= 1
    first = new.iloc[0]
    assert (truth[list(first["contact_ids"])] == "cable").mean() >= 0.8
    seen = ((stream["label"] == "cable") & (stream["created_at"].dt.floor("D") <= first["day"])).sum()
    assert seen <= 25
    assert first["n"] == len(first["contact_ids"])


def test_a_doubled_day_is_no_alarm(watched: tuple[TopicRegistry, pd.DataFrame]) -> None:
    _, alerts = watched
    before = alerts[alerts["day"] < pd.Timestamp("2026-03-24", tz="UTC")]
    assert len(before) == 0


def test_alert_frame(watched: tuple[TopicRegistry, pd.DataFrame]) -> None:
    registry, alerts = watched
    assert tuple(alerts.columns) == ALERT_COLUMNS
    assert alerts["p_adjusted"].between(0, 1).all()
    assert set(alerts["status"]) <= {"new", "growing", "returning", "ended"}
    assert set(alerts["topic_id"]) <= set(registry.topics["topic_id"])
    assert str(alerts["day"].dtype).startswith("datetime64[") and str(alerts["day"].dt.tz) == "UTC"


def test_alerts_have_evidence(watched: tuple[TopicRegistry, pd.DataFrame], stream: pd.DataFrame) -> None:
    registry, alerts = watched
    told = registry.evidence()
    assert told[["topic_id", "day", "status"]].equals(registry.alerts()[["topic_id", "day", "status"]])
    assert len(told) == len(alerts)
    new = told[told["status"] == "new"].iloc[0]
    assert set(new["words"]) & {"ケーブル", "発熱", "充電"}
    texts = stream.loc[stream["label"] == "cable", "text"].tolist()
    assert new["quotes"] and all(any(q in t for t in texts) for q in new["quotes"])
    assert (told["ratio_low"] < told["ratio"]).all() and (told["ratio"] < told["ratio_high"]).all()
    assert new["ratio_low"] > 1 and new["days"] in (1, 2, 3, 4, 5, 6, 7)


def test_topics_have_unique_names_ids_and_lineage(watched: tuple[TopicRegistry, pd.DataFrame]) -> None:
    registry, _ = watched
    topics = registry.topics
    assert topics["name"].is_unique and topics["topic_id"].tolist() == list(range(len(topics)))
    emerged = topics[topics["origin"] == "emerged"]
    assert len(emerged) >= 1
    assert all(p < t for t, parents in zip(emerged["topic_id"], emerged["parents"], strict=True) for p in parents)


def test_the_same_day_twice_changes_nothing(
    watched: tuple[TopicRegistry, pd.DataFrame], stream: pd.DataFrame, tmp_path: Path
) -> None:
    registry, alerts = watched
    registry.save(tmp_path / "a")
    last = stream[stream["day"] == 30]
    again = registry.update(last.sample(frac=1, random_state=1))
    registry.save(tmp_path / "b")
    files = [{p.name: p.read_bytes() for p in (tmp_path / d).iterdir()} for d in "ab"]
    assert files[0] == files[1]
    expected = alerts[alerts["day"] == pd.Timestamp("2026-03-30", tz="UTC")].reset_index(drop=True)
    pd.testing.assert_frame_equal(again.reset_index(drop=True), expected, check_dtype=False)


def test_stopping_and_going_on_is_the_same_as_never_stopping(
    watched: tuple[TopicRegistry, pd.DataFrame], stream: pd.DataFrame, tmp_path: Path
) -> None:
    whole, alerts = watched
    first = new_registry()
    feed(first, stream, range(1, 26))
    first.save(tmp_path)
    second = TopicRegistry.load(tmp_path)
    late = feed(second, stream, range(26, 31))
    expected = alerts[alerts["day"] >= pd.Timestamp("2026-03-26", tz="UTC")].reset_index(drop=True)
    pd.testing.assert_frame_equal(late, expected, check_dtype=False)
    pd.testing.assert_frame_equal(second.topics, whole.topics)


def test_order_of_rows_within_a_day_does_not_matter(stream: pd.DataFrame) -> None:
    a, b = new_registry(), new_registry()
    feed(a, stream, range(1, 13))
    feed(b, stream.sample(frac=1, random_state=0), range(1, 13))
    pd.testing.assert_frame_equal(a.topics, b.topics)
    pd.testing.assert_frame_equal(a.timeline(), b.timeline())


def test_days_may_come_late_and_several_at_once(stream: pd.DataFrame) -> None:
    registry = new_registry()
    feed(registry, stream, range(1, 9))
    registry.update(stream[stream["day"].isin([10, 11])])
    assert len(registry.update(stream[stream["day"] == 9])) == 0
    counted = registry._ledger.totals
    assert len(counted) == 11
    assert sum(counted.values()) == len(stream[stream["day"] <= 11])


def test_a_storm_of_one_person_counts_once(stream: pd.DataFrame) -> None:
    registry = new_registry()
    feed(registry, stream, range(1, 13))
    day = stream[stream["day"] == 13]
    storm = pd.DataFrame(
        {"contact_id": [f"s{i}" for i in range(60)], "text": "エアコンの水漏れが止まりません", "created_at": day["created_at"].iloc[0],
         "channel": "social"}
    )
    alerts = registry.update(pd.concat([day, storm]))
    assert not (alerts["status"] == "new").any()


def test_a_missing_source_is_no_fall(stream: pd.DataFrame) -> None:
    registry = new_registry()
    feed(registry, stream, range(1, 15))
    alerts = registry.update(stream[stream["day"] == 15].head(3))
    assert len(alerts) == 0
    line = registry.timeline()
    assert line.loc[line["day"] == pd.Timestamp("2026-03-15", tz="UTC"), "missing"].all()


def test_timeline_holds_the_counts(watched: tuple[TopicRegistry, pd.DataFrame]) -> None:
    registry, _ = watched
    line = registry.timeline()
    assert list(line.columns) == ["topic_id", "day", "n", "expected", "low", "high", "missing"]
    told = line[line["expected"].notna()]
    assert (told["low"] <= told["high"]).all()
    per_topic = registry.topics.set_index("topic_id")["n"]
    assert (line.groupby("topic_id")["n"].sum() == per_topic[line["topic_id"].unique()].sort_index()).all()


def test_rename_stays(watched: tuple[TopicRegistry, pd.DataFrame], tmp_path: Path) -> None:
    registry, _ = watched
    registry.save(tmp_path)
    own = TopicRegistry.load(tmp_path)
    own.rename(0, "返金について")
    own.save(tmp_path)
    assert TopicRegistry.load(tmp_path).topics["name"].iloc[0] == "返金について"
    with pytest.raises(SettingsError, match="another topic"):
        own.rename(1, "返金について")
    with pytest.raises(SettingsError, match="no such topic"):
        own.rename(999, "x")


def test_wrong_frames_are_named(stream: pd.DataFrame) -> None:
    with pytest.raises(ContactError, match=r"columns are missing.*created_at"):
        TopicRegistry(encoder=CharacterEncoder(8)).update(pd.DataFrame({"contact_id": ["a"], "text": ["b"]}))
    day = stream.head(2).assign(created_at=pd.NaT)
    with pytest.raises(ContactError, match="without id or date"):
        TopicRegistry(encoder=CharacterEncoder(8)).update(day)


def test_the_seed_is_taken_by_name_and_changes_nothing(stream: pd.DataFrame) -> None:
    with pytest.raises(TypeError):
        TopicRegistry(5)  # type: ignore[misc]
    registries = [TopicRegistry(seed=seed, encoder=CharacterEncoder(32), settle_days=5) for seed in (0, 7)]
    for registry in registries:
        registry.update(stream[stream["day"] <= 6])
    assert len(registries[0].topics) > 0
    pd.testing.assert_frame_equal(registries[0].topics, registries[1].topics)


def test_frame_is_not_changed(stream: pd.DataFrame) -> None:
    day = stream[stream["day"] == 1]
    before = day.copy()
    new_registry().update(day)
    pd.testing.assert_frame_equal(day, before)


def test_a_stream_that_turns_mixed_goes_on(stream: pd.DataFrame, tmp_path: Path) -> None:
    texts = [f"{('The refund', 'My parcel')[i % 2]} {('is late', 'was lost', 'is wrong')[i % 3]} {i}" for i in range(40)]
    registry = TopicRegistry(settle_days=2)
    for day in (25, 26, 27):
        created = pd.Timestamp(f"2026-02-{day} 09:00", tz="UTC")
        ids = [f"e{day}-{i}" for i in range(40)]
        registry.update(pd.DataFrame({"contact_id": ids, "text": texts, "created_at": created}))
    registry.save(tmp_path)
    again = TopicRegistry.load(tmp_path)
    for day in (1, 2):  # of March, in Japanese
        for each in (registry, again):
            each.update(stream[stream["day"] == day].drop(columns=["label", "channel"]))
    pd.testing.assert_frame_equal(again.topics, registry.topics)
    assert sum(registry._ledger.totals.values()) == 120 + (stream["day"] <= 2).sum()

