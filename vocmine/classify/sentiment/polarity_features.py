"""Numbers that say what was read in sentences and in texts, for many at once."""

from __future__ import annotations

from collections.abc import Callable
from math import log1p, tanh
from typing import NamedTuple

import numpy as np

FEATURES = (
    "pos", "neg", "net", "any_pos", "any_neg", "max_pos", "max_neg", "net_last", "net_first", "mixed",
    "share_pos", "share_neg", "unable", "absent", "verb_not", "wish", "asks", "questions", "exclaims",
    "emoji_pos", "emoji_neg", "length", "sentences", "turns", "no_hit", "sarcasm", "thanks", "so_so",
    "strong_pos", "strong_neg", "balance", "last_hit", "after_turn", "latin",
)
COUNTED = FEATURES[FEATURES.index("unable") : FEATURES.index("length")]
MARKS = ("sarcasm", "thanks", "so_so")


class Measured(NamedTuple):
    """What was counted in sentences, a row each, and the scores of all polarity words with the sentence of each.

    ``counts`` has the columns `COUNTED`, ``marks`` those of `MARKS`; ``after_turn`` is the sum of scores after a turn.
    """

    scores: np.ndarray
    sentence: np.ndarray
    counts: np.ndarray
    marks: np.ndarray
    turns: np.ndarray
    after_turn: np.ndarray
    length: np.ndarray


def feature_matrix(read: Measured, group: np.ndarray, latin: np.ndarray, tilt: float, strong: float) -> np.ndarray:
    """Give the numbers named by `FEATURES` for groups of sentences, shape (n, d).

    Parameters
    ----------
    read : Measured
        The sentences, in order.
    group : ndarray of int
        The group of each sentence, ascending.
    latin : ndarray of bool
        Of each of the n groups, whether it is in Latin letters.
    tilt : float
        Net score from which a sentence counts as good or bad.
    strong : float
        From this score a word says good or bad by itself.

    Examples
    --------
    >>> none, counts = np.zeros(2, dtype=int), np.zeros((2, 9), dtype=int)
    >>> read = Measured(np.array([1.0]), np.array([1]), counts, counts[:, :3], none, none, none + 5)
    >>> feature_matrix(read, np.array([0, 0]), np.array([False]), 0.3, 1.5)[0, 10:12].tolist()
    [0.5, 0.0]
    """
    n = len(latin)
    of = group[read.sentence]

    def added(values: np.ndarray, groups: np.ndarray = group) -> np.ndarray:
        return np.bincount(groups, weights=values, minlength=n)  # one by one, in order

    good, bad = np.maximum(read.scores, 0.0), np.maximum(-read.scores, 0.0)
    pos, neg = added(good, of), added(bad, of)
    net = np.bincount(read.sentence, weights=read.scores, minlength=len(group))
    spoken = np.flatnonzero(net)
    turned = np.flatnonzero(read.turns)
    size = np.maximum(np.bincount(group, minlength=n), 1)
    backwards = slice(None, None, -1)
    columns = {
        "pos": _each(log1p, pos), "neg": _each(log1p, neg), "net": _each(tanh, (pos - neg) / 2),
        "any_pos": added(good > 0, of) > 0, "any_neg": added(bad > 0, of) > 0,
        "max_pos": _largest(good, of, n), "max_neg": _largest(bad, of, n),
        "net_last": _each(tanh, _last(net[spoken], group[spoken], n) / 2),
        "net_first": _each(tanh, _last(net[spoken][backwards], group[spoken][backwards], n) / 2),
        "mixed": _each(log1p, np.minimum(pos, neg)),
        "share_pos": added(net > tilt) / size, "share_neg": added(net < -tilt) / size,
        "length": _each(log1p, added(read.length)) / 5, "sentences": _each(log1p, size) / 3,
        "turns": _each(log1p, added(read.turns)), "no_hit": np.bincount(of, minlength=n) == 0,
        "strong_pos": _each(log1p, added(np.where(good >= strong, good, 0.0), of)),
        "strong_neg": _each(log1p, added(np.where(bad >= strong, bad, 0.0), of)),
        "balance": (pos - neg) / (pos + neg + 1.0), "last_hit": _each(tanh, _last(read.scores, of, n)),
        "after_turn": _each(tanh, _last(read.after_turn[turned], group[turned], n) / 2), "latin": latin,
    }
    columns |= {name: _each(log1p, added(read.counts[:, i])) for i, name in enumerate(COUNTED)}
    columns |= {name: added(read.marks[:, i]) > 0 for i, name in enumerate(MARKS)}
    return np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float64)


def _each(function: Callable[[float], float], values: np.ndarray) -> np.ndarray:
    """Apply a function that gives 0 for 0; one by one, as numpy rounds otherwise from one processor to another."""
    out = np.zeros(len(values))
    at = np.flatnonzero(values)
    out[at] = [*map(function, values[at].tolist())]
    return out


def _largest(values: np.ndarray, groups: np.ndarray, n: int) -> np.ndarray:
    out = np.zeros(n)
    np.maximum.at(out, groups, values)
    return out


def _last(values: np.ndarray, groups: np.ndarray, n: int) -> np.ndarray:
    """Give the last value of each group, 0 where it has none."""
    out = np.zeros(n)
    out[groups] = values
    return out
