"""Words as people read them: in hot words, in the words of topics, in their names."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.topics import hot_words
from vocmine.topics.naming.names import choose_names
from vocmine.topics.naming.phrases import noun_phrases
from vocmine.topics.naming.surface_forms import surface_form


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        ("出来る_ない", "できない"), ("分かる_にくい", "分かりにくい"), ("見る_ない", "見ない"), ("入る_ない", "入らない"), ("来る_ない", "来ない"),
        ("為る_ない", "しない"), ("有る_ない", "ない"), ("払う_ない", "払わない"), ("高い_ない", "高くない"), ("問題_ない", "問題ない"),
        ("表示_ない", "表示なし"), ("奇麗", "きれい"), ("need_not", "not need"), ("user_id", "user_id"), ("返金", "返金"), ("_ない", "_ない"), ("", ""),
    ],
)
def test_terms_as_people_write_them(term, wanted):
    assert surface_form(term) == wanted


def test_hot_words_have_no_marks_and_no_words_of_every_contact():
    texts = ["ログインできません。至急ご対応お願いします。", "荷物が届かない。折り返し連絡先を教えてください", "ticket: package did not arrive, please help"] * 3
    words = set(hot_words(texts)["word"])
    assert {"ログイン", "できない", "荷物", "届かない", "not arrive", "package"} <= words
    assert not {"対応", "願う", "連絡先", "ticket", "help"} & words
    assert not [word for word in words if "_" in word]


def test_hot_words_leave_out_what_is_no_longer_said():
    frame = pd.DataFrame({"text": ["返金"] * 6 + ["故障"] * 6, "created_at": pd.to_datetime(["2026-11-10"] * 6 + ["2026-11-19"] * 6, utc=True)})
    assert hot_words(frame)["word"].tolist() == ["故障"]


def test_addresses_name_no_topic():
    assert noun_phrases("@ShopCare @115912 where is my parcel? https://t.co/abc shop.com", "en") == ["parcel"]


def test_a_single_word_is_told_apart_and_a_phrase_stands_alone():
    assert choose_names([["部屋"], ["予約の変更"], ["credit card"]], [["部屋", "広い"], ["予約", "日"], ["card", "lost"]], [3, 2, 1]) == [
        "部屋・広い", "予約の変更", "credit card",
    ]
    assert choose_names([["部屋"]], [["部屋", "願う", "非常", "寒い"]], [3]) == ["部屋・寒い"]
