"""Codes as drop-downs write them: numbers, marks, widths, levels; what says other or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.audits.codes.code_words import code_key, code_levels, says_nothing, says_other


@pytest.mark.parametrize(("code", "levels"), [
    ("01:料金照会", ["料金照会"]), ("０１：料金照会", ["料金照会"]), ("A-3 解約", ["解約"]), ("料金＞請求＞二重", ["料金", "請求", "二重"]),
    ("料金 > 請求 > 二重", ["料金", "請求", "二重"]), ("[07]クーポン利用不可", ["クーポン利用不可"]), ("【A1】返品", ["返品"]), ("①在庫", ["在庫"]),
    ("G01_起動しない", ["起動しない"]), ("1001 開始申込", ["開始申込"]), ("03返金", ["返金"]), ("料金照会(01)", ["料金照会"]), ("B：返品", ["返品"]),
    ("BILL-REFUND", ["bill refund"]), ("change_of_plan", ["change of plan"]), ("PwdReset", ["pwd reset"]), ("101 No internet", ["no internet"]),
    ("Delivery - late", ["delivery", "late"]), ("Return / exchange", ["return", "exchange"]), ("ｶｰﾄﾞ利用不可", ["カード利用不可"]),
    ("2段階認証", ["2段階認証"]), ("5G", ["5g"]), ("24時間受付", ["24時間受付"]), ("1001", []), ("A-3", []), ("", []), ("  ", []),
])
def test_words_of_a_code(code, levels):
    assert list(code_levels(code)) == levels


@pytest.mark.parametrize(("one", "two", "same"), [
    ("01:料金照会", "０１：料金照会", True), ("料金＞請求", "料金 > 請求", True), ("料金＞請求", "料金/請求", True), ("001", "1", True), ("101.0", "101", True),
    ("Refund", "refund ", True), ("ﾎﾟｲﾝﾄ", "ポイント", True), ("01", "10", False), ("01:料金", "02:料金", False), ("A1", "A2", False),
])
def test_which_codes_are_the_same(one, two, same):
    assert (code_key(one) == code_key(two)) is same


@pytest.mark.parametrize("code", ["その他", "99:その他", "Z その他問合せ", "コ その他", "その他(要詳細)", "料金＞その他", "その他＞その他", "他", "雑件", "Other", "MISC", "General > Misc",
                                  "999 Miscellaneous", "上記以外", "n/a", "その他-その他", "９９　その他"])
def test_other(code):
    assert says_other(code) and not says_nothing(code)


@pytest.mark.parametrize("code", ["98:間違い電話", "無言", "いたずら", "折返し", "Spam", "Wrong number", "Test call", "重複", "40 切断", "Call back requested"])
def test_what_names_no_reason(code):
    assert says_nothing(code) and not says_other(code)


@pytest.mark.parametrize("code", ["返金", "解約", "請求書再発行", "電話がつながらない", "転送設定", "Order status", "Test results delayed", "その他料金の二重請求", "営業時間", "保留音の不具合"])
def test_what_names_one(code):
    assert not says_other(code) and not says_nothing(code)


@given(st.text(max_size=40))
def test_any_text_can_be_a_code(code):
    assert code_key(code_key(code)) == code_key(code)
    assert all(level.strip() == level and level for level in code_levels(code))
    assert not (says_other(code) and says_nothing(code))
