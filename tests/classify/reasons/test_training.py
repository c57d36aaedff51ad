"""Stages made from the taxonomy, from texts and from labels."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import clone

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.embed import CharacterEncoder
from vocmine.errors import SettingsError


def test_labels_after_texts_and_texts_after_labels(reason_texts):
    texts, labels = reason_texts
    taxonomy = Taxonomy.from_dict({"reasons": [{"id": x, "name": x} for x in sorted(set(labels))]})
    fresh = ReasonClassifier(taxonomy, CharacterEncoder(), serve="best")
    by_labels, by_texts = clone(fresh).fit(texts, labels), clone(fresh).fit(texts)
    assert np.array_equal(clone(fresh).fit(texts).fit(texts, labels).predict_proba(texts), by_labels.predict_proba(texts))
    assert np.array_equal(clone(fresh).fit(texts, labels).fit(texts).predict_proba(texts), by_texts.predict_proba(texts))
    assert not np.array_equal(by_texts.predict_proba(texts), by_labels.predict_proba(texts))
    assert "expected_accuracy" in by_texts.figures_ and "accuracy" in by_labels.figures_
    unfitted = clone(by_texts)
    assert unfitted.figures_ == {"reader": "vectors"}


@pytest.mark.parametrize(("texts", "params", "words"), [
    ("返金", {}, "one text alone"), (["返金", "解約"] * 30, {}, "2 distinct texts"), ([], {}, "0 distinct"),
    ([None, "", " "] * 20, {}, "0 distinct"), ([1, 2], {}, "not a text"),
    ([f"返金{i}" for i in range(40)], {"serve": "student"}, "serve='student'"),
])
def test_what_cannot_be_learned_from_is_told(texts, params, words):
    clf = ReasonClassifier(Taxonomy.from_dict({"reasons": [{"id": "a", "name": "返金"}, {"id": "b", "name": "解約"}]}),
                           CharacterEncoder(64), **params)
    with pytest.raises(SettingsError) as told:
        clf.fit(texts)
    assert words in str(told.value)
