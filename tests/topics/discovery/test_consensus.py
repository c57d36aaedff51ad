from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, homogeneity_score

from vocmine.topics.discovery.consensus import (
    add_together,
    by_size,
    cluster_graph,
    finer_sizes,
    neighbour_graph,
    neighbour_graphs,
    settle,
    sizes_to_try,
    to_nearest,
    together,
)

Blobs = Callable[[list[int]], tuple[np.ndarray, np.ndarray]]


def test_graphs_made_at_once_are_those_made_one_by_one(blobs: Blobs) -> None:
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


def test_settling_mends_misplaced_rows_and_leaves_strangers_out() -> None:
    truth = np.repeat([0, 1, 2], 10)
    agreement = together([truth, truth, truth])
    agreement[29], agreement[:, 29] = 0, 0  # agrees with nobody
    start = truth.copy()
    start[[0, 12]], start[[5, 29]] = [1, 0], -1
    settled = settle(agreement, start, 3)
    assert settled[29] == -1
    assert len({(int(a), int(b)) for a, b in zip(settled[:29], truth[:29], strict=True)}) == 3
    assert (settled[:29] >= 0).all()


def test_the_graph_mixes_no_blobs_whatever_the_order(blobs: Blobs) -> None:
    x, truth = blobs([60, 60, 40, 40, 30, 30, 20, 20, 20, 20, 20, 20])
    labels, agreement = cluster_graph(x, 5)
    assert homogeneity_score(truth, labels) > 0.95  # large ones may be cut in two, none are mixed
    assert (np.diff(np.bincount(labels[labels >= 0])) <= 0).all()
    assert agreement.min() >= 0 and agreement.max() <= 1 and np.allclose(np.diag(agreement), 1)
    order = np.random.default_rng(1).permutation(len(x))
    assert adjusted_rand_score(labels[order], cluster_graph(x[order], 5)[0]) > 0.95


def test_outliers_go_to_the_nearest_mean(blobs: Blobs) -> None:
    x, truth = blobs([50, 50, 50])
    labels = by_size(truth, 1)
    start = labels.copy()
    start[::7] = -1
    assert adjusted_rand_score(truth, to_nearest(x, start)) == 1.0
    assert (start[::7] == -1).all()


@pytest.mark.parametrize("n", [30, 100, 1000, 6000])
def test_numbers_of_clusters_rise_and_leave_room_for_the_least_size(n: int) -> None:
    for sizes in (sizes_to_try(n, 5), finer_sizes(n, 5)):
        assert sizes == sorted(set(sizes)) and sizes[0] >= 3
        assert sizes[-1] * 5 <= n
