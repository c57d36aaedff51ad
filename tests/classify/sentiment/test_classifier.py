"""The contract of SentimentClassifier."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from vocmine import store
from vocmine.classify import SentimentClassifier
from vocmine.embed import CharacterEncoder
from vocmine.errors import SettingsError, StoreError

TEXTS = ["対応が丁寧で助かりました", "全然つながらない", "住所を変更しました", "I love it", "The app keeps crashing", "It is on the second floor"]
LABELS = ["positive", "negative", "neutral"] * 2


def test_no_labels_predicts_three_names() -> None:
    got = SentimentClassifier().predict(TEXTS)
    assert got.tolist()[:2] == ["positive", "negative"]
    assert set(got) <= {"negative", "neutral", "positive"}


def test_probabilities_add_up_and_order_is_fixed() -> None:
    classifier = SentimentClassifier()
    proba = classifier.predict_proba(TEXTS)
    assert proba.shape == (6, 3)
    np.testing.assert_allclose(proba.sum(axis=1), 1)
    assert classifier.classes_.tolist() == ["negative", "neutral", "positive"]


def test_nothing_gives_nothing() -> None:
    classifier = SentimentClassifier()
    assert classifier.predict([]).shape == (0,)
    assert classifier.predict_proba([]).shape == (0, 3)
    assert classifier.tag([]).columns.tolist() == ["row", "label", "score", "evidence"]
    assert len(classifier.explain([])) == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_alone_is_as_in_a_batch(texts: list[str]) -> None:
    classifier = SentimentClassifier()
    whole = classifier.predict_proba(texts)
    alone = [classifier.predict_proba([text])[0] for text in texts]
    assert all(np.array_equal(a, b) for a, b in zip(whole, alone, strict=True))
    assert np.isfinite(whole).all()


def test_missing_and_odd_texts_are_neutral_enough() -> None:
    series = pd.Series([None, "", "   ", "123", "。。。", "\ud800" * 0], index=list("abcdef"))
    assert SentimentClassifier().predict(series).shape == (6,)


def test_fit_learns_and_survives_save_and_clone(tmp_path) -> None:
    texts, y = TEXTS * 12, LABELS * 12
    fitted = SentimentClassifier(encoder=CharacterEncoder(32)).fit(texts, y)
    assert fitted.predict(TEXTS).tolist() == LABELS
    fitted.save(tmp_path / "model")
    loaded = SentimentClassifier.load(tmp_path / "model")
    assert np.array_equal(loaded.predict_proba(TEXTS), fitted.predict_proba(TEXTS))
    assert np.array_equal(pickle.loads(pickle.dumps(fitted)).predict_proba(TEXTS), fitted.predict_proba(TEXTS))
    assert not hasattr(clone(fitted), "model_")


def test_unfitted_saves_too(tmp_path) -> None:
    SentimentClassifier(C=0.5).save(tmp_path)
    loaded = SentimentClassifier.load(tmp_path)
    assert loaded.C == 0.5
    assert np.array_equal(loaded.predict_proba(TEXTS), SentimentClassifier().predict_proba(TEXTS))
    with pytest.raises(StoreError):
        SentimentClassifier.load(tmp_path / "none")


def test_a_fitted_text_alone_is_as_in_a_batch() -> None:
    fitted = SentimentClassifier(use_vectors=False).fit(TEXTS * 4, LABELS * 4)
    whole = fitted.predict_proba(TEXTS)
    assert np.allclose(whole, np.vstack([fitted.predict_proba([text]) for text in TEXTS]), atol=1e-12)


@pytest.mark.parametrize(
    ("y", "said"),
    [(["positive"], "differ"), (["good", "negative"], "unknown"), (["positive", "positive"], "tell apart")],
)
def test_wrong_labels_are_refused(y: list[str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        SentimentClassifier(use_vectors=False).fit(["良い", "悪い"], y)


def test_wrong_c_is_refused() -> None:
    with pytest.raises(SettingsError, match="C must be positive"):
        SentimentClassifier(C=0, use_vectors=False).fit(["良い", "悪い"], ["positive", "negative"])


def test_explain_points_into_the_text() -> None:
    text = "料金が高い。対応は悪くない。the app keeps crashing"
    found = SentimentClassifier().explain([text])
    assert all(text[r.start : r.end] == r.word for r in found.itertuples())
    assert found.score.lt(0).any()
    assert found.score.gt(0).any()


def test_tag_gives_evidence() -> None:
    tags = SentimentClassifier().tag(["アプリが落ちる", "住所を変更しました"])
    assert tags.row.tolist() == [0, 1]
    assert "落ちる" in tags.evidence[0]


def test_get_params_and_set_params() -> None:
    classifier = SentimentClassifier().set_params(C=3.0)
    assert classifier.get_params() == {"C": 3.0, "encoder": None, "use_vectors": True}


def test_a_folder_of_the_version_before_is_refused_with_what_to_do(tmp_path) -> None:
    store.save(tmp_path, "SentimentClassifier", {"C": 2.0})
    with pytest.raises(StoreError, match=r"version 1.*version 3.*fit it again"):
        SentimentClassifier.load(tmp_path)
