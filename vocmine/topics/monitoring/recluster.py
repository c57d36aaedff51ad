"""Topics of a registry made finer as texts gather: which clusters go on as which topic, which are new, what is over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vocmine.embed import Encoder
from vocmine.topics.discovery.consensus import WardTrees, consensus, sizes_to_try, together
from vocmine.topics.discovery.sampling import by_content
from vocmine.topics.discovery.vectors import JointVectors, without_masks
from vocmine.topics.monitoring.window import Memory, without_dates

MOST_TEXTS = 3000  # texts that topics are made of, at most
LEAST_TEXTS = 30  # as a topic model needs
_SIZE = 5  # texts of the smallest topic
_FINER = 1.25  # topics of a registry are looked at one by one, so rather two than one that is vague
_CLEAR = 0.7  # least share of a part's texts that come from the topic it is split from
_PART = 8  # least texts of a part
_SPLIT = 0.6  # least share of a topic that falls into clear parts
_HEIR = 0.1  # least share of a topic's texts that makes a cluster its successor


@dataclass(frozen=True)
class Reclustering:
    """New clusters against the topics that were.

    Parameters
    ----------
    target : ndarray of int64, shape (n,)
        Topic of each row from now on, -1 for none.
    born : dict of int to tuple of int
        New topics, and the topics that most of their texts had.
    over : dict of int to tuple of int
        Topics that take no more contacts, and those that go on in their place.
    touched : frozenset of int
        Topics whose examples are replaced.
    """

    target: np.ndarray
    born: dict[int, tuple[int, ...]]
    over: dict[int, tuple[int, ...]]
    touched: frozenset[int]


def texts_to_read(memory: Memory, left_out: frozenset[int] = frozenset()) -> np.ndarray:
    """Give rows of distinct texts, chosen by their content, without those of some topics."""
    _, first = np.unique(memory.text, return_index=True)
    rows = np.sort(first)
    rows = rows[~np.isin(memory.topic[rows], sorted(left_out))]
    rows = rows[[bool(without_masks(t).strip()) for t in memory.text[rows].tolist()]]
    return np.asarray(rows[by_content(memory.text[rows].tolist(), MOST_TEXTS)], dtype=np.int64)


def clusters(memory: Memory, rows: np.ndarray, encoder: Encoder, sentence: int) -> np.ndarray:
    """Cluster rows of the memory on vectors joined with the n-grams of these texts; nothing is embedded again.

    Parameters
    ----------
    memory : Memory
    rows : ndarray of int
    encoder : Encoder
    sentence : int
        Length of the sentence vectors, which come first in the memory's.

    Returns
    -------
    ndarray of int64, shape (rows,)
        Clusters from the largest, -1 for none.
    """
    texts = [without_dates(without_masks(t)) for t in memory.text[rows].tolist()]
    part = memory.vectors[rows, :sentence].astype(np.float32)
    part /= np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-9)
    joined = JointVectors(encoder).fit_transform(texts, part)
    trees = WardTrees(joined)
    sizes = sorted({min(round(_FINER * k), len(rows) - 1) for k in sizes_to_try(len(rows), _SIZE)})
    return consensus(together([labels for k in sizes for labels in trees.cut(k)]), _SIZE)


def compare(labels: np.ndarray, old: np.ndarray, next_id: int, careful: bool) -> Reclustering:
    """Match clusters with topics: a topic goes on where it shares more than half of all texts of both (Jaccard).

    Parameters
    ----------
    labels, old : ndarray of int64, shape (n,)
        Cluster and topic of each row, -1 for none.
    next_id : int
        Id of the first new topic.
    careful : bool
        Split only topics that fall into clear parts, and take new ones only from texts without topic; else every
        cluster becomes a topic.

    Examples
    --------
    >>> import numpy as np
    >>> change = compare(np.repeat([0, 1, 2], 10), np.repeat([0, 0, 1], 10), 2, careful=True)
    >>> change.born, change.over
    ({2: (0,), 3: (0,)}, {0: (2, 3)})
    """
    n_clusters, n_topics = int(labels.max(initial=-1)) + 1, max(int(old.max(initial=-1)) + 1, 1)
    table = np.zeros((n_clusters, n_topics + 1), dtype=np.int64)  # the last column: no topic
    inside = labels >= 0
    np.add.at(table, (labels[inside], np.where(old[inside] < 0, n_topics, old[inside])), 1)
    whole = np.bincount(old[old >= 0], minlength=n_topics)
    size = np.bincount(labels[inside], minlength=n_clusters)
    shared = table[:, :n_topics]
    jaccard = shared / np.maximum(size[:, None] + whole - shared, 1)
    goes_on = {int(c): int(jaccard[c].argmax()) for c in np.flatnonzero(jaccard.max(axis=1, initial=0) > 0.5)}
    taken = _clear_parts(table, size, whole, goes_on) if careful else [c for c in range(n_clusters) if c not in goes_on]
    number = {c: next_id + i for i, c in enumerate(taken)}
    born = {number[c]: _parents(table[c], size[c]) for c in taken}
    if careful:
        broken = {p for c in taken for p in born[number[c]]}
        rest = np.where(np.isin(old, sorted(broken)), -1, old)
        target = np.array([number.get(c, t) for c, t in zip(labels.tolist(), rest.tolist(), strict=True)])
    else:
        broken = set(np.flatnonzero(whole).tolist()) - set(goes_on.values())
        target = np.array([number.get(c, goes_on.get(c, -1)) for c in labels.tolist()])
    new_of = {**number, **goes_on}
    over = {t: _heirs(shared[:, t], int(whole[t]), new_of) for t in sorted(broken)}
    touched = broken if careful else set(np.flatnonzero(whole).tolist())
    return Reclustering(target.astype(np.int64), born, over, frozenset(touched))


def _clear_parts(table: np.ndarray, size: np.ndarray, whole: np.ndarray, goes_on: dict[int, int]) -> list[int]:
    """Give clusters that are a clear part of a topic without continuation, or of the texts without topic."""
    open_topics = set(np.flatnonzero(whole).tolist()) - set(goes_on.values())
    big = [c for c in range(len(table)) if size[c] >= _PART]
    clear = {c: int(table[c].argmax()) for c in big if table[c].max() >= _CLEAR * size[c]}
    out = [c for c, t in clear.items() if t == len(whole)]
    for topic in sorted(open_topics):
        parts = [c for c, t in clear.items() if t == topic]
        if len(parts) > 1 and table[parts, topic].sum() >= _SPLIT * whole[topic]:
            out += parts
    return sorted(out)


def _parents(row: np.ndarray, size: int) -> tuple[int, ...]:
    return tuple(int(t) for t in np.flatnonzero(row[:-1] * 4 >= size) if row[t])


def _heirs(shared: np.ndarray, whole: int, new_of: dict[int, int]) -> tuple[int, ...]:
    order = np.argsort(-shared, kind="stable")
    return tuple(new_of[int(c)] for c in order if int(c) in new_of and shared[c] >= max(_HEIR * whole, 1))
