"""A fitted reason model: sentence vectors (the teacher) or character n-grams (the student), calibrated."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from vocmine.classify.reasons.calibration import Calibration, fit_calibration
from vocmine.classify.reasons.fast_path import FastPath, LeftOutAnswers, fast_path_of_share, fit_fast_path
from vocmine.classify.reasons.neighbours import LeftOutShares, Neighbours, fit_neighbours
from vocmine.classify.reasons.ngrams import SparseFeatures
from vocmine.classify.reasons.prior import Prior, eased_threshold, prior_weight, with_prior
from vocmine.classify.reasons.ridge import Head, LeftOut, fit_head, groups_of_reasons, sparse_kernel
from vocmine.classify.reasons.self_training import SelfTrained, Teacher, Unlabelled, self_trained
from vocmine.classify.reasons.student import Student, fit_student, fit_taught_student
from vocmine.classify.reasons.svm import Margins, fit_margins, rescaled
from vocmine.classify.reasons.training_rows import TrainingRows
from vocmine.classify.reasons.vocabulary import ReasonVocabulary, fit_vocabulary
from vocmine.errors import SettingsError
from vocmine.store import part_of, prefixed


@dataclass(frozen=True)
class ReasonModel:
    """Scores texts against reasons; made by `fit_model`.

    Parameters
    ----------
    features : SparseFeatures
        Sparse features of the rows.
    head : Head
        On sentence vectors and sparse features.
    calibration : Calibration
        Of the head.
    student : Student or None
        On sparse features alone, with its own calibration.
    texts : tuple of str
        The rows it rests on, shown as evidence.
    figures : dict
        ``accuracy`` and ``student_accuracy`` on left-out rows, ``n``; with a fast path ``fast_share`` of the left-out
        texts and ``fast_disagreement`` with the teacher among them.
    vocabulary : ReasonVocabulary or None
        Words of each reason, where texts have one each.
    prior_weight : float
        How many times what is known without labels is added to the scores of the head.
    neighbours : Neighbours or None
        Unlabelled texts, where they tell of reasons that are not known.
    fast_path : FastPath or None
        When the student's answer stands, where it may stand at all.
    """

    features: SparseFeatures
    head: Head
    calibration: Calibration
    student: Student | None
    texts: tuple[str, ...]
    figures: dict[str, float] = field(default_factory=dict)
    vocabulary: ReasonVocabulary | None = None
    prior_weight: float = 0.0
    neighbours: Neighbours | None = None
    fast_path: FastPath | None = None

    def teacher_probabilities(
        self, texts: list[str], vectors: np.ndarray, prior: np.ndarray | None = None
    ) -> np.ndarray:
        """Give probabilities by sentence vectors and sparse features, and by what is known without labels, (n, k)."""
        beside = None if self.neighbours is None else self.neighbours.known_share
        scores, seen = self.head.scores(vectors, self.features.transform(texts), beside)
        if prior is not None:
            scores = scores + self.prior_weight * prior
        if self.vocabulary is not None:
            seen = np.column_stack([seen, self.vocabulary.confidence_features(texts, scores.argmax(axis=1))])
        return self.calibration.probabilities(scores, seen)

    def student_probabilities(self, texts: list[str]) -> np.ndarray:
        """Give probabilities by sparse features alone, shape (n, k)."""
        if self.student is None:
            raise SettingsError("no student was fitted", where="ReasonClassifier", got="serve='best'",
                                expected="serve='student'")
        return self.student.probabilities(self.features.transform(texts))


@dataclass(frozen=True)
class ReasonModelParameters:
    """What a model is to be like.

    Parameters
    ----------
    precision, unknown_share : float
        See `fit_calibration`.
    student : bool
        Whether a student is wanted.
    reread : float, optional
        Share of the texts that are read by their vectors after the student; as many as need it if None.
    """

    precision: float
    unknown_share: float
    student: bool
    reread: float | None = None


def fit_model(
    rows: TrainingRows, vectors: np.ndarray, wanted: ReasonModelParameters, *, prior: Prior | None = None,
    unlabelled: Unlabelled | None = None, beside: np.ndarray | None = None,
) -> ReasonModel:
    """Fit head, calibration and where wanted the student.

    Parameters
    ----------
    rows : TrainingRows
        Texts and their reasons.
    vectors : ndarray, shape (n, d)
        Their sentence vectors.
    wanted : ReasonModelParameters
        What the model is to be like.
    prior : Prior, optional
        What is known of the rows without labels.
    unlabelled : Unlabelled, optional
        Texts without labels, which are learned from where left-out labels say that it helps.
    beside : ndarray, shape (m, d), optional
        Sentence vectors of texts without labels, some of reasons that are not known.
    """
    n, single = len(rows.texts), bool((rows.only >= 0).all())
    near = None if beside is None or not single else _fitted_neighbours(rows, vectors, beside)
    # Who learns from texts of unknown reasons takes them for known ones: such texts teach only when to doubt.
    more = unlabelled if single and near is None else None
    features = SparseFeatures()
    every = features.fit_transform([*rows.texts, *([] if more is None else more.texts)])
    sparse = every[:n]
    gram = sparse_kernel(sparse)
    head, left_out = fit_head(vectors, sparse, gram, rows.targets, rows.only)
    taught, vocabulary, margins, weight, trained, neighbours = left_out, None, None, 0.0, None, None
    if single:  # the margins are of rows with one reason each
        margins = rescaled(fit_margins(sparse, vectors, rows.texts, rows.only, rows.targets.shape[1]), taught.scores)
        if more is not None:
            trained = _self_trained(rows, vectors, every, left_out, margins, prior, more)
            if trained is None:  # they don't help: fitted as if there were none
                plain = fit_model(rows, vectors, wanted, prior=prior, beside=beside)
                same = _unlabelled_figures(more, plain.figures["accuracy"], kept=False)
                return replace(plain, figures={**plain.figures, **same})
            head = trained.mixed(head, np.vstack([vectors, more.vectors]))
            left_out = trained.mixed_left_out(left_out)
        head, left_out = head.joined(margins), left_out.joined(margins)
        if prior is not None:
            real = rows.real
            weight = prior_weight(left_out.scores[real], prior.chances[real], rows.only[real])
            left_out = with_prior(left_out, weight * prior.chances)
        if near is not None:
            neighbours, left_out = near[0], _with_shares(left_out, rows.real, near[1])
        vocabulary, left_out = _with_words(left_out, rows)
    shares = {"precision": wanted.precision, "unknown_share": wanted.unknown_share}
    calibration = fit_calibration(left_out, rows.targets, rows.real, **shares, beside=neighbours is not None)
    if prior is not None and weight:
        confidence = calibration.confidence(left_out.scores[rows.real], left_out.confidence_features[rows.real])
        eased = eased_threshold(calibration.threshold, confidence, prior.named, rows.targets.shape[1])
        calibration = replace(calibration, threshold=eased)
    figures = {"n": float(rows.real.sum()), "accuracy": _accuracy(left_out.scores, rows)}
    if neighbours is not None:
        figures["share_new"] = neighbours.share_new
    if trained is not None and more is not None:
        figures.update(_unlabelled_figures(more, trained.accuracy_without, kept=True))
    model = ReasonModel(features, head, calibration, None, tuple(rows.texts), figures, vocabulary, weight, neighbours)
    if not wanted.student:
        return model
    teacher = LeftOutAnswers.of(left_out, calibration, rows.real) if single else None
    # a taught student is too sure of unknown reasons that the texts without labels have: only where a share is set
    if trained is not None and more is not None and teacher is not None and wanted.reread is not None:
        return _with_taught_student(model, rows, every, more, teacher, wanted)
    made, of_student = fit_student(sparse, gram, rows, taught, margins, **shares)
    answers = LeftOutAnswers.of(of_student, made.calibration, rows.real) if single else None
    return _with_student(replace(model, student=made), _accuracy(of_student.scores, rows), answers, teacher, wanted)


def _with_taught_student(
    model: ReasonModel, rows: TrainingRows, sparse: Any, more: Unlabelled, teacher: LeftOutAnswers,
    wanted: ReasonModelParameters,
) -> ReasonModel:
    """Add the student that learns from the model's answers on texts without labels."""
    said = model.teacher_probabilities(more.texts, more.vectors, more.chances if model.prior_weight else None)
    made, left_out = fit_taught_student(sparse, rows, more.texts, said, precision=wanted.precision,
                                        unknown_share=wanted.unknown_share)
    other = np.arange(len(rows.texts) + len(more.texts)) >= len(rows.texts)
    real = np.append(rows.real, np.zeros(len(more.texts), dtype=bool))
    answers = replace(LeftOutAnswers.of(left_out, made.calibration, other),
                      unknown=LeftOutAnswers.of(left_out, made.calibration, real).unknown)
    teacher = LeftOutAnswers(said.argmax(axis=1), said.max(axis=1), teacher.unknown)
    accuracy = float(said[np.arange(len(said)), answers.best].mean())
    return _with_student(replace(model, student=made), accuracy, answers, teacher, wanted)


def _with_student(
    model: ReasonModel, accuracy: float, student: LeftOutAnswers | None, teacher: LeftOutAnswers | None,
    wanted: ReasonModelParameters,
) -> ReasonModel:
    """Say how good the student is and when its answer stands; None where texts have several reasons."""
    figures, path = {**model.figures, "student_accuracy": accuracy}, None
    if student is not None and teacher is not None:
        path = fit_fast_path(student, teacher) if wanted.reread is None else fast_path_of_share(
            student, teacher, wanted.reread)
        figures.update({} if path is None else {"fast_share": path.share, "fast_disagreement": path.disagreement})
    return replace(model, figures=figures, fast_path=path)


def _self_trained(
    rows: TrainingRows, vectors: np.ndarray, sparse: Any, left_out: LeftOut, margins: Margins,
    prior: Prior | None, more: Unlabelled,
) -> SelfTrained | None:
    """Learn from texts without labels what labels and prior say of them."""
    chances, weight = np.zeros((len(rows.texts) + len(more.texts), rows.targets.shape[1])), 0.0
    if prior is not None and more.chances is not None:
        real = rows.real
        weight = prior_weight(left_out.joined(margins).scores[real], prior.chances[real], rows.only[real])
        chances = weight * np.vstack([prior.chances, more.chances])
    known = margins.left_out + chances[: len(rows.texts)]
    teacher = Teacher(np.vstack([vectors, more.vectors]), sparse, rows.texts, rows.targets, rows.real, margins, chances)
    return self_trained(teacher, left_out, known)


def _unlabelled_figures(more: Unlabelled, without: float, kept: bool) -> dict[str, float]:
    return {"unlabeled": float(len(more.texts)), "unlabeled_kept": float(kept), "accuracy_labels_alone": without}


def _with_words(left_out: LeftOut, rows: TrainingRows) -> tuple[ReasonVocabulary, LeftOut]:
    """Learn the words of each reason; what they say widens the left-out confidence features (0 for names)."""
    real = np.flatnonzero(rows.real)
    made, words = fit_vocabulary([rows.texts[i] for i in real], rows.only[real], rows.targets.shape[1])

    def wider(features: np.ndarray, more: np.ndarray) -> np.ndarray:
        out = np.column_stack([features, np.zeros((len(features), 2))])
        out[real, -2:] = more
        return out

    single = wider(left_out.confidence_features, words.without_itself(left_out.scores[real].argmax(axis=1)))
    unknown = tuple(
        replace(u, confidence_features=wider(
            u.confidence_features, words.without_reasons(u.scores[real].argmax(axis=1), u.left[real])))
        for u in left_out.unknown
    )
    return made, replace(left_out, confidence_features=single, unknown=unknown)


def _fitted_neighbours(
    rows: TrainingRows, vectors: np.ndarray, beside: np.ndarray
) -> tuple[Neighbours, LeftOutShares] | None:
    """Learn what texts without labels say of reasons that are not known."""
    groups = groups_of_reasons(vectors, rows.only, rows.targets.shape[1])
    return fit_neighbours(vectors[rows.real], rows.only[rows.real], beside, groups)


def _with_shares(left_out: LeftOut, is_real: np.ndarray, shares: LeftOutShares) -> LeftOut:
    """Widen the left-out confidence features by what texts without labels say (0 for names)."""
    real = np.flatnonzero(is_real)

    def wider(features: np.ndarray, more: np.ndarray) -> np.ndarray:
        out = np.column_stack([features, np.zeros(len(features))])
        out[real, -1] = more
        return out

    unknown = tuple(
        replace(part, confidence_features=wider(part.confidence_features, share), weight=weight)
        for part, both in zip(left_out.unknown, zip(shares.among, shares.apart, strict=True), strict=True)
        for share, weight in zip(both, (shares.weight, 1 - shares.weight), strict=True)
    )
    single = wider(left_out.confidence_features, shares.known)
    return replace(left_out, confidence_features=single, unknown=unknown)


def _accuracy(scores: np.ndarray, rows: TrainingRows) -> float:
    """Share of real rows whose best left-out score is one of their reasons."""
    best = scores[rows.real].argmax(axis=1)
    return float(rows.targets[rows.real][np.arange(len(best)), best].mean())


def model_arrays(model: ReasonModel) -> dict[str, np.ndarray]:
    """Give a model as plain arrays, for saving."""
    out = {**model.features.arrays(), **prefixed("head", model.head.arrays())}
    out.update(prefixed("calibration", vars(model.calibration)))
    out["prior_weight"] = np.asarray(model.prior_weight)
    out["texts"] = _packed("\x1f", model.texts)
    if model.vocabulary is not None:
        out.update(prefixed("vocabulary", {**vars(model.vocabulary), "words": _packed("\n", model.vocabulary.words)}))
    if model.neighbours is not None:
        out.update(prefixed("neighbours", model.neighbours.arrays()))
    if model.student is not None:
        out["student.weights"], out["student.offset"] = model.student.weights, model.student.offset
        out.update(prefixed("student_calibration", vars(model.student.calibration)))
    if model.fast_path is not None:
        out.update(prefixed("fast_path", vars(model.fast_path)))
    return {name: np.asarray(value) for name, value in out.items()}


def model_from_arrays(arrays: dict[str, np.ndarray], figures: dict[str, float]) -> ReasonModel:
    """Make a model again from `model_arrays`."""
    student = None
    if "student.weights" in arrays:
        calibration = _calibration(arrays, "student_calibration")
        student = Student(arrays["student.weights"], arrays["student.offset"], calibration)
    texts = _unpacked("\x1f", arrays["texts"])
    vocabulary = None
    if "vocabulary.words" in arrays:
        part = part_of(arrays, "vocabulary")
        vocabulary = ReasonVocabulary(**{**part, "words": _unpacked("\n", part["words"])})
    head = Head(**part_of(arrays, "head"))
    calibration = _calibration(arrays, "calibration")
    weight = float(arrays["prior_weight"])
    features = SparseFeatures.from_arrays(arrays)
    beside = Neighbours.from_arrays(part_of(arrays, "neighbours")) if "neighbours.sure" in arrays else None
    fast = {name: float(value) for name, value in part_of(arrays, "fast_path").items()}
    path = FastPath(**fast) if fast else None
    return ReasonModel(features, head, calibration, student, texts, figures, vocabulary, weight, beside, path)


def _packed(between: str, texts: tuple[str, ...]) -> np.ndarray:
    return np.frombuffer(between.join(texts).encode("utf-8"), dtype=np.uint8)


def _unpacked(between: str, packed: np.ndarray) -> tuple[str, ...]:
    text = packed.tobytes().decode("utf-8")
    return tuple(text.split(between)) if text else ()


def _calibration(arrays: dict[str, np.ndarray], name: str) -> Calibration:
    part = part_of(arrays, name)
    for key in ("temperature", "threshold"):
        part[key] = float(part[key])
    return Calibration(**part)
