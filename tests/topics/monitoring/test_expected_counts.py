from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vocmine.topics.monitoring.expected_counts import Table, band, expect

Make = Callable[..., Table]
DAYS = 75  # of `business`
def test_a_weekday_of_its_own_is_expected(steady: Make) -> None:
    rates = np.full((64, 1), 10.0)
    rates[::7] = 30.0
    table = steady(64, rates)
    peak, dull = (expect(table, day)[1][0] for day in (63, 62))
    assert peak > 20 and dull < 13
    once = steady(14, np.roll(rates, 6, axis=0))
    assert expect(once, 13)[1][0] < 16  # one such day is no rhythm


def test_bands_hold_what_they_say_on_each_weekday(business: Make) -> None:
    inside = []
    for seed in range(6):
        table = business(seed, {"week", "bursts"})
        for day in range(40, DAYS):
            if table.volume[day].sum():
                n, mean, size = expect(table, day)
                low, high = band(mean, size)
                inside += [((low <= n) & (n <= high))[mean > 2].mean()]
    assert 0.93 <= np.mean(inside) <= 0.99
