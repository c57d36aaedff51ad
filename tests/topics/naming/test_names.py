from __future__ import annotations

import numpy as np
import pytest

from vocmine.topics.naming.names import choose_names, medoids, quote, topic_terms
from vocmine.topics.naming.phrases import noun_phrases


@pytest.mark.parametrize(
    ("text", "lang", "wanted", "unwanted"),
    [
        ("予約の変更をしたいのですが", "ja", {"予約の変更", "予約"}, {"の", "したい"}),
        ("クレジットカードの引き落とし日を教えてください", "ja", {"クレジットカード"}, {"教え", "ください"}),
        ("アプリが起動しません。それと、このこと、何とかして", "ja", {"アプリ"}, {"それ", "こと", "何"}),
        ("[氏名]ですが、返金をお願いします", "ja", {"返金"}, {"氏名", "お願い", "[氏名]"}),
        ("電話番号は[電話番号]です。2日に3回かけた", "ja", {"電話番号"}, {"2日", "3回", "2", "3"}),
        ("My debit card payment was declined", "en", {"debit card payment", "debit card"}, {"my", "was"}),
        ("Please help me with the refund, thanks!", "en", {"refund"}, {"please", "help", "thanks"}),
        ("<script>alert(1)</script>", "en", set(), {"<script>"}),
        ("", "ja", set(), {""}),
        ("!!!???😀", "ja", set(), {"😀"}),
    ],
)
def test_noun_phrases(text: str, lang: str, wanted: set[str], unwanted: set[str]) -> None:
    found = set(noun_phrases(text, lang))
    assert wanted <= found
    assert not unwanted & found


def test_words_are_counted_once_a_text() -> None:
    terms = ["返金 返金 返金 返金 遅い", "返金", "返金", "遅い", "遅い", "遅い"]
    topic = np.array([0, 0, 0, 1, 1, 1])
    assert topic_terms(terms, topic, 2)[0] == ["返金", "遅い"]


def test_names_are_always_unique() -> None:
    names = choose_names([["返金"]] * 5 + [[]] * 3, [["返金"]] * 8, range(8))
    assert len(set(names)) == 8 and all(names)
    assert choose_names([["返金"]], [["返金"]], [1], used=["返金"]) != ["返金"]


def test_quotes_are_one_short_line() -> None:
    assert quote("a\n\t b") == "a b"
    assert len(quote("あ" * 500)) == 80


def test_medoid_is_the_middle_and_empty_topics_have_none() -> None:
    x = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    assert medoids(x, np.array([0, 0, 0]), 2, top=1) == [[1], []]
