"""Encoders: the same bytes alone and among others, recipes that pickle, clear errors."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.embed import (
    BundledEncoder,
    CharacterEncoder,
    Encoder,
    PrecomputedEncoder,
    SentenceTransformerEncoder,
    default_encoder,
    encode_distinct,
    encoder_from_spec,
)
from vocmine.errors import SettingsError

BUNDLED = BundledEncoder(threads=1)
TEXTS = [
    "先月分の料金が二重に引き落とされています。", "アプリを更新したら画面が真っ白になりました", "", "a", "!?",
    "I was charged twice for my order last month.", "折電希望", "長い文です。" * 400, "\udcff壊れた文字", "😡😡", "ﾒｰﾙｶﾞﾄﾄﾞｶﾅｲ",
]


@pytest.mark.parametrize("encoder", [BUNDLED, CharacterEncoder(64)], ids=["bundled", "characters"])
def test_a_text_gets_the_same_bytes_alone_in_any_order_and_in_any_batch(encoder):
    together = encoder.encode(TEXTS)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert np.array_equal(together, alone)
    order = np.random.default_rng(0).permutation(len(TEXTS) * 20)
    many = TEXTS * 20
    assert np.array_equal(encoder.encode([many[i] for i in order]), np.tile(together, (20, 1))[order])


@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_text_is_encoded_and_its_neighbours_do_not_matter(others, text):
    vectors = BUNDLED.encode([*others, text])
    assert vectors.shape == (len(others) + 1, 512)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert np.array_equal(vectors[-1], BUNDLED.encode([text])[0])


def test_reference_vectors_of_the_pinned_encoder():
    """A changed encoder would silently change every saved model: these figures were read off version 0.2.1."""
    vectors = BUNDLED.encode(["料金が高い", "アプリが落ちる", "I want a refund"])
    assert np.allclose(vectors[:, :4], REFERENCE, atol=2e-3)


REFERENCE = np.array([[0.1027, -0.0639, 0.0417, 0.0062], [0.0629, 0.0056, 0.015, 0.026], [0.0654, 0.0069, -0.0467, -0.0149]])


def test_neighbours_in_meaning_across_languages():
    v = BUNDLED.encode(["返金してほしい", "I want a refund", "荷物が届かない", "My parcel has not arrived"])
    similar = v @ v.T
    assert similar[0, 1] > similar[0, 2]
    assert similar[0, 1] > similar[0, 3]
    assert similar[2, 3] > similar[2, 1]


def test_an_encoder_pickles_as_a_recipe_after_use():
    BUNDLED.encode(["a"])
    packed = pickle.dumps(BUNDLED)
    assert len(packed) < 1000
    assert np.array_equal(pickle.loads(packed).encode(["折電"]), BUNDLED.encode(["折電"]))


def test_specs_make_the_same_encoder_again():
    for encoder in (CharacterEncoder(32), default_encoder()):
        assert isinstance(encoder, Encoder)
        assert np.array_equal(encoder_from_spec(encoder.spec).encode(["返金"]), encoder.encode(["返金"]))
    with pytest.raises(SettingsError, match="can't be made from its description"):
        encoder_from_spec({"encoder": "precomputed", "dimensions": 3})
    assert encoder_from_spec(SentenceTransformerEncoder("some/model").spec).spec["name"] == "some/model"


def test_precomputed_vectors_and_their_errors():
    with pytest.raises(SettingsError, match="do not fit"):
        PrecomputedEncoder(["a", "b"], [[1.0, 0.0]])
    with pytest.raises(SettingsError, match="1 of 2"):
        PrecomputedEncoder(["a"], [[1.0, 0.0]]).encode(["a", "b"])


def test_a_missing_model_package_is_named_with_its_pip_line():
    with pytest.raises(ImportError, match="pip install sentence-transformers"):
        SentenceTransformerEncoder("some/model").encode(["a"])


def test_each_distinct_text_is_encoded_once():
    class Counting(CharacterEncoder):
        seen = 0

        def encode(self, texts):
            self.seen += len(texts)
            return super().encode(texts)

    encoder = Counting(16)
    vectors = encode_distinct(encoder, ["a", "b", "a", "a"])
    assert encoder.seen == 2
    assert np.array_equal(vectors[0], vectors[2])
