"""A sample is spread over the whole column and bounded."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.judges.samples import Sample


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_every_kth_value_whatever_the_chunks(sizes):
    sample, start = Sample(most=16), 0
    for size in sizes:
        sample.add(np.arange(start, start + size, dtype=float))
        start += size
    kept = sample.values()
    step = int(kept[1]) if len(kept) > 1 else 1
    assert kept.tolist() == list(range(0, start, step))
    assert len(kept) <= 16
    assert (sample.n, sample.low, sample.high) == (start, 0.0, start - 1.0)


def test_rising_counts_over_the_border_of_chunks():
    sample = Sample()
    sample.add(np.array([1.0, 2.0]))
    sample.add(np.array([1.0, 3.0]))
    sample.add(np.array([]))
    assert sample.rising() == 2 / 3
    assert sample.median() == 1.5


def test_an_empty_sample():
    assert np.isnan(Sample().median())
    assert Sample().rising() == 0
