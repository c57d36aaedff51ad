"""Harassment of agents (カスタマーハラスメント), apart from anger that is fair: what was said or noted, and of which kind."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from vocmine.classify.sentiment.script_patterns import ByScript, script_of
from vocmine.classify.signals.pattern_file import GAP, pattern_file
from vocmine.frames import HARASSMENT_KINDS
from vocmine.text import as_analysed

_STRONG = 0.9  # probability that a pattern is right; several add up as if independent (noisy or)
_MOST_WORDS = 3


class Harassment(NamedTuple):
    """One kind of harassment in a text, its score and its words."""

    kind: str
    score: float
    words: str


@lru_cache(maxsize=1)
def _any() -> ByScript:
    return ByScript([row for kind in HARASSMENT_KINDS for row in pattern_file("harassment")[kind]["strong"].rows])


def read_harassment(text: str, script: int) -> list[Harassment]:
    """Give the kinds of harassment in one normalised text, in the order of ``vocmine.frames.HARASSMENT_KINDS``.

    Parameters
    ----------
    text : str
        Normalised text.
    script : int
        See `vocmine.classify.sentiment.script_patterns.script_of`.

    Examples
    --------
    >>> [found.kind for found in read_harassment("店頭で土下座しろと迫られる", 1)]
    ['demand']
    """
    if _any()[script].search(text) is None:
        return []
    table = pattern_file("harassment")
    rest = table["all"]["not"][script].sub(GAP, text)
    found = []
    for kind in HARASSMENT_KINDS:
        own = table[kind]["not"][script].sub(GAP, rest)
        words = list(dict.fromkeys(m.group() for m in table[kind]["strong"][script].finditer(own)))
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
    return harassment_frame([read_harassment(text, script_of(text)) for text in clean])


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
