"""When it began: the day is found though the alert came late, too little history finds nothing."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.topics.tracking.onset import find_onset, is_confirmed

from .conftest import LAST, ONSET, made


@pytest.mark.parametrize("late", [0, 4, 8])
def test_the_first_day_is_found_however_late_the_alert(contacts, late):
    memory, is_new = contacts
    seeds = np.flatnonzero(is_new & (memory.day >= ONSET + late))[:8]
    found = find_onset(memory, seeds, np.ones(len(memory), dtype=bool))
    assert abs(found.first_day - ONSET) <= 1
    assert is_new[found.rows].mean() >= 0.9 and len(found.rows) >= 0.85 * is_new.sum()
    assert found.shares[""] < 0.02 and set(found.shares) == {"", "call", "chat"}


def test_members_of_another_incident_are_left_to_it(contacts):
    memory, is_new = contacts
    free = ~(is_new & (np.arange(len(memory)) % 2 == 0))
    found = find_onset(memory, np.flatnonzero(is_new & free)[:8], free)
    assert free[found.rows].all()


def test_without_days_before_nobody_knows_what_is_usual(contacts):
    memory, is_new = contacts
    short = memory.take(memory.day >= ONSET - 3)
    seeds = np.flatnonzero(is_new[memory.day >= ONSET - 3])[:8]
    assert find_onset(short, seeds, np.ones(len(short), dtype=bool)) is None
    assert find_onset(memory, np.empty(0, dtype=np.int64), np.ones(len(memory), dtype=bool)) is None


@pytest.mark.parametrize("n", [6, 10, 16])
def test_a_new_matter_is_confirmed_and_chance_is_not(n):
    memory, is_new = made()
    free = np.ones(len(memory), dtype=bool)
    seeds = np.flatnonzero(is_new)[:n]
    assert is_confirmed(memory, find_onset(memory, seeds, free), seeds, free)
    quiet = memory.take(~is_new)
    free = np.ones(len(quiet), dtype=bool)
    rng = np.random.default_rng(n)
    confirmed = 0
    for _ in range(6):
        some = np.sort(rng.choice(np.flatnonzero(quiet.day > LAST - 7), n, replace=False))
        found = find_onset(quiet, some, free)
        confirmed += found is not None and is_confirmed(quiet, found, some, free)
    assert confirmed <= 1


def test_twice_the_volume_is_no_onset():
    memory, _ = made(a_day=80, new_a_day=0)
    doubled = memory.take((memory.day >= ONSET) | (np.arange(len(memory)) % 2 == 0))
    free = np.ones(len(doubled), dtype=bool)
    seeds = np.flatnonzero(doubled.day >= ONSET)[:10]
    found = find_onset(doubled, seeds, free)
    assert found is None or not is_confirmed(doubled, found, seeds, free)
