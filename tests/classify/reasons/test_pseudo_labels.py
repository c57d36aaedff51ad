"""What a model without labels says of the surest texts is learned again."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons.pseudo_labels import PARAMETERS, PseudoLabelHead, fit_pseudo_labels
from vocmine.embed import CharacterEncoder
from vocmine.linalg import softmax

WORDS = ("返金", "配送", "解約")
TEXTS = [f"{word}の{what}{end}" for word in WORDS for what in ("件", "方法", "連絡", "問題", "手続き") for end in ("です", "", "か", "を")]


def sureness(scores):
    return float(softmax(scores).max(axis=1).mean())


@pytest.fixture
def fitted():
    texts = sorted(TEXTS)
    truth = np.array([next(i for i, word in enumerate(WORDS) if word in text) for text in texts])
    scores = 2 * np.eye(3)[truth] + np.random.default_rng(0).normal(0, 1.2, (len(texts), 3))
    vectors = CharacterEncoder(64).encode(texts)
    return texts, truth, scores, vectors, *fit_pseudo_labels(scores, sureness, texts, vectors)


def test_the_others_are_told_better_and_no_surer(fitted):
    _, truth, scores, _, _, pooled = fitted
    assert (pooled.argmax(axis=1) == truth).mean() > (scores.argmax(axis=1) == truth).mean() + 0.05
    assert sureness(pooled) == pytest.approx(sureness(scores), abs=0.01)


def test_it_is_kept_as_arrays_and_reads_each_text_alone(fitted):
    texts, _, scores, vectors, made, _ = fitted
    again = PseudoLabelHead.from_arrays(made.arrays())
    all_at_once = made.pooled(scores, texts, vectors)
    assert np.array_equal(again.pooled(scores, texts, vectors), all_at_once)
    alone = np.vstack([made.pooled(scores[[i]], [texts[i]], vectors[[i]]) for i in range(len(texts))])
    assert np.array_equal(alone, all_at_once)


def test_many_texts_are_drawn_whatever_their_order(fitted, monkeypatch):
    texts, _, scores, vectors, *_ = fitted
    monkeypatch.setattr("vocmine.classify.reasons.pseudo_labels.PARAMETERS", PARAMETERS.__class__(max_texts=30))
    made, pooled = fit_pseudo_labels(scores, sureness, texts, vectors)
    assert len(made.head.rows) < 30
    assert pooled.shape == scores.shape


def test_few_texts_a_reason_teach_none(tmp_path):
    taxonomy = Taxonomy.from_dict({"reasons": [{"id": word, "name": word} for word in WORDS]})
    clf = ReasonClassifier(taxonomy, CharacterEncoder(64), serve="best")
    assert clf.fit(TEXTS[:24]).stage_.unsupervised.pseudo_labels is None
    assert clf.fit(TEXTS).stage_.unsupervised.pseudo_labels is not None
    clf.save(tmp_path)
    again = ReasonClassifier.load(tmp_path, CharacterEncoder(64))
    assert np.array_equal(again.predict_proba(TEXTS), clf.predict_proba(TEXTS))
    shuffled = ReasonClassifier(taxonomy, CharacterEncoder(64), serve="best").fit(TEXTS[::-1])
    assert np.array_equal(shuffled.predict_proba(TEXTS), clf.predict_proba(TEXTS))
