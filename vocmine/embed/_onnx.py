"""A sentence encoder of one's own: a folder with an ONNX model and its tokenizer, read without torch."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from vocmine import linalg
from vocmine.embed._protocol import cores, readable
from vocmine.errors import SettingsError, missing_extra

_MODELS = ("model.onnx", "onnx/model.onnx")
_TOKENIZER = "tokenizer.json"
_POOLINGS = ("mean", "cls")
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_PADDING = ("<pad>", "[PAD]")
_NUMBERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_WHERE = "OnnxEncoder"


class _Session(NamedTuple):
    """The running model, the numbers that it takes by input, and the output that has a vector for each token."""

    engine: Any
    inputs: dict[str, Any]
    output: str


class _Reading(NamedTuple):
    tokenizer: Any
    pad: int
    session: _Session


class OnnxEncoder:
    """Adapter for a sentence encoder in a folder: ``model.onnx`` (or ``onnx/model.onnx``) and ``tokenizer.json``.

    Needs ``vocmine[onnx]``. Nothing is downloaded and nothing of the folder is executed but the graph of the model.
    The products are those of onnxruntime: a text has the same vector alone and among others but for rounding, and that
    differs by processor. ``docs/own-encoder.md`` says how to export a model and what its settings are.

    Parameters
    ----------
    folder : str or Path
        Where the files are.
    pooling : {"mean", "cls"}
        The vector of a text is the mean over its tokens, or that of its first token: as the model was trained.
    prefix : str
        Put before each text, as ``"query: "`` for E5.
    batch_size : int
        Texts a batch, the shortest first.
    max_tokens : int
        Tokens of a text that are read; not more than the model has places for.
    threads : int, optional
        Threads of onnxruntime; the number of cores available if None.

    Raises
    ------
    SettingsError
        For a setting that is not allowed; on first use, for files that are missing or don't fit.
    MissingExtraError
        On first use, if onnxruntime or tokenizers is not installed.

    Examples
    --------
    >>> OnnxEncoder("models/ruri-v3-30m", prefix="トピック: ").spec["pooling"]
    'mean'
    """

    def __init__(self, folder: str | Path, pooling: str = "mean", prefix: str = "", batch_size: int = 32,
                 max_tokens: int = 512, threads: int | None = None) -> None:
        if pooling not in _POOLINGS:
            raise SettingsError("unknown pooling", where=_WHERE, got=repr(pooling), expected=" or ".join(_POOLINGS))
        for name, value in (("batch_size", batch_size), ("max_tokens", max_tokens)):
            if value < 1:
                raise SettingsError(f"{name} is too small", where=_WHERE, got=str(value), expected="1 or more")
        self.folder, self.pooling, self.prefix = str(folder), pooling, prefix
        self.batch_size, self.max_tokens, self.threads = batch_size, max_tokens, threads
        self.spec: dict[str, Any] = {"encoder": "onnx", "folder": self.folder, "pooling": pooling, "prefix": prefix,
                                     "batch_size": batch_size, "max_tokens": max_tokens}
        self._reading: _Reading | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_reading": None}

    def encode(self, texts: list[str]) -> np.ndarray:
        """Give the vectors of ``texts``, shape (n, d), float32, rows of length 1."""
        reading = self._loaded()
        if not texts:
            return self._pooled([[reading.pad]], reading)[:0]
        tokens = [reading.tokenizer.encode(self.prefix + readable(text)).ids or [reading.pad] for text in texts]
        order = sorted(range(len(texts)), key=lambda row: len(tokens[row]))
        batches = [order[i : i + self.batch_size] for i in range(0, len(order), self.batch_size)]
        sorted_vectors = np.vstack([self._pooled([tokens[row] for row in rows], reading) for rows in batches])
        out = np.empty_like(sorted_vectors)
        out[order] = sorted_vectors
        return np.asarray(linalg.unit_rows(out))

    def _pooled(self, tokens: list[list[int]], reading: _Reading) -> np.ndarray:
        """Run one batch, padded to its longest text, and give a vector a text, float32."""
        shape = len(tokens), max(map(len, tokens))
        given = {"input_ids": np.full(shape, reading.pad), "attention_mask": np.zeros(shape, dtype=np.int64),
                 "token_type_ids": np.zeros(shape, dtype=np.int64)}
        for row, numbers in enumerate(tokens):
            given["input_ids"][row, : len(numbers)] = numbers
            given["attention_mask"][row, : len(numbers)] = 1
        feed = {name: given[name].astype(kind) for name, kind in reading.session.inputs.items()}
        (states,) = _tried(lambda: reading.session.engine.run([reading.session.output], feed), "the model can't be run",
                           self.folder, f"if it has fewer places for tokens, lower max_tokens from {self.max_tokens}")
        if self.pooling == "cls":
            return np.asarray(states[:, 0], dtype=np.float32)
        weights = given["attention_mask"][:, :, None].astype(np.float32)
        return np.asarray((states * weights).sum(axis=1) / weights.sum(axis=1), dtype=np.float32)

    def _loaded(self) -> _Reading:
        if self._reading is None:
            folder = Path(self.folder)
            model = next((folder / name for name in _MODELS if (folder / name).is_file()), None)
            if model is None or not (folder / _TOKENIZER).is_file():
                what = " or ".join(_MODELS) if model is None else _TOKENIZER
                raise SettingsError(f"the folder of the encoder has no {what}", where=_WHERE, got=self.folder,
                                    expected=f"{_MODELS[0]} and {_TOKENIZER}", hint="see docs/own-encoder.md")
            tokenizer, pad = _tokenizer_of(folder / _TOKENIZER, self.max_tokens)
            self._reading = _Reading(tokenizer, pad, _session(model, self.threads or cores()))
        return self._reading


def _tokenizer_of(path: Path, max_tokens: int) -> tuple[Any, int]:
    """Give the tokenizer, which cuts and does not pad, and the number of the token to pad with."""
    try:
        from tokenizers import Tokenizer
    except ImportError:
        raise missing_extra("tokenizers", "onnx", _WHERE) from None
    content = path.read_text(encoding="utf-8")
    try:
        parts = json.loads(content)
    except json.JSONDecodeError as error:
        raise SettingsError("the tokenizer is no JSON", where=str(path), got=str(error)) from None
    if not isinstance(parts, dict) or "model" not in parts:
        raise SettingsError("the file is no tokenizer", where=str(path), expected="what save_pretrained has written")
    tokenizer = Tokenizer.from_str(content)
    padding = tokenizer.padding or {}
    known = [tokenizer.token_to_id(token) for token in _PADDING]
    pad = next((number for number in (padding.get("pad_id"), *known) if number is not None), 0)
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer, pad


def _session(path: Path, threads: int) -> _Session:
    try:
        import onnxruntime
    except ImportError:
        raise missing_extra("onnxruntime", "onnx", _WHERE) from None
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = threads, 1, 4
    engine = _tried(
        lambda: onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"]),
        "the model can't be read", str(path), "export it again, see docs/own-encoder.md")
    inputs = {entry.name: _NUMBERS.get(entry.type) for entry in engine.get_inputs()}
    if "input_ids" not in inputs or any(name not in _INPUTS or not kind for name, kind in inputs.items()):
        raise SettingsError(
            "the model takes other inputs than a sentence encoder", where=str(path),
            got=", ".join(f"{entry.name} {entry.type}" for entry in engine.get_inputs()),
            expected=f"whole numbers for {_INPUTS[0]} and, where it needs them, {_INPUTS[1]} and {_INPUTS[2]}")
    output = next((entry.name for entry in engine.get_outputs() if len(entry.shape or ()) == 3), None)
    if output is None:
        raise SettingsError(
            "the model gives no vector for each token", where=str(path),
            got=", ".join(f"{entry.name} {entry.shape}" for entry in engine.get_outputs()),
            expected="an output of texts, tokens and dimensions, as last_hidden_state")
    return _Session(engine, inputs, output)


def _tried(step: Callable[[], Any], what: str, where: str, hint: str) -> Any:
    """Do a step of onnxruntime and say in our words what went wrong."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    errors = (state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.NoSuchFile,
              state.NotImplemented, state.RuntimeException)
    try:
        return step()
    except errors as error:
        raise SettingsError(what, where=where, got=str(error).splitlines()[0], hint=hint) from None
