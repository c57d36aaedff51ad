from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.topics.monitoring.expected_counts import LEAST_DAYS, Table, expect
from vocmine.topics.monitoring.significance import judge, n_testable

Make = Callable[..., Table]
DAYS, ALPHA = 75, 0.005  # days of `business`


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
def test_false_alarms_are_as_few_as_said(kinds: set[str], business: Make) -> None:
    seeds = 8
    wrong = sum(len(alarms(business(seed, kinds))) for seed in range(seeds))
    said = 2 * ALPHA * (DAYS - 14) * seeds
    assert wrong <= said + 2 * np.sqrt(said)


@pytest.mark.parametrize("kinds", EACH, ids=named)
def test_a_planted_issue_is_found_within_days(kinds: set[str], business: Make) -> None:
    delays = []
    for seed in range(3):
        found = alarms(business(seed, kinds, planted=16.0), start=60)
        delays += [next(day - 60 for day, key, _ in found if key == 0)]
    assert np.mean(delays) <= 3 and max(delays) <= 6


def test_a_trend_is_slow_and_swallows_no_issue(steady: Make) -> None:
    day = np.arange(70)[:, None]
    slow, fast = 6 * 1.008**day, 6 * 1.06 ** np.maximum(day - 40, 0)
    others = np.full((70, 6), 8.0)
    found = alarms(steady(70, np.hstack([slow, fast, others])))
    assert {key for _, key, _ in found} == {1}
    assert min(d for d, _, _ in found) <= 62  # by then it has grown to three and a half times


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


@given(st.lists(st.floats(1e-12, 1.0), max_size=60), st.floats(0.001, 0.2))
def test_tests_that_could_never_pass_cost_nothing(least: list[float], alpha: float) -> None:
    tests = n_testable(np.array(least), alpha)
    assert tests + 1 >= 2 and tests <= len(least) + 1
    assert n_testable(np.array([*least, 1.0]), alpha) == tests
