"""What each encoder of ours promises: a text gets the same bytes alone and among others; what of a text is read."""

from __future__ import annotations

import os

import numpy as np
import pytest

from vocmine.embed import BundledEncoder, CharacterEncoder, Encoder, PrecomputedEncoder, SentenceTransformerEncoder
from vocmine.embed._protocol import cores, readable

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


@pytest.mark.parametrize("encoder", [BUNDLED, CharacterEncoder(16), SentenceTransformerEncoder("some/model"), PrecomputedEncoder(["a"], [[1.0]])])
def test_every_encoder_fits_the_protocol(encoder):
    assert isinstance(encoder, Encoder)
    assert isinstance(encoder.spec["encoder"], str)
    assert not isinstance(object(), Encoder)


@pytest.mark.parametrize(("text", "read"), [("料金が高い", "料金が高い"), ("", ""), ("\udcff壊れた", "?壊れた"), ("あ" * 2_001, "あ" * 2_000), ("😡" * 2_001, "😡" * 2_000)])
def test_what_is_read_of_a_text(text, read):
    assert readable(text) == read
    assert readable(read) == read


@pytest.mark.parametrize(("limit", "expected"), [("1", 1), ("0", 1), ("999999", None), ("many", None), ("", None)])
def test_cores_are_limited_by_the_environment(monkeypatch, limit, expected):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    free = cores()
    monkeypatch.setenv("OMP_NUM_THREADS", limit)
    assert cores() == (free if expected is None else expected)
    assert 1 <= free <= os.cpu_count()
