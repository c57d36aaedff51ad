"""The entries of the registry: an id that lasts, a name, where it came from, what it is known by."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from vocmine.topics.monitoring.counts import Ledger
from vocmine.topics.monitoring.recluster import Reclustering
from vocmine.topics.monitoring.window import Memory
from vocmine.topics.naming._describe import spelled
from vocmine.topics.naming.contrast import ContrastCounts
from vocmine.topics.naming.names import medoids, quote, topic_terms, without_handles
from vocmine.topics.naming.titles import titles

TOPIC_COLUMNS = (
    "topic_id", "name", "n", "first_day", "last_day", "origin", "parents", "into", "is_open", "terms", "quotes"
)
_READ = 60  # texts a topic whose phrases are read


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
        ``first``: there from the start; ``emerged``: found by the scan; ``split``: a part of topics that were vague;
        ``rest``: made of texts that had no topic.
    parents : list of int
        Topics it came out of.
    terms, quotes : list of str
        Words and masked quotes that describe it.
    into : list of int
        Topics that took its place.
    is_open : bool
        Whether it still takes contacts.
    is_pinned : bool
        Whether it was named by hand, and is left as it is.
    """

    topic_id: int
    name: str
    first_day: int
    origin: str
    parents: list[int]
    terms: list[str]
    quotes: list[str]
    into: list[int] = field(default_factory=list)
    is_open: bool = True
    is_pinned: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Give plain values."""
        return asdict(self)

    @property
    def is_kept(self) -> bool:
        """Whether topics made anew leave it alone: a closed one, one that raised an alarm, one named by hand."""
        return not self.is_open or self.is_pinned or self.origin == "emerged"

    def close(self, into: tuple[int, ...]) -> Entry:
        """Give the entry of a topic whose place others took; its name is free for them."""
        return replace(self, is_open=False, into=list(into), name=f"{self.name} #{self.topic_id}")


def make_entries(
    memory: Memory, labels: np.ndarray, known: list[Entry], first_day: int, origin: str, parents: tuple[int, ...]
) -> list[Entry]:
    """Make the entry of one new topic, with the next id and a name that no other has.

    Parameters
    ----------
    memory : Memory
        Contacts, a row a label: those with label 0 are of the topic, the others are there to name it by what sets it
        apart.
    labels : ndarray of int64, shape (n,)
    """
    [(name, words, quotes)] = describe_clusters(memory, labels, [0], {e.name for e in known})
    return [Entry(len(known), name, first_day, origin, list(parents), words, quotes)]


def describe_clusters(
    memory: Memory, labels: np.ndarray, which: list[int], taken: set[str]
) -> list[tuple[str, list[str], list[str]]]:
    """Give name, words and quotes of some of the clusters, all of them read against each other.

    Parameters
    ----------
    memory : Memory
        Contacts, a row a label.
    labels : ndarray of int64, shape (n,)
        Cluster of each row from 0, -1 for none.
    which : list of int
        Clusters to describe.
    taken : set of str
        Names that are no longer free.
    """
    n_topics = int(labels.max()) + 1
    texts, langs = memory.text.tolist(), memory.lang.tolist()
    best = medoids(memory.vectors.astype(np.float32), labels, n_topics, _READ)
    written = spelled(texts, langs, [best[t] for t in which])
    terms = memory.terms.tolist()
    words = without_handles(topic_terms(terms, labels, n_topics, written=written), texts)
    sizes = np.bincount(labels[labels >= 0], minlength=n_topics)
    named = titles(
        [[texts[i] for i in best[t]] for t in which], [[terms[i] for i in best[t]] for t in which],
        ContrastCounts(terms, labels.tolist()), which, sizes[which].tolist(), taken,
    )
    return [
        (title.name, words[t], list(dict.fromkeys(quote(texts[i]) for i in best[t]))[:3])
        for title, t in zip(named, which, strict=True)
    ]


def renewed(
    entries: list[Entry], memory: Memory, change: Reclustering, first_day: int
) -> list[Entry]:
    """Give all entries after a reclustering: closed ones, new ones, and those made anew, described by the texts of now.

    Parameters
    ----------
    memory : Memory
        Rows that were reclustered.
    first_day : int
        Day that new topics are counted from.
    """
    present = sorted(set(change.target[change.target >= 0].tolist()) | set(change.born))
    labels = np.where(change.target >= 0, np.searchsorted(present, change.target), -1)
    closed = [e.close(change.over[e.topic_id]) if e.topic_id in change.over else e for e in entries]
    which = [i for i, t in enumerate(present) if t in change.born or t in change.touched]
    taken = {e.name for e in closed if e.topic_id not in change.touched or not e.is_open}
    descriptions = zip(which, describe_clusters(memory, labels, which, taken), strict=True)
    described = {present[i]: description for i, description in descriptions}
    again = {e.topic_id: described[e.topic_id] for e in closed if e.topic_id in described}
    out = [replace(e, name=t[0], terms=t[1], quotes=t[2]) if (t := again.get(e.topic_id)) else e for e in closed]
    for topic, parents in sorted(change.born.items()):
        origin = "split" if parents else "rest" if entries else "first"
        name, words, quotes = described[topic]
        out.append(Entry(topic, name, first_day, origin, list(parents), words, quotes))
    return out


def topics_frame(entries: list[Entry], ledger: Ledger) -> pd.DataFrame:
    """Give the table of entries with their counts."""
    n, last = ledger.n_by_topic(), ledger.last_days()
    rows = [
        {
            **e.to_dict(), "n": n.get(e.topic_id, 0), "parents": tuple(e.parents), "into": tuple(e.into),
            "first_day": pd.Timestamp(e.first_day, unit="D", tz="UTC"),
            "last_day": pd.Timestamp(last.get(e.topic_id, e.first_day), unit="D", tz="UTC"),
        }
        for e in entries
    ]
    return pd.DataFrame(rows, columns=list(TOPIC_COLUMNS))
