"""Examples of a proposed reason: typical of it, and unlike each other."""

from __future__ import annotations

import re

import numpy as np

from vocmine.linalg import cosines
from vocmine.topics.discovery.vectors import without_masks

_TYPICAL = 0.8  # of a group's texts, those nearest its middle, may be examples
_LONGEST = 200  # characters
_SPACES = re.compile(r"\s+")


def typical_rows(vectors: np.ndarray, rows: np.ndarray, most: int) -> list[int]:
    """Give rows of a group: the one nearest its middle first, then each time the one least like those chosen.

    Examples
    --------
    >>> x = np.array([[1, 0], [0.99, 0.14], [0.8, 0.6], [0.8, -0.6], [0, -1]], dtype=np.float32)
    >>> typical_rows(x, np.arange(5), 3)
    [0, 3, 2]
    """
    own = vectors[rows]
    middle = own.mean(axis=0)
    nearest = np.argsort(-cosines(own, middle[None])[:, 0], kind="stable")
    pool = nearest[: max(most, int(np.ceil(_TYPICAL * len(rows))))]
    chosen = [int(pool[0])]
    far = 1 - cosines(own[pool], own[pool[:1]])[:, 0]
    while len(chosen) < min(most, len(pool)):
        at = int(far.round(6).argmax())
        chosen.append(int(pool[at]))
        far = np.minimum(far, 1 - cosines(own[pool], own[pool[at : at + 1]])[:, 0])
        far[at] = -1.0
    return [int(rows[i]) for i in chosen]


def as_example(text: str) -> str:
    r"""Write a masked text in one line, cut where it is long; empty where nothing but masks is left.

    Examples
    --------
    >>> as_example("返金を\n[氏名]へ"), as_example("[氏名]")
    ('返金を [氏名]へ', '')
    """
    line = _SPACES.sub(" ", text).strip()
    if not any(c.isalnum() for c in without_masks(line)):
        return ""
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
