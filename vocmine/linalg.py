"""The arithmetic of predictions: exact products and sums, so that a row's result depends on that row alone.

A BLAS adds up in another order for another shape, position, kernel, number of threads or processor, and the last bits
differ. Here both factors are first rounded to grids so coarse that every product and every sum is a multiple of one
unit and below 2**53 of them: float64 holds all of them exactly, in any order and with any fused multiply-add (the
error-free splitting of K. Ozaki, T. Ogita, S. Oishi and S. Rump, Error-free transformations of matrix multiplication,
Numer. Algorithms 59 (2012), with one slice of each factor). Rounding costs about 2**-21 of the largest value of a row.

Where the second factor is of small whole numbers already, as in a network of 8-bit weights, the first is rounded to
about ten bits and float32 holds all sums (`WholeFactor`): twice as fast.

Functions of single numbers (exp, log, tanh) differ in the last bit between vector and scalar code: they are computed
in float64 and rounded to the 24 bits of float32.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

_BLOCK = 2_048  # rows rounded at once, which bounds the memory beside the result
_MANTISSA = 53  # bits of a float64
_PRODUCT_DIGITS, _PLACE_DIGITS = 24, 48  # of a product and of its column's number, up to 2**22, in one float64
_EXACT = 2**24  # float32 holds every whole number up to this one
_MOST = 2.0**20  # of a whole number, so that no row is rounded beyond its limit
_PART = 768  # terms added up at once in float32: fewer leave the first factor more bits, more are faster
_SMALLEST = -960  # of the exponents of a grid: below it powers of two would leave the range of float64


@dataclass(frozen=True)
class Factor:
    """The second factor of many products, rounded once.

    Parameters
    ----------
    rows : ndarray, shape (m, d)
        A row for each column of the results.

    Examples
    --------
    >>> product(np.eye(2), Factor(np.array([[3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]))).tolist()
    [[3.0, 5.0, 7.0], [4.0, 6.0, 8.0]]
    """

    rows: np.ndarray

    @cached_property
    def rounded(self) -> np.ndarray:
        """The rows on their grids, float64."""
        return on_grid(self.rows, bits(self.rows.shape[1]))

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is made again at once."""
        return {"rows": self.rows}


def product(vectors: np.ndarray, factor: Factor | np.ndarray) -> np.ndarray:
    """Multiply each row with each row of the other factor, exactly after rounding; float64 of shape (n, m).

    Parameters
    ----------
    vectors : ndarray, shape (n, d)
    factor : Factor or ndarray, shape (m, d)
        A `Factor` where it is used again.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> a, b = rng.normal(size=(5, 512)), rng.normal(size=(3, 512))
    >>> bool(np.array_equal(product(a, b)[3:4], product(a[3:4], b)))
    True
    >>> float(np.abs(product(a, b) - a @ b.T).max()) < 1e-4
    True
    """
    right = (factor if isinstance(factor, Factor) else Factor(np.asarray(factor))).rounded
    out = np.empty((len(vectors), len(right)))
    for start in range(0, len(vectors), _BLOCK):
        rows = slice(start, start + _BLOCK)
        np.matmul(on_grid(vectors[rows], bits(right.shape[1])), right.T, out=out[rows])
    return out


@dataclass(frozen=True)
class WholeFactor:
    """The second factor of many products in float32: whole numbers, and how much a one is in each column.

    Parameters
    ----------
    whole : ndarray, shape (d, m)
        Whole numbers.
    steps : ndarray, shape (m,)
        Value of a one in each column.

    Examples
    --------
    >>> whole_product(np.eye(2), WholeFactor(np.array([[3, 4, 5], [6, 7, 8]]), np.array([1.0, 0.5, 2.0]))).tolist()
    [[3.0, 2.0, 10.0], [6.0, 3.5, 16.0]]
    """

    whole: np.ndarray
    steps: np.ndarray

    @cached_property
    def parts(self) -> list[np.ndarray]:
        """The whole numbers as float32, so many rows a part that sums over one are exact."""
        return [np.ascontiguousarray(self.whole[i : i + _PART], dtype=np.float32)
                for i in range(0, len(self.whole), _PART)]

    @cached_property
    def limit(self) -> float:
        """The largest whole number that the first factor may hold."""
        heaviest = max((float(np.abs(part).sum(axis=0).max(initial=0)) for part in self.parts), default=0.0)
        return min((_EXACT - 1) // max(heaviest, 1.0), _MOST)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is made again at once."""
        return {"whole": self.whole, "steps": self.steps}


def whole_product(vectors: np.ndarray, factor: WholeFactor) -> np.ndarray:
    """Multiply rows with whole numbers, exactly after rounding each row to about ten bits; float32 of shape (n, m).

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
    factor : WholeFactor

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> a, b = rng.normal(size=(5, 384)), WholeFactor(rng.integers(-127, 128, (384, 3)), np.ones(3))
    >>> bool(np.array_equal(whole_product(a, b)[3:4], whole_product(a[3:4], b)))
    True
    """
    whole, step = whole_multiples(vectors, factor.limit)
    out: np.ndarray | None = None
    for i, part in enumerate(factor.parts):
        some = np.matmul(whole[:, i * _PART : i * _PART + len(part)], part)
        out = some if out is None else np.add(out, some, out=out)
    if out is None:
        return np.zeros((len(vectors), len(factor.steps)), dtype=np.float32)
    out *= step
    out *= factor.steps.astype(np.float32, copy=False)
    return out


def whole_multiples(values: np.ndarray, limit: float) -> tuple[np.ndarray, np.ndarray]:
    """Write each row as whole numbers up to ``limit`` times a step of its own, both float32.

    Examples
    --------
    >>> [part.tolist() for part in whole_multiples(np.array([[1.0, -4.0], [0.0, 0.0]]), 8.0)][0]
    [[2.0, -8.0], [0.0, 0.0]]
    """
    exact = values.astype(np.float32, copy=False)
    largest = np.maximum(exact.max(axis=1, initial=0), -exact.min(axis=1, initial=0))
    step = np.maximum(largest, np.float32(1e-30)) / np.float32(limit)
    whole = exact * (1 / step)[:, None]
    return np.rint(whole, out=whole), step[:, None]


def stacked_product(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Multiply stacks of matrices of whole numbers as float32; exact where all sums of sizes stay below 2**24.

    Examples
    --------
    >>> stacked_product(np.float32([[[1, 2]]]), np.float32([[[3], [4]]])).tolist()
    [[[11.0]]]
    """
    return np.asarray(np.matmul(left, right))


def bits(terms: int) -> int:
    """Say how many bits each of two factors may have so that a sum of so many products is exact.

    Examples
    --------
    >>> bits(1), bits(512), bits(9_000)
    (26, 22, 19)
    """
    return (_MANTISSA - max(terms - 1, 0).bit_length()) // 2


def on_grid(values: np.ndarray, digits: int) -> np.ndarray:
    """Round each row to multiples of ``2**-digits`` times the power of two above its largest value; float64.

    Examples
    --------
    >>> on_grid(np.array([[0.3, 1.0], [0.0, 0.0]]), 2).tolist()
    [[0.5, 1.0], [0.0, 0.0]]
    """
    exact = np.ascontiguousarray(values, dtype=np.float64)
    if not exact.size:
        return exact
    largest = np.maximum(exact.max(axis=1), -exact.min(axis=1))
    exponent = np.maximum(np.frexp(largest)[1], _SMALLEST) - digits
    carry = np.ldexp(1.5, exponent + _MANTISSA - 1)[:, None]  # adding it leaves no room for digits below the grid
    return np.asarray((exact + carry) - carry)


def on_fixed_grid(values: np.ndarray, digits: int) -> np.ndarray:
    """Round values below ``2**(51 - digits)`` to multiples of ``2**-digits``, float64.

    Examples
    --------
    >>> on_fixed_grid(np.array([0.3, -0.6]), 1).tolist()
    [0.5, -0.5]
    """
    carry = np.ldexp(1.5, _MANTISSA - 1 - digits)
    return np.asarray((values + carry) - carry)


def cosines(vectors: np.ndarray, others: Factor | np.ndarray) -> np.ndarray:
    """Give the product of each row with each other row as float32, for rows of length 1, shape (n, m)."""
    known = others if isinstance(others, Factor) else Factor(others)
    out = np.empty((len(vectors), len(known.rows)), dtype=np.float32)
    for start in range(0, len(vectors), _BLOCK):
        out[start : start + _BLOCK] = product(vectors[start : start + _BLOCK], known)
    return out


def nearest(products: np.ndarray, k: int) -> np.ndarray:
    """Give the columns of the ``k`` largest products of each row, the largest first, shape (n, k).

    Products, between -1 and 1 or -inf, are compared to 24 digits; of equal ones the first column comes first.

    Examples
    --------
    >>> nearest(np.array([[0.5, 0.9, 0.5, 0.5]]), 3).tolist()
    [[1, 0, 2]]
    """
    columns = np.arange(products.shape[1]) * 2.0**-_PLACE_DIGITS
    key = columns - on_fixed_grid(products, _PRODUCT_DIGITS)  # no two are equal, so any way of sorting gives the same
    near = np.argpartition(key, k - 1, axis=1)[:, :k] if k < key.shape[1] else np.broadcast_to(
        np.arange(key.shape[1]), key.shape)
    order = np.argsort(np.take_along_axis(key, near, 1), axis=1)
    return np.asarray(np.take_along_axis(near, order, 1))


def unit_rows(matrix: np.ndarray) -> np.ndarray:
    """Give the rows at length 1, of the type they have; a row of nothing stays.

    Examples
    --------
    >>> unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist()
    [[0.6, 0.8], [0.0, 0.0]]
    """
    length = np.sqrt(sum_of_squares(matrix))[:, None]
    out = np.zeros(matrix.shape)
    np.divide(matrix, length, out=out, where=length > 0)
    return out.astype(matrix.dtype, copy=False)


def sum_of_squares(matrix: np.ndarray) -> np.ndarray:
    """Give the sum of squares of each row, exact after rounding, float64 of shape (n,)."""
    exact = on_grid(matrix, bits(matrix.shape[1]))
    return np.asarray(np.einsum("ij,ij->i", exact, exact))


def exp(values: np.ndarray) -> np.ndarray:
    """Give e to the power of each value, rounded to the bits of float32, as float64."""
    return _rounded(np.exp(_plain(values)))


def log(values: np.ndarray) -> np.ndarray:
    """Give the natural logarithm of each value, rounded to the bits of float32, as float64."""
    return _rounded(np.log(_plain(values)))


def log1p(values: np.ndarray) -> np.ndarray:
    """Give the logarithm of 1 more than each value, rounded to the bits of float32, as float64."""
    return _rounded(np.log1p(_plain(values)))


def tanh(values: np.ndarray) -> np.ndarray:
    """Give the hyperbolic tangent of each value, rounded to the bits of float32, as float64."""
    return _rounded(np.tanh(_plain(values)))


def sigmoid(values: np.ndarray) -> np.ndarray:
    """Give 1 / (1 + exp(-value)) of each value, float64.

    Examples
    --------
    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    small = exp(-np.abs(_plain(values)))  # never above 1
    return np.asarray(np.where(np.asarray(values) >= 0, 1.0, small) / (1.0 + small))


def softmax(scores: np.ndarray) -> np.ndarray:
    """Give the softmax of each row, float64 of shape (n, k).

    Examples
    --------
    >>> softmax(np.array([[0.0, 0.0], [0.0, 1000.0]])).tolist()
    [[0.5, 0.5], [0.0, 1.0]]
    """
    exact = _plain(scores)
    odds = exp(np.maximum(exact - exact.max(axis=1, keepdims=True, initial=-np.inf), -700.0))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def best_columns(values: np.ndarray, names: Any) -> np.ndarray:
    """Give the column of the largest value of each row; of equal ones, that whose name comes first, shape (n,).

    Examples
    --------
    >>> best_columns(np.array([[0.5, 0.5], [0.2, 0.8]]), ["b", "a"]).tolist()
    [1, 1]
    """
    order = np.argsort(np.asarray(names, dtype=str), kind="stable")
    return np.asarray(order[values[:, order].argmax(axis=1)]) if len(values) else np.empty(0, dtype=np.intp)


def _plain(values: np.ndarray) -> np.ndarray:
    """Give values side by side in memory, so that all go through the same code."""
    return np.ascontiguousarray(values, dtype=np.float64)


def _rounded(values: np.ndarray) -> np.ndarray:
    return np.asarray(values.astype(np.float32).astype(np.float64))
