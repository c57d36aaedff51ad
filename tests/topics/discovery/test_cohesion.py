"""Chance groups."""

from __future__ import annotations

import numpy as np

from tests.topics.discovery.conftest import made_blobs
from vocmine.topics.discovery.cohesion import cohesive, within


def test_topics_stay_and_chance_goes() -> None:
    x, truth = made_blobs([20, 20, 20])
    x = x - x.mean(axis=0)
    x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)
    assert (cohesive(x, truth) >= 0).all()
    assert (cohesive(x, np.arange(60) % 3) == -1).all()


def test_many_texts_are_not_asked() -> None:
    x = np.random.default_rng(0).normal(size=(400, 8)).astype(np.float32)
    labels = np.arange(400) % 4
    assert (cohesive(x, labels) == labels).all()


def test_a_single_row_is_with_itself() -> None:
    assert within(np.ones((1, 3), dtype=np.float32)) == 1.0
