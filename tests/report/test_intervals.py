"""Small intervals agree with the textbook."""

from __future__ import annotations

import math

import pandas as pd

from vocmine.report.intervals import mean_interval, ratio_interval, share_interval


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
