"""How much work customers had to get something done: Customer Effort, graded from their words."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from vocmine.classify.signals.pattern_file import TextReading, read_texts
from vocmine.text import as_analysed

GRADES = (-2, -1, 1, 2)
MOST_WORDS = 3
_SCORES = {-2: 0.0, -1: 0.0, 0: 0.0, 1: 0.6, 2: 0.9}  # of the signal `effort`: graded above 0 is present
_PLACE = ("effort", "grades")
_TWICE = 0.99  # several words of high effort


class Effort(NamedTuple):
    """The grade of one text, the score of the signal, and the words that say so."""

    grade: int
    score: float
    words: str


NONE_SAID = Effort(0, 0.0, "")


def read_effort(reading: TextReading) -> Effort:
    """Grade one text.

    The highest effort told counts, unless what was very easy stands against some effort alone. Effort that is denied
    (待たされることなく) is ease.

    Parameters
    ----------
    reading : TextReading
        A normalised text.

    Examples
    --------
    >>> [read_effort(TextReading(text)).grade for text in ("三回も電話しました", "一発で直りました")]
    [2, -2]
    """
    if not reading.may_match(*_PLACE):
        return NONE_SAID
    rest = reading.without(*_PLACE, "not")
    denied = reading.words(*_PLACE, "denied", rest)
    if denied:
        rest = reading.without(*_PLACE, "denied", rest)
    found = {part: reading.words(*_PLACE, part, rest) for part in ("high", "some", "hint", "very_easy", "easy")}
    some = found["some"] + (found["hint"] if found["some"] or len(found["hint"]) > 1 else [])
    if found["high"]:
        return _effort(2, found["high"] + some)
    if found["very_easy"]:
        return _effort(-2, found["very_easy"])
    if some:
        return _effort(1, some)
    easy = denied + found["easy"]
    return _effort(-1, easy) if easy else NONE_SAID


def _effort(grade: int, words: list[str]) -> Effort:
    score = _TWICE if grade == max(GRADES) and len(words) > 1 else _SCORES[grade]
    return Effort(grade, score, " / ".join(dict.fromkeys(words[:MOST_WORDS])))


def effort_grades(texts: Any) -> pd.DataFrame:
    """Grade how much work it was for customers to get something done.

    Parameters
    ----------
    texts : list of str, Series or contacts frame
        Customers' words; an analysed frame is read as it is.

    Returns
    -------
    DataFrame
        A row a text that tells of effort: ``row`` (position, from 0), ``grade`` and ``evidence`` (its words). Grades:
        -2 said to be very easy, -1 easy, 1 some effort (looked for, a second time, hard to understand), 2 high
        (repeated contacts, passed around, long waits, explained again). A text that says nothing of it has grade 0 and
        no row.

    See Also
    --------
    vocmine.classify.detect_signals : The signal ``effort`` is present where the grade is above 0.

    Notes
    -----
    The idea of customer effort: Dixon, Freeman & Toman 2010, "Stop trying to delight your customers".

    Examples
    --------
    >>> effort_grades(["たらい回しにされた", "住所を変更しました", "It was so easy"])[["row", "grade"]].values.tolist()
    [[0, 2], [2, -2]]
    """
    clean = as_analysed(texts)["text_clean"].astype(str)
    return effort_frame(list(map(read_effort, read_texts(clean.tolist()))))


def effort_frame(efforts: list[Effort]) -> pd.DataFrame:
    """Give the efforts that are not 0 as a frame, see `effort_grades`.

    Examples
    --------
    >>> effort_frame([NONE_SAID, Effort(2, 0.9, "たらい回し")]).values.tolist()
    [[1, 2, 'たらい回し']]
    """
    rows = [i for i, effort in enumerate(efforts) if effort.grade]
    return pd.DataFrame(
        {
            "row": np.array(rows, dtype=int),
            "grade": np.array([efforts[i].grade for i in rows], dtype=int),
            "evidence": pd.Series([efforts[i].words for i in rows], dtype="str"),
        }
    )
