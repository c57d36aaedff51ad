"""Rare topics among texts that the discovery did not read: far from all that is known, and near to each other."""

from __future__ import annotations

import numpy as np

from vocmine.linalg import cosines
from vocmine.topics.discovery import _assign as rule

_FAR = 0.1  # of the examples, the worst placed in their own topic, stand as far as this
_CLOSE = 0.75  # of the topics are less close than a new one has to be
_CANDIDATES = 3  # times the texts the discovery reads, at most
_NEAREST = 3  # others whose mean product says how near texts are to each other
_SHARE = 1 / 4000  # of the distinct texts: fewer are no topic


def add_rare(
    vectors: np.ndarray, read: np.ndarray, labels: np.ndarray, stability: np.ndarray, min_size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Look for topics in the texts that were not read, and add them to those found.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
        Of all distinct texts.
    read : ndarray of int, shape (m,)
        Rows that the discovery read.
    labels : ndarray of int64, shape (m,)
        Their topics, -1 for none.
    stability : ndarray of float, shape (topics,)
    min_size : int
        Least number of distinct texts of a topic.

    Returns
    -------
    examples : ndarray of float32, shape (m + k, d)
    labels : ndarray of int64, shape (m + k,)
    stability : ndarray of float, shape (topics + new,)
        NaN for the new ones.
    """
    inside = labels >= 0
    rest = np.setdiff1d(np.arange(len(vectors)), read)
    least = max(min_size, int(np.ceil(_SHARE * len(vectors))))
    groups = rare_groups(vectors[rest], vectors[read][inside], labels[inside], least, len(read))
    rows = np.concatenate([read, *(rest[g] for g in groups)])
    first = len(stability)
    new = [np.full(len(g), first + i, dtype=np.int64) for i, g in enumerate(groups)]
    return vectors[rows], np.concatenate([labels, *new]), np.concatenate([stability, np.full(len(groups), np.nan)])


def rare_groups(
    vectors: np.ndarray, examples: np.ndarray, topic: np.ndarray, min_size: int, most: int
) -> list[np.ndarray]:
    """Give groups of texts that stand out of the known topics and are closer to each other than most of those are.

    A text stands out if it is further from its nearest topic than nine tenths of the topics' own examples are. Those
    that have near ones among themselves are joined by average linkage, down to the likeness within close topics.

    Parameters
    ----------
    vectors, examples : ndarray of float32, shapes (n, d) and (m, d)
    topic : ndarray of int, shape (m,)
    min_size : int
    most : int
        Texts that are compared each with each at most; memory grows with its square.

    Returns
    -------
    list of ndarray of int
        Rows of each group, the largest group first.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x = np.vstack([np.eye(8)[np.repeat([0, 1], 20)] + 0.2 * rng.normal(size=(40, 8)),
    ...                np.eye(8)[np.repeat([0, 5], 6)] + 0.1 * rng.normal(size=(12, 8))])
    >>> x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)
    >>> [g.tolist() for g in rare_groups(x[40:], x[:40], np.repeat([0, 1], 20), 5, 100)]
    [[6, 7, 8, 9, 10, 11]]
    """
    own = rule.assign(examples, examples, topic, exclude_self=True)
    right = own.topic == topic
    if not right.any():
        return []
    far = float(np.quantile(own.score[right], _FAR))
    score = rule.assign(vectors, examples, topic).score
    out = np.flatnonzero(score < far)
    out = np.sort(out[np.argsort(score[out], kind="stable")][: _CANDIDATES * most])
    if len(out) < min_size:
        return []
    gain = (_nearest(vectors[out]) - score[out]).round(5)  # nearer to each other than to what is known
    kept = np.sort(out[np.argsort(-gain, kind="stable")][:most])
    return [kept[g] for g in _close_groups(vectors[kept], _likeness(examples, topic), min_size)]


def _nearest(vectors: np.ndarray) -> np.ndarray:
    """Give the mean product of each row with its nearest others."""
    k = min(_NEAREST, len(vectors) - 1)
    out = np.empty(len(vectors), dtype=np.float32)
    for rows, block in rule.product_blocks(vectors, vectors):
        block[np.arange(len(block)), np.arange(rows.start, rows.stop)] = -np.inf
        out[rows] = np.partition(block, -k, axis=1)[:, -k:].mean(axis=1)
    return out


def _likeness(examples: np.ndarray, topic: np.ndarray) -> float:
    """Give the mean product within a topic that three quarters of the topics stay below."""
    out = []
    for t in np.unique(topic):
        own = examples[topic == t].astype(np.float64)
        if len(own) > 1:
            total = own.sum(axis=0)
            out.append((total @ total - np.square(own).sum()) / (len(own) * (len(own) - 1)))
    return float(np.quantile(out, _CLOSE)) if out else 1.0


def _close_groups(vectors: np.ndarray, likeness: float, min_size: int) -> list[np.ndarray]:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(vectors) < max(min_size, 2):
        return []
    distance = 1 - cosines(vectors, vectors)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(np.maximum(distance, 0), checks=False), "average")
    labels = fcluster(tree, 1 - likeness, "distance")
    size = np.bincount(labels)
    groups = [np.flatnonzero(labels == g) for g in np.flatnonzero(size >= min_size)]
    return sorted(groups, key=lambda g: (-len(g), int(g[0])))
