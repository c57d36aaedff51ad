"""Names without fragments, clerks' words, doubled spellings and words that few texts have."""

from __future__ import annotations

import pytest

from vocmine.topics.naming.typical import is_redundant, is_usual, typical_texts, whole_text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("支払い方法", "支払方法", True), ("オススメ", "おすすめ", True), ("wifi", "Wi-Fi", True), ("子ども用", "子ども", True),
        ("再設定メール", "メール", True), ("再設定メール", "メールアドレス", False), ("引き止め", "引き取り", False),
        ("お風呂", "お部屋", False), ("返す", "返る", False),
    ],
)
def test_the_same_in_another_spelling(one: str, other: str, same: bool) -> None:
    assert is_redundant(one, other) is same
    assert is_redundant(other, one) is same


def test_forms_of_a_word_count_and_denials_only_as_denials() -> None:
    assert is_usual("つながらない", ["つながりません", "つながらなかった", "電話した"], 0.5)
    assert not is_usual("つながらない", ["電話した"] * 5, 0.1)
    assert is_usual("not work", ["it doesn't work", "never really worked for me"], 0.9)
    assert not is_usual("not work", ["it works", "works well"], 0.1)
    assert not is_usual("返金", ["返金して"], 0.1)


@pytest.mark.parametrize("text", ["", "@a https://t.co/x", "12345", "一つ。二つ", "x", "とても長いので名前にはならない文です"])
def test_what_is_no_whole_short_text(text: str) -> None:
    assert whole_text(text) == ""
    assert typical_texts([text]) == []
