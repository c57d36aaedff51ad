"""The number of topics is found whatever it is, with texts of even and uneven topics."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.cluster.hierarchy import linkage
from sklearn.metrics import adjusted_rand_score

from vocmine.topics.discovery.consensus import by_size
from vocmine.topics.discovery.levels import cluster_levels
from vocmine.topics.discovery.topic_number import height_for, topic_number

Blobs = Callable[[list[int]], tuple[np.ndarray, np.ndarray]]


def clouds(sizes: list[int], seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Give unit rows about random middles in 60 dimensions, and the topic of each."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    x = rng.normal(size=(len(sizes), 60))[truth] + 0.8 * rng.normal(size=(len(truth), 60))
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32), truth


@pytest.mark.parametrize("sizes", [[120] * 5, [12] * 50, [200, 100, 60, 40, 30, 20, 20, 15, 15, 10]])
def test_few_and_many_topics_are_counted(sizes: list[int]) -> None:
    x, truth = clouds(sizes)
    assert topic_number(x) == pytest.approx(len(sizes), rel=0.25)
    labels, _ = cluster_levels(x, 5)
    assert adjusted_rand_score(truth, labels) > 0.95
    assert labels.max() + 1 == pytest.approx(len(sizes), rel=0.25)


def test_a_few_heaps_do_not_hide_the_topics_in_them() -> None:
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(24), 30)
    heap, topic = rng.normal(size=(3, 60)), rng.normal(size=(24, 60))
    x = 1.5 * heap[truth // 8] + topic[truth] + 0.6 * rng.normal(size=(len(truth), 60))
    x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)
    assert topic_number(x) == pytest.approx(24, rel=0.25)


def test_the_order_of_the_texts_changes_little() -> None:
    x, _ = clouds([40] * 12)
    numbers = [topic_number(x[np.random.default_rng(seed).permutation(len(x))]) for seed in range(3)]
    assert numbers == pytest.approx([12] * 3, rel=0.2)
    assert topic_number(x) == topic_number(x.copy())


@pytest.mark.parametrize("n", [12, 31, 60])
def test_few_texts_and_texts_all_alike_have_a_number(n: int) -> None:
    rng = np.random.default_rng(0)
    noise = rng.normal(size=(n, 8)).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    for x in (np.tile(np.eye(8, dtype=np.float32)[:1], (n, 1)), noise):
        assert 1 <= topic_number(x) <= n


def test_the_cut_has_as_many_large_clusters_as_wanted() -> None:
    from scipy.cluster.hierarchy import fcluster

    x, _ = clouds([40] * 6 + [3] * 4)
    tree = linkage(x, "average")
    for wanted in (2, 4, 6):
        labels = by_size(fcluster(tree, height_for(tree, wanted, 5), "distance"), 5)
        assert labels.max() + 1 == wanted
