"""Columns of labels as real exports have them."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.batch.label_column import read_labels


@pytest.mark.parametrize("mark", [
    "", " ", "-", "－", "未分類", "N/A", "n/a", "#N/A", "NULL", "nan", "（空白）", "None", "Unclassified", None, float("nan"),
])
def test_marks_for_nothing_are_no_labels(mark):
    assert read_labels(pd.Series(["返金", mark], dtype=object)).labels.tolist() == ["返金", ""]


@pytest.mark.parametrize("label", ["その他", "other", "なし", "対象外", "0", "1.0", "-返金"])
def test_what_may_be_a_label_is_one(label):
    read = read_labels(pd.Series([label]))
    assert read.labels.tolist() == [label]
    assert read.line == ""


def test_a_reason_is_no_mark():
    assert read_labels(pd.Series(["未分類", "不明"]), frozenset({"未分類"})).labels.tolist() == ["未分類", "unknown"]


def test_marks_are_counted():
    read = read_labels(pd.Series(["-", "-", "未分類", " - ", None, "返金"], index=range(5, 11)))
    assert read.marks == {"-": 3, "未分類": 1}
    assert read.line == "  taken as no label: '-' 3, '未分類' 1"
    assert read.labels.index.tolist() == list(range(5, 11))
