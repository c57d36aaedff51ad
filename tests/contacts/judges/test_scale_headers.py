"""Scales in names of columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.judges.scale_headers import HeaderScale, header_scale


@pytest.mark.parametrize(("header", "low", "high"), [
    ("満足度（10段階）", 1, 10), ("満足度（１０段階）", 1, 10), ("CSAT (1-10)", 1, 10), ("評価 1～7", 1, 7), ("評価（0〜10）", 0, 10), ("rate 1 to 5", 1, 5),
    ("score /100", 0, 100), ("100点満点", 0, 100), ("満足度_10点満点", None, 10), ("out of 5", None, 5), ("5-point rating", 1, 5), ("CSAT %", 0, 100),
    ("満足度（7段階）", 1, 7), ("（11段階）", 0, 10), ("満足度", None, None), ("csat_2026", None, None), ("2026/10 満足度", None, None), ("rating2", None, None),
    ("評価（1:不満 10:満足）", 1, 10),
])
def test_limits(header, low, high):
    assert header_scale(header) == HeaderScale(low, high)


@pytest.mark.parametrize("header", [
    "評価（1=大変満足 5=大変不満）", "rating (1: best)", "CSAT (1-5, 1 being the best)", "満足度(1〜5、1が最高)", "1=Very satisfied to 5=Very dissatisfied",
    "満足度 1(満足)→5(不満)", "score (best 1, worst 6)", "満足度（小さいほど満足）", "評価（5が最低）",
])
def test_scales_that_run_backwards(header):
    assert header_scale(header).reversed


@pytest.mark.parametrize("header", [
    "評価（5=大変満足 1=大変不満）", "rating (5: best)", "満足度(1〜5、5が最高)", "1=Very dissatisfied, 5=Very satisfied", "評価（最高5点）", "評価（1が最低）", "評価（2: 不満、1: とても不満）",
])
def test_scales_that_run_forwards(header):
    assert not header_scale(header).reversed


def test_recommendation_is_no_satisfaction():
    assert header_scale("NPS (0-10)") == HeaderScale(0, 10, recommends=True)
    assert header_scale("推奨度").recommends
    assert not header_scale("snaps").recommends


@given(st.text(max_size=30))
def test_any_name_has_a_scale_or_none(header):
    found = header_scale(header)
    assert found.high is None or found.high >= 3
