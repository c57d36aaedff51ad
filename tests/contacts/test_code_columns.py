"""An agent's code by its column: common names, levels that belong together, free text that is none."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import check_contacts
from vocmine.contacts.code_columns import CodeJudge, code_levels

BASE = {"受付番号": ["a1", "a2", "a3"], "受付日時": "2026/11/02 10:00", "チャネル": "電話", "本文": ["返金してほしい", "解約したい", "使い方"]}


@pytest.mark.parametrize(("names", "levels"), [
    (["大分類", "中分類", "小分類"], ["大分類", "中分類", "小分類"]),
    (["小分類", "日時", "大分類"], ["大分類", "小分類"]),
    (["問合せ大分類", "問合せ小分類", "対応者"], ["問合せ大分類", "問合せ小分類"]),
    (["大項目", "中項目"], ["大項目", "中項目"]),
    (["分類１", "分類２", "分類３"], ["分類１", "分類２", "分類３"]),
    (["第1分類", "第2分類"], ["第1分類", "第2分類"]),
    (["応対区分2", "応対区分1"], ["応対区分1", "応対区分2"]),
    (["Category 1", "Category 2", "Category 3"], ["Category 1", "Category 2", "Category 3"]),
    (["L1 reason", "L2 reason"], ["L1 reason", "L2 reason"]),
    (["Reason Level 1", "Reason Level 2"], ["Reason Level 1", "Reason Level 2"]),
    (["Category", "Sub-category"], ["Category", "Sub-category"]),
    (["contact_reason", "contact_sub_reason"], ["contact_reason", "contact_sub_reason"]),
    (["商品大分類", "商品中分類"], []),
    (["Product category 1", "Product category 2"], []),
    (["中分類", "小分類"], []),
    (["大分類"], []),
    (["日付1", "日付2"], []),
])
def test_levels_are_found_by_their_names(names, levels):
    assert list(code_levels(names)) == levels


@pytest.mark.parametrize("name", [
    "対応分類", "問合せ区分", "お問い合わせ種別", "受付区分", "用件コード", "カテゴリ", "reason", "category", "Disposition", "Wrap-up code",
    "Contact Reason", "call_type", "対応分類（必須）", "入電理由",
])
def test_common_names(name):
    contacts = check_contacts(pd.DataFrame({**BASE, name: ["01:返金", "02:解約", None]})).contacts
    assert contacts["agent_code"].tolist()[:2] == ["01:返金", "02:解約"] and pd.isna(contacts["agent_code"].iloc[2])


def test_levels_are_joined_and_stay_under_their_names():
    raw = pd.DataFrame({**BASE, "大分類": ["料金", "契約", "その他"], "中分類": ["返金", None, ""], "小分類": ["未着", "", None]})
    checked = check_contacts(raw)
    assert checked.contacts["agent_code"].tolist() == ["料金 > 返金 > 未着", "契約", "その他"]
    assert checked.contacts["中分類"].tolist()[0] == "返金"


def test_a_mapping_may_name_it_and_its_levels():
    raw = pd.DataFrame({**BASE, "ｺｰﾄﾞA": ["x", "y", "z"], "ｺｰﾄﾞB": ["1", "", "3"]})
    told = {"columns": {"ｺｰﾄﾞA": "agent_code", "ｺｰﾄﾞB": "agent_code"}}
    assert check_contacts(raw, told).contacts["agent_code"].tolist() == ["x > 1", "y", "z > 3"]
    assert "agent_code" not in check_contacts(raw.assign(対応分類="a"), {"ignore": ["対応分類"]}).contacts


@pytest.mark.parametrize(("cells", "free"), [
    (["01", "02", "03"] * 20, False),
    ([f"いろいろ書いてあります{i}" for i in range(60)], True),
    (["お客様はたいへんお困りで、何度もお電話をいただいたとのことですので、折り返しの上で丁寧にご説明し、ご納得いただけるまで対応しました。"] * 5, True),
    (["返金"], False),
    ([], False),
    ([None, "", " "], False),
    ([f"code {i % 25}" for i in range(100)], False),
])
def test_free_text_is_no_code(cells, free):
    judge = CodeJudge()
    for start in range(0, len(cells), 7):
        judge.add(pd.Series(cells[start : start + 7], dtype=object))
    assert judge.free_text is free


def test_a_reason_in_ones_own_words_is_left_where_it_is():
    rows = 40
    raw = pd.DataFrame({
        "受付番号": [f"a{i}" for i in range(rows)], "受付日時": "2026/11/02 10:00", "チャネル": "電話", "本文": "解約したい",
        "reason": [f"引っ越し先で使えないと聞いたので{i}" for i in range(rows)],
    })
    checked = check_contacts(raw)
    assert "agent_code" not in checked.contacts and "reason" in checked.contacts
    assert check_contacts(raw, {"columns": {"reason": "agent_code"}}).contacts["agent_code"].nunique() == rows
