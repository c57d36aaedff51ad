"""Neighbours have their say in how sure an answer without labels is."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons.smoothing import Smoothing, fit_smoothing
from vocmine.embed import CharacterEncoder
from vocmine.linalg import unit_rows

_RNG = np.random.default_rng(3)
_CENTRES = _RNG.normal(size=(6, 24))
_PLACE = np.arange(240) % 6
_VECTORS = unit_rows((_CENTRES[_PLACE] + 0.6 * _RNG.normal(size=(240, 24))).astype(np.float32))
_SURE = np.clip(np.where(_PLACE == 5, 0.45, 0.75) + 0.15 * _RNG.normal(size=240), 0.05, 0.98)  # the last one is of no reason


@pytest.fixture(scope="module")
def crowd():
    return fit_smoothing([f"text {i}" for i in range(240)], _VECTORS, _SURE, _SURE)


def test_texts_among_unsure_ones_are_less_sure(crowd):
    new = unit_rows((_CENTRES[[0, 5]] + 0.3).astype(np.float32))
    said = crowd.confidence(new, np.full(2, 0.6), np.full(2, 0.6))
    assert said[0] > 0.6 > said[1]


def test_the_mean_chance_stays(crowd):
    said = crowd.confidence(_VECTORS, _SURE, _SURE)
    assert said.mean() == pytest.approx(_SURE.mean(), abs=0.01)
    assert said[_PLACE == 5].max() < np.median(said[_PLACE != 5])


def test_a_text_far_from_all_others_stays_about_as_it_is(crowd):
    far = -unit_rows(_VECTORS.mean(axis=0, keepdims=True))
    said = crowd.confidence(np.repeat(far, 2, axis=0), np.array([0.3, 0.9]), np.array([0.3, 0.9]))
    assert said == pytest.approx([0.3, 0.9], abs=0.1)


def test_alone_as_among_others_and_back_from_arrays(crowd):
    said = crowd.confidence(_VECTORS, _SURE, _SURE)
    again = Smoothing.from_arrays(crowd.arrays())
    assert np.array_equal(again.confidence(_VECTORS[7:8], _SURE[7:8], _SURE[7:8]), said[7:8])
    assert np.array_equal(pickle.loads(pickle.dumps(crowd)).confidence(_VECTORS, _SURE, _SURE), said)


def test_a_classifier_without_labels_keeps_it(tmp_path):
    taxonomy = Taxonomy.from_dict({"reasons": [{"id": "refund", "name": "返金"}, {"id": "login", "name": "ログイン"}]})
    texts = [f"{word} {i}" for word in ("返金してください", "ログインできない", "天気がよい") for i in range(12)]
    clf = ReasonClassifier(taxonomy, CharacterEncoder()).fit(texts)
    model = clf.stage_.unsupervised
    assert model is not None and model.smoothing is not None and len(model.smoothing.odds) == len(texts)
    read = clf.predict_proba(["返金 99", "天気"])
    assert read[0].max() > read[1].max() and (read.sum(axis=1) <= 1 + 1e-9).all()
    clf.save(tmp_path / "m")
    assert np.array_equal(ReasonClassifier.load(tmp_path / "m", CharacterEncoder()).predict_proba(["天気"])[0], read[1])
