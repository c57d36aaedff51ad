"""The fitted sentiment model."""

from __future__ import annotations

from vocmine.classify import SentimentClassifier
from vocmine.classify.sentiment.pretrained import judge


def test_a_denied_word_is_learned_as_the_word_too():
    texts = ["アプリが起動した", "画面が固まった", "画面が明るい", "アプリが起動します"] * 4
    labels = ["positive", "negative", "positive", "positive"] * 4
    fitted = SentimentClassifier(use_vectors=False).fit(texts, labels).model_
    names = list(fitted.words.get_feature_names_out())
    assert "起動" in names
    row = fitted.features(["起動しない"], ["起動_ない"], judge(["起動しない"]), None)
    start = len(fitted.characters.get_feature_names_out())
    assert row[0, start + names.index("起動")] > 0
