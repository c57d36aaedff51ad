"""Changes by hand: merge, split, rename, pin. What was changed is pinned, and a later `fit` keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.topics.discovery import _assign as rule
from vocmine.topics.discovery.consensus import WardTrees, by_size
from vocmine.topics.discovery.nearest_examples import NearestExamples
from vocmine.topics.discovery.vectors import JointVectors
from vocmine.topics.naming._describe import describe


@dataclass(frozen=True)
class Pins:
    """Topics that a fitted model had pinned, to put back after it is fitted again.

    Parameters
    ----------
    names : dict of int to str
        Names of the pinned topics by the ids they had.
    known : NearestExamples
        Those of the old model.
    vectorizer : JointVectors or None
        The old one, to stay in its space; None if nothing is pinned.
    """

    names: dict[int, str] = field(default_factory=dict)
    known: NearestExamples = field(default_factory=NearestExamples.empty)
    vectorizer: JointVectors | None = None

    def put_back(
        self, vectors: np.ndarray, labels: np.ndarray, stability: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give pinned topics the texts that the old model would give them, after the newly discovered topics."""
        if not self.names:
            return vectors, labels, stability
        old = list(self.names)
        before = self.known.nearest(vectors).topic
        mine = np.isin(before, old)
        rest = by_size(np.where(mine, rule.NONE, labels), 1)
        kept = [int(labels[rest == t][0]) for t in range(int(rest.max()) + 1)]
        number = {t: len(kept) + i for i, t in enumerate(old)}
        out = np.where(mine, np.array([number.get(int(t), -1) for t in before]), rest)
        own = np.isin(self.known.topic, old)
        carried = np.array([number[int(t)] for t in self.known.topic[own]], dtype=np.int64)
        kept_stability = np.concatenate([stability[kept], np.full(len(old), np.nan)])
        return np.vstack([vectors, self.known.examples[own]]), np.concatenate([out, carried]), kept_stability

    def numbered(self, n_topics: int) -> dict[int, str]:
        """Give the pinned names under their new ids, the last of ``n_topics``."""
        first = n_topics - len(self.names)
        return {first + i: name for i, name in enumerate(self.names.values())}


@dataclass(frozen=True, eq=False)
class KnownTopics:
    """The topics of a fitted model, as far as a change by hand touches them; each change gives them anew.

    Parameters
    ----------
    known : NearestExamples
    table : DataFrame
        A row a topic, as `vocmine.topics.naming._describe.describe` makes it.
    labels : ndarray of int64, shape (n,)
        Topic of each fitted row, -1 for none.
    pinned : dict of int to str
        Topics changed by hand, with their names.
    """

    known: NearestExamples
    table: pd.DataFrame
    labels: np.ndarray
    pinned: dict[int, str]


def rename(topics: KnownTopics, topic_id: int, name: str) -> KnownTopics:
    """Name a topic; SettingsError if it is unknown or the name is taken."""
    row = row_of(topics.table, topic_id, "rename")
    others = topics.table.loc[topics.table["topic_id"] != topic_id, "name"]
    if not name.strip() or name in set(others):
        raise SettingsError("a name must be new and not empty", where="TopicModel.rename", got=repr(name))
    table = topics.table.copy()
    table.loc[row, ["name", "name_ja", "name_en"]] = name
    return replace(topics, table=table, pinned={**topics.pinned, topic_id: name})


def merge(topics: KnownTopics, topic_ids: Sequence[int], name: str | None) -> KnownTopics:
    """Give all contacts of several topics to the first of them; the others leave the table."""
    ids = list(dict.fromkeys(int(t) for t in topic_ids))
    if len(ids) < 2:
        raise SettingsError("two topics or more are needed", where="TopicModel.merge", got=str(topic_ids))
    table = topics.table.copy()
    rows = [row_of(table, t, "merge") for t in ids]
    keep, gone = ids[0], ids[1:]
    for column, most in (("terms", 10), ("quotes", 3)):
        lists: list[list[str]] = table[column].tolist()
        mixed = [x for group in zip_longest(*(lists[r] for r in rows)) for x in group if x is not None]
        lists[rows[0]] = list(dict.fromkeys(mixed))[:most]
        table[column] = pd.Series(lists, index=table.index, dtype=object)
    for column in ("n", "share"):
        table.loc[rows[0], column] = table.loc[rows, column].sum()
    table.loc[rows[0], "stability"] = np.nan
    merged = KnownTopics(
        topics.known.merge(ids), table.drop(index=rows[1:]).reset_index(drop=True),
        np.where(np.isin(topics.labels, gone), keep, topics.labels),
        {t: n for t, n in topics.pinned.items() if t not in gone},
    )
    return rename(merged, keep, name or str(table.loc[rows[0], "name"]))


def split(
    topics: KnownTopics, topic_id: int, distinct: pd.DataFrame, *, vectorizer: JointVectors, parts: int
) -> tuple[KnownTopics, list[int]]:
    """Split a topic by the texts that belong to it.

    Parameters
    ----------
    topics : KnownTopics
    topic_id : int
    distinct : DataFrame
        Texts, as `vocmine.topics.discovery.sampling.distinct_texts` gives them.
    vectorizer : JointVectors
        That of the model.
    parts : int
        2 or more.

    Returns
    -------
    KnownTopics
    list of int
        New ids; the old one is not used again.

    Raises
    ------
    SettingsError
        If there is no such topic, or too few of its texts.
    """
    row_of(topics.table, topic_id, "split")
    texts = distinct["text_clean"].tolist()
    vectors = vectorizer.transform(texts)
    own = topics.known.assign(vectors, texts) == topic_id
    if parts < 2 or own.sum() < 5 * parts:
        raise SettingsError(
            "too few texts of the topic to split it", where="TopicModel.split", got=f"{int(own.sum())} distinct texts",
            expected=f"at least {5 * max(parts, 2)} for {max(parts, 2)} parts",
        )
    part = by_size(WardTrees(vectors[own]).cut(parts)[-1], 1)
    known = topics.known.split(topic_id, vectors[own], part)
    new_ids = list(range(len(topics.known.radius), len(known.radius)))
    count = np.bincount(part, weights=distinct["n"].to_numpy()[own], minlength=len(new_ids))
    unknown = np.full(len(new_ids), np.nan)
    table = describe(
        distinct[own].reset_index(drop=True), vectors[own], part, count.astype(int), unknown, used=topics.table["name"]
    )
    table["topic_id"] = new_ids
    table["neighbour"] = -1
    mine = max(int((topics.labels == topic_id).sum()), 1)
    table["share"] = table["n"] / mine * float((topics.labels >= 0).mean())
    others = topics.table[topics.table["topic_id"] != topic_id]
    pinned = {t: n for t, n in topics.pinned.items() if t != topic_id}
    pinned |= dict(zip(new_ids, table["name"].tolist(), strict=True))
    return KnownTopics(known, pd.concat([others, table], ignore_index=True), topics.labels, pinned), new_ids


def row_of(table: pd.DataFrame, topic_id: int, verb: str) -> int:
    """Find a topic's row in the table; SettingsError if there is none."""
    rows = np.flatnonzero(table["topic_id"].to_numpy() == topic_id)
    if not len(rows):
        raise SettingsError("no such topic", where=f"TopicModel.{verb}", got=str(topic_id))
    return int(rows[0])
