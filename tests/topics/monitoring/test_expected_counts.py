from __future__ import annotations

import numpy as np
import pytest

from vocmine.topics.monitoring.expected_counts import LEAST_DAYS, Table, band, expect
from vocmine.topics.monitoring.significance import judge

KEYS, DAYS, ALPHA = 30, 75, 0.005
OPEN = np.array([1.6, 1.1, 1.0, 1.0, 1.1, 0.6, 0.0])  # closed on one day, a peak on the next


def business(seed: int, kinds: set[str], planted: float = 0.0, onset: int = 60, a_day: float = 150.0) -> Table:
    """Counts of a made-up contact centre; its keys have their own mix of channels, key 0 two contacts a day."""
    rng = np.random.default_rng([seed, 3])
    share = np.r_[2 / a_day, rng.dirichlet(np.full(KEYS - 1, 0.8)) * 0.6 * (1 - 2 / a_day)]
    mix = np.stack([rng.dirichlet(np.r_[share, 1 - share.sum()] * 30 + 1e-3)[:KEYS] for _ in range(4)], axis=1)
    mix[0] = share[0]
    own_week = np.exp(0.2 * rng.normal(size=(7, KEYS))) if "week" in kinds else np.ones((7, KEYS))
    size = np.array([0.6, 0.2, 0.2, 0.0] if "launch" in kinds else [0.5, 0.2, 0.2, 0.1]) * a_day
    counts, volume = np.zeros((DAYS, KEYS, 4)), np.zeros((DAYS, 4))
    for day in range(DAYS):
        v = size * (OPEN[day % 7] if "week" in kinds else 1) * (1.008**day if "growth" in kinds else 1)
        if "launch" in kinds and day >= 40:
            v[3] = v[:3].sum()
        if "missing" in kinds and day in (45, 46):
            v[0] = 0
        mean = mix * v * own_week[day % 7][:, None]
        if "bursts" in kinds:
            mean *= rng.gamma(1 / 0.15, 0.15, size=KEYS)[:, None]
        if planted and day >= onset:
            mean[0] = v / max(v.sum(), 1e-9) * planted
        counts[day] = rng.poisson(mean)
        volume[day] = counts[day].sum(axis=0) + rng.poisson(np.maximum(v - mean.sum(axis=0), 0))
    return Table(counts, volume, np.zeros(KEYS, dtype=np.int64))


def alarms(table: Table, start: int = 14) -> list[tuple[int, int, str]]:
    """Day, key and status; a key once a week."""
    told: dict[int, int] = {}
    out = []
    for day in range(start, len(table.volume)):
        known = Table(table.counts[: day + 1], table.volume[: day + 1], table.since)
        for found in judge(known, day, ALPHA, 2.0) if table.volume[day].sum() else []:
            if day - told.get(found.key, -7) >= 7:
                told[found.key] = day
                out.append((day, found.key, found.status))
    return out


EACH = [set(), {"week"}, {"growth"}, {"launch"}, {"missing"}, {"bursts"}]


def named(kinds: set[str]) -> str:
    return "+".join(sorted(kinds)) or "plain"


@pytest.mark.slow
@pytest.mark.parametrize("kinds", [*EACH, {"week", "growth", "launch", "missing", "bursts"}], ids=named)
def test_false_alarms_are_as_few_as_said(kinds: set[str]) -> None:
    seeds = 8
    wrong = sum(len(alarms(business(seed, kinds))) for seed in range(seeds))
    said = 2 * ALPHA * (DAYS - 14) * seeds
    assert wrong <= said + 2 * np.sqrt(said)


@pytest.mark.parametrize("kinds", EACH, ids=named)
def test_a_planted_issue_is_found_within_days(kinds: set[str]) -> None:
    delays = []
    for seed in range(3):
        found = alarms(business(seed, kinds, planted=16.0), start=60)
        delays += [next(day - 60 for day, key, _ in found if key == 0)]
    assert np.mean(delays) <= 3 and max(delays) <= 6


def steady(days: int, rates: np.ndarray) -> Table:
    counts = np.random.default_rng(0).poisson(rates[:days, :, None]).astype(float)
    volume = np.full((days, 1), 200.0)
    return Table(counts, volume, np.zeros(rates.shape[1], dtype=np.int64))


def test_a_trend_is_slow_and_swallows_no_issue() -> None:
    day = np.arange(70)[:, None]
    slow, fast = 6 * 1.008**day, 6 * 1.06 ** np.maximum(day - 40, 0)
    others = np.full((70, 6), 8.0)
    found = alarms(steady(70, np.hstack([slow, fast, others])))
    assert {key for _, key, _ in found} == {1}
    assert min(d for d, _, _ in found) <= 62  # by then it has grown to three and a half times


def test_a_weekday_of_its_own_is_expected() -> None:
    rates = np.full((64, 1), 10.0)
    rates[::7] = 30.0
    table = steady(64, rates)
    peak, dull = (expect(table, day)[1][0] for day in (63, 62))
    assert peak > 20 and dull < 13
    once = steady(14, np.roll(rates, 6, axis=0))
    assert expect(once, 13)[1][0] < 16  # one such day is no rhythm


def test_a_young_channel_is_taken_as_it_comes() -> None:
    counts, volume = np.zeros((40, 2, 2)), np.zeros((40, 2))
    counts[:, :, 0], volume[:, 0] = 5.0, 100.0
    counts[30:, 0, 1], volume[30:, 1] = 40.0, 100.0
    table = Table(counts, volume, np.zeros(2, dtype=np.int64))
    n, mean, _ = expect(table, 30)
    assert n[0] == 45 and 44 < mean[0] < 46
    assert not judge(table, 30, ALPHA, 2.0)
    late = np.concatenate([counts, counts[-1:]]), np.concatenate([volume, volume[-1:]])
    late[0][40, 1, 1] = 40.0
    found = judge(Table(*late, table.since), 40, ALPHA, 2.0)
    assert LEAST_DAYS == 10 and [(f.key, f.status) for f in found] == [(1, "growing")]


def test_bands_hold_what_they_say_on_each_weekday() -> None:
    inside = []
    for seed in range(6):
        table = business(seed, {"week", "bursts"})
        for day in range(40, DAYS):
            if table.volume[day].sum():
                n, mean, size = expect(table, day)
                low, high = band(mean, size)
                inside += [((low <= n) & (n <= high))[mean > 2].mean()]
    assert 0.93 <= np.mean(inside) <= 0.99
