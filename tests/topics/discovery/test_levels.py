"""Trees whose number of clusters follows from the texts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sklearn.metrics import adjusted_rand_score

from vocmine.topics.discovery.levels import cluster_levels

Blobs = Callable[[list[int]], tuple[np.ndarray, np.ndarray]]


def test_topics_large_and_small_are_found_without_a_number(blobs: Blobs) -> None:
    x, truth = blobs([300, 150, 80, 40, 40, 20, 20, 12])
    labels, agreement = cluster_levels(x, 5)
    assert adjusted_rand_score(truth, labels) > 0.95
    assert 7 <= labels.max() + 1 <= 10  # twelve texts are too few for both halves to have them
    assert (np.diff(np.bincount(labels[labels >= 0])) <= 0).all()
    assert agreement.shape == (len(x), len(x))
    assert np.allclose(agreement, agreement.T)
    again, _ = cluster_levels(x, 5)
    assert (labels == again).all()


def test_vectors_beside_have_a_third_of_the_say(blobs: Blobs) -> None:
    x, truth = blobs([80, 80, 80])
    noise = np.random.default_rng(1).normal(size=(240, 24)).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    assert adjusted_rand_score(truth, cluster_levels(x, 5, noise)[0]) > 0.95


def test_texts_all_alike_are_no_error() -> None:
    x = np.tile(np.eye(8, dtype=np.float32)[:1], (60, 1))
    labels, _ = cluster_levels(x, 5)
    assert labels.shape == (60,)
