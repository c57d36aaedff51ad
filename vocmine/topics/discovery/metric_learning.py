"""A metric learned from the texts themselves: directions in which near texts differ say little, and weigh less.

The idea is that of relevant components (A. Bar-Hillel, T. Hertz, N. Shental and D. Weinshall, Learning a Mahalanobis
metric from equivalence constraints, JMLR 6 (2005)), with mutual nearest neighbours in place of given pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vocmine.linalg import Factor, cosines, nearest, product, unit_rows
from vocmine.topics.discovery._assign import product_blocks

_NEIGHBOURS = 5  # among which pairs are mutual
_ROUNDS = 2  # the pairs of the first round are better found in its metric
_BLOCK = 1_024  # rows at a time, which bounds the memory of what comes in between
_RIDGE = 8.0  # mean variances added to each direction (scripts/tune_topics.py); more where there are few pairs


@dataclass(frozen=True)
class Sharpener:
    """Moves, turns and stretches vectors; a row's result depends on that row alone, to the last bit.

    Parameters
    ----------
    matrix : ndarray of float32, shape (d, d)
    offset : ndarray of float32, shape (d,)
        Taken from the product.
    """

    matrix: np.ndarray
    offset: np.ndarray

    @cached_property
    def _factor(self) -> Factor:
        return Factor(self.matrix)

    def __getstate__(self) -> dict[str, np.ndarray]:
        """Leave out what is made again at once."""
        return {"matrix": self.matrix, "offset": self.offset}

    def apply(self, vectors: np.ndarray) -> np.ndarray:
        """Give float32 vectors of length 1, or 0 where a text stands in the very middle, shape (n, d)."""
        out = np.empty((len(vectors), len(self.offset)), dtype=np.float32)
        for start in range(0, len(vectors), _BLOCK):
            rows = slice(start, start + _BLOCK)
            out[rows] = unit_rows(product(vectors[rows], self._factor) - self.offset)
        return out


def learn(vectors: np.ndarray, group: np.ndarray | None = None) -> Sharpener:
    """Learn from vectors of distinct texts.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
        Rows of length 1; three or more.
    group : ndarray of bool, shape (n,), optional
        Two kinds of texts that shall not stand apart, as two languages: the mutual nearest of both are pairs as well.

    Examples
    --------
    Two topics in the first two directions; greetings of many kinds in the other six.

    >>> greeting = 0.4 * np.random.default_rng(0).normal(size=(40, 6))
    >>> x = unit_rows(np.hstack([np.repeat(np.eye(2), 20, axis=0), greeting])).astype(np.float32)
    >>> y = learn(x).apply(x)
    >>> inside = [float((v[:20] @ v[:20].T).mean() - (v[:20] @ v[20:].T).mean()) for v in (x, y)]
    >>> inside[1] > 1.5 * inside[0]
    True
    """
    sharpener = _whiten(vectors, *_all_pairs(vectors, group))
    for _ in range(1, _ROUNDS):
        sharpener = _whiten(vectors, *_all_pairs(sharpener.apply(vectors), group))
    return sharpener


def mutual_pairs(vectors: np.ndarray, neighbours: int = _NEIGHBOURS) -> tuple[np.ndarray, np.ndarray]:
    """Give pairs of rows that are each among the nearest of the other, every pair once.

    Examples
    --------
    >>> x = np.eye(4, dtype=np.float32)[[0, 0, 1, 1]]
    >>> [p.tolist() for p in mutual_pairs(x, 1)]
    [[0, 2], [1, 3]]
    """
    from scipy.sparse import csr_matrix, triu

    n = len(vectors)
    k = max(1, min(neighbours, n - 2))
    near = np.empty((n, k), dtype=np.intp)
    for rows, block in product_blocks(vectors, vectors):
        block[np.arange(len(block)), np.arange(rows.start, rows.stop)] = -np.inf
        near[rows] = nearest(block, k)
    graph = csr_matrix((np.ones(n * k, np.float32), (np.repeat(np.arange(n), k), near.ravel())), shape=(n, n))
    both = triu(graph.multiply(graph.T)).tocoo()
    order = np.lexsort((both.col, both.row))
    return both.row[order], both.col[order]


def pairs_between(vectors: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give pairs of rows of the two groups that are each the nearest of the other group.

    Examples
    --------
    >>> x = np.eye(4, dtype=np.float32)[[0, 1, 1, 0, 3]]
    >>> [p.tolist() for p in pairs_between(x, np.array([False, False, True, True, True]))]
    [[0, 1], [3, 2]]
    """
    one, other = np.flatnonzero(~group), np.flatnonzero(group)
    if not len(one) or not len(other):
        return one[:0], other[:0]
    alike = cosines(vectors[one], vectors[other])
    best, back = alike.argmax(axis=1), alike.argmax(axis=0)
    mutual = np.flatnonzero(back[best] == np.arange(len(one)))
    return one[mutual], other[best[mutual]]


def _all_pairs(vectors: np.ndarray, group: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    first, second = mutual_pairs(vectors)
    if group is None:
        return first, second
    one, other = pairs_between(vectors, group)
    return np.concatenate([first, one]), np.concatenate([second, other])


def _whiten(vectors: np.ndarray, first: np.ndarray, second: np.ndarray) -> Sharpener:
    """Divide each direction by how much mutual neighbours differ in it.

    The matrix is kept in half precision, which is what stands on disk, so that a loaded model gives the same bits.
    """
    size = vectors.shape[1]
    between = np.zeros((size, size))
    for start in range(0, len(first), 20_000):
        rows = slice(start, start + 20_000)
        difference = (vectors[first[rows]] - vectors[second[rows]]).astype(np.float64)
        between += difference.T @ difference
    variance, direction = np.linalg.eigh(between)
    ridge = _RIDGE * (1 + size / max(len(first), 1)) * float(np.mean(np.maximum(variance, 0)))
    scale = 1 / np.sqrt(np.maximum(variance, 0) + ridge) if ridge > 0 else np.ones(size)
    matrix = (direction * (scale / scale.max())) @ direction.T
    kept = matrix.astype(np.float16).astype(np.float32)
    return Sharpener(kept, (kept @ vectors.mean(axis=0, dtype=np.float64)).astype(np.float32))
