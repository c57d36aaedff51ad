"""Sheets with slightly different names: one table, unless a name tells another unit, zone or scale."""

from __future__ import annotations

import pytest

from vocmine.contacts.sheet_columns import aligned_names, same_names, same_series

FIRST = ["受付番号", "受付日時", "チャネル", "内容", "対応時間(分)", "満足度（5段階）"]


@pytest.mark.parametrize(("other", "names"), [
    (FIRST[::-1], FIRST[::-1]), (["受付番号", "受付日時", "チャネル", "お問い合わせ内容"], FIRST[:4]),
    (["受付番号", "受付日時", "チャネル", "本文", "備考"], [*FIRST[:4], "備考"]), (["ID", "日時", "経路", "内容", "対応時間 (分)"], FIRST[:5]),
])
def test_columns_that_mean_the_same_get_the_names_of_the_first_sheet(other, names):
    assert aligned_names(FIRST, other) == names


@pytest.mark.parametrize("other", [
    ["月", "件数"], ["受付番号", "内容"], ["受付番号", "受付日時(UTC)", "チャネル", "内容"], [*FIRST[:4], "対応時間(秒)"], [*FIRST[:4], "満足度（10段階）"],
    ["受付番号", "受付日時", "チャネル", "本文", "内容"],
])
def test_another_table_or_another_unit_is_kept_apart(other):
    assert aligned_names(FIRST, other) is None


def test_the_same_names_in_any_order_and_width():
    assert same_names(["ID", "本文"], ["本文※", "ｉｄ"])
    assert not same_names(["ID", "本文"], ["ID"])


@pytest.mark.parametrize(("first", "other", "same"), [
    ("4月", "12月", True), ("2026年4月", "2026年5月", True), ("Sheet1", "Sheet2", True), ("四月", "五月", True), ("April", "May", True), ("東京", "大阪", False), ("今", "旧", False), ("4月", "4月(旧)", False),
])
def test_series(first, other, same):
    assert same_series(first, other) is same
