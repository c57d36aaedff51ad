"""Harassment of agents (カスハラ), apart from anger that is fair: what was said or noted, and of which kind."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from vocmine.classify.signals.pattern_file import TextReading, read_texts
from vocmine.frames import HARASSMENT_KINDS
from vocmine.text import as_analysed

_FILE = "harassment"
_STRONG = 0.9  # probability that a pattern is right; several add up as if independent (noisy or)
_MOST_WORDS = 3


class Harassment(NamedTuple):
    """One kind of harassment in a text, its score and its words."""

    kind: str
    score: float
    words: str


def read_harassment(reading: TextReading) -> list[Harassment]:
    """Give the kinds of harassment in one text, in the order of ``vocmine.frames.HARASSMENT_KINDS``.

    Parameters
    ----------
    reading : TextReading
        A normalised text.

    Examples
    --------
    >>> [found.kind for found in read_harassment(TextReading("店頭で土下座しろと迫られる"))]
    ['demand']
    """
    kinds = [k for k in HARASSMENT_KINDS if reading.may_match(_FILE, k) and reading.words(_FILE, k, "strong")]
    if not kinds:
        return []
    rest = reading.without(_FILE, "all", "not")
    found = []
    for kind in kinds:
        own = reading.without(_FILE, kind, "not", rest)
        words = list(dict.fromkeys(reading.words(_FILE, kind, "strong", own)))
        if words:
            score = 1 - (1 - _STRONG) ** min(len(words), 2)
            found.append(Harassment(kind, round(score, 6), " / ".join(words[:_MOST_WORDS])))
    return found


def harassment(texts: Any) -> pd.DataFrame:
    """Find harassment of agents in customers' words and in notes about them.

    Anger that is fair is none: asking for the person in charge, calling a product rubbish, telling of a lawyer.

    Parameters
    ----------
    texts : list of str, Series or contacts frame
        Customers' words or notes; an analysed frame is read as it is.

    Returns
    -------
    DataFrame
        A row a text and kind: ``row`` (position, from 0), ``kind`` (``threat``, ``insult`` of the agent, ``sexual``,
        ``demand`` to kneel, to come now, to dismiss someone, for money beyond reason, ``holding`` of agents for hours
        or by dozens of calls), ``score`` (0.5 to 1) and ``words``.

    See Also
    --------
    vocmine.classify.detect_signals : The signal ``harassment`` is the highest of these scores.

    Notes
    -----
    The kinds follow the guideline of Japan's Ministry of Health, Labour and Welfare on harassment by customers (2022).

    Examples
    --------
    >>> harassment(["「殺すぞ」との発言あり", "このアプリはゴミ"])[["row", "kind"]].values.tolist()
    [[0, 'threat']]
    """
    clean = as_analysed(texts)["text_clean"].astype(str)
    return harassment_frame(list(map(read_harassment, read_texts(clean.tolist()))))


def harassment_frame(found: list[list[Harassment]]) -> pd.DataFrame:
    """Give what was found in each text as a frame, see `harassment`.

    Examples
    --------
    >>> harassment_frame([[], [Harassment("threat", 0.9, "殺すぞ")]]).values.tolist()
    [[1, 'threat', 0.9, '殺すぞ']]
    """
    rows = [(i, one) for i, kinds in enumerate(found) for one in kinds]
    return pd.DataFrame(
        {
            "row": np.array([i for i, _ in rows], dtype=int),
            "kind": pd.Series([one.kind for _, one in rows], dtype="str"),
            "score": np.array([one.score for _, one in rows], dtype=float),
            "words": pd.Series([one.words for _, one in rows], dtype="str"),
        }
    )
