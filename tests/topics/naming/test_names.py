from __future__ import annotations

import numpy as np

from vocmine.topics.naming.names import choose_names, medoids, quote, readable, topic_terms


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


def test_a_second_word_is_one_that_many_texts_have() -> None:
    few, many = (["立地が良い"] * (20 - n) + ["ビレッジまで歩ける立地"] * n for n in (1, 6))
    assert choose_names([["立地"]], [["立地", "ビレッジ"]], [20], texts=[few]) == ["立地"]
    assert choose_names([["立地"]], [["立地", "ビレッジ"]], [20], texts=[many]) == ["立地・ビレッジ"]
    assert choose_names([["取り付け"]], [["取付", "簡単"]], [9], texts=[["取り付けも簡単", "取付が簡単でした"] * 3])[0].endswith("簡単")


def test_words_of_one_text_come_last_and_marks_are_no_words() -> None:
    terms = ["立地 %_ない ビレッジ", "立地 駅", "立地 駅", "部屋", "部屋 %_ない", "部屋 広い"]
    words = topic_terms(terms, np.array([0, 0, 0, 1, 1, 1]), 2)
    assert words[0] == ["立地", "駅", "ビレッジ"]
    assert readable("良い_ない", {"良い": "いい"}) == "よくない"


def test_names_take_the_wording_before_the_most_telling_word() -> None:
    texts = [["近くのコンビニ", "近くのコンビニはどこ", "買うならコンビニ"]]
    assert choose_names([["コンビニ"]], [["コンビニ", "買う", "近く"]], [3], texts=texts) == ["近くのコンビニ"]
    assert choose_names([["コンビニ"]], [["コンビニ", "買う", "近く"]], [3]) == ["コンビニ・買う"]


def test_one_letter_is_not_put_beside_a_word() -> None:
    assert choose_names([["配達"]], [["配達", "着", "遅れる"]], [3]) == ["配達・遅れる"]


def test_a_single_word_is_told_apart_and_a_phrase_stands_alone():
    assert choose_names([["部屋"], ["予約の変更"], ["credit card"]], [["部屋", "広い"], ["予約", "日"], ["card", "lost"]], [3, 2, 1]) == [
        "部屋・広い", "予約の変更", "credit card",
    ]
    assert choose_names([["部屋"]], [["部屋", "願う", "非常", "寒い"]], [3]) == ["部屋・寒い"]
