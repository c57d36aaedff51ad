"""Encoders that need no model, that others have made, or whose vectors are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from vocmine import linalg
from vocmine.embed._bundled import BundledEncoder
from vocmine.embed._minilm import MiniLmEncoder
from vocmine.embed._onnx import OnnxEncoder
from vocmine.embed._protocol import Encoder, readable
from vocmine.embed._views import ViewEncoder, view_from_spec
from vocmine.errors import MissingExtraError, SettingsError

_MOST_DIMENSIONS = 65_536  # of the fallback


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

        buckets = 2**14
        if self._projection is None:
            signs = np.random.default_rng(0).choice([-1.0, 1.0], size=(buckets, self.dimensions))
            self._projection = signs / np.sqrt(self.dimensions)
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        clean = [readable(text) for text in texts]
        hashed = HashingVectorizer(analyzer="char", ngram_range=(1, 3), n_features=buckets).transform(clean)
        return linalg.unit_rows(hashed @ self._projection).astype(np.float32)


class SentenceTransformerEncoder:
    """Adapter for any sentence-transformers model that is on this machine; never downloads.

    Its products are the model's own: whether a text has the same last bits alone and among others depends on it.

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
        read = [readable(text) for text in texts]
        vectors = self._engine.encode(read, batch_size=self.batch_size, normalize_embeddings=True)
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
        self._vectors = linalg.unit_rows(matrix)
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
        If the spec is of an encoder that only its owner can make (precomputed or their own), or of a view that this
        version makes otherwise.

    Examples
    --------
    >>> encoder_from_spec({"encoder": "characters", "dimensions": 64}).encode(["a"]).shape
    (1, 64)
    """
    kind = spec.get("encoder")
    make = _MAKERS.get(kind) if isinstance(kind, str) else None
    if make is None:
        raise SettingsError(
            "this encoder can't be made from its description",
            where="encoder",
            got=repr(kind)[:80],
            expected="bundled, view, minilm, characters, onnx or sentence-transformers",
            hint="give the encoder to load()",
        )
    try:
        made = make(spec, threads)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, SettingsError):
            raise
        raise _other_description(str(kind)) from None
    if made.spec != spec:
        raise _other_description(str(kind))
    return made


def _other_description(kind: str) -> SettingsError:
    return SettingsError(
        "this description is not one that such an encoder gives of itself", where="encoder", got=kind,
        hint="give the encoder to load(), or fit and save again",
    )


def _characters(spec: dict[str, Any], threads: int | None) -> CharacterEncoder:
    dimensions = spec["dimensions"]
    if type(dimensions) is not int or not 1 <= dimensions <= _MOST_DIMENSIONS:
        raise _other_description("characters")
    return CharacterEncoder(dimensions)


def _sentence_transformers(spec: dict[str, Any], threads: int | None) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(str(spec["name"]), int(spec["batch_size"]))


def _onnx(spec: dict[str, Any], threads: int | None) -> OnnxEncoder:
    return OnnxEncoder(**{key: value for key, value in spec.items() if key != "encoder"}, threads=threads)


_MAKERS: dict[str, Callable[[dict[str, Any], int | None], Encoder]] = {
    "bundled": lambda _, threads: BundledEncoder(threads),
    "view": view_from_spec,
    "minilm": lambda _, threads: MiniLmEncoder(threads),
    "characters": _characters,
    "onnx": _onnx,
    "sentence-transformers": _sentence_transformers,
}


def encode_distinct(encoder: Encoder, texts: list[str], words: Sequence[str | None] | None = None) -> np.ndarray:
    """Encode each distinct text once and scatter the vectors back, shape (n, d), float32.

    Parameters
    ----------
    encoder : Encoder
    texts : list of str
        Clean texts.
    words : sequence of str or None, optional
        Their words as `vocmine.text.as_analysed` gives them, for an encoder that reads words; of the same text the
        first ones are taken.

    Examples
    --------
    >>> encode_distinct(CharacterEncoder(32), ["a", "b", "a"]).shape
    (3, 32)
    """
    row: dict[str, int] = {}
    index = np.fromiter((row.setdefault(text, len(row)) for text in texts), dtype=np.intp, count=len(texts))
    if words is None or not isinstance(encoder, ViewEncoder):
        return np.asarray(encoder.encode(list(row))[index])
    _, first = np.unique(index, return_index=True)
    return np.asarray(encoder.encode(list(row), [words[i] for i in first])[index])
