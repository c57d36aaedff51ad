"""Trees whose number of clusters follows from the texts."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import adjusted_rand_score

from vocmine.topics.discovery.consensus import add_together, neighbour_graph, neighbour_graphs, together
from vocmine.topics.discovery.levels import cluster_levels


def blobs(sizes: list[int], d: int = 24) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    x = rng.normal(size=(len(sizes), d))[truth] + 0.35 * rng.normal(size=(len(truth), d))
    order = rng.permutation(len(x))
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)[order], truth[order]


def test_topics_large_and_small_are_found_without_a_number() -> None:
    x, truth = blobs([300, 150, 80, 40, 40, 20, 20, 12])
    labels, agreement = cluster_levels(x, 5)
    assert adjusted_rand_score(truth, labels) > 0.95
    assert 8 <= labels.max() + 1 <= 10
    assert (np.diff(np.bincount(labels[labels >= 0])) <= 0).all()
    assert agreement.shape == (len(x), len(x))
    assert np.allclose(agreement, agreement.T)
    again, _ = cluster_levels(x, 5)
    assert (labels == again).all()


def test_vectors_beside_have_a_third_of_the_say() -> None:
    x, truth = blobs([80, 80, 80])
    noise = np.random.default_rng(1).normal(size=(240, 24)).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    assert adjusted_rand_score(truth, cluster_levels(x, 5, noise)[0]) > 0.95


def test_texts_all_alike_are_no_error() -> None:
    x = np.tile(np.eye(8, dtype=np.float32)[:1], (60, 1))
    labels, _ = cluster_levels(x, 5)
    assert labels.shape == (60,)


def test_graphs_made_at_once_are_those_made_one_by_one() -> None:
    x, _ = blobs([60, 60])
    for number, graph in zip((5, 9), neighbour_graphs(x, [5, 9]), strict=True):
        assert abs(graph - neighbour_graph(x, number)).max() == 0


def test_agreement_is_added_with_its_weight() -> None:
    clusterings = [np.random.default_rng(i).integers(4, size=150) for i in range(3)]
    slow = np.mean([c[:, None] == c for c in clusterings], axis=0)
    assert np.allclose(together(clusterings), slow)
    share = np.ones((150, 150), dtype=np.float32)
    add_together(share, clusterings, 0.5)
    assert np.allclose(share, 1 + slow / 2)
