"""Decimal commas: proved by the whole column, never by a cell that may have thousands."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.judges.decimal_commas import CommaJudge, with_points


def judged(*cells):
    judge = CommaJudge()
    judge.add(pd.Series(cells, dtype=object))
    return judge.decimal


@pytest.mark.parametrize(("cells", "decimal"), [
    (["5,5"], True), (["1,250", "12,25"], True), (["0,125"], True), (["5,5 min"], True), (["1.250,5"], True),
    (["1,250"], False), (["1,234,567", "5,5"], False), (["1,234.5", "5,5"], False), (["5.5", "12"], False), (["a,b"], False), ([], False), ([None, 5.5], False),
])
def test_what_proves_a_decimal_comma(cells, decimal):
    assert judged(*cells) is decimal


def test_numbers_and_durations_that_are_typed_have_no_comma():
    judge = CommaJudge()
    judge.add(pd.Series([1.5, 2.5]))
    judge.add(pd.Series(pd.to_timedelta([5], unit="s")))
    assert not judge.decimal


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_what_is_written_with_a_comma_is_the_same_number(whole, cents):
    written = f"{whole:,}".replace(",", ".") + f",{cents:02d}"
    assert with_points(pd.Series([written], dtype=object)).tolist() == [f"{whole}.{cents:02d}"]


def test_other_cells_stay_as_they_are():
    cells = ["5:30", "-", "abc", 5.5]
    assert with_points(pd.Series(cells, dtype=object)).tolist() == cells
