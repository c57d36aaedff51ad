"""Clusters whose number follows from the texts: average-linkage trees of diffusion coordinates, cut at that number.

A tree of average linkage keeps large and small topics apart as they are, where Ward's trees make them alike in size.
Set heights to cut it at would not do: what they mean changes with how many texts a topic has. The number of topics
comes from `vocmine.topics.discovery.topic_number`, and each tree is cut at heights at which it has about so many. The
same numbers are also cut from Ward's trees, which miss no text, and `vocmine.topics.discovery.consensus` finds what all
of them agree on. That is finer than any of them, so it is joined to the number again.
"""

from __future__ import annotations

from dataclasses import dataclass

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
from vocmine.topics.discovery.merging import join_pieces
from vocmine.topics.discovery.topic_number import height_for, topic_number

# Chosen on the hotel and banking sets (requests_hotel_ja, intents_banking_en; 5,000 and 2,000 texts of each) and on
# mixtures; scripts/tune_topics.py shows what the values around these give. What suits one set harms another.
_NEIGHBOURS = (15, 30, 45)  # with 5,000 texts; with the square root of their number
_AT, _LEAST_NEIGHBOURS = 5000, 10
_STEPS = 4
_SHARES = (1.25, 1.0, 0.8)  # of the number of topics: cuts around it
_AGREEMENT = 0.45
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
        About as many clusters as `topic_number` says.
    agreement : ndarray of float32, shape (n, n)

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x = np.eye(8)[np.repeat([0, 1, 2], 40)] + 0.2 * rng.normal(size=(120, 8))
    >>> x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)
    >>> np.bincount(cluster_levels(x, 5)[0]).tolist()
    [40, 40, 40]
    """
    seen = [_Trees.of(view) for view in views(vectors, second_view)]
    number = topic_number(vectors)
    agreement = np.zeros((len(vectors), len(vectors)), dtype=np.float32)
    for trees, weight in zip(seen, _VIEWS if len(seen) > 1 else (1.0,), strict=True):
        for part in trees.clusterings(number, min_size):
            add_together(agreement, part, weight / 2)
    return join_pieces(consensus(agreement, min_size, _AGREEMENT), agreement, min_size, number), agreement


def neighbour_numbers(n: int) -> list[int]:
    """Give the numbers of neighbours of the graphs of n texts.

    Examples
    --------
    >>> neighbour_numbers(5000), neighbour_numbers(1000)
    ([15, 30, 45], [10, 13, 20])
    """
    return [max(_LEAST_NEIGHBOURS, round(number * float(np.sqrt(n / _AT)))) for number in _NEIGHBOURS]


@dataclass(frozen=True, eq=False)
class _Trees:
    """Trees of the texts as one kind of vectors shows them.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
    average : list of ndarray
        Of average linkage, one a neighbour graph.
    wards : WardTrees
        Of the finest graph.
    """

    vectors: np.ndarray
    average: list[np.ndarray]
    wards: WardTrees

    @classmethod
    def of(cls, vectors: np.ndarray) -> _Trees:
        average: list[np.ndarray] = []
        wards: WardTrees | None = None
        vector: np.ndarray | None = None
        for graph in neighbour_graphs(vectors, neighbour_numbers(len(vectors))):
            value, vector = diffusion(graph, vector)
            wards = wards or WardTrees.of_coordinates(value, vector)
            average.append(tree_of(value, vector, _STEPS, "average"))
        return cls(vectors, average, wards or WardTrees(vectors))

    def clusterings(self, number: float, min_size: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Give cuts of the average-linkage trees, every text with the nearest cluster, and those of Ward's trees."""
        from scipy.cluster.hierarchy import fcluster

        heights = [(tree, height_for(tree, share * number, min_size)) for tree in self.average for share in _SHARES]
        found = [by_size(fcluster(tree, height, "distance"), min_size) for tree, height in heights]
        found = [labels for labels in found if labels.max() > 0]
        numbers = sorted(int(labels.max()) + 1 for labels in found)[::2] or finer_sizes(len(self.vectors), min_size)
        cuts = self.wards.cuts(numbers)
        return [to_nearest(self.vectors, labels, 1) for labels in found] or cuts, cuts
