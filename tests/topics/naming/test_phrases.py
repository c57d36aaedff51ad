"""Noun phrases: whole ones, of customers and not of clerks."""

from __future__ import annotations

import pytest

from vocmine.topics.naming.phrases import names_nothing, noun_phrases, spellings, without_addresses


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
    ("text", "expected"),
    [("B&Bタイプの宿", "B&Bタイプ"), ("R&Dはどこ", "R&D"), ("PC&、スマホ", "PC")],
)
def test_ampersands_inside_a_name_stay(text: str, expected: str) -> None:
    assert expected in noun_phrases(text)


def test_addresses_name_no_topic():
    assert noun_phrases("@ShopCare @115912 where is my parcel? https://t.co/abc shop.com", "en") == ["parcel"]


def test_addresses_and_accounts_are_no_words() -> None:
    assert without_addresses("@ShopCare see https://t.co/abc or shop.com") == ".  see .  or . "


def test_words_of_any_contact_name_nothing() -> None:
    assert [names_nothing(word) for word in ("要確認", "regards", "連絡先", "返金", "refund")] == [True] * 3 + [False] * 2


def test_spellings_are_of_nouns_and_plain_verbs() -> None:
    assert spellings("DVDがあるか。Wi-Fiは?")[:2] == [("dvd", "DVD"), ("有る", "ある")]
    assert spellings("") == []
