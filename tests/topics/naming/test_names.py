from __future__ import annotations

import numpy as np

from vocmine.topics.naming.names import medoids, quote, readable, topic_terms


def test_words_are_counted_once_a_text() -> None:
    terms = ["返金 返金 返金 返金 遅い", "返金", "返金", "遅い", "遅い", "遅い"]
    topic = np.array([0, 0, 0, 1, 1, 1])
    assert topic_terms(terms, topic, 2)[0] == ["返金", "遅い"]


def test_quotes_are_one_short_line() -> None:
    assert quote("a\n\t b") == "a b"
    assert len(quote("あ" * 500)) == 80


def test_medoid_is_the_middle_and_empty_topics_have_none() -> None:
    x = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    assert medoids(x, np.array([0, 0, 0]), 2, top=1) == [[1], []]


def test_words_of_one_text_come_last_and_marks_are_no_words() -> None:
    terms = ["立地 %_ない ビレッジ", "立地 駅", "立地 駅", "部屋", "部屋 %_ない", "部屋 広い"]
    words = topic_terms(terms, np.array([0, 0, 0, 1, 1, 1]), 2)
    assert words[0] == ["立地", "駅", "ビレッジ"]
    assert readable("良い_ない", {"良い": "いい"}) == "よくない"


