"""The reason model on labels."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.classify import ReasonClassifier
from vocmine.classify.reasons.supervised import ReasonModelParameters, fit_model, model_arrays, model_from_arrays
from vocmine.classify.reasons.training_rows import TrainingRows
from vocmine.embed import CharacterEncoder


def test_lists_of_labels(reason_texts):
    texts, labels = reason_texts
    both = [f"{a} {b}" for a, b in zip(texts[:10], texts[10:20], strict=True)]
    clf = ReasonClassifier(encoder=CharacterEncoder()).fit([*texts, *both], [[x] for x in labels] + [["refund", "login"]] * 10)
    p = pd.Series(clf.predict_proba([both[0]])[0], index=clf.classes_)
    assert p["refund"] > 0.5 and p["login"] > 0.5 > p["late"]


def test_a_model_comes_back_from_its_arrays(reason_texts):
    texts, labels = reason_texts
    rows = TrainingRows(texts, np.eye(3, dtype=np.float32)[np.unique(labels, return_inverse=True)[1]], np.ones(len(texts), dtype=bool))
    vectors = CharacterEncoder().encode(texts)
    model = fit_model(rows, vectors, ReasonModelParameters(0.8, 0.02, True))
    again = model_from_arrays(model_arrays(model), model.figures)
    assert np.array_equal(again.teacher_probabilities(texts, vectors), model.teacher_probabilities(texts, vectors))
    assert np.array_equal(again.student_probabilities(texts), model.student_probabilities(texts))
    assert again.texts == model.texts and again.calibration.threshold == model.calibration.threshold
