"""Why a reason: the matched words, the weightiest words or the nearest known text, at their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from vocmine.classify.reasons.patterns import SURE, Found
from vocmine.frames import UNKNOWN
from vocmine.linalg import cosines

if TYPE_CHECKING:
    from vocmine.classify.reasons.classifier import ReasonClassifier
    from vocmine.classify.reasons.stage import Stage
    from vocmine.classify.reasons.supervised import ReasonModel

_SECOND = 0.75  # a further reason of the same contact must be at least this sure
_SHARED = 0.2  # of the sureness of a pattern, what the model has to share
_BESIDE = re.compile(r"(?<=[しが])、|、(?=また|それ|あと|ついで|さらに|なお)|; ")  # between clauses of equal rank
_MOST = 4  # reasons a contact
_SHOWN = 60  # characters of evidence
_COLUMNS = ["row", "label", "score", "source", "evidence"]


def tag_frame(clf: ReasonClassifier, analysed: pd.DataFrame) -> pd.DataFrame:
    """Give the long frame of `ReasonClassifier.tag`."""
    stage = clf._ready()
    texts = stage.read(analysed["text_clean"].tolist())
    found = stage.rules.find(texts)
    whole = clf._probabilities(analysed.assign(text_clean=texts), found)
    scores = whole.copy()
    pieces, owner = _pieces(texts)
    if pieces:
        matched = stage.rules.find(pieces)
        apart = clf._probabilities(_analysed_pieces(stage, pieces, analysed["lang"].to_numpy()[owner]), matched)
        np.maximum.at(scores, owner, np.where((apart >= _SECOND) & _told(stage, matched, apart.shape), 0.95 * apart, 0))
    for (row, reason), (_, _, sure) in found.items():
        scores[row, reason] = max(scores[row, reason], sure - _SHARED + _SHARED * whole[row, reason])
    return _long(clf, texts, scores, found)


def _analysed_pieces(stage: Stage, pieces: list[str], lang: np.ndarray) -> pd.DataFrame:
    """Give pieces as an analysed frame, in the language of their text; split into words only where words are read."""
    from vocmine.text import as_analysed

    if not stage.splits:
        return pd.DataFrame({"lang": lang, "text_clean": pieces, "terms": ""})
    return as_analysed(pieces).assign(lang=lang, text_clean=pieces)


def _told(stage: Stage, found: Found, shape: tuple[int, ...]) -> np.ndarray:
    """Say which reasons a sentence may bring alone: without labels only those whose pattern (no mere hint) matched."""
    out = np.full(shape, not stage.rules)
    for (row, reason), (_, _, sure) in found.items():
        out[row, reason] = sure >= SURE
    return out


def _pieces(texts: list[str]) -> tuple[list[str], np.ndarray]:
    """Cut texts of several sentences or clauses side by side; give these and the number of the text of each."""
    from vocmine.text import sentences

    out: list[str] = []
    owner: list[int] = []
    for row, text in enumerate(texts):
        parts = [part for a, b in sentences(text) for part in _BESIDE.split(text[a:b])]
        if len(parts) > 1:
            kept = [part for part in parts if len(part.strip()) >= 6]
            out += kept
            owner += [row] * len(kept)
    return out, np.asarray(owner, dtype=np.intp)


def _long(clf: ReasonClassifier, texts: list[str], scores: np.ndarray, found: Found) -> pd.DataFrame:
    """Write a row for each reason above the threshold, or one ``unknown``."""
    classes = clf.classes_
    best = scores.max(axis=1) if len(scores) else np.empty(0)
    wanted = (scores >= np.maximum(clf.threshold_, _SECOND)) | ((scores == best[:, None]) & (scores >= clf.threshold_))
    rows: list[tuple[Any, ...]] = []
    for row in range(len(texts)):
        chosen = np.flatnonzero(wanted[row])
        if not len(chosen):
            rows.append((row, UNKNOWN, 1 - best[row], "model", ""))
            continue
        for reason in chosen[np.lexsort((classes[chosen].astype(str), -scores[row, chosen]))][:_MOST]:
            why = _why(clf, texts[row], int(reason), found.get((row, int(reason))))
            rows.append((row, classes[reason], scores[row, reason], *why))
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.astype({"row": "int64", "score": "float64"})


def _why(clf: ReasonClassifier, text: str, reason: int, span: tuple[int, int, float] | None) -> tuple[str, str]:
    if span is not None:
        return "rule", text[span[0] : span[1]][:_SHOWN]
    start, end = weightiest(clf, text, reason)
    if end > start:
        return "model", text[start:end][:_SHOWN]
    return "example", text[:_SHOWN]


def weightiest(clf: ReasonClassifier, text: str, reason: int) -> tuple[int, int]:
    """Give the place of the characters that speak most for a reason, (0, 0) if none does."""
    model = clf._ready().model
    if model is None:
        return 0, 0
    weights = model.student.weights if model.student is not None else model.head.sparse_weights
    vocabulary, idf = model.features.vectorizer_.vocabulary_, model.features.vectorizer_.idf_
    lower = text[:400].lower()
    if len(lower) != len(text[:400]):
        return 0, 0
    gain = np.zeros(len(lower) + 1)
    for size in (2, 3, 4):
        for at in range(len(lower) - size + 1):
            column = vocabulary.get(lower[at : at + size])
            if column is not None:
                gain[at : at + size] += weights[column, reason] * idf[column] / size
    return _best_run(gain[:-1])


def _best_run(gain: np.ndarray) -> tuple[int, int]:
    """Give the run with the largest sum of gains less their mean (Kadane)."""
    if not len(gain) or gain.max() <= 0:
        return 0, 0
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for at, value in enumerate(gain - gain[gain > 0].mean() * 0.5):
        total += value
        if total > best[0]:
            best = (total, start, at + 1)
        if total <= 0:
            total, start = 0.0, at + 1
    return best[1], best[2]


def explain_rows(clf: ReasonClassifier, analysed: pd.DataFrame, top: int) -> pd.DataFrame:
    """Give the frame of `ReasonClassifier.explain`."""
    stage = clf._ready()
    texts = stage.read(analysed["text_clean"].tolist())
    found = stage.rules.find(texts)
    probabilities = clf._probabilities(analysed.assign(text_clean=texts), found)
    names = stage.taxonomy.names()
    near = cosines(clf._vectors(texts), stage.model.head.vectors) if stage.model else None
    out = []
    for row, text in enumerate(texts):
        for reason in np.lexsort((stage.classes, -probabilities[row]))[:top]:
            match = found.get((row, int(reason)))
            span = match[:2] if match else weightiest(clf, text, int(reason))
            source, words = _why(clf, text, int(reason), match)
            label = stage.classes[reason]
            example = names[label]
            if stage.model is not None and near is not None:
                example = _nearest(stage.model, near[row], int(reason))
            place = span if span[1] > span[0] else (-1, -1)
            out.append((row, label, names[label], probabilities[row, reason], source, words, *place, example))
    return pd.DataFrame(out, columns=["row", "label", "name", "score", "source", "evidence", "start", "end", "example"])


def _nearest(model: ReasonModel, near: np.ndarray, reason: int) -> str:
    mine = np.flatnonzero((model.head.rows == reason) | (model.head.weights[:, reason] > 0))
    return model.texts[mine[near[mine].argmax()]] if len(mine) else ""
