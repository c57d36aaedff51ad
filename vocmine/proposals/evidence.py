"""What is measured of a proposed reason: what its contacts are after, and whether the shipped list has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vocmine.classify.reasons.classifier import ReasonClassifier
from vocmine.classify.sentiment.classifier import SentimentClassifier
from vocmine.classify.signals import detect_signals
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.embed import Encoder
from vocmine.frames import UNKNOWN
from vocmine.linalg import cosines
from vocmine.stats import wilson

_SIGNALS = ("complaint", "praise", "request", "question")
_SURE = 0.5  # least score of a signal
_MOSTLY = 0.4  # of the texts ask or wish, or complain, for a name to say so
_PRAISE = 0.6  # of the texts praise: many a wish says how glad one would be
_FAILURE = 0.4  # of the texts complain or are negative: something went wrong
# A group is one of the shipped reasons if so many of its texts are tagged so and stand so much nearer to the examples
# of that reason than to those of any other. Set on made-up contacts and three real sets so that no wrong one is kept:
# scripts/tune_proposals.py
_NAMED, _NEARER, _NEAR = 0.6, 0.08, 0.35
_CLOSEST = 3  # examples whose mean cosine counts


@dataclass(frozen=True)
class Mood:
    """What the contacts of a group are after.

    Parameters
    ----------
    kind : str
        ``request``, ``question``, ``complaint``, ``praise`` or nothing: what most of them are.
    demand : str
        ``failure`` or ``value``.
    n_failed, n : int
        Texts read that complain or are negative, and texts read.
    """

    kind: str
    demand: str
    n_failed: int
    n: int

    @property
    def is_sure(self) -> bool:
        """Whether the share lies clearly on one side."""
        low, high = wilson([self.n_failed], [self.n])
        return bool(low[0] > _FAILURE or high[0] < _FAILURE)


def moods(texts: Sequence[Sequence[str]]) -> list[Mood]:
    """Read some texts of each group for complaints, wishes, questions and praise.

    Examples
    --------
    >>> failed, asked = ["荷物が届かなくて困っています", "壊れていて最悪です"], ["駐車場はありますか", "何時からですか"]
    >>> found = moods([failed, asked])
    >>> [(mood.kind, mood.demand) for mood in found]
    [('complaint', 'failure'), ('question', 'value')]
    """
    flat = [text for some in texts for text in some]
    if not flat:
        return []
    signals = detect_signals(flat)
    negative = SentimentClassifier().predict(flat) == "negative"
    failed = negative | (signals["complaint"].to_numpy() >= _SURE)
    out, start = [], 0
    for some in texts:
        rows = slice(start, start + len(some))
        start += len(some)
        share = {k: float((signals[k].to_numpy()[rows] >= _SURE).mean()) for k in _SIGNALS}
        bad = int(failed[rows].sum())
        demand = "failure" if bad >= _FAILURE * len(some) else "value"
        out.append(Mood(_kind(share), demand, bad, len(some)))
    return out


def _kind(share: Mapping[str, float]) -> str:
    if share["praise"] >= _PRAISE and share["request"] + share["question"] < _MOSTLY / 2:
        return "praise"
    if share["complaint"] >= max(_MOSTLY, share["request"], share["question"]):
        return "complaint"
    if share["request"] + share["question"] >= _MOSTLY:
        return "question" if share["question"] >= share["request"] else "request"
    return ""


def named_by(classifier: ReasonClassifier, texts: Sequence[str], groups: np.ndarray, times: np.ndarray) -> list[
    tuple[str, float]
]:
    """Give the reason that a classifier names most in each group, with the share of contacts it names so.

    Examples
    --------
    >>> named_by(ReasonClassifier(), ["返金してください", "返金はまだ?"], np.array([0, 0]), np.array([1, 3]))
    [('billing.refund', 1.0)]
    """
    labels = classifier.predict(list(texts))
    out = []
    for group in range(int(groups.max(initial=-1)) + 1):
        count: Counter[str] = Counter()
        for i in np.flatnonzero(groups == group).tolist():
            count[str(labels[i])] += int(times[i])
        total = sum(count.values())
        known = {label: n for label, n in count.items() if label != UNKNOWN}
        best = min(known, key=lambda label: (-known[label], label), default="")
        out.append((best, known.get(best, 0) / max(total, 1)))
    return out


def covered(
    taxonomy: Taxonomy, named: Sequence[tuple[str, float]], vectors: np.ndarray, groups: np.ndarray, encoder: Encoder
) -> dict[int, str]:
    """Say which groups are a reason of the shipped list: named so by most of it, and surely.

    Parameters
    ----------
    taxonomy : Taxonomy
    named : sequence of (str, float)
        As `named_by` gives it.
    vectors : ndarray of float32, shape (n, d)
        Sentence vectors of the texts.
    groups : ndarray of int64, shape (n,)
    encoder : Encoder

    Returns
    -------
    dict of int to str
    """
    asked = {g: label for g, (label, share) in enumerate(named) if share >= _NAMED}
    if not asked:
        return {}
    texts = {r: [t for some in taxonomy[r].examples.values() for t in some] for r in taxonomy.leaves}
    texts = {r: some for r, some in texts.items() if some}
    examples: Mapping[str, np.ndarray] = {r: encoder.encode(some) for r, some in texts.items()}
    out = {}
    for group, label in asked.items():
        own = vectors[groups == group]
        near = {r: _nearness(own, known) for r, known in examples.items()}
        other = max((v for r, v in near.items() if r != label), default=0.0)
        if near.get(label, 0.0) >= max(_NEAR, other + _NEARER):
            out[group] = label
    return out


def _nearness(own: np.ndarray, known: np.ndarray) -> float:
    alike = np.sort(cosines(own, known), axis=1)
    return float(alike[:, -_CLOSEST:].mean())
