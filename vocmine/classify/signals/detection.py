"""Signals in a contact: complaint, request, praise, churn and the others of `SIGNALS`, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from vocmine.classify.sentiment.pretrained import Judged, judge
from vocmine.classify.signals.abuse import Harassment, harassment_frame, read_harassment
from vocmine.classify.signals.effort import Effort, effort_frame, read_effort
from vocmine.classify.signals.noun_requests import noun_requests
from vocmine.classify.signals.pattern_file import TextReading, read_texts
from vocmine.frames import SENTIMENTS, SIGNALS
from vocmine.text import as_analysed

_OTHERS = ("complaint", "praise", "effort", "harassment")  # read off the sentiment, or graded and told by kind
PATTERN_SIGNALS = tuple(name for name in SIGNALS if name not in _OTHERS)  # their patterns are in signals.yaml
_AT = {name: i for i, name in enumerate(SIGNALS)}


@dataclass(frozen=True)
class SignalParameters:
    """How matched patterns become scores; chosen on development sentences.

    Parameters
    ----------
    strong, weak : float
        Probability that a strong pattern is right, and a weak one; several add up as if independent (noisy or).
    single_weak : float
        Score of one weak pattern by itself: below what is tagged.
    tag_from : float
        Score from which a signal is present.
    max_repeats : int
        Matches of a kind that count; more of the same say nothing new.
    max_words : int
        Words of evidence a signal.
    hardly_negative, polite_cap : float
        A request less likely negative than the first scores as a complaint below the second.
    """

    strong: float = 0.9
    weak: float = 0.55
    single_weak: float = 0.45
    tag_from: float = 0.5
    max_repeats: int = 2
    max_words: int = 3
    hardly_negative: float = 0.25
    polite_cap: float = 0.49


PARAMETERS = SignalParameters()


class _Read(NamedTuple):
    """What was read in the texts: scores, the graded efforts and the kinds of harassment.

    ``evidence`` has the words for the row and column of each signal that is present.
    """

    scores: np.ndarray
    evidence: dict[tuple[int, int], str]
    efforts: list[Effort]
    abuse: list[list[Harassment]]


def _match(name: str, reading: TextReading) -> tuple[float, str]:
    """Score one pattern signal in a text and give the words that say so."""
    strongs, weaks = _found(name, reading)
    if name == "request":
        strongs = strongs + noun_requests(reading.text, reading.script)
    if not strongs and not weaks:
        return 0.0, ""
    most = PARAMETERS.max_repeats
    miss = (1 - PARAMETERS.strong) ** min(len(strongs), most) * (1 - PARAMETERS.weak) ** min(len(weaks), most)
    score = 1 - miss if strongs or len(weaks) > 1 else PARAMETERS.single_weak
    return score, " / ".join(dict.fromkeys((strongs + weaks)[: PARAMETERS.max_words]))


def _found(name: str, reading: TextReading) -> tuple[list[str], list[str]]:
    """Give what the patterns ``strong`` and ``weak`` match where those of ``not`` do not."""
    if not reading.may_match("signals", name):
        return [], []
    strongs, weaks = (reading.words("signals", name, part) for part in ("strong", "weak"))
    if not strongs and not weaks:
        return [], []
    rest = reading.without("signals", name, "not")
    if rest is reading.text:
        return strongs, weaks
    return reading.words("signals", name, "strong", rest), reading.words("signals", name, "weak", rest)


def _read(texts: list[str], judged: Judged) -> _Read:
    scores = np.zeros((len(texts), len(SIGNALS)))
    out = _Read(scores, {}, [], [])
    for i, reading in enumerate(read_texts(texts)):
        effort, abuse = read_effort(reading), read_harassment(reading)
        found = {name: _match(name, reading) for name in PATTERN_SIGNALS}
        found["effort"] = effort.score if effort.grade > 0 else 0.0, effort.words
        found["harassment"] = max((one.score for one in abuse), default=0.0), " / ".join(one.words for one in abuse)
        for name, (score, words) in found.items():
            if score:
                scores[i, _AT[name]], out.evidence[i, _AT[name]] = score, words
        out.efforts.append(effort)
        out.abuse.append(abuse)
    cap = np.where(_only_asks(scores, judged), PARAMETERS.polite_cap, 1.0)
    scores[:, _AT["complaint"]] = cap * judged.complaint
    scores[:, _AT["praise"]] = judged.praise
    scores[:] = np.round(scores, 6)
    for name, side in (("complaint", -1), ("praise", 1)):
        for i in np.flatnonzero(scores[:, _AT[name]] >= PARAMETERS.tag_from).tolist():
            out.evidence[i, _AT[name]] = judged.words(i, side)
    return out


def _only_asks(scores: np.ndarray, judged: Judged) -> np.ndarray:
    """Say which texts ask for something and are hardly negative: a polite request or question is no complaint."""
    asks = scores[:, [_AT["request"], _AT["question"]]].max(axis=1) >= PARAMETERS.tag_from
    return np.asarray(asks & (judged.proba[:, SENTIMENTS.index("negative")] < PARAMETERS.hardly_negative))


def detect_signals(texts: Any) -> pd.DataFrame:
    """Score each text for the signals a support desk acts on.

    Parameters
    ----------
    texts : list of str, Series or contacts frame
        Customers' words; an analysed frame is read as it is.

    Returns
    -------
    DataFrame, shape (n, n_signals)
        A column a signal (``vocmine.frames.SIGNALS``), scores 0 to 1; 0.5 and above means present. The index of a
        Series or frame is kept.

    See Also
    --------
    vocmine.classify.SentimentClassifier : Negative, neutral or positive.

    Examples
    --------
    >>> scores = detect_signals(["もう3回目の電話です。解約したいです", "How do I reset my password?"])
    >>> (scores.loc[0, ["churn", "effort"]] >= 0.5).all(), bool(scores.loc[1, "question"] >= 0.5)
    (np.True_, True)
    """
    analysed = as_analysed(texts)
    read = _read(*_prepared(analysed))
    return pd.DataFrame(read.scores, columns=list(SIGNALS), index=analysed.index)


def _prepared(analysed: pd.DataFrame, judged: Judged | None = None) -> tuple[list[str], Judged]:
    clean = analysed["text_clean"].astype(str).tolist()
    return clean, judge(clean) if judged is None else judged


def tag(texts: Any, judged: Judged | None = None) -> pd.DataFrame:
    """Give the signals present in each text as a long frame.

    Parameters
    ----------
    texts : list of str, Series or contacts frame
        See `detect_signals`.
    judged : Judged, optional
        What `judge` says of the clean texts, where it is known.

    Returns
    -------
    DataFrame
        ``row`` (position, from 0), ``label``, ``score`` (0.5 to 1), ``evidence`` (the words that matched).

    Examples
    --------
    >>> tag(["解約したいです"])[["row", "label", "evidence"]].values.tolist()[-1]
    [0, 'churn', '解約したい']
    """
    return _signals(_read(*_prepared(as_analysed(texts), judged)))


def tag_kinds(analysed: pd.DataFrame, judged: Judged) -> list[pd.DataFrame]:
    """Give signals, grades of effort and kinds of harassment as tags, all from one reading.

    Parameters
    ----------
    analysed : DataFrame
        See `vocmine.text.analyze`.
    judged : Judged
        What `judge` says of the clean texts.

    Returns
    -------
    list of DataFrame
        As `tag` gives them, with ``kind``: ``signal``; ``effort``, whose label is the grade, -2 to 2 without 0; and
        ``harassment``, whose label is one of ``vocmine.frames.HARASSMENT_KINDS``.

    Examples
    --------
    >>> analysed = as_analysed(["三回も電話しました。土下座しろ"])
    >>> pd.concat(tag_kinds(analysed, judge(analysed["text_clean"].tolist())))[["kind", "label"]].values.tolist()[-2:]
    [['effort', '2'], ['harassment', 'demand']]
    """
    read = _read(*_prepared(analysed, judged))
    grades, abuse = effort_frame(read.efforts), harassment_frame(read.abuse)
    efforts = grades.rename(columns={"grade": "label"}).astype({"label": "str"}).assign(score=PARAMETERS.strong)
    kinds = abuse.rename(columns={"kind": "label", "words": "evidence"})
    named = {"signal": _signals(read), "effort": efforts, "harassment": kinds}
    return [frame.assign(kind=kind, source="rule") for kind, frame in named.items()]


def _signals(read: _Read) -> pd.DataFrame:
    rows, columns = np.nonzero(read.scores >= PARAMETERS.tag_from)
    return pd.DataFrame(
        {
            "row": rows,
            "label": [SIGNALS[j] for j in columns],
            "score": read.scores[rows, columns],
            "evidence": [read.evidence[place] for place in zip(rows.tolist(), columns.tolist(), strict=True)],
        }
    )
