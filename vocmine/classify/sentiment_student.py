"""The no-label judgement: rule features and words through a small linear model whose arrays are shipped."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vocmine.classify.polarity import FEATURES, Reading, read
from vocmine.frames import SENTIMENTS

_MAX_WORDS = 4  # words of evidence a text


class Judged(NamedTuple):
    """What was read and judged in each text: probabilities of `SENTIMENTS`, of complaint and of praise."""

    readings: list[Reading]
    proba: np.ndarray
    complaint: np.ndarray
    praise: np.ndarray

    def words(self, row: int, sign: int) -> str:
        """Give the words of one text that speak for a side (1 good, -1 bad, 0 both), strongest first."""
        hits = [h for h in self.readings[row].hits if not sign or h.score * sign > 0]
        hits.sort(key=lambda h: (-abs(h.score), h.start))
        return " / ".join(dict.fromkeys(h.text for h in hits[:_MAX_WORDS]))


def judge(texts: list[str], terms: list[str]) -> Judged:
    """Judge normalised texts.

    Examples
    --------
    >>> judge(["とても満足です", "電話がつながらない"], ["満足", "電話"]).proba.argmax(axis=1).tolist()
    [2, 0]
    """
    readings = [read(text) for text in texts]
    x = np.array([r.features for r in readings]).reshape(len(texts), len(FEATURES))
    net = np.expm1(x[:, 0]) - np.expm1(x[:, 1]) - 0.6 * (x[:, 12] + x[:, 13])
    logits = np.stack([-1.5 * net, np.full(len(texts), 0.8), 1.5 * net], axis=1)
    proba = _softmax(logits)
    return Judged(readings, proba, proba[:, 0], proba[:, SENTIMENTS.index("positive")])


def _softmax(logits: np.ndarray) -> np.ndarray:
    shifted = np.exp(np.clip(logits, -30, 30) - np.clip(logits, -30, 30).max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))
