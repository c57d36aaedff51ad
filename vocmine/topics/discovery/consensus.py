"""Clusters of vectors from their neighbour graph: diffusion coordinates, Ward trees and consensus. Needs scipy only.

Diffusion coordinates: R. Coifman and S. Lafon, Diffusion maps, Appl. Comput. Harmon. Anal. 21 (2006). Consensus:
A. Fred and A. Jain, Combining multiple clusterings using evidence accumulation, IEEE TPAMI 27 (2005).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from vocmine import linalg
from vocmine.topics.discovery._assign import product_blocks
from vocmine.topics.discovery.spectrum import distances, largest, normalised

_NEIGHBOURS = 15  # the usual number, UMAP's default too
_COORDINATES = 150  # eigenvectors that are kept
_STEPS = (2, 4, 8)  # of the diffusion: fine, middle and coarse
_ROWS = 64  # compared at a time: they stay in the processor's cache
_LEAST, _MOST, _MEAN_SIZE = 12, 60, 20  # numbers of topics tried with few texts, and texts a topic for the first
_DENSE = 600  # below this a dense solver is faster, and surer
AGREEMENT = 0.5  # two texts are together if at least this share of the clusterings, on average, says so


def neighbour_graph(vectors: np.ndarray, neighbours: int = _NEIGHBOURS) -> Any:
    """Give the symmetric graph of nearest neighbours with weights that fall with the distance beyond the nearest.

    Returns
    -------
    scipy.sparse.csr_matrix of shape (n, n)
    """
    return neighbour_graphs(vectors, [neighbours])[0]


def neighbour_graphs(vectors: np.ndarray, numbers: Sequence[int]) -> list[Any]:
    """Give the graphs of several numbers of neighbours as `neighbour_graph` gives one; products are made once."""
    n = len(vectors)
    most = min(max(numbers), n - 1)
    near, distance = np.empty((n, most), dtype=np.intp), np.empty((n, most))
    for rows, block in product_blocks(vectors, vectors):
        block[np.arange(len(block)), np.arange(rows.start, rows.stop)] = -np.inf
        near[rows] = linalg.nearest(block, most)
        distance[rows] = 1 - np.take_along_axis(block, near[rows], 1).astype(np.float64)
    return [_weighted(near[:, :k], distance[:, :k]) for k in (min(number, n - 1) for number in numbers)]


def _weighted(near: np.ndarray, distance: np.ndarray) -> Any:
    from scipy.sparse import csr_matrix

    n, k = near.shape
    beyond = distance - distance[:, :1]
    weight = linalg.exp(-beyond / np.maximum(beyond.mean(axis=1, keepdims=True), 1e-6))
    graph = csr_matrix((weight.ravel(), (np.repeat(np.arange(n), k), near.ravel())), shape=(n, n))
    return graph + graph.T - graph.multiply(graph.T)


def diffusion(graph: Any, start: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Give the largest eigenvalues and eigenvectors of the normalised graph, shapes (k,) and (n, k).

    ``start`` may hold the eigenvectors of a graph that is much the same.
    """
    n = graph.shape[0]
    size = max(2, min(_COORDINATES, n // 4))
    walk = normalised(graph)
    if n > _DENSE:
        return largest(walk, size, start)
    value, vector = np.linalg.eigh(walk.toarray())
    order = np.argsort(-value[-size:], kind="stable")
    return value[-size:][order], vector[:, -size:][:, order]


def tree_of(value: np.ndarray, vector: np.ndarray, steps: int, method: str) -> np.ndarray:
    """Give scipy's tree, by average linkage or Ward's, of the diffusion coordinates after some steps, at length 1."""
    from scipy.cluster.hierarchy import linkage

    place = vector * np.maximum(value, 0) ** steps
    place /= np.maximum(np.linalg.norm(place, axis=1, keepdims=True), 1e-12)
    return np.asarray(linkage(distances(place), method))


class WardTrees:
    """Ward trees of the diffusion coordinates after several numbers of steps; cut at any number of clusters.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
    """

    def __init__(self, vectors: np.ndarray) -> None:
        self.trees = ward_trees(*diffusion(neighbour_graph(vectors)))

    @classmethod
    def of_coordinates(cls, value: np.ndarray, vector: np.ndarray) -> WardTrees:
        """Make the trees of what `diffusion` gave."""
        made = cls.__new__(cls)
        made.trees = ward_trees(value, vector)
        return made

    def cut(self, n_clusters: int) -> list[np.ndarray]:
        """Give one array of labels, shape (n,), a tree."""
        from scipy.cluster.hierarchy import fcluster

        return [fcluster(tree, n_clusters, "maxclust") - 1 for tree in self.trees]

    def cuts(self, numbers: Sequence[int]) -> list[np.ndarray]:
        """Give the labels of all trees for each number of clusters; a number that comes twice counts twice."""
        return [labels for n_clusters in numbers for labels in self.cut(n_clusters)]


def ward_trees(value: np.ndarray, vector: np.ndarray) -> list[np.ndarray]:
    """Give a Ward tree of diffusion coordinates for each number of steps."""
    return [tree_of(value, vector, steps, "ward") for steps in _STEPS]


def together(clusterings: Sequence[np.ndarray]) -> np.ndarray:
    """Give the share of clusterings in which two rows are together, float32 of shape (n, n).

    Examples
    --------
    >>> import numpy as np
    >>> together([np.array([0, 0, 1]), np.array([0, 1, 1])])[0].tolist()
    [1.0, 0.5, 0.0]
    """
    share = np.zeros((len(clusterings[0]), len(clusterings[0])), dtype=np.float32)
    add_together(share, clusterings)
    return share


def add_together(share: np.ndarray, clusterings: Sequence[np.ndarray], weight: float = 1.0) -> None:
    """Add what `together` gives, times a weight, to a float32 matrix of shape (n, n), in place."""
    labels = np.stack([np.unique(c, return_inverse=True)[1].astype(np.int16) for c in clusterings])
    n = labels.shape[1]
    for start in range(0, n, _ROWS):  # a few rows at a time stay in the processor's cache
        stop = min(start + _ROWS, n)
        same = np.zeros((stop - start, n - start), dtype=np.uint16)
        for row in labels:
            same += row[start:stop, None] == row[start:]
        part = np.divide(same, np.float32(len(labels)), dtype=np.float32) * np.float32(weight)
        share[start:stop, start:] += part
        share[stop:, start:stop] += part[:, stop - start :].T


def consensus(agreement: np.ndarray, min_size: int, least: float = AGREEMENT) -> np.ndarray:
    """Cut the average-linkage tree of an agreement matrix at ``least``, drop groups below ``min_size``, and `settle`.

    Returns
    -------
    ndarray of int64, shape (n,)
        Clusters numbered from the largest.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    distance = 1 - agreement
    np.fill_diagonal(distance, 0)
    labels = fcluster(linkage(squareform(distance, checks=False), "average"), 1 - least, "distance")
    return settle(agreement, by_size(labels, min_size), min_size)


def settle(agreement: np.ndarray, labels: np.ndarray, min_size: int, rounds: int = 3) -> np.ndarray:
    """Move every row, outliers too, to the cluster it agrees with most on average, itself left out.

    The tree never takes back an early step; this does. A row below half of `AGREEMENT` everywhere stays out.

    Examples
    --------
    >>> import numpy as np
    >>> a = together([np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 0, 1, 1, 1])])
    >>> settle(a, np.array([0, 0, 1, 1, 1, -1]), 2).tolist()
    [0, 0, 0, 1, 1, 1]
    """
    for _ in range(rounds):
        rows = np.flatnonzero(labels >= 0)
        if not len(rows):
            return labels
        own = labels[rows]
        member = np.zeros((len(labels), int(labels.max()) + 1), dtype=np.float32)
        member[rows, own] = 1
        size = member.sum(axis=0)
        total = (agreement @ member).astype(np.float64)
        mean = total / size
        mean[rows, own] = (total[rows, own] - agreement[rows, rows]) / np.maximum(size[own] - 1, 1)
        mean = mean.round(5)  # so that equal means are equal, however the product was summed; then the larger cluster
        labels = by_size(np.where(mean.max(axis=1) >= AGREEMENT / 2, mean.argmax(axis=1), -1), min_size)
    return labels


def by_size(labels: np.ndarray, min_size: int) -> np.ndarray:
    """Renumber clusters from the largest (ties: by their first row); those below ``min_size`` become -1.

    Examples
    --------
    >>> import numpy as np
    >>> by_size(np.array([5, 5, 7, 7, 7, 9, -1]), 2).tolist()
    [1, 1, 0, 0, 0, -1, -1]
    """
    names, first, count = np.unique(labels, return_index=True, return_counts=True)
    kept = [i for i in np.lexsort((first, -count)) if names[i] >= 0 and count[i] >= min_size]
    number = np.full(len(names), -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    return number[np.searchsorted(names, labels)]


def to_nearest(vectors: np.ndarray, labels: np.ndarray, rounds: int = 2) -> np.ndarray:
    """Give every row, outliers too, to the cluster with the nearest mean, twice over; labels from 0 without gaps."""
    for _ in range(rounds):
        known, labels = np.unique(labels, return_inverse=True)
        offset = int(known[0] < 0)
        means = np.stack([vectors[labels == i].mean(axis=0) for i in range(offset, len(known))])
        means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
        labels = np.unique(linalg.cosines(vectors, means).argmax(axis=1), return_inverse=True)[1]
    return labels


def sizes_to_try(n: int, min_size: int) -> list[int]:
    """Give numbers of clusters to try for n rows where no engine proposes any: about sqrt(n), in steps of 1.3.

    Examples
    --------
    >>> sizes_to_try(60, 5)
    [3, 4, 5, 6, 7, 9]
    """
    return _in_steps(max(3.0, np.sqrt(n) / 4), max(4.0, min(n / (min_size + 2), 2 * np.sqrt(n))))


def finer_sizes(n: int, min_size: int) -> list[int]:
    """Give numbers of clusters to try where every reason for contact shall be a topic: few texts have many as well.

    From half to twice the square root of n, and for less than 1,000 texts up to 60 as far as topics stay large enough.

    Examples
    --------
    >>> finer_sizes(60, 5), finer_sizes(300, 5)
    ([4, 5, 6, 7, 9], [12, 15, 20, 26, 33, 43])
    """
    root = np.sqrt(n)
    low = max(3.0, root / 2, min(n / _MEAN_SIZE, _LEAST))
    return _in_steps(low, max(low + 1, min(n / (min_size + 2), max(2 * root, _MOST))))


def _in_steps(low: float, high: float) -> list[int]:
    steps = int(np.ceil(np.log(high / low) / np.log(1.3))) + 1
    return sorted({round(float(k)) for k in np.geomspace(low, high, steps)})


def cluster_graph(
    vectors: np.ndarray, min_size: int, second_view: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Cluster by consensus of Ward trees over many numbers of clusters; exact, no seed, no compiler.

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
    """
    sizes = finer_sizes(len(vectors), min_size)
    agreement = of_views(
        [together(WardTrees(view).cuts(sizes)) for view in views(vectors, second_view)]
    )
    return consensus(agreement, min_size), agreement


def views(vectors: np.ndarray, second_view: np.ndarray | None) -> list[np.ndarray]:
    """List the views of the texts: the vectors, and the second ones where there are any."""
    return [vectors] if second_view is None else [vectors, second_view]


def of_views(agreements: list[np.ndarray]) -> np.ndarray:
    """Weigh agreements: two thirds for the first, a third for the second where there is one.

    Examples
    --------
    >>> import numpy as np
    >>> of_views([np.array([[1.0]]), np.array([[0.25]])]).tolist()
    [[0.75]]
    """
    if len(agreements) == 1:
        return agreements[0]
    first, second = agreements
    return np.asarray((2 * first + second) / np.asarray(3, dtype=first.dtype))
