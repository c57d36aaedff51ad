"""The rows that a reason model is fitted on."""

from __future__ import annotations

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons import training_rows
from vocmine.classify.reasons.training_rows import labelled_rows
from vocmine.embed import CharacterEncoder


def test_the_same_text_under_two_labels_stays_one_reason(reason_texts):
    texts, labels = reason_texts
    clf = ReasonClassifier(encoder=CharacterEncoder()).fit([*texts, texts[0], texts[0]], [*labels, "login", labels[0]])
    p = clf.predict_proba([*texts, "xyz"])
    assert (p.sum(axis=1) <= 1 + 1e-4).all() and clf.predict(texts[:1], abstain=False).tolist() == [labels[0]]


NAMES = Taxonomy.from_dict({"reasons": [{"id": "a", "name": "返金"}, {"id": "b", "name": "解約"}]})


def test_texts_stand_once_before_the_names():
    rows = labelled_rows(["x", "y", "x", "z"], [("a",), ("b",), ("a",), ("unknown",)], NAMES, ("a", "b"))
    assert rows.texts == ["x", "y", "返金", "解約"] and rows.only.tolist() == [0, 1, 0, 1]
    assert rows.real.tolist() == [True, True, False, False]
    several = labelled_rows(["x", "y"], [("a", "b"), ("b",)], NAMES, ("a", "b"))
    assert several.only.tolist() == [-1, 1, 0, 1]


def test_of_very_many_texts_rare_reasons_stay_whole(monkeypatch):
    monkeypatch.setattr(training_rows, "MAX_ROWS", 10)
    texts = [f"t{i}" for i in range(40)]
    rows = labelled_rows(texts, [("b",) if i % 20 == 0 else ("a",) for i in range(40)], NAMES, ("a", "b"))
    assert rows.real.sum() == 10 and {"t0", "t20"} <= set(rows.texts)
