"""Why a reason: the matched words, the weightiest words or the nearest known text, at their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.classify.reasons.candidates import candidate_frame
from vocmine.classify.reasons.patterns import PATTERN_CONFIDENCE, Found
from vocmine.classify.reasons.stage import Stage
from vocmine.classify.reasons.supervised import ReasonModel
from vocmine.classify.reasons.word_match import Encode
from vocmine.classify.sentiment.pretrained import Judged
from vocmine.frames import UNKNOWN
from vocmine.linalg import cosines

_BORDER = re.compile(r"(?<=[しが])、|、(?=また|それ|あと|ついで|さらに|なお)|; ")  # between clauses of equal rank
_COLUMNS = ["row", "label", "score", "source", "evidence"]


@dataclass(frozen=True)
class TagParameters:
    """When a contact has several reasons, and what is shown of them.

    Chosen on development texts.

    Parameters
    ----------
    min_further : float
        A further reason of the same contact must have this probability.
    clause_discount : float
        Factor of what a clause says alone: the whole text says it better.
    model_share : float
        Part of a pattern's confidence that the model has to agree to.
    min_clause : int
        Characters; a shorter clause says nothing by itself.
    max_reasons : int
        Reasons a contact.
    max_characters : int
        Characters of evidence shown.
    read_characters : int
        Characters searched for the weightiest ones: time grows with them.
    ngram_sizes : tuple of int
        Of the n-grams whose weights are looked at: single characters say little.
    run_cost : float
        Of each character in the weightiest run, as a share of the mean gain: a longer run must earn it.
    """

    min_further: float = 0.75
    clause_discount: float = 0.95
    model_share: float = 0.2
    min_clause: int = 6
    max_reasons: int = 4
    max_characters: int = 60
    read_characters: int = 400
    ngram_sizes: tuple[int, ...] = (2, 3, 4)
    run_cost: float = 0.5


PARAMETERS = TagParameters()


def tag_frame(
    stage: Stage, analysed: pd.DataFrame, encode: Encode, judged: Judged | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the long frame of `ReasonClassifier.tag`, and that of `ReasonClassifier.candidates`, from one reading.

    Parameters
    ----------
    stage : Stage
        What predicts.
    analysed : DataFrame
        Analysed texts.
    encode : callable
        Gives the sentence vectors of texts.
    judged : Judged, optional
        The mood of the texts, where it was read already.
    """
    mood = stage.mood(analysed["text_clean"].tolist(), judged)
    texts = stage.prepare(analysed["text_clean"].tolist())
    found = stage.rules.find(texts)
    reading = stage.read(analysed.assign(text_clean=texts), found, encode, mood)
    whole = reading.probabilities
    scores = np.maximum(whole, _by_clause(stage, texts, analysed["lang"].to_numpy(), whole.shape, encode))
    if stage.shipped is not None and stage.unsupervised is None:
        scores = _best_first(stage.shipped.beside_others(scores, found), whole, stage.threshold)
    else:
        share = PARAMETERS.model_share
        for (row, reason), (_, _, confidence) in found.items():
            scores[row, reason] = max(scores[row, reason], confidence - share + share * whole[row, reason])
    return _long(stage, texts, scores, found), candidate_frame(stage, reading)


def _by_clause(
    stage: Stage, texts: list[str], lang: np.ndarray, shape: tuple[int, ...], encode: Encode
) -> np.ndarray:
    """Give what the clauses of texts say alone, where it is enough for a reason more, shape (n, k)."""
    out = np.zeros(shape)
    clauses, row_of = _clauses(texts)
    if not clauses:
        return out
    matched = stage.rules.find(clauses)
    by_clause = stage.probabilities(_analysed_clauses(stage, clauses, lang[row_of]), matched, encode)
    if stage.shipped is not None and stage.unsupervised is None:
        by_clause = stage.shipped.beside_others(by_clause, matched)
    counted = (by_clause >= PARAMETERS.min_further) & _may_add(stage, matched, by_clause.shape)
    np.maximum.at(out, row_of, np.where(counted, PARAMETERS.clause_discount * by_clause, 0))
    return out


def _best_first(scores: np.ndarray, whole: np.ndarray, threshold: float) -> np.ndarray:
    """Keep what the whole text says before what is said beside it."""
    rows = np.flatnonzero(whole.max(axis=1, initial=0) >= threshold)
    best = whole[rows].argmax(axis=1)
    most = scores[rows].max(axis=1, initial=0)
    out = scores.copy()
    out[rows, best] = np.minimum(np.maximum(out[rows, best], most + 1e-6), 1.0)
    return out


def _analysed_clauses(stage: Stage, clauses: list[str], lang: np.ndarray) -> pd.DataFrame:
    """Give clauses as an analysed frame, in the language of their text; split into words only where words are read."""
    from vocmine.text import as_analysed

    if not stage.reads_terms:
        read = pd.DataFrame({"lang": lang, "text_clean": clauses})
        return read if stage.shipped is not None else read.assign(terms="")
    return as_analysed(clauses).assign(lang=lang, text_clean=clauses)


def _may_add(stage: Stage, found: Found, shape: tuple[int, ...]) -> np.ndarray:
    """Say which reasons a clause may bring: without labels only those whose pattern (no mere hint) matched."""
    out = np.full(shape, not stage.rules)
    for (row, reason), (_, _, confidence) in found.items():
        out[row, reason] = confidence >= PATTERN_CONFIDENCE
    return out


def _clauses(texts: list[str]) -> tuple[list[str], np.ndarray]:
    """Cut texts of several sentences or clauses side by side; give these and the row of the text of each."""
    from vocmine.text import sentences

    out: list[str] = []
    row_of: list[int] = []
    for row, text in enumerate(texts):
        parts = [part for a, b in sentences(text) for part in _BORDER.split(text[a:b])]
        if len(parts) > 1:
            kept = [part for part in parts if len(part.strip()) >= PARAMETERS.min_clause]
            out += kept
            row_of += [row] * len(kept)
    return out, np.asarray(row_of, dtype=np.intp)


def _long(stage: Stage, texts: list[str], scores: np.ndarray, found: Found) -> pd.DataFrame:
    """Write a row for each reason above the threshold, or one ``unknown``."""
    classes, threshold = np.asarray(stage.classes, dtype=object), stage.threshold
    further = max(threshold, PARAMETERS.min_further)
    best = scores.max(axis=1) if len(scores) else np.empty(0)
    wanted = (scores >= further) | ((scores == best[:, None]) & (scores >= threshold))
    rows: list[tuple[Any, ...]] = []
    for row in range(len(texts)):
        chosen = np.flatnonzero(wanted[row])
        if not len(chosen):
            rows.append((row, UNKNOWN, 1 - best[row], "model", ""))
            continue
        order = np.lexsort((classes[chosen].astype(str), -scores[row, chosen]))
        for reason in chosen[order][: PARAMETERS.max_reasons]:
            why = _why(stage, texts[row], int(reason), found.get((row, int(reason))))
            rows.append((row, classes[reason], scores[row, reason], *why))
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.astype({"row": "int64", "score": "float64"})


def _why(stage: Stage, text: str, reason: int, span: tuple[int, int, float] | None) -> tuple[str, str]:
    shown = PARAMETERS.max_characters
    if span is not None:
        return "rule", text[span[0] : span[1]][:shown]
    start, end = _weightiest(stage, text, reason)
    if end > start:
        return "model", text[start:end][:shown]
    return "example", text[:shown]


def _weightiest(stage: Stage, text: str, reason: int) -> tuple[int, int]:
    """Give the place of the characters that speak most for a reason, (0, 0) if none does."""
    model = stage.model
    read = text[: PARAMETERS.read_characters]
    lower = read.lower()
    if len(lower) != len(read):
        return 0, 0
    if stage.shipped is not None:
        return _best_run(stage.shipped.model.gains(lower, reason))
    if model is None:
        return 0, 0
    weights = model.student.weights if model.student is not None else model.head.sparse_weights
    vocabulary, idf = model.features.vectorizer_.vocabulary_, model.features.vectorizer_.idf_
    gain = np.zeros(len(lower) + 1)
    for size in PARAMETERS.ngram_sizes:
        for at in range(len(lower) - size + 1):
            column = vocabulary.get(lower[at : at + size])
            if column is not None:
                gain[at : at + size] += weights[column, reason] * idf[column] / size
    return _best_run(gain[:-1])


def _best_run(gain: np.ndarray) -> tuple[int, int]:
    """Give the run with the largest sum of gains less their cost (Kadane; Bentley 1984)."""
    if not len(gain) or gain.max() <= 0:
        return 0, 0
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for at, value in enumerate(gain - gain[gain > 0].mean() * PARAMETERS.run_cost):
        total += value
        if total > best[0]:
            best = (total, start, at + 1)
        if total <= 0:
            total, start = 0.0, at + 1
    return best[1], best[2]


def explain_rows(stage: Stage, analysed: pd.DataFrame, encode: Encode, top: int) -> pd.DataFrame:
    """Give the frame of `ReasonClassifier.explain`, ``top`` reasons a text; the others as for `tag_frame`."""
    texts = stage.prepare(analysed["text_clean"].tolist())
    found = stage.rules.find(texts)
    mood = stage.mood(analysed["text_clean"].tolist())
    probabilities = stage.probabilities(analysed.assign(text_clean=texts), found, encode, mood)
    names = stage.taxonomy.names()
    vectors = encode(texts) if stage.model else np.zeros((len(texts), 0), dtype=np.float32)
    near = cosines(vectors, stage.model.head.vectors) if stage.model else None
    doubts = _doubts(stage, probabilities, near, vectors)
    out = []
    for row, text in enumerate(texts):
        for reason in np.lexsort((stage.classes, -probabilities[row]))[:top]:
            match = found.get((row, int(reason)))
            span = match[:2] if match else _weightiest(stage, text, int(reason))
            source, words = _why(stage, text, int(reason), match)
            label = stage.classes[reason]
            example = names[label]
            if stage.model is not None and near is not None:
                example = _nearest(stage.model, near[row], int(reason))
            place = span if span[1] > span[0] else (-1, -1)
            out.append((row, label, names[label], probabilities[row, reason], source, words, *place, example,
                        doubts[row]))
    columns = ["row", "label", "name", "score", "source", "evidence", "start", "end", "example", "doubt"]
    return pd.DataFrame(out, columns=columns)


def _doubts(stage: Stage, probabilities: np.ndarray, near: np.ndarray | None, vectors: np.ndarray) -> np.ndarray:
    """Say why no reason is sure enough, nothing where one is or where no text is known."""
    out = np.full(len(probabilities), "", dtype=object)
    unsure = np.flatnonzero(probabilities.max(axis=1, initial=0) < stage.threshold)
    if stage.model is None or near is None or stage.uses_student or not len(unsure):
        return out
    beside = stage.model.neighbours
    share = None if beside is None else beside.known_share(near[unsure], vectors[unsure])
    out[unsure] = stage.model.calibration.doubts(near[unsure].max(axis=1), share)
    return out


def _nearest(model: ReasonModel, near: np.ndarray, reason: int) -> str:
    mine = np.flatnonzero((model.head.rows == reason) | (model.head.weights[:, reason] > 0))
    return model.texts[mine[near[mine].argmax()]] if len(mine) else ""
