"""Quotes hold the word they are for."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.topics.word_evidence import contact_ids, word_quotes

LONG_JA = "先日はお電話でありがとうございました。その後も様子を見ておりましたが、特に問題はありませんでした。" * 2
LONG_EN = "I have been a customer for many years and never had a reason to write to you before. "


@pytest.mark.parametrize(("term", "word", "text", "quote"), [
    ("返金", "返金", "返金はまだですか", "返金はまだですか"),
    ("返金", "返金", LONG_JA + "返金はまだですか。", "返金はまだですか。"),
    ("届く_ない", "届かない", LONG_JA + "荷物が届きません。", "荷物が届きません。"),
    ("tk-88", "TK-88", LONG_EN + "The tk-88 broke.", "The tk-88 broke."),
    ("refund", "refund", LONG_EN[:-2] + ", " * 3 + "and so on " * 6 + "until my refund came", "until my refund came"),
    ("語", "語", "  語\n\nが  ある  とき", "語 が ある とき"),
])
def test_a_quote_shows_the_word(term: str, word: str, text: str, quote: str) -> None:
    found = word_quotes(term, word, [text])
    assert len(found) == 1 and found[0].endswith(quote) and len(found[0]) <= 80


def test_no_quote_stands_twice_and_three_are_enough() -> None:
    texts = ["返金は?", "返金 は?", "返金はまだですか", "返金はまだですか", "返金してほしいのですが", "返金を待っています"]
    assert word_quotes("返金", "返金", texts) == ("返金はまだですか", "返金してほしいのですが", "返金を待っています")
    assert word_quotes("返金", "返金", []) == ()


def test_ids_are_texts_where_there_are_some() -> None:
    assert contact_ids(pd.DataFrame({"contact_id": [7, "x"]})) == ["7", "x"]
    assert contact_ids(pd.DataFrame({"text": ["a"]})) is None and contact_ids(["a"]) is None
