from __future__ import annotations

import numpy as np
import pytest

from vocmine.topics.monitoring.scan_statistic import ScanRule, scan


def talk(seed: int, planted: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Three hundred contacts about ten things, sixty of them recent; ``planted`` recent ones about one thing more."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(11, 24))
    topic = np.concatenate([rng.integers(10, size=300), np.full(planted, 10)])
    x = centres[topic] + 0.7 * rng.normal(size=(len(topic), 24))
    recent = np.concatenate([np.arange(300) >= 240, np.ones(planted, dtype=bool)])
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32), recent


def test_a_new_thing_is_found_whole_and_pure() -> None:
    x, recent = talk(0, planted=14)
    [dense] = scan(x, recent, ~recent, 1, ScanRule())
    assert (dense.rows >= 300).mean() >= 0.9 and (dense.rows >= 300).sum() >= 12
    assert dense.p_adjusted <= ScanRule().alpha and dense.ratio >= ScanRule().ratio
    assert recent[dense.rows].all()


def test_false_alarms_are_as_few_as_said() -> None:
    wrong = 0
    for seed in range(40):
        x, recent = talk(seed)
        wrong += bool(scan(x, recent, ~recent, 1, ScanRule(alpha=0.05)))
    assert wrong <= 5  # two are to be expected at most


def test_more_tests_ask_for_more() -> None:
    x, recent = talk(0, planted=14)
    once, often = (scan(x, recent, ~recent, tests, ScanRule(alpha=1.0))[0] for tests in (1, 10))
    assert often.p_adjusted == pytest.approx(10 * once.p_adjusted)
    assert scan(x, recent, ~recent, 1, ScanRule(least=40)) == []


def test_a_young_channel_that_talks_of_the_same_is_no_new_thing() -> None:
    x, recent = talk(0, planted=14)
    channel = np.where(np.arange(len(x)) >= 300, "social", "chat")  # all of it came by a channel not there before
    assert scan(x, recent, ~recent, 1, ScanRule(), np.full(len(x), "chat"))
    assert scan(x, recent, ~recent, 1, ScanRule(), channel) == []


def test_nothing_to_compare_is_no_alarm() -> None:
    x, recent = talk(0)
    none = np.zeros(len(x), dtype=bool)
    assert scan(x, recent, none, 1, ScanRule()) == []
    assert scan(x, none, ~recent, 1, ScanRule()) == []
