"""The entries of the registry: an id that lasts, a name, where it came from, what it is known by."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.topics.describe import phrase_names
from vocmine.topics.ledger import Ledger
from vocmine.topics.memory import Memory
from vocmine.topics.names import choose_names, medoids, quote, topic_terms, without_handles

TOPIC_COLUMNS = ("topic_id", "name", "n", "first_day", "last_day", "origin", "parents", "terms", "quotes")


@dataclass
class Entry:
    """One topic of the registry.

    Parameters
    ----------
    topic_id : int
    name : str
    first_day : int
        Days since 1970-01-01.
    origin : str
        ``first``: there from the start; ``emerged``: found later.
    parents : list of int
        Topics it split from.
    terms, quotes : list of str
        Words and masked quotes that tell it.
    """

    topic_id: int
    name: str
    first_day: int
    origin: str
    parents: list[int]
    terms: list[str]
    quotes: list[str]

    def to_dict(self) -> dict[str, Any]:
        """Give plain values."""
        return asdict(self)


def make_entries(
    memory: Memory, labels: np.ndarray, known: list[Entry], first_day: int, origin: str, parents: tuple[int, ...]
) -> list[Entry]:
    """Make entries for clusters of contacts, with ids after those known and names that none of them has.

    Parameters
    ----------
    memory : Memory
        The contacts, a row a label.
    labels : ndarray of int64, shape (n,)
        Cluster of each row from 0, -1 for none. An ``emerged`` topic is cluster 0; the other rows are there to name it
        by what sets it apart.
    """
    n_topics = int(labels.max()) + 1
    texts = memory.text.tolist()
    words = without_handles(topic_terms(memory.terms.tolist(), labels, n_topics), texts)
    best = medoids(memory.vectors.astype(np.float32), labels, n_topics, 60)
    candidates = phrase_names(texts, memory.lang.tolist(), best)
    sizes = np.bincount(labels[labels >= 0], minlength=n_topics)
    taken = {e.name for e in known}
    if origin == "emerged":
        n_topics, candidates, words = 1, candidates[:1], words[:1]
    names = choose_names(candidates, words, sizes, taken)
    return [
        Entry(
            len(known) + t, names[t], first_day, origin, list(parents), words[t],
            list(dict.fromkeys(quote(texts[i]) for i in best[t]))[:3],
        )
        for t in range(n_topics)
    ]


def topics_frame(entries: list[Entry], ledger: Ledger) -> pd.DataFrame:
    """Give the table of entries with their counts."""
    n: dict[int, int] = {}
    last: dict[int, int] = {}
    for day in sorted(ledger.counts):
        for topic, count in ledger.counts[day].items():
            if count:
                n[topic] = n.get(topic, 0) + count
                last[topic] = day
    rows = [
        {
            **e.to_dict(), "n": n.get(e.topic_id, 0), "parents": tuple(e.parents),
            "first_day": pd.Timestamp(e.first_day, unit="D", tz="UTC"),
            "last_day": pd.Timestamp(last.get(e.topic_id, e.first_day), unit="D", tz="UTC"),
        }
        for e in entries
    ]
    return pd.DataFrame(rows, columns=list(TOPIC_COLUMNS))
