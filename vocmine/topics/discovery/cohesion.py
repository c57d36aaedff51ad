"""Whether what was found in few texts is there at all: chance puts some thirty unrelated texts into groups, too."""

from __future__ import annotations

import numpy as np

from vocmine.topics.discovery.consensus import by_size

_FEW = 300  # texts up to which it is asked: with more, chance groups are not that large
# Mean product within a topic. 30 to 60 unrelated short texts, Japanese and English, made up for this: at most .15,
# half below .06; topics of 40 to 300 texts of requests_hotel_ja, intents_banking_en, calls_insurance_en: nine of ten
# above .17, in scripts/tune_proposals.py
_LEAST = 0.15


def cohesive(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Take the topic from texts whose topic hangs together no better than by chance, where there are few texts.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
        Sharpened vectors of length 1, as seen from the middle of all.
    labels : ndarray of int64, shape (n,)
        -1 for none.

    Returns
    -------
    ndarray of int64, shape (n,)
        Topics numbered from the largest.

    Examples
    --------
    >>> x = np.eye(6, dtype="f4")[[0, 0, 0, 1, 2, 3]]
    >>> cohesive(x, np.array([0, 0, 0, 1, 1, 1])).tolist()
    [0, 0, 0, -1, -1, -1]
    """
    if len(vectors) > _FEW:
        return labels
    out = labels.copy()
    for topic in range(int(labels.max(initial=-1)) + 1):
        own = labels == topic
        if within(vectors[own]) < _LEAST:
            out[own] = -1
    return by_size(out, 1)


def within(vectors: np.ndarray) -> float:
    """Give the mean product of the rows with each other, themselves left out; 1 of a single row.

    Examples
    --------
    >>> within(np.eye(2, dtype="f4")[[0, 0, 1]]).__round__(3)
    0.333
    """
    n = len(vectors)
    if n < 2:
        return 1.0
    total = vectors.sum(axis=0, dtype=np.float64)
    return float((total @ total - np.square(vectors.astype(np.float64)).sum()) / (n * (n - 1)))
