"""Discovery without a compiler: up to the texts that are read by default, nothing may start numba."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse.linalg import eigsh
from scipy.spatial.distance import pdist
from sklearn.metrics import adjusted_rand_score

from vocmine.topics import TopicModel, engines
from vocmine.topics.discovery.consensus import add_together, neighbour_graph, neighbour_graphs, together
from vocmine.topics.discovery.levels import cluster_levels
from vocmine.topics.discovery.spectrum import distances, largest, normalised

COMPILED = "{'numba', 'llvmlite', 'bertopic', 'evoc', 'umap', 'hdbscan', 'pynndescent', 'torch'}"
TOLD = f"import json, sys; print(json.dumps([sorted({COMPILED} & set(sys.modules)), seen]))"


def blobs(sizes: list[int], d: int = 24) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    x = rng.normal(size=(len(sizes), d))[truth] + 0.35 * rng.normal(size=(len(truth), d))
    order = rng.permutation(len(x))
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)[order], truth[order]


def alone(code: str) -> tuple[list[str], list[float]]:
    """Run code in a process of its own; give the compiled modules that it loaded, and what it left in ``seen``."""
    done = subprocess.run([sys.executable, "-c", f"{code}\n{TOLD}"], capture_output=True, text=True, check=True)
    loaded, seen = json.loads(done.stdout.strip().splitlines()[-1])
    return loaded, seen


def test_topics_large_and_small_are_found_without_a_number() -> None:
    x, truth = blobs([300, 150, 80, 40, 40, 20, 20, 12])
    labels, agreement = cluster_levels(x, 5)
    assert adjusted_rand_score(truth, labels) > 0.95
    assert 8 <= labels.max() + 1 <= 10
    assert (np.diff(np.bincount(labels[labels >= 0])) <= 0).all()
    assert agreement.shape == (len(x), len(x))
    assert np.allclose(agreement, agreement.T)
    again, _ = cluster_levels(x, 5)
    assert (labels == again).all()


def test_vectors_beside_have_a_third_of_the_say() -> None:
    x, truth = blobs([80, 80, 80])
    noise = np.random.default_rng(1).normal(size=(240, 24)).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    assert adjusted_rand_score(truth, cluster_levels(x, 5, noise)[0]) > 0.95


def test_texts_all_alike_are_no_error() -> None:
    x = np.tile(np.eye(8, dtype=np.float32)[:1], (60, 1))
    labels, _ = cluster_levels(x, 5)
    assert labels.shape == (60,)


def test_eigenvectors_and_distances_are_those_of_scipy() -> None:
    x, _ = blobs([200, 200, 150, 150])
    walk = normalised(neighbour_graph(x))
    value, vector = largest(walk, 40)
    want = np.sort(eigsh(walk, k=40, which="LA", v0=np.ones(len(x)))[0])[::-1]
    assert np.abs(value - want).max() < 2e-3
    assert np.linalg.norm(walk @ vector[:, :20] - vector[:, :20] * value[:20], axis=0).max() < 2e-3
    assert np.abs(largest(walk, 40, vector)[0] - want).max() < 2e-3
    rows = np.vstack([vector / np.linalg.norm(vector, axis=1, keepdims=True), np.zeros((1, 40))])
    assert np.abs(distances(rows) - pdist(rows)).max() < 1e-7


def test_graphs_made_at_once_are_those_made_one_by_one() -> None:
    x, _ = blobs([60, 60])
    for number, graph in zip((5, 9), neighbour_graphs(x, [5, 9]), strict=True):
        assert abs(graph - neighbour_graph(x, number)).max() == 0


def test_agreement_is_added_with_its_weight() -> None:
    clusterings = [np.random.default_rng(i).integers(4, size=150) for i in range(3)]
    slow = np.mean([c[:, None] == c for c in clusterings], axis=0)
    assert np.allclose(together(clusterings), slow)
    share = np.ones((150, 150), dtype=np.float32)
    add_together(share, clusterings, 0.5)
    assert np.allclose(share, 1 + slow / 2)


def test_what_compiles_says_so(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    from vocmine.topics import discover

    monkeypatch.setattr(discover, "discover", lambda vectors, terms, engine: np.zeros(len(vectors), dtype=np.int64))
    monkeypatch.setattr(engines, "_NO_COMPILER", 50)
    monkeypatch.setattr(engines, "_SMALL", 40)
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    x, _ = blobs([30, 30])
    engines.find_clusters("auto", x[:50], [""] * 50, 5, 0, None)
    assert not caplog.records
    engines.find_clusters("auto", x, [""] * 60, 5, 0, None)
    assert "numba compiles the engine evoc" in caplog.text


def test_the_texts_read_by_default_need_no_compiler() -> None:
    assert engines.engine_for("auto", TopicModel().max_texts) == "levels"


@pytest.mark.slow
def test_thousands_of_texts_start_no_compiler() -> None:
    code = """
from vocmine.contacts import simulate
from vocmine.embed import CharacterEncoder
from vocmine.topics import TopicModel
from vocmine.topics.sample import distinct_texts
contacts = simulate(days=40, per_day=100, seed=3)
model = TopicModel(encoder=CharacterEncoder(64)).fit(contacts)
seen = [int(contacts["text"].nunique()), len(model.topics_)]
"""
    loaded, (distinct, topics) = alone(code)
    assert loaded == []
    assert distinct > 1500
    assert topics > 10


@pytest.mark.slow
def test_a_registry_starts_no_compiler() -> None:
    code = """
from vocmine.contacts import simulate
from vocmine.embed import CharacterEncoder
from vocmine.topics import TopicRegistry
registry = TopicRegistry(encoder=CharacterEncoder(64))
registry.update(simulate(days=31, per_day=80, seed=3))
seen = [len(registry._recuts), len(registry.topics)]
"""
    loaded, (recuts, topics) = alone(code)
    assert loaded == []
    assert recuts >= 2
    assert topics > 5


@pytest.mark.slow
def test_the_demo_starts_no_compiler(tmp_path: Path) -> None:
    code = f"""
from vocmine.batch import demo
for event in demo({str(tmp_path / "out")!r}, days=31, per_day=60):
    pass
seen = [len(event.result.findings)]
"""
    loaded, (findings,) = alone(code)
    assert loaded == []
    assert findings > 0
