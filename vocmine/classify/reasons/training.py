"""Make the stage of a reason classifier: from the taxonomy alone, from texts without labels, or from labelled texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from vocmine.classify.reasons.inputs import label_sets, texts_without_labels
from vocmine.classify.reasons.names import fit_names, parameters_for
from vocmine.classify.reasons.neighbours import PARAMETERS as NEIGHBOURS
from vocmine.classify.reasons.neighbours import unlabelled_draw
from vocmine.classify.reasons.patterns import Rules
from vocmine.classify.reasons.prior import Prior, is_plenty
from vocmine.classify.reasons.self_training import PARAMETERS as SELF_TRAINING
from vocmine.classify.reasons.self_training import Unlabelled
from vocmine.classify.reasons.shipped_reasons import shipped_reasons
from vocmine.classify.reasons.shipped_vectors import rounded, stored_vectors
from vocmine.classify.reasons.stage import Stage, StageParameters, load_prior, load_stage
from vocmine.classify.reasons.supervised import ReasonModelParameters, fit_model
from vocmine.classify.reasons.taxonomy_texts import analysed_reason_texts, readable, reason_texts
from vocmine.classify.reasons.training_rows import TrainingRows, labelled_rows
from vocmine.classify.reasons.unsupervised import (
    COLUMNS,
    MIN_TEXTS,
    UnsupervisedModel,
    distinct_texts,
    fit_mixture,
    initial_model,
    with_pseudo_labels,
)
from vocmine.classify.reasons.word_match import Encode
from vocmine.classify.taxonomy.taxonomy import LANGUAGES, Taxonomy
from vocmine.errors import SettingsError
from vocmine.frames import UNKNOWN

_FEW = 5  # labels a reason: of fewer, what is known without them weighs most
_EXAMPLES_DISCOUNT = 0.75  # an example of the taxonomy is so much less sure of real contacts than of other examples


def stage_from_taxonomy(parameters: StageParameters, encode: Encode, spec: dict[str, Any]) -> Stage:
    """Make the stage from the taxonomy alone.

    Parameters
    ----------
    parameters : StageParameters
        Of the classifier.
    encode : callable
        Gives the sentence vectors of texts.
    spec : dict
        What describes the encoder: with the bundled one the shipped taxonomy needs no encoding.

    Raises
    ------
    SettingsError
        If the taxonomy has fewer than two reasons.
    """
    taxonomy = parameters.taxonomy if parameters.taxonomy is not None else Taxonomy.default()
    classes = taxonomy.leaves
    if len(classes) < 2:
        raise SettingsError("there are not enough reasons to tell apart", where="Taxonomy", got=str(len(classes)),
                            expected="2 or more")
    rules = Rules(taxonomy, classes)
    if parameters.serve != "best" and _is_shipped(parameters.taxonomy):
        read = shipped_reasons(parameters.precision, parameters.unknown_share)
        return Stage(taxonomy, classes, rules, None, None, uses_student=True, skips_courtesy=True, shipped=read)
    described, reasons, real = analysed_reason_texts(taxonomy, classes)
    if sum(real) < 2 * len(classes):
        plain = ~np.array(real)
        nearest = fit_names(described[plain], np.array(reasons)[plain], encode, parameters_for(spec))
        return Stage(taxonomy, classes, rules, None, nearest, uses_student=False)
    texts = described["text_clean"].tolist()
    rows = TrainingRows(texts, np.eye(len(classes), dtype=np.float32)[reasons], np.array(real))
    kept = None
    if parameters.taxonomy is None:
        kept = stored_vectors([text for text, _ in reason_texts(taxonomy, classes)], spec)
    student = parameters.serve == "student" or (parameters.serve != "best" and bool(rules))
    vectors = rounded(encode(texts)) if kept is None else kept
    model = fit_model(rows, vectors, ReasonModelParameters(parameters.precision, parameters.unknown_share, student))
    shipped = parameters.taxonomy is None or bool(taxonomy.trade) or taxonomy == Taxonomy.default()
    return Stage(taxonomy, classes, rules, model, None, student, _EXAMPLES_DISCOUNT, shipped)


def _is_shipped(taxonomy: Taxonomy | None) -> bool:
    """Say whether it is the shipped taxonomy, whole or in one language."""
    return taxonomy is None or any(taxonomy == Taxonomy.default(lang) for lang in (None, *LANGUAGES))


def fit_unsupervised(
    stage: Stage, analysed: pd.DataFrame, parameters: StageParameters, encode: Encode
) -> UnsupervisedModel:
    """Learn from texts without labels, with the stage of the taxonomy alone as the start.

    Raises
    ------
    SettingsError
        If the student shall serve, which reads no sentence vectors, or there are too few distinct texts.
    """
    if parameters.serve == "student":
        raise SettingsError("texts without labels teach by their sentence vectors", where="ReasonClassifier.fit",
                            got="serve='student'", expected="serve='fast' or 'best'")
    read = distinct_texts(analysed.assign(text_clean=stage.prepare(analysed["text_clean"].tolist())))
    if len(read) < MIN_TEXTS:
        raise SettingsError("too few texts to learn from without labels", where="ReasonClassifier.fit",
                            got=f"{len(read)} distinct texts", expected=f"{MIN_TEXTS} or more",
                            hint="leave fit out, or give labels: names alone do with no text at all")
    texts = read["text_clean"].tolist()
    vectors = encode(texts)
    start = initial_model(stage.names, read, vectors, encode)
    known = stage.with_unsupervised(start).blended(read, vectors, stage.rules.find(texts), encode)
    made = fit_mixture(start, known, read, vectors, parameters.precision)
    if stage.names is None:  # beside examples and patterns it was right less often on simulated contacts
        return made
    return with_pseudo_labels(made, known, read, vectors, parameters.precision)


def stage_from_labels(
    parameters: StageParameters, analysed: pd.DataFrame, y: Any, encode: Encode, spec: dict[str, Any],
    unlabelled: pd.DataFrame | None = None,
) -> Stage:
    """Make the stage from labelled texts and those without labels, with what the taxonomy says of its reasons.

    Parameters
    ----------
    parameters : StageParameters
        Of the classifier.
    analysed : DataFrame
        Analysed texts.
    y : list or Series
        Their labels; a text whose label is missing is one without labels.
    encode : callable
        Gives the sentence vectors of texts.
    spec : dict
        What describes the encoder.
    unlabelled : DataFrame, optional
        More analysed texts without labels.

    Raises
    ------
    SettingsError
        If labels don't fit texts or taxonomy, or one has too few texts.
    """
    sets = label_sets(y, len(analysed), parameters.taxonomy)
    taxonomy = parameters.taxonomy if parameters.taxonomy is not None else _taxonomy_of(sets)
    counts = Counter(label for labels in sets for label in labels if label != UNKNOWN)
    rare = sorted(label for label, n in counts.items() if n < parameters.min_examples)
    if rare:
        shown = ", ".join(map(repr, rare[:5])) + (" ..." if len(rare) > 5 else "")
        raise SettingsError("labels with too few texts", where="ReasonClassifier.fit", got=shown,
                            expected=f"{parameters.min_examples} texts each", hint="add texts, or lower min_examples")
    classes = tuple(r.id for r in taxonomy.reasons if r.id in counts or r.id in taxonomy.leaves)
    rows = labelled_rows(analysed["text_clean"].tolist(), sets, taxonomy, classes)
    vectors = encode(rows.texts)
    student = parameters.serve == "student"
    several = bool((rows.only < 0).any())
    alone = student or several or is_plenty(rows.targets[rows.real])
    read = _real_texts(rows, analysed)
    most = NEIGHBOURS.most if alone else max(SELF_TRAINING.max_rows - len(rows.texts), 0)
    more = None if student or several else texts_without_labels(analysed, sets, unlabelled, most)
    others = np.empty((0, vectors.shape[1])) if more is None else encode(more["text_clean"].tolist())
    before = None if alone else prior_stage(parameters, taxonomy, encode, spec)
    if before is not None and more is not None:
        both = np.vstack([vectors[rows.real], others])
        before = _with_texts(before, pd.concat([read, more], ignore_index=True), both, parameters.precision, encode,
                             rows.real.sum() < _FEW * len(classes))
    prior = None if before is None else _prior(before, rows, read, vectors, classes, encode)
    texts = None
    if more is not None and not alone:
        said = None if before is None else before.log_prior(more, others, classes, encode)[0]
        texts = Unlabelled(more["text_clean"].tolist(), others, said)
    beside = None if more is None else others[unlabelled_draw(more["text_clean"].tolist())]
    wanted = ReasonModelParameters(
        parameters.precision, parameters.unknown_share, student or (parameters.serve != "best" and not several),
        parameters.reread if parameters.serve == "cascade" else None,
    )
    model = fit_model(rows, vectors, wanted, prior=prior, unlabelled=texts, beside=beside)
    kept, first = before if model.prior_weight else None, not student and model.fast_path is not None
    if not (student or first):
        model = replace(model, student=None)
    return Stage(taxonomy, classes, Rules(Taxonomy(()), ()), model, None, student, prior=kept, student_first=first)


def prior_stage(
    parameters: StageParameters, taxonomy: Taxonomy, encode: Encode, spec: dict[str, Any]
) -> Stage | None:
    """Make what is known of a taxonomy without labels, None where it has fewer than two reasons to tag with."""
    if len(taxonomy.leaves) < 2:
        return None
    return stage_from_taxonomy(replace(parameters, taxonomy=taxonomy, serve="fast"), encode, spec)


def stored_stage(
    parameters: StageParameters, meta: dict[str, Any], arrays: dict[str, np.ndarray], encode: Encode,
    spec: dict[str, Any],
) -> Stage:
    """Make a stage fitted on labels again from `stage_arrays`, what was known without them included."""
    stage = load_stage(meta, arrays)
    if stage.model is None or not stage.model.prior_weight:
        return stage
    before = prior_stage(parameters, stage.taxonomy, encode, spec)
    return replace(stage, prior=None if before is None else load_prior(before, meta, arrays))


def _prior(
    before: Stage, rows: TrainingRows, read: pd.DataFrame, vectors: np.ndarray, classes: tuple[str, ...],
    encode: Encode,
) -> Prior:
    """Give what is known of the real rows without labels; 0 for the others, which nothing is learned from."""
    out = np.zeros((len(rows.texts), len(classes)))
    out[rows.real], named = before.log_prior(read, vectors[rows.real], classes, encode)
    return Prior(out, named)


def _real_texts(rows: TrainingRows, analysed: pd.DataFrame) -> pd.DataFrame:
    """Give the analysed texts of the rows that are texts of customers."""
    place = {text: row for row, text in reversed(list(enumerate(analysed["text_clean"])))}
    found = [place[text] for text, real in zip(rows.texts, rows.real, strict=True) if real]
    return analysed.iloc[found][COLUMNS].reset_index(drop=True)


def _with_texts(
    before: Stage, texts: pd.DataFrame, vectors: np.ndarray, precision: float, encode: Encode, few: bool
) -> Stage:
    """Give what is known without labels with what the texts themselves teach; ``vectors`` are theirs.

    Where there are few labels it carries the answer, and learns its surest texts again as it does without any.
    """
    order = np.argsort(texts["text_clean"].to_numpy(dtype=str), kind="stable")
    texts, vectors = texts.iloc[order].reset_index(drop=True), vectors[order]
    read = texts.assign(text_clean=before.prepare(texts["text_clean"].tolist()))
    start = initial_model(before.names, read, vectors, encode)
    found = before.rules.find(read["text_clean"].tolist())
    known = before.with_unsupervised(start).blended(read, vectors, found, encode)
    made = fit_mixture(start, known, read, vectors, precision)
    if before.names is not None and few:
        made = with_pseudo_labels(made, known, read, vectors, precision)
    return before.with_unsupervised(made)


def _taxonomy_of(sets: list[tuple[str, ...]]) -> Taxonomy:
    """Take the shipped taxonomy if it has all labels, else one whose reasons are the labels."""
    labels = sorted({x for labels in sets for x in labels} - {UNKNOWN})
    if all(label in Taxonomy.default() for label in labels):
        return Taxonomy.default()
    return Taxonomy.from_dict({"reasons": [{"id": x, "name": readable(x)} for x in labels]}, where="labels")
