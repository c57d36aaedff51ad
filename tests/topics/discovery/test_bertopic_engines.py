"""The compiled engines; slow on a fresh machine, where numba compiles them first."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, homogeneity_score

from vocmine.topics.discovery.bertopic_engines import ConsensusEvoc, UmapHdbscan, discover, warm_up

pytestmark = pytest.mark.slow


def blobs(n: int = 400, k: int = 8, d: int = 32) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    truth = rng.integers(k, size=n)
    x = rng.normal(size=(k, d))[truth] + 0.35 * rng.normal(size=(n, d))
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32), truth


def test_consensus_finds_blobs_and_repeats() -> None:
    warm_up()
    x, truth = blobs()
    first, again = ConsensusEvoc(5, 0, 3).fit(x), ConsensusEvoc(5, 0, 3).fit(x)
    assert (first.labels_ == again.labels_).all()
    other = ConsensusEvoc(5, 1, 3).fit(x)
    for engine in (first, other):  # up to three of the eight blobs are cut in two, which ones depends on the processor
        assert homogeneity_score(truth, engine.labels_) > 0.99
        assert adjusted_rand_score(truth, engine.labels_) > 0.75


def test_bertopic_takes_any_clusterer_and_texts_without_words() -> None:
    pytest.importorskip("bertopic")
    x, truth = blobs()
    terms = [f"語{t}" if i % 7 else "" for i, t in enumerate(truth)]
    topics = discover(x, terms, KMeans(8, n_init=3, random_state=0))
    assert adjusted_rand_score(truth, topics) > 0.95
    assert np.bincount(topics).argmax() == 0


@pytest.mark.parametrize("engine", [UmapHdbscan(5, 0)])
def test_umap_engine(engine: UmapHdbscan) -> None:
    pytest.importorskip("umap")
    x, truth = blobs()
    assert adjusted_rand_score(truth, engine.fit(x).labels_) > 0.8
