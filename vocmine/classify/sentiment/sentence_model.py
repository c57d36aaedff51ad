"""Judges each sentence by itself with a small linear model, and pools what the sentences of a text say."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from vocmine.classify.sentiment.polarity import Readings
from vocmine.frames import SENTIMENTS
from vocmine.linalg import tanh
from vocmine.text.known_strings import KnownStrings

POOLED = (
    "worst", "best", "last_bad", "last_good", "first_bad", "first_good", "mean_bad", "mean_good",
)  # of the sentences of a text: how bad and how good beside neutral
_DIGITS = re.compile(r"\d+")
_ADDRESS = re.compile(r"@\w+|https?://\S+")
_MAX_CHARACTERS = 300  # of a sentence, of which n-grams are read
_MAX_SENTENCES = 60  # of a text, the first ones
_SOFT = 4.0  # a difference of logits this great is nearly as good as any greater one


class SentenceModel(NamedTuple):
    """Weights of sentence features and n-grams, shape (d, 3), the intercepts, and the known n-grams."""

    rules: np.ndarray
    grams: np.ndarray
    bias: np.ndarray
    vocabulary: KnownStrings

    def logits(self, readings: Readings) -> tuple[np.ndarray, np.ndarray]:
        """Give the logits of all sentences of texts, shape (n, 3), and the row of the text of each."""
        owner = readings.owner
        first = np.flatnonzero(np.arange(len(owner)) - np.searchsorted(owner, owner) < _MAX_SENTENCES)
        owner = owner[first]
        if not len(owner):
            return np.zeros((0, len(SENTIMENTS))), np.zeros(0, dtype=np.int64)
        counts = unit_rows(self.vocabulary.counts([gram_text(readings.sentences[i]) for i in first.tolist()]))
        # sparse products add up a row in its own order, so a sentence gives the same bits alone and in any batch
        rules = sparse.csr_matrix(readings.sentence_features[first]) @ self.rules
        return self.bias + rules + counts @ self.grams, owner


def gram_text(sentence: str) -> str:
    """Write a sentence as its n-grams are read: in lower case, with no addresses, a 0 for a number, spaces around.

    Examples
    --------
    >>> gram_text("Waited 45  minutes")
    ' waited 0 minutes '
    """
    if "@" in sentence or "://" in sentence:
        sentence = _ADDRESS.sub(" ", sentence)
    plain = " ".join(_DIGITS.sub("0", sentence.lower()).split())
    return f" {plain[:_MAX_CHARACTERS]} "


def unit_rows(counts: Any) -> Any:
    """Divide each row of a sparse matrix by its length; a row of nothing stays.

    Examples
    --------
    >>> unit_rows(sparse.csr_matrix([[3.0, 4.0], [0.0, 0.0]])).toarray().tolist()
    [[0.6, 0.8], [0.0, 0.0]]
    """
    norms = np.sqrt(np.maximum(np.asarray(counts.multiply(counts).sum(axis=1)).ravel(), 1.0))
    made = counts.copy()
    made.data = made.data / np.repeat(norms, np.diff(made.indptr))
    return made


def pooled(logits: np.ndarray, owner: np.ndarray, n: int) -> np.ndarray:
    """Pool the logits of sentences to the numbers of `POOLED` for each of n texts, shape (n, 8), each -1 to 1.

    Examples
    --------
    >>> pooled(np.array([[8.0, 0.0, -8.0], [0.0, 0.0, 0.0]]), np.array([0, 0]), 2).round(1).tolist()[0][:4]
    [1.0, 0.0, 0.0, 0.0]
    """
    sides = tanh((logits[:, [0, 2]] - logits[:, [1]]) / _SOFT)
    out = np.zeros((n, len(POOLED)))
    if not len(owner):
        return out
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    rows, ends = owner[starts], np.append(starts[1:], len(owner))
    out[rows, 0:2] = np.maximum.reduceat(sides, starts, axis=0)
    out[rows, 2:4] = sides[ends - 1]
    out[rows, 4:6] = sides[starts]
    for side in (0, 1):
        sums = np.bincount(owner, weights=sides[:, side], minlength=n)  # adds one by one, in order
        out[rows, 6 + side] = sums[rows] / (ends - starts)
    return out
