"""Signals in a contact: complaint, request, praise, question, churn, escalation, effort, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import yaml

from vocmine.classify.sentiment.pretrained import Judged, judge
from vocmine.classify.sentiment.script_patterns import ByScript, script_of
from vocmine.frames import SENTIMENTS, SIGNALS
from vocmine.text import as_analysed

JUDGED_SIGNALS = ("complaint", "praise")  # read off the sentiment; the others have patterns in signals.yaml
PATTERN_SIGNALS = tuple(name for name in SIGNALS if name not in JUDGED_SIGNALS)
_GAP = "\u2028"  # stands for a near miss that was taken out; no pattern matches across it


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


class SignalPatterns(NamedTuple):
    """The compiled patterns of one signal."""

    near_miss: ByScript
    strong: ByScript
    weak: ByScript


@lru_cache(maxsize=1)
def _patterns() -> dict[str, SignalPatterns]:
    source = files("vocmine.classify").joinpath("data", "lexicons", "signals.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, list[str]]] = yaml.safe_load(source)
    parts = ("not", "strong", "weak")
    return {name: SignalPatterns(*(ByScript(t[part]) for part in parts)) for name, t in table.items()}


def _match(name: str, text: str, script: int) -> tuple[float, str]:
    """Score one pattern signal in a text and give the words that say so."""
    near_miss, strong, weak = (pattern[script] for pattern in _patterns()[name])
    found = strong.search(text)
    if found is None and weak.search(text) is None:
        return 0.0, ""
    rest = near_miss.sub(_GAP, text)
    strongs = [m.group() for m in strong.finditer(rest)]
    weaks = [m.group() for m in weak.finditer(rest)]
    if not strongs and not weaks:
        return 0.0, ""
    most = PARAMETERS.max_repeats
    miss = (1 - PARAMETERS.strong) ** min(len(strongs), most) * (1 - PARAMETERS.weak) ** min(len(weaks), most)
    score = 1 - miss if strongs or len(weaks) > 1 else PARAMETERS.single_weak
    return score, " / ".join(dict.fromkeys((strongs + weaks)[: PARAMETERS.max_words]))


def _score(texts: list[str], judged: Judged) -> tuple[np.ndarray, list[list[str]]]:
    scores = np.zeros((len(texts), len(SIGNALS)))
    evidence: list[list[str]] = []
    for i, text in enumerate(texts):
        row = dict.fromkeys(SIGNALS, "")
        script = script_of(text)
        for name in PATTERN_SIGNALS:
            scores[i, SIGNALS.index(name)], row[name] = _match(name, text, script)
        row["complaint"], row["praise"] = judged.words(i, -1), judged.words(i, 1)
        evidence.append(list(row.values()))
    cap = np.where(_only_asks(scores, judged), PARAMETERS.polite_cap, 1.0)
    scores[:, SIGNALS.index("complaint")] = cap * judged.complaint
    scores[:, SIGNALS.index("praise")] = judged.praise
    return np.round(scores, 6), evidence


def _only_asks(scores: np.ndarray, judged: Judged) -> np.ndarray:
    """Say which texts ask for something and are hardly negative: a polite request or question is no complaint."""
    asks = scores[:, [SIGNALS.index("request"), SIGNALS.index("question")]].max(axis=1) >= PARAMETERS.tag_from
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
    scores, _ = _score(*_prepared(analysed))
    return pd.DataFrame(scores, columns=list(SIGNALS), index=analysed.index)


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
    scores, evidence = _score(*_prepared(as_analysed(texts), judged))
    rows, columns = np.nonzero(scores >= PARAMETERS.tag_from)
    return pd.DataFrame(
        {
            "row": rows,
            "label": [SIGNALS[j] for j in columns],
            "score": scores[rows, columns],
            "evidence": [evidence[i][j] for i, j in zip(rows, columns, strict=True)],
        }
    )
