"""The bundled encoder: pinned vectors, meaning across languages, a recipe when pickled, any text and number of threads."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.embed import BundledEncoder

BUNDLED = BundledEncoder(threads=1)


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


@pytest.mark.parametrize("threads", [1, 2])
def test_vectors_are_the_same_with_any_number_of_threads_and_in_blocks_of_every_size(threads):
    texts = [f"{n}回目の電話で、返金は{n}日後と言われました" + "。" * (n % 7) for n in range(71)]
    whole = BundledEncoder(threads=1).encode(texts)
    encoder = BundledEncoder(threads=threads)
    assert np.array_equal(encoder.encode(texts), whole)
    start = 0
    for size in (1, 2, 3, 5, 8, 13, 39):
        assert np.array_equal(encoder.encode(texts[start : start + size]), whole[start : start + size])
        start += size
    order = np.random.default_rng(0).permutation(71)
    assert np.array_equal(encoder.encode([texts[i] for i in order]), whole[order])
