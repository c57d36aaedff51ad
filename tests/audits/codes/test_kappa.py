"""Cohen's kappa: known values, its interval against simulation, the ends."""

from __future__ import annotations

import math

import numpy as np
import pytest

from vocmine.audits.codes.kappa import cohen_kappa


def test_a_table_of_the_literature():
    """Cohen 1960: 200 pairs in three classes, agreement .70, kappa .492."""
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(table[i][j])]
    found = cohen_kappa([i for i, _ in pairs], [j for _, j in pairs])
    assert found.value == pytest.approx(0.492, abs=0.001) and found.n == 200
    assert (found.high - found.low) / 2 / 1.96 == pytest.approx(0.0510, abs=0.0005)  # as statsmodels has it


@pytest.mark.parametrize(("first", "second"), [([], []), (list("aa"), list("ab")), (list("aaaaaa"), list("aaaaaa"))])
def test_what_can_not_be_told(first, second):
    assert math.isnan(cohen_kappa(first, second).value)


def test_full_agreement_of_few_is_not_certain():
    few, many = (cohen_kappa(["a", "b"] * n, ["a", "b"] * n) for n in (5, 500))
    assert few.value == many.value == few.high == 1.0
    assert few.low < many.low < 1.0 and few.low > 0.3


def test_the_interval_holds_what_it_says():
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 4, 200_000)
    other = np.where(rng.random(200_000) < 0.7, truth, rng.integers(0, 4, 200_000))
    true = cohen_kappa(truth, other).value
    inside = 0
    for _ in range(300):
        drawn = rng.integers(0, len(truth), 150)
        found = cohen_kappa(truth[drawn], other[drawn])
        inside += found.low <= true <= found.high
    assert 0.91 <= inside / 300 <= 0.985
