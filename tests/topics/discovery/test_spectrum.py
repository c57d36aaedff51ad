"""Eigenvectors and distances against those of scipy."""

from __future__ import annotations

import numpy as np
from scipy.sparse.linalg import eigsh
from scipy.spatial.distance import pdist

from vocmine.topics.discovery.consensus import neighbour_graph
from vocmine.topics.discovery.spectrum import distances, largest, normalised


def test_eigenvectors_and_distances_are_those_of_scipy() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(4, 24))[np.repeat(np.arange(4), [200, 200, 150, 150])] + 0.35 * rng.normal(size=(700, 24))
    x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)
    walk = normalised(neighbour_graph(x))
    value, vector = largest(walk, 40)
    want = np.sort(eigsh(walk, k=40, which="LA", v0=np.ones(len(x)))[0])[::-1]
    assert np.abs(value - want).max() < 2e-3
    assert np.linalg.norm(walk @ vector[:, :20] - vector[:, :20] * value[:20], axis=0).max() < 2e-3
    assert np.abs(largest(walk, 40, vector)[0] - want).max() < 2e-3
    rows = np.vstack([vector / np.linalg.norm(vector, axis=1, keepdims=True), np.zeros((1, 40))])
    assert np.abs(distances(rows) - pdist(rows)).max() < 1e-7
