"""The arithmetic of predictions against plain integers: any block, place, order, layout and number of threads."""

from __future__ import annotations

import ast
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from threadpoolctl import threadpool_limits

from vocmine import linalg

ROOT = Path(__file__).resolve().parents[1]
RNG = np.random.default_rng(0)
ROWS, OTHERS = RNG.normal(size=(70, 512)).astype(np.float32), RNG.normal(size=(33, 512)).astype(np.float32)
WHOLE = linalg.product(ROWS, OTHERS)


def whole_numbers(row, digits):
    """Round a row as `on_grid` does, with Python's own integers; give them and the exponent of their unit."""
    largest = max(abs(Fraction(float(value))) for value in row)
    exponent = max(math.frexp(float(largest))[1], linalg._SMALLEST) - digits
    unit = Fraction(2) ** exponent
    return [round(Fraction(float(value)) / unit) for value in row], exponent


def by_hand(rows, others):
    """Multiply with Python's integers, which have no last bit to lose: a second implementation."""
    digits = linalg.bits(rows.shape[1])
    left, right = [whole_numbers(row, digits) for row in rows], [whole_numbers(row, digits) for row in others]
    return [[float(sum(a * b for a, b in zip(x, y, strict=True)) * Fraction(2) ** (p + q)) for y, q in right] for x, p in left]


def test_products_are_those_of_whole_numbers():
    assert WHOLE[:12, :7].tolist() == by_hand(ROWS[:12], OTHERS[:7])


@given(hnp.arrays(np.float64, (3, 9), elements=st.floats(-1e6, 1e6)), hnp.arrays(np.float64, (2, 9), elements=st.floats(-1e3, 1e3)))
@settings(max_examples=60, deadline=None)
def test_products_of_any_numbers_are_those_of_whole_numbers(rows, others):
    assert linalg.product(rows, others).tolist() == by_hand(rows, others)


@pytest.mark.parametrize("size", range(1, 71))
def test_a_row_is_the_same_in_a_block_of_every_size_at_every_place(size):
    for start in (0, 1, 70 - size):
        part = linalg.product(ROWS[start : start + size], OTHERS)
        assert np.array_equal(part, WHOLE[start : start + size])


@pytest.mark.parametrize("place", range(0, 64, 3))
def test_a_row_is_the_same_at_every_place_of_a_block(place):
    block = np.roll(ROWS[:64], place, axis=0)
    assert np.array_equal(linalg.product(block, OTHERS)[place], WHOLE[0])


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("name", ["permuted", "sliced", "fortran", "reversed", "columns"])
def test_layout_order_and_threads_do_not_matter(name, threads):
    order = RNG.permutation(70)
    with threadpool_limits(threads):
        if name == "permuted":
            assert np.array_equal(linalg.product(ROWS[order], OTHERS), WHOLE[order])
        elif name == "sliced":
            assert np.array_equal(linalg.product(ROWS[::3], OTHERS[::2]), WHOLE[::3, ::2])
        elif name == "fortran":
            assert np.array_equal(linalg.product(np.asfortranarray(ROWS), np.asfortranarray(OTHERS)), WHOLE)
        elif name == "reversed":
            assert np.array_equal(linalg.product(ROWS[:, ::-1], OTHERS[:, ::-1]), WHOLE)
        else:
            assert np.array_equal(linalg.product(ROWS, OTHERS[order[:33] % 33]), WHOLE[:, order[:33] % 33])


@pytest.mark.parametrize("function", [
    linalg.unit_rows, linalg.softmax, linalg.sum_of_squares, linalg.exp, linalg.sigmoid, linalg.tanh,
    lambda x: linalg.log(np.abs(x) + 1), lambda x: linalg.log1p(np.abs(x)), lambda x: linalg.nearest(x / 10, 5),
], ids=["unit_rows", "softmax", "sum_of_squares", "exp", "sigmoid", "tanh", "log", "log1p", "nearest"])
def test_functions_of_rows_are_the_same_alone_and_in_any_layout(function):
    values = RNG.normal(size=(40, 37))
    whole = function(values)
    assert np.array_equal(np.concatenate([function(values[i : i + 1]) for i in range(40)]), whole)
    assert np.array_equal(function(np.asfortranarray(values)), whole)
    assert np.array_equal(function(values[::-2]), whole[::-2])


def test_functions_of_numbers_are_right_to_the_bits_of_float32():
    x = RNG.normal(size=500) * 5
    for ours, exact in ((linalg.exp, math.exp), (linalg.tanh, math.tanh), (lambda v: linalg.log(np.abs(v)), lambda v: math.log(abs(v)))):
        assert ours(x).tolist() == [float(np.float32(exact(v))) for v in x]


def test_what_rounding_costs_is_small():
    exact = ROWS.astype(np.float64) @ OTHERS.T.astype(np.float64)
    assert np.abs(WHOLE - exact).max() < 2e-4  # of products about 23 in size
    unit = linalg.unit_rows(ROWS)
    assert np.abs(linalg.cosines(unit, unit).diagonal() - 1).max() < 1e-6


def test_nearest_of_equal_ones_is_the_first():
    products = np.array([[0.1, 0.7, 0.7, 0.7, -np.inf], [0.0, 0.0, 0.0, 0.0, 0.0]])
    assert linalg.nearest(products, 2).tolist() == [[1, 2], [0, 1]]
    assert linalg.nearest(products, 5).tolist() == [[1, 2, 3, 0, 4], [0, 1, 2, 3, 4]]


def test_of_equal_columns_the_name_decides():
    values = np.array([[0.4, 0.4, 0.2], [0.1, 0.5, 0.5]])
    assert linalg.best_columns(values, ["c", "a", "b"]).tolist() == [1, 1]
    assert linalg.best_columns(values, ["a", "c", "b"]).tolist() == [0, 2]
    assert linalg.best_columns(np.empty((0, 3)), ["a", "b", "c"]).tolist() == []


def test_rows_of_nothing_tiny_and_huge_numbers():
    odd = np.array([[0.0, 0.0], [1e-310, 0.0], [1e200, 1.0]])
    assert linalg.product(odd, np.eye(2))[[0, 2], 0].tolist() == [0.0, pytest.approx(1e200)]
    assert np.isfinite(linalg.product(odd, np.eye(2))).all()
    assert linalg.product(np.empty((0, 2)), np.eye(2)).shape == (0, 2)
    assert linalg.product(np.eye(2), np.empty((0, 2))).shape == (2, 0)


@given(st.integers(1, 2_000), st.integers(0, 6), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_products_with_whole_numbers_are_exact_after_rounding_and_the_neighbours_do_not_matter(terms, rows, seed):
    rng = np.random.default_rng(seed)
    factor = linalg.WholeFactor(rng.integers(-127, 128, (terms, 5)), rng.uniform(0.001, 0.01, 5))
    vectors = rng.normal(size=(rows + 1, terms)).astype(np.float32) * np.float32(10.0) ** rng.integers(-4, 5, (rows + 1, 1))
    whole, step = linalg.whole_multiples(vectors, factor.limit)
    found = linalg.whole_product(vectors, factor)
    exact = (whole.astype(np.int64) @ factor.whole) * step * factor.steps
    assert np.abs(whole).max() <= factor.limit and np.array_equal(whole, np.rint(whole))
    assert found.dtype == np.float32 and np.allclose(found, exact, rtol=1e-5, atol=1e-5 * np.abs(exact).max())
    assert np.array_equal(found[-1:], linalg.whole_product(vectors[-1:], factor))
    assert np.array_equal(found[::-1], linalg.whole_product(vectors[::-1], factor))


def test_sums_with_whole_numbers_stay_where_float32_is_exact():
    heavy = linalg.WholeFactor(np.full((1_536, 2), 127), np.ones(2))
    assert heavy.limit * 127 * 768 < 2**24
    ones = np.ones((3, 1_536), dtype=np.float32)
    assert np.allclose(linalg.whole_product(ones, heavy), 1_536 * 127, rtol=1e-5)
    light = linalg.WholeFactor(np.zeros((4, 2)), np.ones(2))
    assert light.limit == 2**20
    assert np.array_equal(linalg.whole_product(ones[:, :4], light), np.zeros((3, 2)))
    assert linalg.whole_product(np.empty((0, 4)), light).shape == (0, 2)
    assert linalg.whole_product(np.empty((2, 0)), linalg.WholeFactor(np.empty((0, 3)), np.ones(3))).shape == (2, 3)


# Who may multiply matrices outside `linalg`: fits and statistics, whose result is one for all rows, and products of a
# sparse with a dense matrix, which scipy adds up row by row in the order of the row's own entries.
FITS = {
    "classify/reasons/unsupervised.py", "classify/reasons/ridge.py", "classify/reasons/svm.py",
    "classify/reasons/names.py", "classify/reasons/vocabulary.py", "classify/sentiment/pretrained.py", "classify/sentiment/supervised.py",
    "classify/reasons/student.py", "topics/discovery/vectors.py", "topics/discovery/metric_learning.py",
    "topics/discovery/consensus.py", "topics/discovery/spectrum.py", "topics/discovery/rare.py", "topics/monitoring/projection.py",
    "topics/monitoring/expected_counts.py", "classify/sentiment/sentence_model.py", "classify/reasons/linear.py",
    "topics/discovery/cohesion.py", "topics/discovery/grouping.py", "topics/figures.py", "embed/_adapters.py",
    "classify/reasons/self_training.py", "classify/reasons/neighbours.py", "classify/reasons/pseudo_labels.py",
    "topics/discovery/merging.py", "classify/taxonomy/pattern_needs.py",  # the last counts: whole numbers
}


def multiplies(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            yield node.lineno
        if isinstance(node, ast.Attribute) and node.attr in ("dot", "matmul", "inner", "tensordot", "vdot"):
            yield node.lineno


def test_only_linalg_multiplies_for_a_prediction():
    packages = [ROOT / "vocmine" / name for name in ("classify", "topics", "embed")]
    files = [path for package in packages for path in sorted(package.rglob("*.py"))] + [ROOT / "vocmine" / "tagger.py"]
    found = {path.relative_to(ROOT / "vocmine").as_posix() for path in files if any(multiplies(path))}
    assert found == FITS
