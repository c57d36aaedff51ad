"""Erlang's formula against a queue that is played through."""

from __future__ import annotations

import heapq

import numpy as np
import pytest

from vocmine.cost import agents_needed, erlang_c
from vocmine.errors import SettingsError


def waits(traffic_per_second, handle, lines, n, seed):
    rng = np.random.default_rng(seed)
    arrive, serve = np.cumsum(rng.exponential(1 / traffic_per_second, n)), rng.exponential(handle, n)
    free, out = [0.0] * lines, np.empty(n)
    for i in range(n):
        start = max(arrive[i], heapq.heappop(free))
        out[i] = start - arrive[i]
        heapq.heappush(free, start + serve[i])
    return out[n // 10 :]


@pytest.mark.parametrize(("rate", "handle", "within"), [(60, 240, 20), (300, 150, 30)])
def test_a_played_queue_agrees(rate, handle, within):
    found = agents_needed(rate, handle, 0.8, within)
    waited = waits(rate / 3600, handle, found.agents, 40_000, 0)
    assert (waited <= within).mean() == pytest.approx(found.service_level, abs=0.02)
    assert (waited > 0).mean() == pytest.approx(found.waiting_share, abs=0.03)
    fewer = waits(rate / 3600, handle, found.agents - 1, 40_000, 1)
    assert (fewer <= within).mean() < 0.8


def test_two_chats_at_once_need_fewer_people():
    alone, two = (agents_needed(120, 600, concurrency=c) for c in (1, 2))
    assert two.agents <= (alone.agents + 1) // 2 + 1 and two.service_level >= 0.8
    assert agents_needed(120, 600, shrinkage=0.5).paid == 2 * alone.agents


def test_more_work_never_needs_fewer():
    agents = [agents_needed(rate, 300).agents for rate in (1, 10, 50, 200, 1_000, 5_000)]
    assert agents == sorted(agents) and agents[0] >= 1
    assert 0 < erlang_c(10, 14) < erlang_c(10, 12) < 1


@pytest.mark.parametrize("wrong", [{"contacts_per_hour": 0}, {"handle_seconds": -1}, {"service_level": 1.0}, {"shrinkage": 1.0}, {"concurrency": 0.5}, {"within_seconds": -1}, {"contacts_per_hour": 1e9}])
def test_wrong_numbers_are_told(wrong):
    with pytest.raises(SettingsError):
        agents_needed(**({"contacts_per_hour": 100, "handle_seconds": 300} | wrong))
