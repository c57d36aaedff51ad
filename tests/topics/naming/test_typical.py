"""Names without fragments, clerks' words, doubled spellings and words that few texts have."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.topics.naming._describe import phrase_names
from vocmine.topics.naming.names import choose_names, readable, topic_terms
from vocmine.topics.naming.phrases import noun_phrases
from vocmine.topics.naming.typical import is_redundant, is_usual, typical_texts, whole_text


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("2便目が来ない", set(), {"便目", "便", "目"}),
        ("18時以降の配達", {"配達"}, {"時以降", "時以降の配達"}),
        ("2件とも確定した", {"確定"}, {"件とも確定"}),
        ("予約したのにお店で1時間以上待った", {"予約", "お店"}, {"時間以上", "時間"}),
        ("3ヶ月で壊れた", set(), {"ヶ月"}),
        ("容量は10GBです", {"容量"}, {"GB"}),
        ("かけ放題オプションを付けたい", {"かけ放題オプション"}, {"放題オプション", "放題"}),
        ("WX-5200の設定とP2の電池", {"WX-5200の設定", "P2の電池"}, {"WX", "P"}),
        ("注文番号4634937と別の注文", {"注文番号"}, {"注文番号4634937"}),
        ("カード更新後に使えない", {"カード更新"}, {"カード更新後"}),
        ("SIM入替後モバイル通信不可", {"SIM入替", "モバイル通信不可"}, {"SIM入替後モバイル"}),
        ("キャンセル希望。手順案内。適用条件の問合せ", {"キャンセル", "手順", "適用条件"}, {"キャンセル希望", "手順案内", "問合せ"}),
        ("いいかげんにして。まじで返金", {"返金"}, {"かげん", "まじ"}),
        ("QR決済の画面。支払い済み", {"QR決済の画面", "支払い"}, {"QR決"}),
        ("カスタマーサポート御中 エスカレ要。返金", {"返金"}, {"カスタマーサポート御中", "カスタマーサポート", "エスカレ"}),
        ("ご家族よりログイン不可とのこと。お礼の言葉あり", {"ログイン不可", "お礼"}, {"よりログイン不可", "お礼の言葉あり"}),
        ("B&Bスタイルの宿", {"B&Bスタイル"}, {"B", "Bスタイル"}),
        ("注文番号注文番号", {"注文番号"}, {"注文番号注文番号"}),
    ],
)
def test_phrases_are_whole_and_of_customers(text: str, wanted: set[str], unwanted: set[str]) -> None:
    found = set(noun_phrases(text))
    assert wanted <= found
    assert not unwanted & found


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


def test_a_second_word_is_one_that_many_texts_have() -> None:
    few, many = (["立地が良い"] * (20 - n) + ["ビレッジまで歩ける立地"] * n for n in (1, 6))
    assert choose_names([["立地"]], [["立地", "ビレッジ"]], [20], texts=[few]) == ["立地"]
    assert choose_names([["立地"]], [["立地", "ビレッジ"]], [20], texts=[many]) == ["立地・ビレッジ"]
    assert choose_names([["取り付け"]], [["取付", "簡単"]], [9], texts=[["取り付けも簡単", "取付が簡単でした"] * 3])[0].endswith("簡単")


def test_forms_of_a_word_count_and_denials_only_as_denials() -> None:
    assert is_usual("つながらない", ["つながりません", "つながらなかった", "電話した"], 0.5)
    assert not is_usual("つながらない", ["電話した"] * 5, 0.1)
    assert is_usual("not work", ["it doesn't work", "never really worked for me"], 0.9)
    assert not is_usual("not work", ["it works", "works well"], 0.1)
    assert not is_usual("返金", ["返金して"], 0.1)


def test_topics_that_say_one_short_thing_are_named_by_it() -> None:
    thanks = ["@Air Thank you", "@Air thank you!", "@Air thanks so much for the help with everything today"]
    flights = ["@Air my flight is late", "@Air flight late again", "@Air late flight, no gate"]
    names = phrase_names([*thanks, *flights], ["en"] * 6, [[0, 1, 2], [3, 4, 5]])
    assert names[0][0] == "Thank you"
    assert "flight" in " ".join(names[1])


@pytest.mark.parametrize("text", ["", "@a https://t.co/x", "12345", "一つ。二つ", "x", "とても長いので名前にはならない文です"])
def test_what_is_no_whole_short_text(text: str) -> None:
    assert whole_text(text) == ""
    assert typical_texts([text]) == []


def test_words_of_one_text_come_last_and_marks_are_no_words() -> None:
    terms = ["立地 %_ない ビレッジ", "立地 駅", "立地 駅", "部屋", "部屋 %_ない", "部屋 広い"]
    words = topic_terms(terms, np.array([0, 0, 0, 1, 1, 1]), 2)
    assert words[0] == ["立地", "駅", "ビレッジ"]
    assert readable("良い_ない", {"良い": "いい"}) == "よくない"
