"""Texts that come again and again word for word: a topic of their own, unless they are one more of a topic's texts.

Discovery reads each distinct text once. A notice that two hundred customers forward, or a test that was sent by
mistake, then is one text among many, and would be counted with whatever stands nearest.
"""

from __future__ import annotations

import numpy as np

from vocmine.linalg import cosines
from vocmine.topics.discovery import _assign as rule

_NEAREST = 3  # others whose mean product says how near a text is to its topic
_SAME = 0.85  # product from which on two copied texts say the same
_MOST = 200  # copied texts looked at, those told most often first
_ODD = 0.1  # of a topic's texts may stand as far off as a copied one that belongs to it
_ODD_IF_MOST = 0.5  # the same where the copies are more than all the rest: they would take over name and quotes


def own_topics(
    vectors: np.ndarray, times: np.ndarray, examples: np.ndarray, labels: np.ndarray, stability: np.ndarray, least: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give copied texts that are unlike their topic a topic of their own, after those found.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
        Of all distinct texts.
    times : ndarray of int, shape (n,)
        How often each was told.
    examples : ndarray of float32, shape (m, d)
        Texts the topics were found in.
    labels : ndarray of int64, shape (m,)
        Their topics, -1 for none.
    stability : ndarray of float, shape (topics,)
    least : int
        Copies of a text that make a topic.

    Returns
    -------
    examples, labels, stability : ndarray
        With the new topics, whose stability is NaN.

    Examples
    --------
    >>> x = np.eye(4, dtype="f4")[[0, 0, 0, 0, 1]]
    >>> own_topics(x, np.array([1, 1, 1, 1, 9]), x, np.zeros(5, dtype=np.int64), np.ones(1), 5)[1].tolist()
    [0, 0, 0, 0, -1, 1]
    """
    often = np.flatnonzero(times >= least)
    often = often[np.argsort(-times[often], kind="stable")][:_MOST]
    if not len(often):
        return examples, labels, stability
    inside = labels >= 0
    known, topic = examples[inside], labels[inside]
    nearest = rule.assign(vectors[often], known, topic).topic if len(known) else np.full(len(often), rule.NONE)
    told = np.bincount(nearest[nearest >= 0], times[often][nearest >= 0], minlength=len(stability))
    told += np.bincount(topic, minlength=len(stability))
    owners: list[int] = []
    for row, t in zip(often.tolist(), nearest.tolist(), strict=True):
        most = t >= 0 and times[row] > told[t] - times[row] - 1
        if t < 0 or _is_odd(vectors[row], known[topic == t], _ODD_IF_MOST if most else _ODD):
            owners.append(row)
    if not owners:
        return examples, labels, stability
    alike = cosines(vectors[owners], vectors[owners])
    first = [int(np.flatnonzero(row >= _SAME)[0]) for row in alike]
    number = {i: len(stability) + k for k, i in enumerate(sorted(set(first)))}
    same = cosines(examples, vectors[owners]).max(axis=1) > 1 - 1e-4 if len(examples) else np.zeros(0, dtype=bool)
    labels = np.concatenate([np.where(same, rule.NONE, labels), [number[i] for i in first]]).astype(np.int64)
    stability = np.concatenate([stability, np.full(len(number), np.nan)])
    return np.vstack([examples.reshape(-1, vectors.shape[1]), vectors[owners]]), labels, stability


def _is_odd(vector: np.ndarray, members: np.ndarray, share: float) -> bool:
    """Whether a text stands further from the members of a topic than all but a share of them from each other."""
    alike = cosines(members, np.vstack([members, vector[None]]))
    np.fill_diagonal(alike, -np.inf)
    alike[alike[:, -1] > 1 - 1e-4, -1] = -np.inf  # itself
    k = min(_NEAREST, len(members) - 1)
    if k < 1:
        return True
    near = np.sort(alike, axis=0)[-k:].mean(axis=0)
    own = near[:-1][np.isfinite(near[:-1])]
    return not np.isfinite(near[-1]) or bool(near[-1] < np.quantile(own, share))
