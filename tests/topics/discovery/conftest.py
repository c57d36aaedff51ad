"""Made-up vectors for the tests of discovery."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

Blobs = Callable[[list[int]], tuple[np.ndarray, np.ndarray]]


@pytest.fixture
def blobs() -> Blobs:
    return made_blobs


def made_blobs(sizes: list[int], d: int = 24) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    x = rng.normal(size=(len(sizes), d))[truth] + 0.35 * rng.normal(size=(len(truth), d))
    order = rng.permutation(len(x))
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)[order], truth[order]

