"""The learned metric: what it must gain, and what it must never change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.embed import CharacterEncoder
from vocmine.topics.discovery.metric_learning import learn, mutual_pairs, pairs_between, unit_rows
from vocmine.topics.discovery.vectors import JointVectors


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


def test_vectors_of_two_texts_stay_as_they_are() -> None:
    vectors = JointVectors(CharacterEncoder(16)).fit(["返金", "画面"])
    assert vectors.sharpener_ is None
    assert (vectors.transform(["返金"]) == vectors.joined(["返金"])).all()


class TwoTongues:
    """Vectors that know the meaning, and far more strongly the language."""

    MEANINGS = (("返金", "refund"), ("画面", "screen"), ("配達", "delivery"), ("駐車", "parking"))

    def __init__(self) -> None:
        self.spec: dict[str, object] = {"encoder": "two tongues"}

    def encode(self, texts: list[str]) -> np.ndarray:
        out = np.zeros((len(texts), 40))
        for i, text in enumerate(texts):
            rng = np.random.default_rng(sum(map(ord, text)))
            out[i, :30] = 0.1 * rng.normal(size=30)
            out[i, [i for i, words in enumerate(self.MEANINGS) if any(w in text for w in words)]] += 1
            out[i, 30 + text.isascii()] += 2
        return unit_rows(out).astype(np.float32)


def two_tongues(n: int = 30) -> tuple[list[str], np.ndarray, np.ndarray]:
    rows = [(f"{ja}について{i}番", f"about {en} number {i}", k) for k, (ja, en) in enumerate(TwoTongues.MEANINGS) for i in range(n)]
    texts = [r[0] for r in rows] + [r[1] for r in rows]
    return texts, np.array([r[2] for r in rows] * 2), np.array([False] * len(rows) + [True] * len(rows))


def test_meaning_goes_before_language() -> None:
    texts, meaning, english = two_tongues()
    vectors = JointVectors(TwoTongues()).fit(texts)
    plain, sharp = TwoTongues().encode(texts), vectors.transform(texts)

    def same_across(x: np.ndarray) -> float:
        """How often a text's meaning is nearer in the other language than another meaning in its own."""
        means = {(m, e): x[(meaning == m) & (english == e)].mean(axis=0) for m in range(4) for e in (False, True)}
        hits = [
            float(v @ means[m, not e]) > max(float(v @ means[k, e]) for k in range(4) if k != m)
            for v, m, e in zip(x, meaning.tolist(), english.tolist(), strict=True)
        ]
        return float(np.mean(hits))

    assert same_across(plain) < 0.1
    assert same_across(sharp) > 0.95


def test_one_language_and_a_few_guests_keep_their_place() -> None:
    texts, _, english = two_tongues()
    assert JointVectors(TwoTongues()).fit([t for t, e in zip(texts, english, strict=True) if not e]).middle_ is None
    assert JointVectors(TwoTongues()).fit(texts[: 120 + 9]).middle_ is None
    assert JointVectors(TwoTongues()).fit(texts[: 120 + 10]).middle_ is not None


def test_two_languages_alone_in_batch_and_stored_are_one() -> None:
    texts, _, _ = two_tongues()
    vectors = JointVectors(TwoTongues()).fit(texts)
    batch = vectors.transform(texts)
    assert all(vectors.transform([t])[0].tobytes() == batch[i].tobytes() for i, t in list(enumerate(texts))[::7])
    again = JointVectors(TwoTongues())
    again.vocabulary_, again.projection_ = vectors.vocabulary_, vectors.projection_
    again.take_sharpener(vectors.sharpener_arrays())
    assert again.transform(texts).tobytes() == batch.tobytes()


def test_pairs_between_are_of_both_groups() -> None:
    x, _ = noisy_topics(90)
    group = np.arange(90) % 3 == 0
    one, other = pairs_between(x, group)
    assert len(one) > 5
    assert not group[one].any()
    assert group[other].all()
    assert len(pairs_between(x, np.zeros(90, dtype=bool))[0]) == 0
