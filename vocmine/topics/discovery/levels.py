"""Clusters whose number follows from the texts: average-linkage trees of diffusion coordinates, cut at set heights.

A tree of average linkage keeps large and small topics apart as they are, where Ward's trees make them alike in size;
how many clusters it has below a given distance depends on the texts, not on a number that someone chose. Those numbers
are also cut from Ward's trees, which miss no text, and `vocmine.topics.discovery.consensus` finds what all of them
agree on.
"""

from __future__ import annotations

import numpy as np

from vocmine.topics.discovery.consensus import (
    WardTrees,
    add_together,
    by_size,
    consensus,
    diffusion,
    finer_sizes,
    neighbour_graphs,
    to_nearest,
    tree_of,
    views,
)

# Chosen on the hotel and banking sets (requests_hotel_ja, intents_banking_en; 5,000 and 2,000 texts of each);
# scripts/tune_topics.py shows what the values around these give. What suits one of the two sets harms the other.
_NEIGHBOURS = (15, 30, 45)  # with 5,000 texts; with the square root of their number, so that heights mean the same
_AT, _LEAST_NEIGHBOURS = 5000, 10
_STEPS = 4
_HEIGHTS = (0.8, 0.9, 1.0)
_AGREEMENT = 0.4
_VIEWS = (2 / 3, 1 / 3)  # weights of the vectors, and of the second view


def cluster_levels(
    vectors: np.ndarray, min_size: int, second_view: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Cluster by what trees of three neighbour graphs agree on; no seed, no number of clusters, no compiler.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
    min_size : int
    second_view : ndarray of float32, shape (n, e), optional
        Other vectors of the same rows, whose trees have a third of the say.

    Returns
    -------
    labels : ndarray of int64, shape (n,)
    agreement : ndarray of float32, shape (n, n)

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x = np.eye(8)[np.repeat([0, 1, 2], 40)] + 0.2 * rng.normal(size=(120, 8))
    >>> x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)
    >>> np.bincount(cluster_levels(x, 5)[0]).tolist()
    [40, 40, 40]
    """
    agreement = np.zeros((len(vectors), len(vectors)), dtype=np.float32)
    seen = views(vectors, second_view)
    for view, weight in zip(seen, _VIEWS if len(seen) > 1 else (1.0,), strict=True):
        levels, cuts = _clusterings(view, min_size)
        for part in (levels, cuts):
            add_together(agreement, part, weight / 2)
    return consensus(agreement, min_size, _AGREEMENT), agreement


def neighbour_numbers(n: int) -> list[int]:
    """Give the numbers of neighbours of the graphs of n texts.

    Examples
    --------
    >>> neighbour_numbers(5000), neighbour_numbers(1000)
    ([15, 30, 45], [10, 13, 20])
    """
    return [max(_LEAST_NEIGHBOURS, round(number * float(np.sqrt(n / _AT)))) for number in _NEIGHBOURS]


def _clusterings(vectors: np.ndarray, min_size: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Give the cuts of the average-linkage trees, every text with the nearest cluster, and those of Ward's trees."""
    from scipy.cluster.hierarchy import fcluster

    found: list[np.ndarray] = []
    wards: WardTrees | None = None
    vector: np.ndarray | None = None
    for graph in neighbour_graphs(vectors, neighbour_numbers(len(vectors))):
        value, vector = diffusion(graph, vector)
        wards = wards or WardTrees.of_coordinates(value, vector)  # of the finest graph
        tree = tree_of(value, vector, _STEPS, "average")
        found += [by_size(fcluster(tree, height, "distance"), min_size) for height in _HEIGHTS]
    found = [labels for labels in found if labels.max() > 0]
    numbers = sorted(int(labels.max()) + 1 for labels in found)[::2] or finer_sizes(len(vectors), min_size)
    cuts = wards.cuts(numbers) if wards is not None else []
    return [to_nearest(vectors, labels, 1) for labels in found] or cuts, cuts
