from __future__ import annotations

import numpy as np
import pytest

from vocmine.topics.monitoring import expected_counts as baseline
from vocmine.topics.monitoring.counts import Ledger
from vocmine.topics.monitoring.expected_counts import Table


def made(rates: dict[int, float], days: int, seed: int = 0, total: int = 200) -> Ledger:
    rng = np.random.default_rng(seed)
    ledger = Ledger()
    for day in range(days):
        topics = [np.full(rng.poisson(rate), t) for t, rate in rates.items()]
        known = np.concatenate(topics)
        ledger.add(day, np.concatenate([known, np.full(max(total - len(known), 0), -1)]))
    return ledger


def table(counts: np.ndarray) -> Table:
    return Table(counts, np.full((len(counts), counts.shape[2]), 100.0), np.zeros(counts.shape[1], dtype=np.int64))


def test_quiet_days_are_quiet() -> None:
    wrong = 0
    for seed in range(10):
        ledger = made({t: 3.0 + t for t in range(12)}, 40, seed)
        wrong += sum(len(ledger.test(day, list(range(12)), 0.005, 1.5)) for day in range(14, 40))
    assert wrong <= 5  # 260 days at two tails of 0.005 would give 2.6 at most in expectation


@pytest.mark.parametrize(("n", "status"), [(30, "growing"), (0, "ended")])
def test_a_change_is_found_within_three_days(n: int, status: str) -> None:
    ledger = made({0: 10.0, 1: 8.0}, 30)
    for day in range(30, 33):
        ledger.add(day, np.concatenate([np.full(n, 0), np.full(8, 1), np.full(200 - n - 8, -1)]))
    found = ledger.test(32, [0, 1], 0.005, 1.5)
    assert [(g.key, g.status) for g in found] == [(0, status)]
    assert found[0].p_adjusted <= 0.005


def test_a_small_topic_that_fades_is_found_within_two_weeks() -> None:
    ended = 0
    for seed in range(10):
        rng = np.random.default_rng(seed + 50)
        ledger = made({0: 2.0, **dict.fromkeys(range(1, 25), 4.0)}, 30, seed)
        told = []
        for day in range(30, 45):
            known = np.concatenate([np.full(rng.poisson(4.0 if t else 0.1), t) for t in range(25)])
            ledger.add(day, np.concatenate([known, np.full(200 - len(known), -1)]))
            told += [(g.key, g.status) for g in ledger.test(day, list(range(25)), 0.005, 2.0)]
        assert set(told) <= {(0, "ended")}
        ended += bool(told)
    assert ended >= 8


def test_returning_after_silence() -> None:
    ledger = made({0: 6.0, 1: 8.0}, 15)
    for day in range(15, 60):
        ledger.add(day, np.concatenate([np.full(8, 1), np.full(192, -1)]))
    ledger.add(60, np.concatenate([np.full(20, 0), np.full(8, 1), np.full(172, -1)]))
    assert [(g.key, g.status) for g in ledger.test(60, [0, 1], 0.005, 1.5)] == [(0, "returning")]


def test_a_day_on_which_all_doubles_is_no_growth() -> None:
    ledger = made({0: 10.0, 1: 20.0}, 30)
    ledger.add(30, np.concatenate([np.full(20, 0), np.full(40, 1), np.full(340, -1)]))
    assert ledger.test(30, [0, 1], 0.005, 1.2) == []


def test_bands_hold_what_they_say() -> None:
    rng = np.random.default_rng(0)
    inside = 0
    for _ in range(300):
        counts = rng.poisson(6.0, size=(29, 1, 1)).astype(float)
        _, mean, size = baseline.expect(table(counts), 28)
        low, high = baseline.band(mean, size)
        n = rng.poisson(6.0)
        inside += bool(low[0] <= n <= high[0])
    assert 0.93 <= inside / 300 <= 1.0


def test_moving_contacts_keeps_the_sum() -> None:
    ledger = made({0: 10.0}, 3)
    before = ledger.n_by_topic()[0]
    ledger.move(np.array([0, 0, 1]), np.array([""] * 3), np.array([0, 0, -1]), 5)
    assert ledger.n_by_topic() == {0: before - 2, 5: 3}


def test_uncertain_share_widens_the_band() -> None:
    wide = baseline.expect(table(np.full((12, 1, 1), 2.0)), 11)
    narrow = baseline.expect(table(np.full((57, 1, 1), 2.0)), 56)
    assert wide[2][0] < narrow[2][0]
