"""Groups of texts that could each be a contact reason: neither scraps nor heaps, and as many as the texts have.

Clusters are first cut fine from what the trees of the discovery agree on. A cluster much smaller than is usual here is
a scrap: its texts go to the nearest ones. Clusters whose texts are nearly as near to each other's as texts of one
matter are, are joined. Neither step knows a number of reasons.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.embed import Encoder, default_encoder
from vocmine.errors import ContactError
from vocmine.topics.discovery._hierarchy import hierarchy
from vocmine.topics.discovery.cohesion import cohesive
from vocmine.topics.discovery.consensus import by_size, cluster_graph, consensus, to_nearest
from vocmine.topics.discovery.copies import own_topics
from vocmine.topics.discovery.engines import engine_for
from vocmine.topics.discovery.levels import cluster_levels
from vocmine.topics.discovery.nearest_examples import NearestExamples
from vocmine.topics.discovery.sampling import by_content
from vocmine.topics.discovery.vectors import JointVectors

# Chosen on requests_hotel_ja, intents_banking_en, calls_insurance_en, whole, mixed and some labels only, by
# scripts/tune_proposals.py: values a fifth off change the number of reasons by about a tenth, V by about .01.
_AGREEMENT = 0.5  # finer than topics are cut
_SCRAP = 1 / 3  # of the usual size of a cluster
_ALIKE = 0.25  # mean product between the sharpened vectors of two clusters, from which on they are one
_MIN_SIZE = 5
MIN_TEXTS = 30


@dataclass(frozen=True, eq=False)
class Groups:
    """Texts and the group each belongs to.

    Parameters
    ----------
    label : ndarray of int64, shape (n,)
        Group of each distinct text, from 0, the largest first; -1 for none.
    vectors : ndarray of float32, shape (n, d)
        Their sharpened vectors.
    """

    label: np.ndarray
    vectors: np.ndarray

    @property
    def n(self) -> int:
        """Number of groups."""
        return int(self.label.max(initial=-1)) + 1

    def parents(self, names: list[str], terms: list[list[str]], count: np.ndarray) -> pd.DataFrame:
        """Put the groups under names that several share: ``group`` (its largest member), ``group_name``."""
        table = pd.DataFrame({"topic_id": np.arange(self.n), "name": names, "n": count, "terms": terms})
        inside = self.label >= 0
        return hierarchy(table, self.vectors[inside], self.label[inside])[["group", "group_name"]]

    def joined(self, same: dict[int, int]) -> Groups:
        """Give the groups with some put together: ``same`` has the group that another one goes into."""
        label = np.array([same.get(int(t), int(t)) for t in self.label], dtype=np.int64)
        return Groups(by_size(label, 1), self.vectors)


def group_texts(distinct: pd.DataFrame, encoder: Encoder | None = None, max_texts: int = 5000) -> Groups:
    """Put texts into groups that could each be a reason.

    Parameters
    ----------
    distinct : DataFrame
        ``text_clean, n``, one row a distinct text, as `distinct_texts` gives them.
    encoder : Encoder, optional
        Sentence vectors; the bundled encoder if None.
    max_texts : int
        Distinct texts the groups are found in at most, chosen by a hash of the text; the others are assigned.

    Raises
    ------
    ContactError
        If there are too few texts, or no matter that several of them are about.

    Examples
    --------
    >>> from vocmine.embed import CharacterEncoder
    >>> texts = [f"{a}が{b}" for a in ("返金", "返品の送料", "画面", "電源", "配達", "会員証") for b in
    ...          ("おかしい", "おかしいです", "とてもおかしい", "変", "変です", "とても変")]
    >>> 2 <= group_texts(pd.DataFrame({"text_clean": texts, "n": 1}), CharacterEncoder(64)).n <= 6
    True
    """
    texts, times = distinct["text_clean"].tolist(), distinct["n"].to_numpy()
    if len(texts) < MIN_TEXTS:
        raise ContactError(
            "too few texts for a list of reasons", where="propose", got=f"{len(texts)} distinct texts",
            expected=f"at least {MIN_TEXTS}", hint="gather more days",
        )
    chosen = by_content(texts, max_texts)
    read = [texts[i] for i in chosen]
    maker = JointVectors(encoder or default_encoder())
    sentence = maker.sentences(texts)
    maker.fit(read, sentence[chosen])
    vectors = maker.transform(texts, sentence)
    labels = _clusters(vectors[chosen], maker.joined(read, sentence[chosen]))
    none = np.full(int(labels.max(initial=-1)) + 1, np.nan)
    examples, labels, _ = own_topics(vectors, times, vectors[chosen], labels, none, _MIN_SIZE)
    if labels.max(initial=-1) < 0:
        raise ContactError(
            "no matter is told often enough for a list of reasons", where="propose", got=f"{len(texts)} texts unlike",
            hint="gather more days",
        )
    known = NearestExamples.calibrate(examples, labels)
    return Groups(by_size(known.assign(vectors, texts), 1), vectors)


def _clusters(vectors: np.ndarray, second_view: np.ndarray) -> np.ndarray:
    cluster = cluster_graph if engine_for("auto", len(vectors)) == "graph" else cluster_levels
    _, agreement = cluster(vectors, _MIN_SIZE, second_view)
    labels = consensus(agreement, _MIN_SIZE, _AGREEMENT)
    if labels.max(initial=-1) < 1:  # nothing stands out: all is one matter, or none
        return cohesive(vectors, np.zeros(len(vectors), dtype=np.int64))
    whole = cohesive(vectors, to_nearest(vectors, labels, 1))
    kept = whole >= 0
    if not kept.any():
        return whole
    whole[kept] = without_alike(vectors[kept], without_scraps(vectors[kept], whole[kept]))
    return whole


def without_scraps(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Give the texts of clusters that are much smaller than usual to the nearest others.

    The usual size is that of as many even clusters as the real ones amount to (the exponential of the entropy of their
    shares), so that a few heaps or many scraps don't set it.

    Examples
    --------
    >>> x = np.eye(3, dtype="f4")[np.repeat([0, 1, 2], [20, 20, 2])]
    >>> np.bincount(without_scraps(x, np.repeat([0, 1, 2], [20, 20, 2]))).tolist()
    [22, 20]
    """
    while True:
        size = np.bincount(labels)
        share = size / size.sum()
        usual = len(labels) / float(np.exp(-(share * np.log(share)).sum()))
        scraps = np.flatnonzero(size < max(_MIN_SIZE, _SCRAP * usual))
        if not len(scraps) or len(scraps) == len(size):
            return labels
        labels = by_size(to_nearest(vectors, by_size(np.where(np.isin(labels, scraps), -1, labels), 1), 1), 1)


def without_alike(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Join clusters whose texts are near each other's on average, the nearest first.

    Examples
    --------
    >>> x = np.array([[1, 0], [1, 0], [0.3, 0.95], [0, 1], [-1, 0]], dtype=np.float32)
    >>> without_alike(x, np.array([0, 0, 1, 2, 3])).tolist()
    [0, 0, 1, 1, 2]
    """
    n = np.bincount(labels).astype(np.float64)
    total = np.stack([vectors[labels == t].sum(axis=0, dtype=np.float64) for t in range(len(n))])
    into = np.arange(len(n))
    alive = np.ones(len(n), dtype=bool)
    while alive.sum() > 1:
        mean = total / n[:, None]
        between = mean @ mean.T
        between[~alive] = between[:, ~alive] = -np.inf
        np.fill_diagonal(between, -np.inf)
        between = between.round(9)
        a, b = sorted(divmod(int(between.argmax()), len(n)))
        if between[a, b] < _ALIKE:
            break
        total[a] += total[b]
        n[a] += n[b]
        alive[b] = False
        into[into == b] = a
    return by_size(into[labels], 1)
