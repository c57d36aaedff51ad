"""Names without fragments, clerks' words, doubled spellings and words that few texts have."""

from __future__ import annotations

import pytest

from vocmine.topics.naming.typical import is_redundant, typical_texts, whole_text


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


@pytest.mark.parametrize("text", ["", "@a https://t.co/x", "12345", "一つ。二つ", "x", "とても長いので名前にはならない文です"])
def test_what_is_no_whole_short_text(text: str) -> None:
    assert whole_text(text) == ""
    assert typical_texts([text]) == []
