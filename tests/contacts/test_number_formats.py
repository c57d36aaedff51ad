"""Numbers as a spreadsheet shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.number_formats import as_shown
from vocmine.contacts.values import parse_durations, parse_numbers


@pytest.mark.parametrize(("number", "code", "shown"), [
    (5.5, '0.0"分"', "5.5分"), (332, '0"秒"', "332秒"), (3, '0 "min"', "3 min"), (1.5, '0.0"時間"', "1.5時間"), (4, "0点", "4点"),
    (1200, '#,##0"円"', "1200円"), (12, r"0\分", "12分"), (7, 'General"件"', "7件"), (-5, '0"分"', "-5分"),
    (5.54, '0"分"', "5.54分"), (2500, '0.0,"千件"', "2.5千件"), (3, '[Blue]0"分";[Red]-0"分"', "3分"),
    (0.95, "0%", "95%"), (0.1234, "0.0%", "12.34%"), (1, "0%", "100%"),
    (123, "00000", "00123"), (123.0, "000000", "000123"), (42, '"C-"00000', "C-00042"), (1600022, r"000\-0000", "160-0022"),
    (9012345678, "000-0000-0000", "090-1234-5678"), (1000, "[$¥-411]#,##0", "¥1000"), (5, '_ "¥"* #,##0_ ', "¥5"),
])
def test_what_is_shown(number, code, shown):
    assert as_shown(number, code) == shown


@pytest.mark.parametrize("code", ["General", "0", "0.00", "#,##0", "#,##0_);(#,##0)", "0.00E+00", "# ?/?", "@", '[>=60]0"分";0"秒"', ""])
@pytest.mark.parametrize("number", [5, 5.5, 0.0038])
def test_what_stays_a_number(number, code):
    assert as_shown(number, code) == number and isinstance(as_shown(number, code), int | float)


def test_a_fraction_is_not_padded():
    assert as_shown(5.5, "00000") == 5.5


@given(st.integers(0, 10**6), st.sampled_from([('0"分"', 60), ('#,##0"秒"', 1), ('0 "h"', 3600)]))
def test_a_unit_is_read_as_it_is_shown(number, format_and_unit):
    code, unit = format_and_unit
    assert parse_durations([as_shown(number, code)])[0] == number * unit


@given(st.integers(-(10**9), 10**9), st.sampled_from(['#,##0"円"', "[$¥-411]#,##0", '"$"0']))
def test_an_amount_is_read_as_it_is_shown(number, code):
    assert parse_numbers([as_shown(number, code)])[0] == number
