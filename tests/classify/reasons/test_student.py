"""The fast linear model that learns from the slow one."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier
from vocmine.classify.reasons.supervised import ReasonModelParameters, fit_model
from vocmine.classify.reasons.training_rows import TrainingRows
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
