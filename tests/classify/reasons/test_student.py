"""The fast linear model that learns from the slow one."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons.ngrams import SparseFeatures
from vocmine.classify.reasons.student import drawn, fit_taught_student
from vocmine.classify.reasons.supervised import ReasonModelParameters, fit_model
from vocmine.classify.reasons.training_rows import TrainingRows
from vocmine.contacts import simulate
from vocmine.embed import CharacterEncoder
from vocmine.errors import SettingsError


@pytest.fixture(scope="module")
def rows(reason_texts):
    texts, labels = reason_texts
    number = np.unique(labels, return_inverse=True)[1]
    return TrainingRows(texts, np.eye(3, dtype=np.float32)[number], np.ones(len(texts), dtype=bool))


def test_the_student_agrees_with_its_teacher(rows):
    vectors = CharacterEncoder().encode(rows.texts)
    model = fit_model(rows, vectors, ReasonModelParameters(0.8, 0.02, True))
    taught = model.student_probabilities(rows.texts)
    assert (taught.argmax(axis=1) == model.teacher_probabilities(rows.texts, vectors).argmax(axis=1)).mean() >= 0.9
    assert model.figures["student_accuracy"] >= 0.7
    assert (taught >= 0).all() and (taught.sum(axis=1) <= 1 + 1e-9).all()


def test_without_a_student_none_is_asked(rows):
    model = fit_model(rows, CharacterEncoder().encode(rows.texts), ReasonModelParameters(0.8, 0.02, False))
    with pytest.raises(SettingsError, match="no student was fitted"):
        model.student_probabilities(["返金"])


def test_the_student_reads_no_vectors(reason_texts):
    clf = ReasonClassifier(encoder=CharacterEncoder(), serve="student").fit(*reason_texts)
    before = clf.predict_proba(reason_texts[0])
    clf.encoder_.encode = None  # type: ignore[method-assign]
    assert np.array_equal(clf.predict_proba(reason_texts[0]), before) and clf.figures_["reader"] == "student"


def test_texts_with_the_teachers_reasons_teach_words_that_no_label_has(rows):
    others = [f"{rows.texts[i]} キャンセル料{i}" for i in range(10)] + [f"{rows.texts[i]} 再送{i}" for i in range(20, 30)]
    said = np.repeat([rows.only[0], rows.only[20]], 10)
    chances = 0.9 * np.eye(3)[said]
    sparse = SparseFeatures().fit([*rows.texts, *others])
    student, left_out = fit_taught_student(
        sparse.transform([*rows.texts, *others]), rows, others, chances, precision=0.8, unknown_share=0.02)
    assert left_out.scores.shape == (len(rows.texts) + 20, 3)
    assert student.probabilities(sparse.transform(["キャンセル料は", "再送してね"])).argmax(axis=1).tolist() == [said[0], said[-1]]


def test_drawn_reasons_come_as_often_as_their_chances():
    chances = np.tile([0.6, 0.3, 0.05], (4_000, 1))
    share = np.bincount(drawn([f"text {i}" for i in range(4_000)], chances)) / 4_000
    assert share.round(1).tolist() == [0.6, 0.3, 0.1]


def test_a_student_taught_by_texts_without_labels_answers_first():
    frame = simulate(days=30, per_day=150, lang="ja", seed=5).drop_duplicates("text")
    frame = frame[frame["true_reasons"].isin(frame["true_reasons"].value_counts().index[:4])]
    texts, labels = frame["text"].tolist(), frame["true_reasons"].tolist()
    taxonomy = Taxonomy.from_dict({"reasons": [{"id": x, "name": x} for x in sorted(set(labels))]})
    given = [label if place < 60 else None for place, label in enumerate(labels)]
    made = ReasonClassifier(taxonomy, CharacterEncoder(64), serve="cascade").fit(texts[:-200], given[:-200])
    assert made.figures_["unlabeled"] > 300 and 0.7 < made.figures_["fast_share"] < 0.9
    right = made.predict(texts[-200:], abstain=False) == np.asarray(labels[-200:])
    assert right.mean() > 0.8
