"""Joining clusters to the number of topics that texts have, by how many of the clusterings put them together.

What a consensus finds is finer than the clusterings behind it: where they differ, the pieces on which they do agree
come out as clusters of their own. The pieces go back to where most of the clusterings have them, small ones first.
"""

from __future__ import annotations

import numpy as np

from vocmine.topics.discovery.consensus import by_size

# What is joined down to the number is together in .2 to .45 of the clusterings; scripts/tune_topics.py tries others.
_TOGETHER = 0.25  # least share of the clusterings that put the texts of two clusters together, on average
_SCRAP = 0.2  # of the usual size of a cluster
_PLACES = 5  # decimal places that are compared: the last digits differ between processors


def join_pieces(
    labels: np.ndarray, agreement: np.ndarray, min_size: int, number: float | None = None
) -> np.ndarray:
    """Join scraps to what they are together with most often, and clusters down to a number where there is one.

    Clusters that hardly any clustering puts together stay apart, however small and however many they are.

    Parameters
    ----------
    labels : ndarray of int64, shape (n,)
        Clusters from 0, -1 for none.
    agreement : ndarray of float32, shape (n, n)
        Share of the clusterings in which two texts are together.
    min_size : int
        Least number of texts of a cluster; one with less than twice as many is a scrap.
    number : float, optional
        Clusters wanted; only scraps are joined if None.

    Returns
    -------
    ndarray of int64, shape (n,)
        Clusters from the largest.

    Examples
    --------
    Two of three clusterings have the first two pieces in one; no clustering has anything together with the last.

    >>> labels = np.repeat([0, 1, 2], [6, 4, 2])
    >>> agreement = np.array([[1, 0.67, 0], [0.67, 1, 0], [0, 0, 1]], dtype=np.float32)[labels][:, labels]
    >>> [np.bincount(join_pieces(labels, agreement, 1, number)).tolist() for number in (None, 2, 1)]
    [[6, 4, 2], [10, 2], [10, 2]]
    """
    total, size = _between(labels, agreement)
    into = np.arange(len(size))
    while True:
        few = (size > 0) & (size < max(_SCRAP * _usual(size), 2 * min_size))
        if number is not None and (size > 0).sum() > max(1, round(number)):
            few = size > 0
        pair = _nearest_pair(total, size, few)
        if pair is None:
            break
        kept, gone = pair
        total[kept] += total[gone]
        total[:, kept] += total[:, gone]
        size[kept] += size[gone]
        size[gone] = 0
        into[into == gone] = kept
    return by_size(np.where(labels >= 0, into[np.maximum(labels, 0)], -1) if len(into) else labels, 1)


def _between(labels: np.ndarray, agreement: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the sums of the agreement between clusters, and the numbers of their texts."""
    rows = np.flatnonzero(labels >= 0)
    member = np.zeros((len(labels), int(labels.max(initial=-1)) + 1), dtype=np.float32)
    member[rows, labels[rows]] = 1
    return (member.T @ (agreement @ member)).astype(np.float64), member.sum(axis=0, dtype=np.float64)


def _usual(size: np.ndarray) -> float:
    """Give the size of as many even clusters as the real ones amount to: the exponential of their entropy."""
    share = size[size > 0] / size.sum()
    return float(size.sum() / np.exp(-(share * np.log(share)).sum())) if len(share) else 0.0


def _nearest_pair(total: np.ndarray, size: np.ndarray, few: np.ndarray) -> tuple[int, int] | None:
    """Give the pair, one of the few in it, that is together most often for its size (the harmonic mean of both)."""
    if not few.any():
        return None
    there = size > 0
    both = np.where(there[:, None] & there & (few[:, None] | few), np.outer(size, size), np.inf)
    np.fill_diagonal(both, np.inf)
    mean = (total / both).round(_PLACES)
    worth = np.where(mean >= _TOGETHER, mean * (size[:, None] + size) / (2 * both), 0).round(2 * _PLACES)
    kept, gone = sorted(divmod(int(worth.argmax()), len(size)))
    return (kept, gone) if worth[kept, gone] > 0 else None
