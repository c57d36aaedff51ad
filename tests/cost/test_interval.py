"""Intervals on the log scale stay above what is known and hold their estimate."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost.interval import log_interval


@settings(deadline=None)
@given(st.floats(0, 1e9), st.floats(0, 1e12), st.floats(0.5, 0.99))
def test_the_estimate_lies_in_its_interval(value, variance, level):
    low, high = log_interval(np.array([value]), np.array([variance]), level)
    assert 0 <= low[0] <= value <= high[0]


def test_no_bound_is_below_what_is_known():
    low, _ = log_interval(np.array([100.0]), np.array([1e6]), 0.95, known=60.0)
    assert low[0] == 60.0
