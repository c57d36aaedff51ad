"""Why a reason: the matched words, the weightiest words or the nearest known text, at their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.classify.reasons.candidates import candidate_frame
from vocmine.classify.reasons.linear import gains
from vocmine.classify.reasons.patterns import PATTERN_CONFIDENCE, Found
from vocmine.classify.reasons.stage import Stage
from vocmine.classify.reasons.supervised import ReasonModel
from vocmine.classify.reasons.word_match import Encode
from vocmine.classify.sentiment.pretrained import Judged
from vocmine.frames import UNKNOWN
from vocmine.linalg import cosines

_BORDER = re.compile(r"(?<=[しが])、|、(?=また|それ|あと|ついで|さらに|なお)|; ")  # between clauses of equal rank


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
    if stage.rules:
        matched = stage.rules.find(clauses, hints=False)
        kept = sorted({clause for clause, _ in matched})  # the others bring nothing: see `_may_add`
        place = {clause: at for at, clause in enumerate(kept)}
        matched = {(place[clause], reason): span for (clause, reason), span in matched.items()}
        clauses, row_of = [clauses[clause] for clause in kept], row_of[kept]
    else:
        matched = {}
    if not clauses:
        return out
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
    row, reason = np.nonzero(wanted)
    order = np.lexsort((np.argsort(np.argsort(classes.astype(str)))[reason], -scores[row, reason], row))
    row, reason = row[order], reason[order]
    first = np.arange(len(row)) - np.searchsorted(row, row) < PARAMETERS.max_reasons
    row, reason = row[first], reason[first]
    source, evidence = _why(stage, [texts[at] for at in row.tolist()], row.tolist(), reason.tolist(), found)
    none = np.flatnonzero(~wanted.any(axis=1))
    frame = pd.DataFrame({
        "row": np.concatenate([row, none]).astype(np.int64),
        "label": [*classes[reason], *[UNKNOWN] * len(none)],
        "score": np.concatenate([scores[row, reason], 1 - best[none]]).astype(np.float64),
        "source": source + ["model"] * len(none),
        "evidence": evidence + [""] * len(none),
    })
    return frame.iloc[np.argsort(frame["row"].to_numpy(), kind="stable")].reset_index(drop=True)


def _why(
    stage: Stage, texts: list[str], rows: list[int], reasons: list[int], found: Found
) -> tuple[list[str], list[str]]:
    """Give sources and evidence of a reason of each text, whose number in ``found`` is that in ``rows``."""
    shown = PARAMETERS.max_characters
    spans = [found.get(key) for key in zip(rows, reasons, strict=True)]
    source = ["rule" if span else "" for span in spans]
    evidence = [text[span[0] : span[1]][:shown] if span else "" for text, span in zip(texts, spans, strict=True)]
    open_ = [at for at, span in enumerate(spans) if span is None]
    places = _weightiest(stage, [texts[at] for at in open_], [reasons[at] for at in open_])
    for at, (start, end) in zip(open_, places, strict=True):
        source[at] = "model" if end > start else "example"
        evidence[at] = texts[at][start : end if end > start else None][:shown]
    return source, evidence


def _weightiest(stage: Stage, texts: list[str], reasons: list[int]) -> list[tuple[int, int]]:
    """Give the place of the characters that speak most for a reason in each text, (0, 0) where none does."""
    read = [text[: PARAMETERS.read_characters] for text in texts]
    lower = [text.lower() if len(text.lower()) == len(text) else "" for text in read]
    if stage.shipped is not None:
        return [_best_run(gain) for gain in stage.shipped.model.gains(lower, reasons)]
    if stage.model is None:
        return [(0, 0)] * len(texts)
    model = stage.model
    weights = model.student.weights if model.student is not None else model.head.sparse_weights
    features, sizes = model.features, PARAMETERS.ngram_sizes
    found = gains(features.known, weights, features.vectorizer_.idf_, lower, reasons, sizes)
    return [_best_run(gain) for gain in found]


def _best_run(gain: np.ndarray) -> tuple[int, int]:
    """Give the run with the largest sum of gains less their cost (Kadane; Bentley 1984)."""
    if not len(gain) or gain.max() <= 0:
        return 0, 0
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for at, value in enumerate((gain - gain[gain > 0].mean() * PARAMETERS.run_cost).tolist()):
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
    near = cosines(vectors, stage.model.head.vectors[: len(stage.model.head.rows)]) if stage.model else None
    doubts = _doubts(stage, probabilities, near, vectors)
    out = []
    for row, text in enumerate(texts):
        for reason in np.lexsort((stage.classes, -probabilities[row]))[:top]:
            match = found.get((row, int(reason)))
            span = match[:2] if match else _weightiest(stage, [text], [int(reason)])[0]
            (source,), (words,) = _why(stage, [text], [row], [int(reason)], found)
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
    rows = model.head.rows
    mine = np.flatnonzero((rows == reason) | (model.head.weights[: len(rows), reason] > 0))
    return model.texts[mine[near[mine].argmax()]] if len(mine) else ""
