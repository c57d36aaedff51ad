"""The one rule that gives a text its topic: a vote of the nearest examples, within a calibrated radius.

A row's result depends on that row alone, to the last bit: see `vocmine.linalg`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vocmine import linalg
from vocmine.linalg import Factor

_BLOCK = 256  # rows at a time, which bounds the memory of their products
_VOTERS = 10  # nearest examples that vote
_ALONE = 0.6  # product with the only example of a topic, a copied text: what is told in nearly the same words
_CLOSEST = 3  # of the winner, whose mean product is the score
NONE = -1  # topic of a text that is near none


def product_blocks(queries: np.ndarray, examples: np.ndarray | Factor) -> Iterator[tuple[slice, np.ndarray]]:
    """Give the products of queries with all examples, a block of rows at a time, each row the same alone or not.

    Parameters
    ----------
    queries : ndarray of float32, shape (n, d)
    examples : Factor or ndarray of float32, shape (m, d)
        A `Factor` where it is used again.

    Yields
    ------
    slice, ndarray of float32, shape (rows, m)

    Examples
    --------
    >>> import numpy as np
    >>> [(rows.stop, block.tolist()) for rows, block in product_blocks(np.eye(2, dtype="f4"), np.eye(2, dtype="f4"))]
    [(2, [[1.0, 0.0], [0.0, 1.0]])]
    """
    known = examples if isinstance(examples, Factor) else Factor(examples)
    for start in range(0, len(queries), _BLOCK):
        rows = slice(start, min(start + _BLOCK, len(queries)))
        yield rows, linalg.cosines(queries[rows], known)


@dataclass(frozen=True)
class Assigned:
    """What `assign` gives for n texts.

    Parameters
    ----------
    topic : ndarray of int64, shape (n,)
        Topic of the nearest examples, whether near enough or not.
    score : ndarray of float32, shape (n,)
        Mean product with the closest examples of that topic.
    margin : ndarray of float32, shape (n,)
        Share of the vote for that topic less that of the next one, 0 to 1.
    """

    topic: np.ndarray
    score: np.ndarray
    margin: np.ndarray


def assign(
    queries: np.ndarray, examples: np.ndarray | Factor, topics: np.ndarray, exclude_self: bool = False
) -> Assigned:
    """Vote among the nearest examples; ties go to the lower topic id.

    Parameters
    ----------
    queries : ndarray of float32, shape (n, d)
    examples : Factor or ndarray of float32, shape (m, d)
    topics : ndarray of int, shape (m,)
        Topic of each example, 0 or more.
    exclude_self : bool
        Leave example i out of the vote on query i (the queries are the examples): for calibration.

    Examples
    --------
    >>> import numpy as np
    >>> e = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    >>> assign(e[:1], e, np.array([0, 0, 1])).topic.tolist()
    [0]
    """
    known, column = np.unique(topics, return_inverse=True)
    voters = min(_VOTERS, len(topics) - int(exclude_self))
    topic = np.full(len(queries), NONE, dtype=np.int64)
    score, margin = np.zeros(len(queries), np.float32), np.zeros(len(queries), np.float32)
    if voters < 1:
        return Assigned(topic, score, margin)
    for rows, block in product_blocks(queries, examples):
        if exclude_self:
            block[np.arange(len(block)), np.arange(rows.start, rows.stop)] = -np.inf
        near = linalg.nearest(block, voters)
        product = np.take_along_axis(block, near, 1)
        winner, score[rows], margin[rows] = _vote(product, column[near], len(known))
        topic[rows] = known[winner]
    return Assigned(topic, score, margin)


def _vote(product: np.ndarray, column: np.ndarray, n_topics: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    row = np.arange(len(product))
    votes = np.zeros((len(product), n_topics), dtype=np.float32)
    weight = np.square(np.square(np.maximum(product, np.float32(1e-3))))  # the fourth power: near ones say more
    for rank in range(product.shape[1]):
        votes[row, column[:, rank]] += weight[:, rank]
    winner = votes.argmax(axis=1)
    best = votes[row, winner]
    votes[row, winner] = 0
    total, rival = weight.sum(axis=1), votes.max(axis=1)
    mine = column == winner[:, None]
    closest = mine & (np.cumsum(mine, axis=1) <= _CLOSEST)
    score = np.where(closest, product, 0).sum(axis=1) / closest.sum(axis=1)
    return winner, score.astype(np.float32), ((best - rival) / total).astype(np.float32)


def calibrate(examples: np.ndarray, topics: np.ndarray, left_out: float, n_topics: int) -> np.ndarray:
    """Find the least score of each topic such that about a share ``left_out`` of its own examples would be refused.

    Each example is scored without itself. Topics with few examples lean on the radius of all (weight 20 examples).

    Returns
    -------
    ndarray of float32, shape (n_topics,)
    """
    result = assign(examples, examples, topics, exclude_self=True)
    right = result.topic == topics
    overall = float(np.quantile(result.score[right], left_out)) if right.any() else 0.0
    radius = np.full(n_topics, overall, dtype=np.float32)
    for topic in range(n_topics):
        own = result.score[right & (topics == topic)]
        if len(own):
            trust = len(own) / (len(own) + 20)
            radius[topic] = trust * float(np.quantile(own, left_out)) + (1 - trust) * overall
        elif (topics == topic).sum() == 1:
            radius[topic] = max(overall, _ALONE)
    return radius
