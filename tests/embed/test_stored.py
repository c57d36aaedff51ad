"""The encoder of a saved model: known ones are made again, files of others are not opened because a folder says so."""

from __future__ import annotations

import pytest

from vocmine.embed import (
    BundledEncoder,
    CharacterEncoder,
    OnnxEncoder,
    SentenceTransformerEncoder,
    ViewEncoder,
    stored_encoder,
)
from vocmine.errors import SettingsError, StoreError


@pytest.mark.parametrize("encoder", [BundledEncoder(), CharacterEncoder(32), OnnxEncoder("folder", prefix="query: "), ViewEncoder("ja")])
def test_a_known_encoder_is_made_again(encoder):
    made = stored_encoder(encoder.spec)
    assert type(made) is type(encoder)
    assert made.spec == encoder.spec


def test_what_reads_files_of_others_has_to_be_given():
    own = SentenceTransformerEncoder("model")
    with pytest.raises(SettingsError, match=r"not taken from a saved model.*load\(folder, encoder="):
        stored_encoder(own.spec)
    assert stored_encoder(own.spec, own) is own


@pytest.mark.parametrize("spec", [
    {}, {"encoder": None}, {"encoder": {}}, {"encoder": "characters"}, {"encoder": "characters", "dimensions": True},
    {"encoder": "characters", "dimensions": 0}, {"encoder": "characters", "dimensions": 32, "more": 1}, {"encoder": "bundled"},
    {"encoder": "bundled", "dimensions": 3}, {"encoder": "onnx"}, {"encoder": "onnx", "folder": 1}, {"encoder": "view", "view": []},
    {"encoder": "onnx", "folder": "a", "pooling": "mean", "prefix": "", "batch_size": None, "max_tokens": 1},
], ids=str)
def test_a_description_that_no_encoder_gives_is_one_sentence(spec):
    with pytest.raises(SettingsError):
        stored_encoder(spec)


def test_vectors_of_another_width_are_told():
    assert stored_encoder(CharacterEncoder(8).spec, width=8).spec["dimensions"] == 8
    for given in (None, CharacterEncoder(8)):
        with pytest.raises(StoreError, match="got: 8 dimensions; expected: 16"):
            stored_encoder(CharacterEncoder(8).spec, given, 16)
