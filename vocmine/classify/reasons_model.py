"""A fitted reason model: sentence vectors (the teacher) or sparse pieces alone (the student), and its trust."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from vocmine.classify.reasons_features import SparseFeatures
from vocmine.classify.reasons_head import Head, fit_head, sparse_kernel
from vocmine.classify.reasons_margin import beside, fit_margins
from vocmine.classify.reasons_trust import Trust, fit_trust
from vocmine.classify.student import Student, fit_student
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
    """

    features: SparseFeatures
    head: Head
    trust: Trust
    student: Student | None
    texts: tuple[str, ...]
    figures: dict[str, float] = field(default_factory=dict)

    def by_teacher(self, texts: list[str], vectors: np.ndarray) -> np.ndarray:
        """Give probabilities by sentence vectors and sparse features, shape (n, k)."""
        scores, signs = self.head.scores(vectors, self.features.transform(texts))
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
    taught = left_out.scores
    if (rows.only >= 0).all():  # the margins are of rows with one reason each
        margins = beside(fit_margins(sparse, vectors, rows.texts, rows.only, rows.targets.shape[1]), taught)
        head, left_out = head.joined(margins), left_out.joined(margins)
    trust = fit_trust(left_out, rows.targets, rows.real, precision, unknown_share)
    figures = {"n": float(rows.real.sum()), "accuracy": _accuracy(left_out.scores, rows)}
    made = None
    if student:
        made, scores = fit_student(sparse, pieces, rows, taught, precision, unknown_share)
        figures["student_accuracy"] = _accuracy(scores, rows)
    return ReasonModel(features, head, trust, made, tuple(rows.texts), figures)


def _accuracy(scores: np.ndarray, rows: Rows) -> float:
    """Share of real rows whose best left-out score is one of their reasons."""
    best = scores[rows.real].argmax(axis=1)
    return float(rows.targets[rows.real][np.arange(len(best)), best].mean())


def model_arrays(model: ReasonModel) -> dict[str, np.ndarray]:
    """Give a model as plain arrays, for saving."""
    out = {**model.features.arrays(), **_prefixed("head", vars(model.head)), **_prefixed("trust", vars(model.trust))}
    out["texts"] = np.frombuffer("\x1f".join(model.texts).encode("utf-8"), dtype=np.uint8)
    if model.student is not None:
        out["student.weights"] = model.student.weights
        out.update(_prefixed("student_trust", vars(model.student.trust)))
    return {name: np.asarray(value) for name, value in out.items()}


def model_from_arrays(arrays: dict[str, np.ndarray], figures: dict[str, float]) -> ReasonModel:
    """Make a model again from `model_arrays`."""
    student = None
    if "student.weights" in arrays:
        student = Student(arrays["student.weights"], _trust(arrays, "student_trust"))
    texts = tuple(arrays["texts"].tobytes().decode("utf-8").split("\x1f"))
    head = Head(**_part(arrays, "head"))
    return ReasonModel(SparseFeatures.from_arrays(arrays), head, _trust(arrays, "trust"), student, texts, figures)


def _trust(arrays: dict[str, np.ndarray], name: str) -> Trust:
    part = _part(arrays, name)
    for key in ("temperature", "threshold"):
        part[key] = float(part[key])
    return Trust(**part)


def _prefixed(name: str, values: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}.{key}": value for key, value in values.items()}


def _part(arrays: dict[str, np.ndarray], name: str) -> dict[str, Any]:
    return {key.partition(".")[2]: value for key, value in arrays.items() if key.startswith(f"{name}.")}
