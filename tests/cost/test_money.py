"""Money is split to the smallest unit, in rows, columns and as a whole."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vocmine.cost.money import split_exactly, split_table_exactly

UNITS = {"JPY": 1, "USD": 100, "KWD": 1000}


@settings(max_examples=80, deadline=None)
@given(arrays(float, st.tuples(st.integers(1, 7), st.integers(1, 6)), elements=st.one_of(st.just(0.0), st.floats(0, 50))), st.sampled_from(sorted(UNITS)))
def test_a_table_is_rounded_with_all_its_sums(table, currency):
    rounded = split_table_exactly(table, currency)
    scale = UNITS[currency]
    assert np.allclose(np.round(rounded * scale), rounded * scale, atol=1e-6)
    assert (rounded >= 0).all()
    for axis in (0, 1):
        assert np.allclose(rounded.sum(axis=axis), split_exactly(table.sum(axis=axis), currency), atol=1e-6)
    assert np.abs(rounded - table).max() <= 2.01 / scale
    assert np.mean(np.abs(rounded - table) < 1.0001 / scale) > 0.9
