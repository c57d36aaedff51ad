"""What topics are known by: examples of each, and the radius within which a text is one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from vocmine.linalg import Factor
from vocmine.topics.discovery import _assign as rule
from vocmine.topics.discovery.vectors import without_masks

_LEFT_OUT = 0.02  # of a topic's own examples: the radius refuses so many


@dataclass(frozen=True, eq=False)
class NearestExamples:
    """Examples of topics, and the one rule by which they give a text its topic.

    A text gets the topic that its nearest examples vote for (`vocmine.topics.discovery._assign`), if its score reaches
    the radius of that topic. Both `TopicModel` and `TopicRegistry` assign by it. Nothing is changed in place: each
    change gives new examples.

    Parameters
    ----------
    examples : ndarray of float32, shape (m, d)
    topic : ndarray of int64, shape (m,)
        Topic of each example.
    radius : ndarray of float32, shape (topics,)
        Least score of each topic id; a topic without examples keeps the one it had.

    Examples
    --------
    >>> rows = np.repeat(np.eye(3, dtype="f4")[:2], 5, axis=0)
    >>> known = NearestExamples.calibrate(rows, np.repeat([0, 1], 5))
    >>> known.assign(np.eye(3, dtype="f4"), ["返金", "画面", "電源"]).tolist()
    [0, 1, -1]
    """

    examples: np.ndarray
    topic: np.ndarray
    radius: np.ndarray

    @cached_property
    def _factor(self) -> Factor:
        """The examples, rounded once for all products with them."""
        return Factor(self.examples)

    @classmethod
    def empty(cls) -> NearestExamples:
        """Know no topic."""
        return cls(np.empty((0, 0), np.float32), np.empty(0, np.int64), np.empty(0, np.float32))

    @classmethod
    def calibrate(cls, vectors: np.ndarray, topic: np.ndarray) -> NearestExamples:
        """Take the rows that have a topic as its examples, in half precision, and find every topic's radius.

        Parameters
        ----------
        vectors : ndarray of float32, shape (n, d)
        topic : ndarray of int64, shape (n,)
            Topic of each row, -1 for none; one has a topic at least.
        """
        inside = topic >= 0
        examples, owner = vectors[inside].astype(np.float16).astype(np.float32), topic[inside]
        return cls(examples, owner, rule.calibrate(examples, owner, _LEFT_OUT, int(topic.max()) + 1))

    def nearest(self, vectors: np.ndarray) -> rule.Assigned:
        """Give the topic that the nearest examples vote for, however far they are, with its score and margin."""
        return rule.assign(vectors, self._factor, self.topic)

    def assign(self, vectors: np.ndarray, clean: Sequence[str]) -> np.ndarray:
        """Give texts their topics, -1 for none near enough or no text; the same alone and in any batch.

        Parameters
        ----------
        vectors : ndarray of float32, shape (n, d)
        clean : sequence of str, length n
            The masked texts; one that has nothing but masks gets no topic.

        Returns
        -------
        ndarray of int64, shape (n,)
        """
        if not len(self.examples):
            return np.full(len(clean), rule.NONE, dtype=np.int64)
        return np.where(_is_empty(clean), rule.NONE, self._inside(self.nearest(vectors)))

    def explain(self, vectors: np.ndarray, clean: Sequence[str]) -> pd.DataFrame:
        """Say how texts got the topics that `assign` gives them; one topic is known at least.

        Returns
        -------
        DataFrame
            ``topic_id, nearest, score, radius, margin, reason``, a row a text. ``reason`` is empty for an assigned
            text, else ``empty`` or ``far``.
        """
        result, empty = self.nearest(vectors), _is_empty(clean)
        topic = np.where(empty, rule.NONE, self._inside(result))
        return pd.DataFrame(
            {
                "topic_id": topic, "nearest": result.topic, "score": result.score,
                "radius": self.radius[np.maximum(result.topic, 0)], "margin": result.margin,
                "reason": np.where(empty, "empty", np.where(topic >= 0, "", "far")),
            }
        )

    def assign_examples(self) -> np.ndarray:
        """Give each example the topic it would have were it no example: what texts of other days will get."""
        return self._inside(rule.assign(self.examples, self.examples, self.topic, exclude_self=True))

    def learn(
        self, vectors: np.ndarray, topic: np.ndarray, instead_of: frozenset[int] = frozenset()
    ) -> NearestExamples:
        """Take examples in, those of topics ``instead_of`` out; a radius changes only where the examples do."""
        new = vectors.astype(np.float32)
        kept = ~np.isin(self.topic, sorted(instead_of))
        examples = np.vstack([self.examples.reshape(-1, new.shape[1])[kept], new])
        owner = np.concatenate([self.topic[kept], topic]).astype(np.int64)
        n_topics = max(len(self.radius), int(owner.max(initial=-1)) + 1)
        radius = rule.calibrate(examples, owner, _LEFT_OUT, n_topics)
        old = np.array([t for t in range(len(self.radius)) if t not in instead_of], dtype=np.int64)
        radius[old] = self.radius[old]
        return NearestExamples(examples, owner, radius)

    def merge(self, topic_ids: Sequence[int]) -> NearestExamples:
        """Make one topic of several, under the id of the first and within the widest radius of them."""
        keep, gone = topic_ids[0], topic_ids[1:]
        radius = self.radius.copy()
        radius[keep] = self.radius[list(topic_ids)].min()
        return NearestExamples(self.examples, np.where(np.isin(self.topic, gone), keep, self.topic), radius)

    def split(self, topic_id: int, vectors: np.ndarray, part: np.ndarray) -> NearestExamples:
        """Give the examples of a topic to its parts, new topics with its radius.

        Parameters
        ----------
        topic_id : int
        vectors : ndarray of float32, shape (n, d)
            Texts of the topic.
        part : ndarray of int64, shape (n,)
            Part of each of them, from 0; the parts' ids follow the last id there is.
        """
        first, parts = len(self.radius), int(part.max()) + 1
        topic, inside = self.topic.copy(), self.topic == topic_id
        topic[inside] = rule.assign(self.examples[inside], vectors, part + first).topic
        radius = np.concatenate([self.radius, np.full(parts, self.radius[topic_id], dtype=np.float32)])
        return NearestExamples(self.examples, topic, radius)

    def _inside(self, result: rule.Assigned) -> np.ndarray:
        inside = (result.topic >= 0) & (result.score >= self.radius[np.maximum(result.topic, 0)])
        return np.asarray(np.where(inside, result.topic, rule.NONE), dtype=np.int64)


def _is_empty(clean: Sequence[str]) -> np.ndarray:
    return np.array([not without_masks(t).strip() for t in clean], dtype=bool)
