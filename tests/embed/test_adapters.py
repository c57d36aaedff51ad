"""Encoders without a model, of other packages, or of vectors made elsewhere: recipes and clear errors."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.embed import (
    CharacterEncoder,
    Encoder,
    PrecomputedEncoder,
    SentenceTransformerEncoder,
    default_encoder,
    encode_distinct,
    encoder_from_spec,
)
from vocmine.errors import SettingsError


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
