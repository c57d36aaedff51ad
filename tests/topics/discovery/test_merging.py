"""Pieces go back to what most clusterings put them with; what no clustering joins stays apart."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.topics.discovery.consensus import together
from vocmine.topics.discovery.merging import join_pieces


def pieces(sizes: list[int], alike: dict[tuple[int, int], float]) -> tuple[np.ndarray, np.ndarray]:
    """Give labels and an agreement that is 1 within clusters and as told between them."""
    between = np.eye(len(sizes), dtype=np.float32)
    for (a, b), share in alike.items():
        between[a, b] = between[b, a] = share
    labels = np.repeat(np.arange(len(sizes)), sizes)
    return labels, between[labels][:, labels]


def test_clusters_are_joined_down_to_the_number_small_ones_first() -> None:
    labels, agreement = pieces([60, 50, 40, 20], {(0, 1): 0.5, (2, 3): 0.4})
    assert np.bincount(join_pieces(labels, agreement, 5, 3)).tolist() == [60, 60, 50]
    assert np.bincount(join_pieces(labels, agreement, 5, 2)).tolist() == [110, 60]


def test_what_hardly_any_clustering_joins_stays_apart() -> None:
    labels, agreement = pieces([60, 50, 6], {(0, 1): 0.1, (1, 2): 0.1})
    assert np.bincount(join_pieces(labels, agreement, 5, 1)).tolist() == [60, 50, 6]


@pytest.mark.parametrize(("size", "joined"), [(9, True), (10, False)])
def test_scraps_are_joined_without_a_number(size: int, joined: bool) -> None:
    labels, agreement = pieces([40, 30, size], {(0, 2): 0.3})
    assert np.bincount(join_pieces(labels, agreement, 5)).tolist() == ([40 + size, 30] if joined else [40, 30, size])


def test_a_scrap_among_large_clusters_is_larger() -> None:
    labels, agreement = pieces([400, 400, 30], {(1, 2): 0.3})
    assert np.bincount(join_pieces(labels, agreement, 5)).tolist() == [430, 400]


def test_texts_without_a_cluster_keep_none_and_do_not_count() -> None:
    labels, agreement = pieces([30, 20, 12], {(0, 2): 0.6})
    labels = labels.copy()
    labels[[0, 40]] = -1
    found = join_pieces(labels, agreement, 5, 2)
    assert (np.flatnonzero(found < 0) == [0, 40]).all()
    assert np.bincount(found[found >= 0]).tolist() == [41, 19]


def test_the_order_of_the_texts_does_not_matter() -> None:
    rng = np.random.default_rng(0)
    clusterings = [rng.integers(4, size=120) for _ in range(3)]
    labels = np.repeat(np.arange(6), 20)
    agreement = together([labels, *clusterings])
    order = rng.permutation(120)
    found = join_pieces(labels, agreement, 5, 3)
    again = join_pieces(labels[order], agreement[order][:, order], 5, 3)
    assert ((found[order][:, None] == found[order]) == (again[:, None] == again)).all()


def test_no_clusters_are_no_error() -> None:
    assert join_pieces(np.full(5, -1), np.eye(5, dtype=np.float32), 5, 2).tolist() == [-1] * 5
