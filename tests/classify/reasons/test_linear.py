"""The linear model of the shipped reasons."""

from __future__ import annotations

import pickle

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.classify.reasons.linear import pairs, readable, shipped_model, weighted, whole_words, word_counts
from vocmine.classify.taxonomy.taxonomy import Taxonomy


def test_its_columns_are_the_shipped_reasons():
    assert shipped_model().classes == Taxonomy.default().leaves, "run python scripts/build_reason_model.py"


def test_nothing_said_is_no_reason():
    texts, terms = ["", "....", "返金はまだですか"], ["", "", "返金 まだ"]
    best = shipped_model().scores(texts, terms).argmax(axis=1)
    none = len(shipped_model().classes)
    assert best[:2].tolist() == [none, none] and shipped_model().classes[best[2]] == "billing.refund"


def test_without_words_the_characters_speak():
    model = shipped_model()
    by_characters = model.scores(["パスワードを忘れました"], None)[0]
    assert model.classes[by_characters[:-1].argmax()] == "account.password"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_a_text_alone_scores_as_among_others(texts):
    model = shipped_model()
    terms = [" ".join(text.split()) for text in texts]
    among = model.scores(texts, terms)
    alone = np.vstack([model.scores([text], [words]) for text, words in zip(texts, terms, strict=True)])
    assert np.isfinite(among).all() and (among == alone).all()


def test_counts_are_weighed_to_length_one():
    counts = word_counts(["a b a", "z"], whole_words(["a", "b", "a b"]))
    rows = weighted(counts, np.array([1.0, 2.0, 3.0])).toarray()
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 0]) and rows[0].argmax() == 2
    assert pairs("A b") == ["a", "b", "a b"] and readable(["  A  B "]) == [" a b "]


def test_gains_stand_at_their_place():
    model, texts = shipped_model(), ["あのう、返金してください", "", "返金", "請求が二重です"]
    reasons = [model.classes.index(name) for name in ("billing.refund", *["billing.double_charge"] * 3)]
    gains = model.gains(texts, reasons)
    assert [len(gain) for gain in gains] == [len(text) for text in texts] and texts[0][gains[0].argmax()] in "返金"
    for text, reason, gain in zip(texts, reasons, gains, strict=True):
        assert (model.gains([text], [reason])[0] == gain).all()


def test_pickled_it_is_only_named():
    assert len(pickle.dumps(shipped_model())) < 200 and pickle.loads(pickle.dumps(shipped_model())) is shipped_model()
