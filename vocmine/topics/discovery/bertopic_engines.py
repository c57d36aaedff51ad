"""Discovery with BERTopic and its pluggable parts; the only file that imports bertopic, evoc, umap and hdbscan.

BERTopic is given our vectors, an engine and our terms, and only discovers: assignment is
`vocmine.topics.discovery.nearest_examples`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from vocmine.errors import missing_extra
from vocmine.topics.discovery.consensus import WardTrees, consensus, of_views, to_nearest, together, views

_SEEDS = 6  # runs of EVoC that have to agree
_LEAST_CLUSTERS = 4  # coarser layers say too little about which texts belong together
_AGREEMENT = 0.44  # below a half, since the finest layers of every run part what belongs together


class ConsensusEvoc:
    """Cluster engine for BERTopic: what several seeded runs of EVoC and the Ward trees of the same vectors agree on.

    Each layer of each EVoC run is one clustering; each number of clusters that EVoC proposes is also cut from the Ward
    trees, which have no seed. Both kinds weigh the same. No layer has to be chosen, which is where a single run fails.
    Other vectors of the same texts may be a second view; they have a third of the say.

    Parameters
    ----------
    min_size : int
        Least number of texts of a topic.
    seed : int
    n_seeds : int
        Runs of EVoC on each kind of vectors.
    second_view : ndarray of float32, shape (n, e), optional
        Other vectors of the rows that `fit` will get.
    """

    def __init__(
        self, min_size: int = 5, seed: int = 0, n_seeds: int = _SEEDS, second_view: np.ndarray | None = None
    ) -> None:
        self.min_size, self.seed, self.n_seeds, self.second_view = min_size, seed, n_seeds, second_view

    def fit(self, vectors: np.ndarray, y: Any = None) -> ConsensusEvoc:
        """Cluster; sets ``labels_`` (-1 for none) and ``agreement_``."""
        self.agreement_ = of_views([self._agreement(view) for view in views(vectors, self.second_view)])
        self.labels_ = consensus(self.agreement_, self.min_size, _AGREEMENT)
        return self

    def _agreement(self, vectors: np.ndarray) -> np.ndarray:
        x = np.ascontiguousarray(vectors, dtype=np.float32)
        layers = [layer for seed in self._seeds() for layer in _evoc_layers(x, self.min_size, seed)]
        trees = WardTrees(x)
        if not layers:
            layers = trees.cut(_LEAST_CLUSTERS)
        cuts = trees.cuts([int(layer.max()) + 1 for layer in layers])
        return np.asarray((together([to_nearest(x, layer) for layer in layers]) + together(cuts)) / 2)

    def _seeds(self) -> list[int]:
        return [int(s) for s in np.random.SeedSequence(self.seed).generate_state(self.n_seeds)]


class UmapHdbscan:
    """Cluster engine for BERTopic: UMAP and HDBSCAN, BERTopic's own recipe, with a seed.

    Parameters
    ----------
    min_size : int
        Least number of texts of a topic.
    seed : int
    """

    def __init__(self, min_size: int = 5, seed: int = 0) -> None:
        self.min_size, self.seed = min_size, seed

    def fit(self, vectors: np.ndarray, y: Any = None) -> UmapHdbscan:
        """Cluster; sets ``labels_`` (-1 for none)."""
        try:
            with _quiet():
                from hdbscan import HDBSCAN
                from umap import UMAP
        except ImportError:
            raise missing_extra("umap-learn", "umap", "the umap engine") from None
        neighbours = min(15, len(vectors) - 1)
        with _quiet():  # umap warns that a seed makes it run on one thread
            reducer = UMAP(neighbours, n_components=5, min_dist=0.0, metric="cosine", random_state=self.seed)
            reduced = reducer.fit_transform(vectors)
        size = max(self.min_size, len(vectors) // 250)
        self.labels_ = HDBSCAN(min_cluster_size=size, min_samples=5).fit(reduced).labels_
        return self


def discover(vectors: np.ndarray, terms: list[str], engine: Any) -> np.ndarray:
    """Run BERTopic on given vectors and terms.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
    terms : list of str
        Content words of each text, joined by spaces.
    engine : object
        With ``fit`` and ``labels_``: `ConsensusEvoc` or `UmapHdbscan`, or any clusterer BERTopic takes.

    Returns
    -------
    ndarray of int64, shape (n,)
        Topics as BERTopic numbers them, from the largest; -1 for outliers.

    Raises
    ------
    MissingExtraError
        If BERTopic or a part of it is not installed.
    """
    try:
        with _quiet():
            from bertopic import BERTopic
            from bertopic.dimensionality import BaseDimensionalityReduction
    except ImportError:
        raise missing_extra("bertopic", "topics", "topic discovery") from None
    from sklearn.feature_extraction.text import CountVectorizer

    model = BERTopic(
        language=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=engine,
        vectorizer_model=CountVectorizer(token_pattern=r"\S+", lowercase=False),  # noqa: S106 - no password
        calculate_probabilities=False,
        verbose=False,
    )
    readable = [text or "-" for text in terms]  # BERTopic's vectorizer refuses a topic without any word
    with _quiet():
        topics, _ = model.fit_transform(readable, embeddings=vectors)
    return np.asarray(topics, dtype=np.int64)


def warm_up() -> None:
    """Compile the engine on a tiny input, so that the first real fit does not wait for it.

    numba keeps what it compiled in ``NUMBA_CACHE_DIR``, or beside the packages; setting that is the caller's business.
    Cold this takes minutes, warm seconds.

    Raises
    ------
    MissingExtraError
        If EVoC is not installed.
    """
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(6, 32))
    points = (centres[rng.integers(6, size=300)] + 0.3 * rng.normal(size=(300, 32))).astype(np.float32)
    _evoc_layers(points / np.linalg.norm(points, axis=1, keepdims=True), 5, 0)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the engines' warnings about their own parts (tensorflow, threads, deprecated calls) from the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _evoc_layers(vectors: np.ndarray, min_size: int, seed: int) -> list[np.ndarray]:
    try:
        with _quiet():
            from evoc.clustering import evoc_clusters
    except ImportError:
        raise missing_extra("evoc", "evoc", "the evoc engine") from None
    layers = evoc_clusters(
        vectors, base_min_cluster_size=min_size, random_state=np.random.RandomState(seed), reproducible_flag=True
    )[0]
    return [np.asarray(layer) for layer in layers if layer.max() + 1 >= _LEAST_CLUSTERS]
