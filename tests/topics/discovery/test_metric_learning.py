"""The learned metric: what it must gain, and what it must never change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.topics.discovery.metric_learning import learn, mutual_pairs, pairs_between, unit_rows


def noisy_topics(n: int = 300, topics: int = 6, noise: float = 0.5, d: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """Topics far apart in few directions, and a strong habit of speech along ten others."""
    rng = np.random.default_rng(0)
    truth = rng.integers(topics, size=n)
    x = 0.05 * rng.normal(size=(n, d))
    x[:, :topics] += np.eye(topics)[truth]
    x[:, topics : topics + 10] += noise * rng.normal(size=(n, 10))
    return unit_rows(x).astype(np.float32), truth


def share_of_same_topic(x: np.ndarray, truth: np.ndarray) -> float:
    product = x @ x.T
    np.fill_diagonal(product, -9)
    near = np.argsort(-product, axis=1)[:, :10]
    return float((truth[near] == truth[:, None]).mean())


@pytest.mark.parametrize("noise", [0.4, 0.5, 0.6])
def test_neighbours_share_their_topic_more_often(noise: float) -> None:
    x, truth = noisy_topics(noise=noise)
    before, after = share_of_same_topic(x, truth), share_of_same_topic(learn(x).apply(x), truth)
    assert after > before + 0.3 * (1 - before)


def test_texts_not_learned_from_gain_too() -> None:
    x, truth = noisy_topics(600)
    sharpener = learn(x[:300])
    rest = sharpener.apply(x[300:])
    assert share_of_same_topic(rest, truth[300:]) > share_of_same_topic(x[300:], truth[300:]) + 0.05


@given(st.integers(0, 299), st.integers(1, 200))
@settings(max_examples=25, deadline=None)
def test_a_row_has_the_same_bits_alone_and_in_any_batch(row: int, size: int) -> None:
    x, _ = noisy_topics()
    sharpener = learn(x[:80])
    batch = sharpener.apply(np.roll(x, -row, axis=0)[:size])
    assert sharpener.apply(x[row : row + 1])[0].tobytes() == batch[0].tobytes()


def test_what_is_kept_in_half_precision_is_what_is_used() -> None:
    x, _ = noisy_topics()
    matrix = learn(x).matrix
    assert (matrix == matrix.astype(np.float16).astype(np.float32)).all()
    assert np.isfinite(matrix).all()


@pytest.mark.parametrize("rows", [np.eye(3), np.ones((5, 3)) / np.sqrt(3), np.eye(40)[:4], np.repeat(np.eye(3), 9, 0)])
def test_few_or_equal_rows_do_no_harm(rows: np.ndarray) -> None:
    x = rows.astype(np.float32)
    y = learn(x).apply(x)
    assert np.isfinite(y).all()
    length = np.linalg.norm(y, axis=1)
    assert ((np.abs(length - 1) < 1e-5) | (length == 0)).all()


def test_pairs_are_mutual_and_come_once() -> None:
    x, _ = noisy_topics(120)
    first, second = mutual_pairs(x, 5)
    product = x @ x.T
    np.fill_diagonal(product, -9)
    near = [set(row) for row in np.argsort(-product, axis=1)[:, :5].tolist()]
    assert (first < second).all()
    assert set(zip(first.tolist(), second.tolist(), strict=True)) == {
        (i, j) for i in range(120) for j in near[i] if i < j and i in near[j]
    }


def test_pairs_between_are_of_both_groups() -> None:
    x, _ = noisy_topics(90)
    group = np.arange(90) % 3 == 0
    one, other = pairs_between(x, group)
    assert len(one) > 5
    assert not group[one].any()
    assert group[other].all()
    assert len(pairs_between(x, np.zeros(90, dtype=bool))[0]) == 0
