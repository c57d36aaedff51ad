"""Totals by issue: counted, and corrected within what is certain."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost.assisted import Assisted
from vocmine.cost.attribution import Pairs
from vocmine.cost.keys import Domains
from vocmine.cost.totals import COST, Totals, count_tags

PAIRS = Pairs(np.array([0, 0, 1, 2]), np.array([0, 1, 0, 1]), np.array([0.25, 0.75, 1.0, 1.0]), np.ones(4), np.array([1, 0, 1]), ("bill", "login"))
GROUPS = Domains(np.array([0, 1, 1]), pd.DataFrame({"team": ["a", "b"]}))


def test_shares_are_totalled_by_group_and_issue():
    values = np.arange(18, dtype=float).reshape(6, 3)
    counted = count_tags(PAIRS, values, GROUPS, (np.array([], dtype=np.int64), np.zeros((0, 0))))
    assert counted.totals[COST].tolist() == [[0.0, 0.0], [1.0, 2.0]]
    assert counted.totals[1].tolist() == [[0.75, 2.25], [4.0, 5.0]]
    assert counted.totals.sum(axis=(1, 2)) == pytest.approx(values.sum(axis=1))
    assert not counted.variance.any()
    assert counted.n_checked == 0


def test_the_variance_of_imputation_is_that_of_rubin():
    values = np.ones((6, 3))
    draws = np.array([[3.0], [-1.0], [-2.0]])  # of the second contact, which is all bill
    counted = count_tags(PAIRS, values, Domains(np.zeros(3, dtype=np.int64), pd.DataFrame(index=[0])), (np.array([1]), draws))
    assert counted.variance[COST, 0] == pytest.approx([(1 + 1 / 3) * 14 / 2, 0.0])


TABLES = st.integers(1, 3).flatmap(lambda rows: st.lists(st.lists(st.floats(0.0, 1e4), min_size=4, max_size=4), min_size=rows, max_size=rows))


@settings(max_examples=60, deadline=None)
@given(TABLES, st.floats(0.0, 0.9))
def test_corrected_totals_keep_their_sums_and_bounds(cells, part):
    table = np.array(cells) + 0.01
    known = part * table.sum() * np.array([0.6, 0.4, 0.0, 0.0])
    rows, k = table.shape
    each = np.stack([table] * 6)
    result = Assisted(each, np.full((6, k), 4.0), np.zeros_like(each), np.stack([known] * 6), np.zeros((0, k)), 0.5, np.zeros((6, k, k)))
    domains = Domains(np.zeros(1, dtype=np.int64), pd.DataFrame({"team": range(rows)}))
    corrected = Totals.corrected(result, ("a", "b", "c", "d"), domains, 7)
    cost = corrected.totals[COST]
    assert cost.shape == (rows, k)
    assert (cost >= 0).all()
    assert cost.sum() == pytest.approx(table.sum())
    assert cost.sum(axis=1) == pytest.approx(table.sum(axis=1), rel=1e-6, abs=1e-9 * table.sum())
    assert (cost.sum(axis=0) >= known * (1 - 1e-6) - 1e-6).all()
    assert (corrected.variance >= 0).all()
    assert corrected.n_checked == 7
