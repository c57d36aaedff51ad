"""Raking: rows stay whole, columns are reached, a way is found where there was none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost.raking import Cells, rake, widen, with_a_way


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_columns_are_reached_and_rows_stay_whole(seed, n_groups):
    rng = np.random.default_rng(seed)
    n, k = 60, 5
    group, amount = rng.integers(0, n_groups, n), rng.lognormal(5, 1, n) * (rng.random(n) < 0.9)
    true = rng.dirichlet(np.ones(k), n)
    target = np.zeros((n_groups, k))
    np.add.at(target, group, true * amount[:, None])
    start = true * rng.lognormal(0, 1.5, (1, k))
    cells = Cells.gathered([np.arange(n * k)], [start.ravel()], k)
    found = rake(cells, group, amount, target.ravel(), 1e-6)
    assert found.reached
    table = found.part.reshape(n, k)
    got = np.zeros((n_groups, k))
    np.add.at(got, group, table * amount[:, None])
    assert got.ravel() == pytest.approx(target.ravel(), abs=1e-6)
    assert found.share.reshape(n, k).sum(axis=1) == pytest.approx(np.ones(n))
    assert (found.share >= 0).all()


def test_rows_of_one_issue_need_a_way_out():
    cells = Cells.gathered([np.array([0, 3, 6])], [np.ones(3)], 3)  # three rows, all of the first issue
    group, amount, target = np.zeros(3, dtype=np.int64), np.array([10.0, 20.0, 0.0]), np.array([18.0, 12.0, 0.0])
    assert not rake(cells, group, amount, target, 0.5).reached
    wider = with_a_way(cells, group, amount, target, 0.5)
    assert wider.issue.tolist() == [0, 1, 0, 1, 0]
    found = rake(wider, group, amount, target, 0.5)
    assert found.reached and np.bincount(wider.issue, weights=found.part * amount[wider.row]).tolist() == pytest.approx([18, 12])


def test_a_row_keeps_its_largest_cell_and_expands_to_its_members():
    cells = Cells.gathered([np.array([0, 1, 2, 3])], [np.array([0.2, 0.8, 0.6, 0.4])], 2)
    few = cells.only(np.array([False, False, False, True]))
    assert few.row.tolist() == [0, 1, 1] and few.issue.tolist() == [1, 0, 1]
    member, cell = few.expand(np.array([1, 1]))
    assert member.tolist() == [0, 0, 1, 1] and cell.tolist() == [1, 2, 1, 2]
    assert few.value_of(np.array([0, 1]), np.array([0, 1]), np.array([5.0, 7.0])).tolist() == [0.0, 0.0, 7.0]


def test_widening_adds_only_what_is_missing():
    cells = Cells.gathered([np.array([0, 3])], [np.array([1.0, 2.0])], 2)
    wider = widen(cells, np.array([0, 1]), np.array([0, 1]))
    assert wider.row.tolist() == [0, 0, 1, 1]
    assert wider.weight.round(3).tolist() == [1.0, 0.0, 0.0, 2.0]
