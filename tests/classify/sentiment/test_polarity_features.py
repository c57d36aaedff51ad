"""Features of sentences and of texts, for many at once as for each alone."""

from __future__ import annotations

from math import log1p, tanh

import numpy as np

from vocmine.classify.sentiment.polarity import read, read_texts
from vocmine.classify.sentiment.polarity_features import FEATURES

TEXTS = ["料金が高いけど、対応は丁寧でした。ありがとう！", "", "。", "普通です。\n返金してほしい。まだ？", "Great app, but it keeps crashing. Thanks!", "最悪😡 Wi-Fiが遅い"]


def test_a_text_alone_has_the_features_it_has_in_a_batch() -> None:
    together = read_texts(TEXTS)
    assert together.features.shape == (len(TEXTS), len(FEATURES))
    for row, text in enumerate(TEXTS):
        alone = read(text)
        assert np.array_equal(alone.features, together.features[row])
        assert alone.hits == together.hits[row]
        own = together.sentence_features[together.owner == row]
        assert np.array_equal(np.array([part.features for part in alone.sentences]).reshape(own.shape), own)


def test_some_texts_of_many() -> None:
    together, chosen = read_texts(TEXTS), np.array([True, False, True, False, True, True])
    some, again = together.of_texts(chosen), read_texts([text for text, keep in zip(TEXTS, chosen, strict=True) if keep])
    assert some.sentences == again.sentences and some.hits == again.hits
    assert np.array_equal(some.owner, again.owner) and np.array_equal(some.features, again.features)
    joined = together.joined([read_texts(TEXTS[:2]), read_texts(TEXTS[2:])])
    assert np.array_equal(joined.owner, together.owner) and np.array_equal(joined.sentence_features, together.sentence_features)


def test_numbers_by_hand() -> None:
    found = dict(zip(FEATURES, read("最悪です。対応は丁寧でした。").features.tolist(), strict=True))
    bad, good = (h.score for h in read("最悪です。対応は丁寧でした。").hits)
    assert found["pos"] == log1p(good) and found["neg"] == log1p(-bad)
    assert found["net_first"] == tanh(bad / 2) and found["net_last"] == tanh(good / 2)
    assert found["share_pos"] == found["share_neg"] == 0.5
    assert found["sentences"] == log1p(2) / 3 and found["latin"] == 0.0
