"""Names in notes: before 様 and its like, and after labels."""

from __future__ import annotations

import pytest

from vocmine.text import mask_pii
from vocmine.text.pii.names import names_by_honorific, names_by_label
from vocmine.text.words import split_japanese


def by_honorific(text):
    return [text[s.start : s.end] for s in names_by_honorific(text, *split_japanese(text))]


def by_label(text):
    return [text[s.start : s.end] for s in names_by_label(text, split_japanese(text)[0])]


@pytest.mark.parametrize(("text", "names"), [
    ("佐藤様より入電。", ["佐藤"]), ("髙橋さんと山田さんが対応。", ["髙橋", "山田"]), ("野村 隆様", ["野村 隆"]), ("グエン様より電話。", ["グエン"]), ("John Smith様から苦情。", ["John Smith"]),
    ("宮本監督が来た。", ["宮本"]), ("私は山口と申します。", ["山口"]), ("金と申します。", ["金"]), ("ご主人の渡辺大輔氏名義。", ["渡辺大輔"]), ("高木店長の対応", ["高木"]),
    ("皆様へ", []), ("お客様より入電", []), ("お子様と", []), ("アプリと言います", []), ("仕様です", []), ("様々な", []), ("業者さん", []), ("氏名変更", []), ("", []), ("女性店員の態度", []),
])
def test_what_stands_before_an_honorific(text, names):
    assert by_honorific(text) == names


@pytest.mark.parametrize(("text", "names"), [
    ("お名前:佐藤。", ["佐藤"]), ("担当:渡邉", ["渡邉"]), ("担当鈴木からの折返し", ["鈴木"]), ("契約者:井上裕子、", ["井上裕子"]), ("フリガナはイシカワ ミサキです。", ["イシカワ ミサキ"]), ("旧姓の今井で登録", ["今井"]),
    ("名前が変更できない", []), ("担当者が変わった", []), ("担当部署に確認", []), ("宛名を直してください。", []), ("本人確認ができない", []), ("担当", []), ("氏名:", []),
])
def test_what_stands_after_a_label(text, names):
    assert by_label(text) == names


@pytest.mark.parametrize(("text", "masked"), [
    ("久我山様より入電", "[氏名]様より入電"), ("契約者の久我山様", "契約者の[氏名]様"),  # to the dictionary only a place
    ("京都様", "京都様"), ("大井町様", "大井町様"), ("取引先様", "取引先様"), ("荷主様", "荷主様"),
])
def test_nobody_honours_a_place(text, masked):
    assert mask_pii([text]) == [masked]
