"""A fitted reason model: sentence vectors (the teacher) or sparse pieces alone (the student), and its trust."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from vocmine.classify.reasons.calibration import Trust, fit_trust
from vocmine.classify.reasons.ngrams import SparseFeatures
from vocmine.classify.reasons.ridge import Head, LeftOut, fit_head, sparse_kernel
from vocmine.classify.reasons.student import Student, fit_student
from vocmine.classify.reasons.svm import beside, fit_margins
from vocmine.classify.reasons.vocabulary import Vocabulary, fit_vocabulary
from vocmine.errors import SettingsError


@dataclass(frozen=True)
class Rows:
    """What a model is fitted on.

    Parameters
    ----------
    texts : list of str
        Clean texts.
    targets : ndarray, shape (n, k)
        1 where the text has the reason.
    real : ndarray of bool, shape (n,)
        False for names and descriptions, which are no texts of customers.
    """

    texts: list[str]
    targets: np.ndarray
    real: np.ndarray

    @property
    def only(self) -> np.ndarray:
        """The reason of each row, -1 where it has several or none."""
        return np.where(self.targets.sum(axis=1) == 1, self.targets.argmax(axis=1), -1)


@dataclass(frozen=True)
class ReasonModel:
    """Scores texts against reasons; made by `fit_model`.

    Parameters
    ----------
    features : SparseFeatures
        Sparse features of the rows.
    head : Head
        On sentence vectors and sparse features.
    trust : Trust
        Of the head.
    student : Student or None
        On sparse features alone, with its own trust.
    texts : tuple of str
        The rows it rests on, shown as evidence.
    figures : dict
        ``accuracy`` and ``student_accuracy`` on left-out rows, ``n``.
    vocabulary : Vocabulary or None
        Words of each reason, where texts have one each.
    """

    features: SparseFeatures
    head: Head
    trust: Trust
    student: Student | None
    texts: tuple[str, ...]
    figures: dict[str, float] = field(default_factory=dict)
    vocabulary: Vocabulary | None = None

    def by_teacher(self, texts: list[str], vectors: np.ndarray) -> np.ndarray:
        """Give probabilities by sentence vectors and sparse features, shape (n, k)."""
        scores, signs = self.head.scores(vectors, self.features.transform(texts))
        if self.vocabulary is not None:
            signs = np.column_stack([signs, self.vocabulary.signs(texts, scores.argmax(axis=1))])
        return self.trust.probabilities(scores, signs)

    def by_student(self, texts: list[str]) -> np.ndarray:
        """Give probabilities by sparse features alone, shape (n, k)."""
        if self.student is None:
            raise SettingsError("no student was fitted", where="ReasonClassifier", got="serving='teacher'",
                                expected="serving='auto' or 'student'")
        return self.student.probabilities(self.features.transform(texts))


def fit_model(rows: Rows, vectors: np.ndarray, precision: float, unknown_share: float, student: bool) -> ReasonModel:
    """Fit head, trust and where wanted the student on rows and their sentence vectors."""
    features = SparseFeatures()
    sparse = features.fit_transform(rows.texts)
    pieces = sparse_kernel(sparse)
    head, left_out = fit_head(vectors, sparse, pieces, rows.targets, rows.only)
    taught, vocabulary, margins = left_out, None, None
    if (rows.only >= 0).all():  # the margins are of rows with one reason each
        margins = beside(fit_margins(sparse, vectors, rows.texts, rows.only, rows.targets.shape[1]), taught.scores)
        head, left_out = head.joined(margins), left_out.joined(margins)
        vocabulary, left_out = _with_words(left_out, rows)
    trust = fit_trust(left_out, rows.targets, rows.real, precision, unknown_share)
    figures = {"n": float(rows.real.sum()), "accuracy": _accuracy(left_out.scores, rows)}
    made = None
    if student:
        made, scores = fit_student(sparse, pieces, rows, taught, margins, (precision, unknown_share))
        figures["student_accuracy"] = _accuracy(scores, rows)
    return ReasonModel(features, head, trust, made, tuple(rows.texts), figures, vocabulary)


def _with_words(left_out: LeftOut, rows: Rows) -> tuple[Vocabulary, LeftOut]:
    """Learn the words of each reason; add to the signs of the left-out rows what words say (0 for names)."""
    real = np.flatnonzero(rows.real)
    made, words = fit_vocabulary([rows.texts[i] for i in real], rows.only[real], rows.targets.shape[1])

    def wider(signs: np.ndarray, more: np.ndarray) -> np.ndarray:
        out = np.column_stack([signs, np.zeros((len(signs), 2))])
        out[real, -2:] = more
        return out

    alone = wider(left_out.signs, words.alone(left_out.scores[real].argmax(axis=1)))
    unknown = tuple(
        replace(u, signs=wider(u.signs, words.unknown(u.scores[real].argmax(axis=1), u.left[real])))
        for u in left_out.unknown
    )
    return made, replace(left_out, signs=alone, unknown=unknown)


def _accuracy(scores: np.ndarray, rows: Rows) -> float:
    """Share of real rows whose best left-out score is one of their reasons."""
    best = scores[rows.real].argmax(axis=1)
    return float(rows.targets[rows.real][np.arange(len(best)), best].mean())


def model_arrays(model: ReasonModel) -> dict[str, np.ndarray]:
    """Give a model as plain arrays, for saving."""
    out = {**model.features.arrays(), **_prefixed("head", model.head.arrays()), **_prefixed("trust", vars(model.trust))}
    out["texts"] = _packed("\x1f", model.texts)
    if model.vocabulary is not None:
        out.update(_prefixed("vocabulary", {**vars(model.vocabulary), "words": _packed("\n", model.vocabulary.words)}))
    if model.student is not None:
        out["student.weights"], out["student.offset"] = model.student.weights, model.student.offset
        out.update(_prefixed("student_trust", vars(model.student.trust)))
    return {name: np.asarray(value) for name, value in out.items()}


def model_from_arrays(arrays: dict[str, np.ndarray], figures: dict[str, float]) -> ReasonModel:
    """Make a model again from `model_arrays`."""
    student = None
    if "student.weights" in arrays:
        student = Student(arrays["student.weights"], arrays["student.offset"], _trust(arrays, "student_trust"))
    texts = _unpacked("\x1f", arrays["texts"])
    vocabulary = None
    if "vocabulary.words" in arrays:
        part = _part(arrays, "vocabulary")
        vocabulary = Vocabulary(**{**part, "words": _unpacked("\n", part["words"])})
    head = Head(**_part(arrays, "head"))
    trust = _trust(arrays, "trust")
    return ReasonModel(SparseFeatures.from_arrays(arrays), head, trust, student, texts, figures, vocabulary)


def _packed(between: str, texts: tuple[str, ...]) -> np.ndarray:
    return np.frombuffer(between.join(texts).encode("utf-8"), dtype=np.uint8)


def _unpacked(between: str, packed: np.ndarray) -> tuple[str, ...]:
    text = packed.tobytes().decode("utf-8")
    return tuple(text.split(between)) if text else ()


def _trust(arrays: dict[str, np.ndarray], name: str) -> Trust:
    part = _part(arrays, name)
    for key in ("temperature", "threshold"):
        part[key] = float(part[key])
    return Trust(**part)


def _prefixed(name: str, values: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}.{key}": value for key, value in values.items()}


def _part(arrays: dict[str, np.ndarray], name: str) -> dict[str, Any]:
    return {key.partition(".")[2]: value for key, value in arrays.items() if key.startswith(f"{name}.")}
