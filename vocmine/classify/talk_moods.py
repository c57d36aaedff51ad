"""How the mood of a talk goes: what the customer's first turns say, and what the last ones do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from vocmine.classify.sentiment.classifier import SentimentClassifier
from vocmine.text import as_analysed, as_texts, normalize_text, split_turns

ENDS = ("start", "end")
LEAST_TURNS = 2
"""Turns of the customer below which there is no course: one turn is start and end at once."""

COUNT = "customer_turns"
"""Column in which readers tell of a talk how many turns the customer has: they are the lines of the text."""


def mood_course(texts: Any, sentiment: SentimentClassifier | None = None) -> pd.DataFrame:
    r"""Judge the mood at the start and at the end of talks.

    Parameters
    ----------
    texts : list of str, Series or contacts frame
        Texts in which lines begin with speakers (see `vocmine.text.split_turns`), or contacts whose reader split them:
        ``customer_turns`` tells that the lines of ``text`` are the customer's turns.
    sentiment : SentimentClassifier, optional
        The shipped one if None.

    Returns
    -------
    DataFrame
        ``n_turns`` (of the customer; 0 where the text is no talk), ``start`` and ``end`` (negative, neutral or positive
        in the first and in the last third of the customer's turns; missing below two turns), ``start_score`` and
        ``end_score`` (their probability). The index of a Series or frame is kept.

    Examples
    --------
    >>> talk = "客：全然つながらない、最悪です\nOP：再設定をご案内します\n客：つながりました、助かりました"
    >>> mood_course([talk, "全然つながらない"])[["n_turns", "start", "end"]].fillna("").values.tolist()
    [[2, 'negative', 'positive'], [0, '', '']]
    """
    frame = texts if isinstance(texts, pd.DataFrame) else pd.DataFrame({"text": as_texts(texts)})
    index = texts.index if isinstance(texts, pd.Series | pd.DataFrame) else None
    analysed = _with_analysis(frame.reset_index(drop=True))
    tags = tag(analysed, sentiment)
    out = pd.DataFrame({"n_turns": [len(turns) for turns in customer_turns(analysed)]})
    for end in ENDS:
        here = tags[tags["label"].str.startswith(end)].set_index("row")
        out[end] = here["label"].str.removeprefix(f"{end}.").reindex(out.index)
        out[f"{end}_score"] = here["score"].reindex(out.index)
    return out if index is None else out.set_axis(index)


def tag(analysed: pd.DataFrame, sentiment: SentimentClassifier | None = None) -> pd.DataFrame:
    r"""Give the mood at both ends of each talk as a long frame.

    Parameters
    ----------
    analysed : DataFrame
        Contacts with `text_clean`, `terms`, `lang`, and what they were made from.
    sentiment : SentimentClassifier, optional
        The shipped one if None.

    Returns
    -------
    DataFrame
        ``row`` (position, from 0), ``label`` (as ``start.negative``, ``end.positive``), ``score``, ``evidence``.

    Examples
    --------
    >>> from vocmine.text import analyze
    >>> talks = analyze(pd.DataFrame({"text": ["客：最悪です\nOP：お調べします\n客：助かりました"]}))
    >>> tag(talks)["label"].tolist()
    ['start.negative', 'end.positive']
    """
    judge = SentimentClassifier() if sentiment is None else sentiment
    rows, ends, parts = list[int](), list[str](), list[str]()
    for row, turns in enumerate(customer_turns(analysed)):
        if len(turns) >= LEAST_TURNS:
            third = max(1, len(turns) // 3)
            rows += [row, row]
            ends += ENDS
            parts += ["\n".join(turns[:third]), "\n".join(turns[-third:])]
    if not parts:
        kinds = {"row": int, "label": object, "score": float, "evidence": object}
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
    moods = judge.tag(_parts_analysed(parts, judge))
    labels = [f"{end}.{mood}" for end, mood in zip(ends, moods["label"], strict=True)]
    return pd.DataFrame({"row": rows, "label": labels, "score": moods["score"], "evidence": moods["evidence"]})


def customer_turns(analysed: pd.DataFrame) -> list[list[str]]:
    r"""Give the clean turns of the customer in each contact; none where it is no talk.

    Examples
    --------
    >>> frame = pd.DataFrame({"text": ["あ"], "customer_turns": ["2"], "text_clean": ["遅い\nまだか"]})
    >>> customer_turns(frame)
    [['遅い', 'まだか']]
    """
    clean = analysed["text_clean"].astype(str).tolist()
    texts = as_texts(analysed) if "text" in analysed else clean
    counts = as_texts(analysed[COUNT]) if COUNT in analysed else [""] * len(clean)
    return [_turns(*row) for row in zip(clean, texts, counts, strict=True)]


def _turns(clean: str, text: str, count: str) -> list[str]:
    if "\n" not in clean:  # as in most: at most one turn
        return [clean] if clean and (count or split_turns(text)) else []
    lines = clean.split("\n")
    sizes = [len(normalize_text(turn.text).split("\n")) for turn in split_turns(text) if turn.role == "customer"]
    if not sizes and not count:
        return []
    if sum(sizes) == len(lines):
        starts = [sum(sizes[:i]) for i in range(len(sizes))]
        return ["\n".join(lines[at : at + size]) for at, size in zip(starts, sizes, strict=True)]
    lines = [line for line in lines if line.strip()]
    told = int(float(count)) if count.replace(".", "", 1).isdecimal() else len(sizes)
    return lines if told >= LEAST_TURNS else ["\n".join(lines)]


def _with_analysis(frame: pd.DataFrame) -> pd.DataFrame:
    analysed = as_analysed(frame)
    return frame.assign(**{name: analysed[name] for name in ("lang", "text_clean", "terms")})


def _parts_analysed(parts: Sequence[str], judge: Any) -> pd.DataFrame:
    """Give clean parts as a frame; only a classifier that was fitted looks at their terms."""
    if isinstance(judge, SentimentClassifier) and not hasattr(judge, "model_"):
        return pd.DataFrame({"lang": "", "text_clean": list(parts), "terms": ""})
    return as_analysed(list(parts))
