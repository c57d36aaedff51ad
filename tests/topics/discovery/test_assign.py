from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.topics.discovery._assign import assign, calibrate, product_blocks


def unit(rng: np.random.Generator, n: int, d: int = 24) -> np.ndarray:
    x = rng.normal(size=(n, d)).astype(np.float32)
    return x / np.linalg.norm(x, axis=1, keepdims=True)


@given(st.integers(0, 10_000), st.integers(1, 200))
@settings(max_examples=30, deadline=None)
def test_a_row_has_the_same_bits_alone_and_in_any_batch(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    queries, examples = unit(rng, n), unit(rng, 150)
    topics = rng.integers(0, 7, size=150)
    whole = assign(queries, examples, topics)
    i = int(rng.integers(n))
    alone = assign(queries[i : i + 1], examples, topics)
    assert alone.topic[0] == whole.topic[i]
    assert alone.score[0].tobytes() == whole.score[i].tobytes()
    assert alone.margin[0].tobytes() == whole.margin[i].tobytes()


def test_order_of_queries_does_not_matter() -> None:
    rng = np.random.default_rng(1)
    queries, examples, topics = unit(rng, 130), unit(rng, 90), rng.integers(0, 5, size=90)
    order = rng.permutation(130)
    assert (assign(queries, examples, topics).topic[order] == assign(queries[order], examples, topics).topic).all()


def test_ties_go_to_the_lower_topic() -> None:
    e = np.array([[1, 0], [1, 0]], dtype=np.float32)
    assert assign(e[:1], e, np.array([4, 2])).topic.tolist() == [2]


def test_blocks_cover_all_rows_once() -> None:
    rng = np.random.default_rng(2)
    q, e = unit(rng, 130), unit(rng, 9)
    whole = np.vstack([block for _, block in product_blocks(q, e)])
    np.testing.assert_allclose(whole, q @ e.T, atol=1e-6)


def test_no_examples_means_no_topic() -> None:
    q = np.ones((2, 3), dtype=np.float32)
    assert assign(q, q[:0], np.empty(0, dtype=np.int64)).topic.tolist() == [-1, -1]


@pytest.mark.parametrize("left_out", [0.0, 0.05, 0.2])
def test_radius_leaves_out_about_what_was_asked(left_out: float) -> None:
    rng = np.random.default_rng(3)
    centres = unit(rng, 4)
    topics = np.repeat(np.arange(4), 200)
    x = centres[topics] + 0.2 * rng.normal(size=(800, 24)).astype(np.float32)
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    radius = calibrate(x, topics, left_out, 4)
    result = assign(x, x, topics, exclude_self=True)
    out = (result.score < radius[result.topic]).mean()
    assert abs(out - left_out) < 0.03
