"""Texts and labels given to a reason classifier."""

from __future__ import annotations

import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.embed import CharacterEncoder
from vocmine.errors import SettingsError

TWO = Taxonomy.from_dict({"reasons": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]})


def test_missing_and_unknown_labels_are_left_out(reason_texts):
    texts, labels = reason_texts
    clf = ReasonClassifier(encoder=CharacterEncoder()).fit([*texts, "x", "y"], [*labels, None, "unknown"])
    assert clf.figures_["n"] == len(texts)


@pytest.mark.parametrize(("make", "words"), [
    (lambda: ReasonClassifier(TWO).predict("x"), r"one text alone.*\[text\]"),
    (lambda: ReasonClassifier(TWO).predict([1]), "not a text.*int"),
    (lambda: ReasonClassifier(TWO).predict(5), "no texts"),
    (lambda: ReasonClassifier(TWO).fit(["x", "y"], ["a"]), "1 labels.*2"),
    (lambda: ReasonClassifier(TWO).fit(["x", "y"], "ab"), "labels must be a list"),
    (lambda: ReasonClassifier(TWO).fit(["x", "y"], ["a", "c"]), "taxonomy has not.*'c'"),
    (lambda: ReasonClassifier(TWO).fit(["x", "y"], ["a", "a"]), "not enough reasons"),
    (lambda: ReasonClassifier(TWO).fit(["x"], [None]), "no labels"),
    (lambda: ReasonClassifier(TWO).fit(["x", "y"], ["a", 2]), "label is not a text.*int"),
])
def test_wrong_texts_and_labels(make, words):
    with pytest.raises(SettingsError, match=words):
        make()
