"""Satisfaction of whole columns, brought to 1 to 5."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from vocmine.contacts.judges.scales import ScaleJudge
from vocmine.contacts.reading import Notes


def judged(header: str, cells: list) -> tuple[list, list[str]]:
    notes, judge = Notes(), ScaleJudge(header)
    for start in range(0, len(cells), 2):
        judge.add(pd.Series(cells[start:start + 2], dtype=object))
    read = judge.rule(notes).read(pd.Series(cells, dtype=object))
    return [None if math.isnan(value) else round(value, 2) for value in read], [doubt.code for doubt in notes.doubts if doubt.sentence("ja") != doubt.sentence("en")]


@pytest.mark.parametrize(("header", "cells", "marks"), [
    ("満足度（10段階）", ["2", "6", "10"], [1.44, 3.22, 5]), ("満足度（5段階）", ["2", "5"], [2, 5]), ("満足度", ["1", "4点", 5], [1, 4, 5]),
    ("score /100", ["0", "75"], [1, 4]), ("10点満点", ["0", "10"], [1, 5]), ("7段階", ["1", "4", "7"], [1, 3, 5]), ("評価（1=大変満足）", ["1", "4"], [5, 2]),
    ("csat", ["満足", "Extremely happy", "Unhappy", "😡", "☹️"], [4, 5, 2, 1, 2]), ("csat", ["★★★☆☆", "★★", "4/5", "10/10", "5点中4"], [3, 2, 4, 5, 4]),
    ("csat", ["5: 大変満足", "Very dissatisfied (1)", "2（不満）"], [5, 1, 2]), ("満足度（10段階）", ["満足", "10"], [4, 5]), ("csat", ["", None], [None, None]),
    ("csat", ["80%", "100 %"], [4.2, 5]),
])
def test_what_is_read(header, cells, marks):
    assert judged(header, cells) == (marks, [])


@pytest.mark.parametrize(("header", "cells", "marks", "code"), [
    ("csat", ["1", "5", "10", "9"], [1, 2.78, 5, 4.56], "scale_from_values"), ("csat", ["0", "8", "10"], [1, 4.2, 5], "scale_from_values"),
    ("csat", ["40", "100"], [2.6, 5], "scale_from_values"), ("csat", ["4", "5", "3", "9"], [4, 5, 3, None], "scale_outliers"),
    ("csat", ["0", "4", "5"], [None, 4, 5], "scale_outliers"), ("csat", ["0.8", "0.5"], [None, None], "scale_unknown"), ("csat", [1, 0, True], [None, None, None], "scale_unknown"), ("csat", ["-1", "120"], [None, None], "scale_unknown"),
    ("満足度（5段階）", ["8", "10", "4"], [None, None, None], "scale_unknown"), ("満足度（5段階）", ["4", "2", "10"], [4, 2, None], "scale_outliers"),
    ("NPS (0-10)", ["0", "10"], [1, 5], "nps_as_satisfaction"),
])
def test_what_is_told(header, cells, marks, code):
    assert judged(header, cells) == (marks, [code])


def test_a_rare_value_makes_no_scale():
    marks, codes = judged("csat", ["4"] * 99 + ["8"])
    assert (marks[0], marks[-1], codes) == (4, None, ["scale_outliers"])


def test_many_marks_that_never_reach_the_top_are_told():
    assert judged("csat", ["1", "3"] * 30)[1] == ["scale_from_values"]
    assert judged("csat", ["1", "3"] * 10)[1] == []


def test_typed_columns():
    notes, judge = Notes(), ScaleJudge("CSAT (1-10)")
    judge.add(pd.Series([1, 10]))
    assert judge.rule(notes).read(pd.Series([1.0, None, 10.0])).tolist()[::2] == [1.0, 5.0]
