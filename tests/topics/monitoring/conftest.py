"""Made-up counts and memories for the tests of monitoring."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from vocmine.topics.monitoring.expected_counts import Table
from vocmine.topics.monitoring.window import Memory, hashed

KEYS, DAYS = 30, 75
OPEN = np.array([1.6, 1.1, 1.0, 1.0, 1.1, 0.6, 0.0])  # closed on one day, a peak on the next



@pytest.fixture
def business() -> Callable[..., Table]:
    return made_business


@pytest.fixture
def steady() -> Callable[..., Table]:
    return made_steady


@pytest.fixture
def remembered() -> Callable[..., Memory]:
    return made_memory


def made_business(seed: int, kinds: set[str], planted: float = 0.0, onset: int = 60, a_day: float = 150.0) -> Table:
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



def made_steady(days: int, rates: np.ndarray) -> Table:
    counts = np.random.default_rng(0).poisson(rates[:days, :, None]).astype(float)
    volume = np.full((days, 1), 200.0)
    return Table(counts, volume, np.zeros(rates.shape[1], dtype=np.int64))



def made_memory(rows: list[tuple[int, int, str, str]], lang: str) -> Memory:
    """Rows of day, topic, text and terms; a text's vector is that of its topic and a little of its own."""
    rng = np.random.default_rng(0)
    day, topic, text, terms = (list(column) for column in zip(*rows, strict=True))
    ids = [f"c{i}" for i in range(len(rows))]
    vectors = np.eye(4)[np.array(topic)] + 0.01 * rng.normal(size=(len(rows), 4))
    return Memory(
        vectors.astype(np.float16), np.array(day), np.array(topic), hashed(ids), np.array(ids), np.array(text),
        np.array(terms), np.full(len(rows), lang), np.full(len(rows), "chat"),
    )

