"""Which engine discovers: those without a compiler as far as they are measured, else EVoC through BERTopic."""

from __future__ import annotations

import logging
import sys

import numpy as np

ENGINES = ("auto", "evoc", "umap", "graph", "levels")
_SMALL = 1000  # distinct texts up to which the graph alone does as well as the other engines, in half the time
_NO_COMPILER = 6000  # texts read up to which nothing is compiled: measured up to there; `max_texts` unless set higher


def engine_for(engine: str, n_texts: int) -> str:
    """Give the engine that ``auto`` means for so many distinct texts, or the one that was asked for.

    Examples
    --------
    >>> [engine_for("auto", n) for n in (1000, 6000, 6001)], engine_for("evoc", 1000)
    (['graph', 'levels', 'evoc'], 'evoc')
    """
    if engine != "auto":
        return engine
    return "graph" if n_texts <= _SMALL else "levels" if n_texts <= _NO_COMPILER else "evoc"


def find_clusters(
    engine: str, vectors: np.ndarray, terms: list[str], min_size: int, seed: int, second_view: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray | None]:
    """Discover the clusters of distinct texts.

    Parameters
    ----------
    engine : str
        One of `ENGINES`.
    vectors : ndarray of float32, shape (n, d)
    terms : list of str
        Content words of each text, joined by spaces; for BERTopic.
    min_size : int
        Least number of texts of a cluster.
    seed : int
        For engines that draw.
    second_view : ndarray of float32, shape (n, e), optional
        Other vectors of the same texts.

    Returns
    -------
    labels : ndarray of int64, shape (n,)
        From the largest cluster; -1 for none.
    agreement : ndarray of float32, shape (n, n), or None
        Share of the clusterings behind it in which two texts are together, where the engine has several.

    Raises
    ------
    MissingExtraError
        If the engine is not installed.
    """
    engine = engine_for(engine, len(vectors))
    if engine == "graph":
        from vocmine.topics.discovery.consensus import cluster_graph
        from vocmine.topics.discovery.merging import join_pieces

        labels, agreement = cluster_graph(vectors, min_size, second_view)
        return join_pieces(labels, agreement, min_size), agreement
    if engine == "levels":
        from vocmine.topics.discovery.levels import cluster_levels

        return cluster_levels(vectors, min_size, second_view)
    from vocmine.topics.discovery.bertopic_engines import ConsensusEvoc, UmapHdbscan, discover

    if "numba" not in sys.modules:
        logging.getLogger("vocmine").warning(
            "topics of %d texts: numba compiles the engine %s at its first use (minutes on a fresh machine)",
            len(vectors), engine,
        )
    is_evoc = engine == "evoc"
    clusterer = ConsensusEvoc(min_size, seed, second_view=second_view) if is_evoc else UmapHdbscan(min_size, seed)
    labels = discover(vectors, terms, clusterer)
    return labels, getattr(clusterer, "agreement_", None)
