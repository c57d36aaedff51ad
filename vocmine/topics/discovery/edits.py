"""Changes by hand: merge, split, rename, pin. What was changed is pinned, and a later `fit` keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.text import as_analysed
from vocmine.topics.discovery import _assign as rule
from vocmine.topics.discovery.consensus import WardTrees, by_size
from vocmine.topics.discovery.sampling import distinct_texts
from vocmine.topics.naming._describe import describe

if TYPE_CHECKING:
    from vocmine.topics.discovery.model import TopicModel
    from vocmine.topics.discovery.vectors import JointVectors


class Pins:
    """Topics that a fitted model had pinned, to put back after it is fitted again.

    Parameters
    ----------
    names : list of str
    examples : ndarray of float32, shape (m, d)
    topic : ndarray of int64, shape (m,)
        Topic of each example of the old model.
    old : ndarray of int64, shape (len(names),)
        The ids the pinned topics had.
    vectorizer : JointVectors or None
        The old one, to stay in its space; None if nothing is pinned.
    """

    def __init__(
        self, names: list[str], examples: np.ndarray, topic: np.ndarray, old: np.ndarray,
        vectorizer: JointVectors | None,
    ) -> None:
        self.names, self.examples, self.topic, self.old, self.vectorizer = names, examples, topic, old, vectorizer

    @classmethod
    def of(cls, model: TopicModel) -> Pins:
        """Take the pins of a model; none if it is not fitted."""
        pinned = getattr(model, "pinned_", {})
        if not pinned:
            blank = np.empty(0, dtype=np.int64)
            return cls([], np.empty((0, 0), np.float32), blank, blank, None)
        old = np.array(list(pinned), dtype=np.int64)
        return cls(list(pinned.values()), model._examples, model._example_topic, old, model._vectorizer)

    def put_back(
        self, vectors: np.ndarray, labels: np.ndarray, stability: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give pinned topics the texts that the old model would give them, after the newly discovered topics."""
        if not self.names:
            return vectors, labels, stability
        before = rule.assign(vectors, self.examples, self.topic).topic
        mine = np.isin(before, self.old)
        rest = by_size(np.where(mine, rule.NONE, labels), 1)
        kept = [int(labels[rest == t][0]) for t in range(int(rest.max()) + 1)]
        number = {int(t): len(kept) + i for i, t in enumerate(self.old)}
        out = np.where(mine, np.array([number.get(int(t), -1) for t in before]), rest)
        own = np.isin(self.topic, self.old)
        carried = np.array([number[int(t)] for t in self.topic[own]], dtype=np.int64)
        told = np.concatenate([stability[kept], np.full(len(self.names), np.nan)])
        return np.vstack([vectors, self.examples[own]]), np.concatenate([out, carried]), told

    def numbered(self, n_topics: int) -> dict[int, str]:
        """Give the pinned names under their new ids, the last of ``n_topics``."""
        first = n_topics - len(self.names)
        return {first + i: name for i, name in enumerate(self.names)}


def rename(model: TopicModel, topic_id: int, name: str) -> None:
    """Name a topic; SettingsError if it is unknown or the name is taken."""
    row = row_of(model, topic_id, "rename")
    others = model.topics_.loc[model.topics_["topic_id"] != topic_id, "name"]
    if not name.strip() or name in set(others):
        raise SettingsError("a name must be new and not empty", where="TopicModel.rename", got=repr(name))
    model.topics_.loc[row, "name"] = name
    model.pinned_[topic_id] = name


def merge(model: TopicModel, topic_ids: Sequence[int], name: str | None) -> None:
    """Give all contacts of several topics to the first of them; the others stay in the table with no contacts."""
    ids = list(dict.fromkeys(int(t) for t in topic_ids))
    if len(ids) < 2:
        raise SettingsError("two topics or more are needed", where="TopicModel.merge", got=str(topic_ids))
    rows = [row_of(model, t, "merge") for t in ids]
    keep, gone = ids[0], ids[1:]
    model._example_topic = np.where(np.isin(model._example_topic, gone), keep, model._example_topic)
    model._radius[keep] = model._radius[ids].min()
    model.labels_ = np.where(np.isin(model.labels_, gone), keep, model.labels_)
    table = model.topics_
    for column, most in (("terms", 10), ("quotes", 3)):
        lists: list[list[str]] = table[column].tolist()
        mixed = [x for group in zip_longest(*(lists[r] for r in rows)) for x in group if x is not None]
        lists[rows[0]] = list(dict.fromkeys(mixed))[:most]
        table[column] = pd.Series(lists, index=table.index, dtype=object)
    for column in ("n", "share"):
        table.loc[rows[0], column] = table.loc[rows, column].sum()
        table.loc[rows[1:], column] = 0
    table.loc[rows[0], "stability"] = np.nan
    model.topics_ = table.drop(index=rows[1:]).reset_index(drop=True)
    for t in gone:
        model.pinned_.pop(t, None)
    rename(model, keep, name or str(model.topics_.loc[row_of(model, keep, "merge"), "name"]))


def split(model: TopicModel, topic_id: int, texts: Any, parts: int) -> list[int]:
    """Split a topic into ``parts`` by the texts that belong to it; gives the new ids. The old id is not used again."""
    row_of(model, topic_id, "split")
    analysed = as_analysed(texts)
    distinct = distinct_texts([str(t) for t in analysed["text_clean"]], analysed)
    vectors = model._vectorizer.transform(distinct["text_clean"].tolist())
    own = model.explain(distinct)["topic_id"].to_numpy() == topic_id
    if parts < 2 or own.sum() < 5 * parts:
        raise SettingsError(
            "too few texts of the topic to split it", where="TopicModel.split", got=f"{int(own.sum())} distinct texts",
            expected=f"at least {5 * max(parts, 2)} for {max(parts, 2)} parts",
        )
    piece = by_size(WardTrees(vectors[own]).cut(parts)[-1], 1)
    first = len(model._radius)
    new_ids = [first + i for i in range(int(piece.max()) + 1)]
    inside = model._example_topic == topic_id
    old = model._radius[topic_id]
    model._example_topic = model._example_topic.copy()
    model._example_topic[inside] = rule.assign(model._examples[inside], vectors[own], piece + first).topic
    model._radius = np.concatenate([model._radius, np.full(len(new_ids), old, dtype=np.float32)])
    mine = model.labels_ == topic_id
    share = np.bincount(piece, weights=distinct["n"].to_numpy()[own], minlength=len(new_ids))
    unknown = np.full(len(new_ids), np.nan)
    part = distinct[own].reset_index(drop=True)
    table = describe(part, vectors[own], piece, share.astype(int), unknown, used=model.topics_["name"])
    table["topic_id"] = new_ids
    table["neighbour"] = -1
    table["share"] = table["n"] / max(int(mine.sum()), 1) * float((model.labels_ >= 0).mean())
    model.topics_ = pd.concat([model.topics_[model.topics_["topic_id"] != topic_id], table], ignore_index=True)
    model.pinned_.pop(topic_id, None)
    model.pinned_.update(dict(zip(new_ids, table["name"].tolist(), strict=True)))
    return new_ids


def row_of(model: TopicModel, topic_id: int, verb: str) -> int:
    """Find a topic's row in the table; SettingsError if there is none."""
    rows = np.flatnonzero(model.topics_["topic_id"].to_numpy() == topic_id)
    if not len(rows):
        raise SettingsError("no such topic", where=f"TopicModel.{verb}", got=str(topic_id))
    return int(rows[0])
