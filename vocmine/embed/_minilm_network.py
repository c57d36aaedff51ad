"""The network of MiniLM, computed so that a text's vector depends on that text alone, to the last bit.

Six layers of attention (Wang et al., MiniLM, NeurIPS 2020; Devlin et al., BERT, NAACL 2019) over the word pieces of a
text, then the mean of the pieces. The weights are 8-bit numbers: all products and sums are of whole numbers so small
that float32 holds them exactly (`vocmine.linalg.WholeFactor`). What comes in between is rounded to about ten bits, so
vectors are those of the floating-point network but for a cosine of 0.9999.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from vocmine import linalg
from vocmine.embed._minilm_weights import LayerWeights, Linear, MiniLmWeights
from vocmine.linalg import WholeFactor

MINILM_WIDTH = 384  # of a piece's and of a text's vector
_HEADS, _HEAD = 12, 32  # of attention, and the width of each
_EPSILON = 1e-12  # added to a variance, as the model has it
_SUM_DIGITS = 30  # after the last normalisation values are below 2**7, so sums of 256 of them are exact
# Whole numbers of attention: 32 products of a query and a key, and a mean of values whose weights add up to 2**14
# (and at most half for each of 256 pieces), stay below 2**24.
_QUERY, _KEY, _VALUE, _SHARE_DIGITS = 1023.0, 511.0, 1000.0, 14
_ODDS = 2.0**24  # odds are rounded to whole numbers up to this one
_GELU_LOW, _GELU_STEP, _GELU_SIZE = -8.0, 2.0**-9, 2**15  # a table: below -8 it is 0, and no value is above 56


@dataclass(frozen=True)
class _Dense:
    factor: WholeFactor
    bias: np.ndarray

    @classmethod
    def of(cls, linear: Linear, scale: float = 1.0, offset: float = 0.0) -> _Dense:
        """Give a layer whose results are scaled and then moved."""
        return cls(WholeFactor(linear.whole, (linear.steps * scale).astype(np.float32)),
                   (linear.bias * scale + offset).astype(np.float32))

    def __call__(self, vectors: np.ndarray) -> np.ndarray:
        out = linalg.whole_product(vectors, self.factor)
        out += self.bias
        return out


@dataclass(frozen=True)
class _Layer:
    attention: _Dense
    joined: _Dense
    up: _Dense
    down: _Dense
    norms: tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]

    @classmethod
    def of(cls, weights: LayerWeights) -> _Layer:
        """Let the first dense layer give places in the table of `_gelu`, to be cut off."""
        up = _Dense.of(weights.up, 1 / _GELU_STEP, 0.5 - _GELU_LOW / _GELU_STEP)
        return cls(_Dense.of(weights.attention), _Dense.of(weights.joined), up, _Dense.of(weights.down), weights.norms)

    def __call__(self, values: np.ndarray, texts: _Texts) -> np.ndarray:
        heads = self.joined(_attended(self.attention(values), texts))
        heads += values
        first = _normalised(heads, self.norms[0])
        last = self.down(_gelu().take(self.up(first).astype(np.intp), mode="clip"))
        last += first
        return _normalised(last, self.norms[1])


@dataclass(frozen=True)
class _Texts:
    """Where the pieces of each text stand, one after the other.

    Parameters
    ----------
    lengths, starts : ndarray of int, shape (n,)
        Pieces of each text, and those before it.
    """

    lengths: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, texts: Sequence[Sequence[int]]) -> _Texts:
        lengths = np.array([len(text) for text in texts])
        return cls(lengths, np.cumsum(lengths) - lengths)

    def of_equal_length(self) -> list[tuple[slice, int]]:
        """Give the pieces of neighbours that are equally long, and that length."""
        first = np.flatnonzero(np.diff(self.lengths, prepend=-1))
        last = np.append(first[1:], len(self.lengths)) - 1
        return [(slice(self.starts[i], self.starts[j] + self.lengths[j]), int(self.lengths[i]))
                for i, j in zip(first, last, strict=True)]


class MiniLmNetwork:
    """The forward pass.

    Parameters
    ----------
    weights : MiniLmWeights
    """

    def __init__(self, weights: MiniLmWeights) -> None:
        self._pieces, self._steps, self._places = weights.pieces, weights.piece_steps, weights.places
        self._norm = weights.norm
        self._layers = [_Layer.of(layer) for layer in weights.layers]

    def vectors(self, texts: Sequence[Sequence[int]]) -> np.ndarray:
        """Give the vectors of texts, given as the numbers of their pieces (1 to 256 each), float32 of shape (n, 384).

        It is fastest where texts of the same length stand together.
        """
        if not texts:
            return np.empty((0, MINILM_WIDTH), dtype=np.float32)
        at = _Texts.of(texts)
        pieces = np.concatenate(texts)
        place = np.arange(len(pieces)) - np.repeat(at.starts, at.lengths)
        values = _normalised(self._pieces[pieces] * self._steps[pieces] + self._places[place], self._norm)
        for layer in self._layers:
            values = layer(values, at)
        sums = np.add.reduceat(linalg.on_fixed_grid(values.astype(np.float64), _SUM_DIGITS), at.starts, axis=0)
        return linalg.unit_rows(sums).astype(np.float32)


def _attended(projected: np.ndarray, texts: _Texts) -> np.ndarray:
    """Let each piece of a text take a mean of the values of all its pieces, head by head."""
    values = projected.reshape(len(projected), 3 * _HEADS, _HEAD)
    largest = np.maximum(values.max(axis=2), -values.min(axis=2))
    of_text = np.maximum.reduceat(largest[:, 2 * _HEADS :], texts.starts, axis=0)  # all values of a text have one step
    largest[:, 2 * _HEADS :] = np.repeat(of_text, texts.lengths, axis=0)
    limits = np.repeat(np.array([_QUERY, _KEY, _VALUE], dtype=np.float32), _HEADS)
    steps = np.maximum(largest, np.float32(1e-30)) / limits
    values *= (1 / steps)[:, :, None]
    np.rint(values, out=values)
    steps[:, :_HEADS] *= np.float32(_HEAD**-0.5)
    steps[:, 2 * _HEADS :] *= np.float32(2.0**-_SHARE_DIGITS)
    out = np.empty((len(values), _HEADS, _HEAD), dtype=np.float32)
    for pieces, length in texts.of_equal_length():
        whole = values[pieces].reshape(-1, length, 3, _HEADS, _HEAD).transpose(2, 0, 3, 1, 4)
        step = steps[pieces].reshape(-1, length, 3, _HEADS).transpose(2, 0, 3, 1)
        likeness = linalg.stacked_product(whole[0], whole[1].swapaxes(2, 3))
        likeness *= step[0][:, :, :, None]
        likeness *= step[1][:, :, None, :]
        mean = linalg.stacked_product(_shares(likeness), whole[2])
        mean *= step[2][:, :, :, None]
        out[pieces] = mean.swapaxes(1, 2).reshape(-1, _HEADS, _HEAD)
    return out.reshape(len(out), MINILM_WIDTH)


def _shares(scores: np.ndarray) -> np.ndarray:
    """Give the softmax along the last axis in whole numbers that add up to about 2**14, float32."""
    odds = scores.astype(np.float64)
    odds -= odds.max(axis=-1, keepdims=True)
    np.exp(odds, out=odds)
    odds *= _ODDS
    np.rint(odds, out=odds)  # the last bit of an exponential is not the same everywhere
    odds *= 2.0**_SHARE_DIGITS / odds.sum(axis=-1, keepdims=True)
    return np.asarray(np.rint(odds), dtype=np.float32)


def _normalised(values: np.ndarray, norm: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Bring each row to mean 0 and variance 1, then scale and move it (Ba, Kiros and Hinton 2016); sums exact."""
    even = linalg.on_grid(values, linalg.bits(values.shape[1]))
    mean = even.sum(axis=1, keepdims=True) / values.shape[1]
    spread = np.einsum("ij,ij->i", even, even)[:, None] / values.shape[1] - mean**2
    out: np.ndarray = values - mean.astype(np.float32)
    out *= (1 / np.sqrt(np.maximum(spread, 0) + _EPSILON)).astype(np.float32)
    out *= norm[0]
    out += norm[1]
    return out


@cache
def _gelu() -> np.ndarray:
    """Give the Gaussian error linear unit (Hendrycks and Gimpel 2016) at even steps, rounded to 16 binary digits."""
    from scipy.special import erf

    at = np.arange(_GELU_SIZE) * _GELU_STEP + _GELU_LOW
    return linalg.on_fixed_grid(at * (1 + erf(at / np.sqrt(2))) / 2, 16).astype(np.float32)
