"""What topics are known by: examples of each, and the radius within which a text is one of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from vocmine.linalg import Factor
from vocmine.topics.discovery import _assign as rule
from vocmine.topics.discovery.vectors import without_masks

_LEFT_OUT = 0.02


@dataclass
class Known:
    """Examples of topics, and the rule of `vocmine.topics.discovery._assign` on them.

    Parameters
    ----------
    examples : ndarray of float32, shape (m, d)
    topic : ndarray of int64, shape (m,)
    radius : ndarray of float32, shape (topics,)
        Least score of each topic id; a topic without examples keeps the one it had.
    """

    examples: np.ndarray
    topic: np.ndarray
    radius: np.ndarray
    _factor: Factor | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    def empty(cls) -> Known:
        """Know no topic."""
        return cls(np.empty((0, 0), np.float32), np.empty(0, np.int64), np.empty(0, np.float32))

    def assign(self, vectors: np.ndarray, clean: list[str]) -> np.ndarray:
        """Give texts their topics, int64 of shape (n,), -1 for none; the same alone and in any batch."""
        if not len(self.examples):
            return np.full(len(clean), rule.NONE, dtype=np.int64)
        if self._factor is None or self._factor.rows is not self.examples:
            self._factor = Factor(self.examples)
        result = rule.assign(vectors, self._factor, self.topic)
        empty = np.array([not without_masks(t).strip() for t in clean], dtype=bool)
        return np.where(empty, rule.NONE, self._inside(result))

    def assign_examples(self) -> np.ndarray:
        """Give each example the topic it would have were it no example: what texts of other days will get."""
        return self._inside(rule.assign(self.examples, self.examples, self.topic, exclude_self=True))

    def learn(self, vectors: np.ndarray, topic: np.ndarray, instead_of: frozenset[int] = frozenset()) -> Known:
        """Take examples in, those of topics ``instead_of`` out; a radius changes only where the examples do."""
        new = vectors.astype(np.float32)
        kept = ~np.isin(self.topic, sorted(instead_of))
        examples = np.vstack([self.examples.reshape(-1, new.shape[1])[kept], new])
        owner = np.concatenate([self.topic[kept], topic]).astype(np.int64)
        n_topics = max(len(self.radius), int(owner.max(initial=-1)) + 1)
        radius = rule.calibrate(examples, owner, _LEFT_OUT, n_topics)
        old = np.array([t for t in range(len(self.radius)) if t not in instead_of], dtype=np.int64)
        radius[old] = self.radius[old]
        return Known(examples, owner, radius)

    def _inside(self, result: rule.Assigned) -> np.ndarray:
        inside = (result.topic >= 0) & (result.score >= self.radius[np.maximum(result.topic, 0)])
        return np.asarray(np.where(inside, result.topic, rule.NONE), dtype=np.int64)
