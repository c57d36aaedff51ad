"""Replays: one registry a sensitivity, each as if it had been alone, each day's vectors made once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch import replay as replays
from vocmine.batch.replay import DayVectors, Replay, Sensitivity, replay
from vocmine.embed import CharacterEncoder
from vocmine.text import analyze
from vocmine.topics import TopicRegistry

USUAL = ["返金してほしい", "解約の手続きを教えて", "荷物がまだ届かない", "パスワードを忘れた", "請求書を再発行して", "住所を変更したい"]


class Frames:
    """Days in memory."""

    def __init__(self, frame):
        self._days = {str(day): rows for day, rows in frame.groupby(frame["created_at"].dt.strftime("%Y-%m-%d"))}
        self.days = tuple(sorted(self._days))

    def read(self, day):
        return self._days[day]


@pytest.fixture(scope="module")
def days():
    rng = np.random.default_rng(2)
    rows = []
    for day in range(24):
        told = [f"{USUAL[int(i)]} 受付{rng.integers(1000, 9999)}番" for i in rng.integers(0, len(USUAL), 24)]
        told += [f"カメラの映像が緑色になって映らない 型番{rng.integers(10, 99)}" for _ in range(6 if day >= 19 else 0)]
        rows += [(f"d{day}-{i}", day, text) for i, text in enumerate(told)]
    frame = pd.DataFrame(rows, columns=["contact_id", "day", "text"])
    frame["created_at"] = pd.Timestamp("2026-09-01 03:00", tz="UTC") + pd.to_timedelta(frame["day"], unit="D")
    return Frames(analyze(frame.assign(channel="chat", customer_id=None)))


@pytest.fixture
def characters(monkeypatch):
    """Count the texts that are encoded."""
    asked = []

    class Counting(CharacterEncoder):
        def encode(self, texts):
            asked.extend(texts)
            return super().encode(texts)

    monkeypatch.setattr(replays, "default_encoder", lambda: Counting(128))
    return asked


def run(history, settings):
    running = replay(history, settings, "UTC")
    shown = []
    while True:
        try:
            shown.append(next(running))
        except StopIteration as end:
            return end.value, shown


def test_each_replay_is_as_if_its_registry_had_been_alone(days, characters):
    settings = [Sensitivity(0.001, 2.0, 14), Sensitivity(0.05, 3.0, 14), Sensitivity(0.02, 2.0, 10)]
    found, shown = run(days, settings)
    assert shown == list(range(1, 25))
    assert [done.setting for done in found] == settings
    assert len(characters) == sum(len(days.read(day)) for day in days.days)  # once, whatever the number of registries
    for done in found:
        alone = TopicRegistry(
            encoder=CharacterEncoder(128), alpha=done.setting.alpha, min_ratio=done.setting.min_ratio,
            settle_days=done.setting.settle_days,
        )
        for day in days.days:
            alone.update(days.read(day))
        pd.testing.assert_frame_equal(done.registry.alerts(), alone.alerts())
        pd.testing.assert_frame_equal(done.registry.topics, alone.topics)
        assert done.registry.book.to_dict() == alone.book.to_dict()
        assert done.n_alarms == len(alone.alerts())


def test_what_breaks_is_noted_on_the_day_it_is_told(days, characters):
    (done,), _ = run(days, [Sensitivity.in_use()])
    told = done.registry.alerts()
    assert len(told) and told["day"].min() >= pd.Timestamp("2026-09-20", tz="UTC")
    (name, (day, n)), *_ = done.opened.items()
    record = done.registry.book.records[0]
    assert (name, day) == (record.incident_id, f"{pd.Timestamp(record.told_day, unit='D'):%Y-%m-%d}")
    assert 5 <= n <= len(record.members)
    assert (done.first_day, done.last_day, done.days) == ("2026-09-15", "2026-09-24", 10)


def test_a_history_too_short_for_topics_is_never_judged(days, characters):
    few = Frames(pd.concat([days.read(day) for day in days.days[:9]]))
    (done,), _ = run(few, [Sensitivity.in_use()])
    assert (done.days, done.n_alarms, done.opened) == (0, 0, {})


def test_days_without_contacts_count_as_days():
    assert Replay(Sensitivity.in_use(), TopicRegistry(encoder=CharacterEncoder(8)), "2026-09-01", "2026-09-08").days == 8


def test_vectors_of_the_last_list_are_kept():
    asked = []

    class Lengths:
        def __init__(self):
            self.spec = {"kind": "lengths"}

        def encode(self, texts):
            asked.append(texts)
            return np.array([[len(t)] for t in texts], dtype=np.float32)

    encoder = DayVectors(Lengths())
    first = encoder.encode(["a", "bb"])
    assert encoder.encode(["a", "bb"]) is first and encoder.spec == {"kind": "lengths"}
    assert encoder.encode(["ccc"]).tolist() == [[3.0]]
    assert asked == [["a", "bb"], ["ccc"]]
