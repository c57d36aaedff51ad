"""Statistics against textbooks, simulations and each other."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.audits import evaluate
from vocmine.errors import SettingsError
from vocmine.stats import (
    benjamini_hochberg,
    log_interval,
    mean_interval,
    median_interval,
    newcombe,
    ratio_interval,
    share_interval,
    wilson,
)


def test_wilson_covers():
    rng = np.random.default_rng(0)
    inside = []
    for share in (0.05, 0.5, 0.9):
        got = rng.binomial(40, share, 2000)
        low, high = wilson(got, 40)
        inside.append(((low <= share) & (share <= high)).mean())
    assert min(inside) > 0.92
    assert np.isnan(wilson(0, 0)).all()


def test_wilson_ends_where_the_share_ends():
    low, high = wilson([0, 5, 3], [5, 5, 0])
    assert low[0] == 0 and high[1] == 1 and 0 < high[0] < 1
    assert np.isnan([low[2], high[2]]).all() and np.isnan(newcombe(0, 0, 1, 2)).all()


def test_one_rule_for_nothing():
    for nothing in (share_interval(0, 0), ratio_interval(0, 0), mean_interval([]), median_interval([np.nan])):
        assert not nothing.known and not nothing.ranged and nothing.n == 0
    assert len(benjamini_hochberg([])) == 0


def test_a_reason_that_no_tag_names_may_be_right_at_any_rate():
    tags = pd.DataFrame({"contact_id": ["a"], "label": ["x"], "score": [0.9]})
    row = evaluate(pd.Series({"a": "y"}), tags).reasons.set_index("label").loc["y"]
    assert math.isnan(row["precision"]) and (row["precision_low"], row["precision_high"]) == (0, 1)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_wrong_levels(level):
    for statistic in (mean_interval, median_interval):
        with pytest.raises(SettingsError, match="wrong level"):
            statistic([1.0, 2.0], level)
    with pytest.raises(SettingsError, match="wrong level"):
        wilson(1, 2, level)


def test_an_amount_of_nothing_has_no_low_end():
    low, high = log_interval(np.array([0.0, 10.0]), np.array([4.0, 4.0]), 0.95, degrees=30, known=9.0)
    assert low.tolist() == [0.0, 9.0] and high[0] > 0


def test_intervals_agree_with_the_textbook():
    from scipy.stats import binomtest

    wilson = binomtest(7, 40).proportion_ci(method="wilson")
    mine = share_interval(7, 40)
    assert math.isclose(mine.low, wilson.low)
    assert math.isclose(mine.high, wilson.high)
    exact = binomtest(30, 50).proportion_ci(method="exact")
    ratio = ratio_interval(30, 20)
    assert math.isclose(ratio.low, exact.low / (1 - exact.low))
    assert math.isclose(ratio.high, exact.high / (1 - exact.high))
    assert not share_interval(0, 0).known
    assert not ratio_interval(0, 0).known
    assert ratio_interval(5, 0).value == math.inf
    assert mean_interval(pd.Series([3.0])).n == 1


def test_median_interval_covers():
    rng = np.random.default_rng(12)
    bounds = [median_interval(rng.lognormal(0, 1, 60)).numbers[1:] for _ in range(400)]
    assert 0.93 <= np.mean([low <= 1 <= high for low, high in bounds]) <= 0.99


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusted_p_is_no_smaller_and_keeps_the_order(values: list[float]) -> None:
    p = np.array(values)
    q = benjamini_hochberg(p)
    assert ((q >= p - 1e-12) & (q <= 1)).all()
    assert (np.diff(q[np.argsort(p)]) >= -1e-12).all()


def test_wilson_of_nothing_and_of_all():
    low, high = wilson([0, 0, 20], [0, 20, 20])
    assert np.isnan(low[0]) and np.isnan(high[0])
    assert (low[1], round(high[1], 4), high[2]) == (0, 0.1611, 1)
    with pytest.raises(SettingsError, match="level"):
        wilson([1], [2], 95)


@pytest.mark.parametrize(("counts", "low", "high"), [((9, 10, 3, 10), 0.1705, 0.8090), ((10, 10, 0, 20), 0.6791, 1.0), ((0, 10, 0, 20), -0.1611, 0.2775)])
def test_newcombe_against_the_paper(counts, low, high):
    found = newcombe(*[[count] for count in counts])
    assert [round(float(bound[0]), 4) for bound in found] == [low, high]


@settings(deadline=None)
@given(st.floats(0, 1e9), st.floats(0, 1e12), st.floats(0.5, 0.99))
def test_the_estimate_lies_in_its_interval_on_the_log_scale(value, variance, level):
    low, high = log_interval(np.array([value]), np.array([variance]), level, degrees=30)
    assert 0 <= low[0] <= value <= high[0]


def test_no_bound_is_below_what_is_known():
    low, _ = log_interval(np.array([100.0]), np.array([1e6]), 0.95, degrees=30, known=60.0)
    assert low[0] == 60.0
