"""Who a speaker is, by the words in its name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.errors import SettingsError
from vocmine.text.speakers import (
    FOR_CUSTOMER,
    ROLES,
    may_be_name,
    names_a_speaker,
    speaker_key,
    speaker_role,
    speaker_table,
    told_roles,
)

CUSTOMERS = ["お客様B", "Customer_7", "Customer 3", "customer9", "CustomerB", "顧客2（女性）", "お客さん", "鈴木（お客様）", "お客様：鈴木", "Customer - Jane", "EndUser", "EXTERNAL", "匿名ユーザー", "ＣＵＳＴＯＭＥＲ", "[Customer]", "お客様ご本人", "Caller #4", "1. Customer", "お客様C様"]
AGENTS = ["Agent 5 (Suzuki)", "OP3", "オペレーターC", "担当:鈴木", "オペレーター 鈴木", "鈴木（担当）", "お客様相談室", "お客様担当", "カスタマーサポート", "customer support", "Customer Service Representative 4", "Customer Success", "customer_care", "お客様センター", "サポートセンター", "電話受付", "担当者さん", "CS担当", "鈴木・担当"]
BOTS = ["チャットボット", "AIオペレーター", "AI", "Virtual Agent", "bot_2", "応答メッセージ", "Auto-response", "自動応答ボット"]
FAMILY = ["お客様（ご家族）", "ご家族", "お客様の母", "お客様（代理人）", "契約者の妻", "お客様ご家族", "Customer (wife)", "customer - husband", "ご家族様"]
NOBODY_KNOWN = ["鈴木", "Ai Suzuki", "agent/customer", "お客様/オペレーター", "SPEAKER_01", "話者2", "speaker 2", "鈴木様", "日本人", "shop", "お客様（担当）", "サポートに電話したところ", "", "12"]


@pytest.mark.parametrize(("role", "names"), [("customer", CUSTOMERS), ("agent", AGENTS), ("bot", BOTS), (FOR_CUSTOMER, FAMILY), ("", NOBODY_KNOWN)])
def test_words_in_a_name_decide(role, names):
    assert {name: speaker_role(name) for name in names} == dict.fromkeys(names, role)


WORDS = {word: role for role, words in speaker_table()["roles"].items() for word in words}


def test_each_word_has_one_role():
    words = [word for group in speaker_table()["roles"].values() for word in group]
    assert all(isinstance(word, str) for word in words)
    assert len(words) == len(set(words))


@given(st.sampled_from(sorted(WORDS)), st.integers(1, 99))
def test_a_number_changes_no_role(word, number):
    assert speaker_role(f"{word} {number}") == speaker_role(word) == WORDS[word]


@given(st.text(max_size=30))
def test_any_name_has_one_of_the_roles_or_none(name):
    assert speaker_role(name) in {*ROLES, FOR_CUSTOMER, ""}


def test_what_is_told_is_compared_without_width_case_and_spaces():
    names, others = told_roles({"ＫＥＮ  Sato": "agent", "*": "customer"})
    assert names[speaker_key("ken sato")] == "agent" and others == "customer"
    assert told_roles({}) == ({}, "") and told_roles({"a": "お客様"}) == ({"a": "customer"}, "")
    with pytest.raises(SettingsError, match="customer, agent, bot"):
        told_roles({"a": "boss"})


@pytest.mark.parametrize(("label", "name", "speaker"), [("鈴木", True, False), ("オペレーター2", True, True), ("http", False, False), ("Re", False, False), ("3", False, False), ("ご担当者様", True, False), ("お客様", True, True)])
def test_what_stands_before_a_colon(label, name, speaker):
    assert (may_be_name(label), names_a_speaker(label)) == (name, speaker)
