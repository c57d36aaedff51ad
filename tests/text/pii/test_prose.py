"""Names in plain prose, and what is named like people and is none."""

from __future__ import annotations

import pytest

from vocmine.text.pii.prose import is_thing_named, names_in_prose, names_with_dots
from vocmine.text.pii.spans import PiiSpan
from vocmine.text.words import split_japanese


def in_prose(text):
    return [text[s.start : s.end] for s in names_in_prose(text, *split_japanese(text))]


def with_dots(text, known=()):
    return [text[s.start : s.end] for s in names_with_dots(text, known)]


@pytest.mark.parametrize(("text", "names"), [
    ("加藤美咲の態度が悪い。", ["加藤美咲"]), ("前回は鈴木が電話に出ました。", ["鈴木"]), ("横山大観の絵", ["横山大観"]), ("岡田と近藤の二人が来た。", ["岡田", "近藤"]),
    ("李明博が来た。", ["李明博"]), ("大野智子宛の荷物が届かない。", ["大野智子"]),
    ("星野リゾートに泊まった。", []), ("福岡空港から近い。", []), ("ホンダの車に乗っています。", []), ("小野薬品の薬です。", []), ("松本城を見た。", []), ("山口県に住んでいます。", []), ("千葉駅の近く", []), ("", []),
])
def test_names_that_the_dictionary_sees_are_held_against_their_neighbours(text, names):
    assert in_prose(text) == names


@pytest.mark.parametrize(("text", "names"), [
    ("エルッキ・リーカネンが来た", ["エルッキ・リーカネン"]), ("ミゲル・デ・アルソラが来た。", ["ミゲル・デ・アルソラ"]),
    ("アイス・コーヒーが苦い", []), ("スマホ・タブレットの両方", []), ("ロールキャベツ・セットを注文", []), ("ア・イ", []), ("画面", []),
])
def test_katakana_joined_by_dots(text, names):
    assert with_dots(text) == names


def test_a_part_that_is_known_brings_the_rest():
    text = "アイス・コーヒーが来た"
    assert with_dots(text, [PiiSpan(0, 3, "name", 0.9, "name_honorific")]) == ["アイス・コーヒー"]


@pytest.mark.parametrize(("text", "place", "thing"), [
    ("松本駅で", (0, 2), True), ("株式会社鈴木の", (4, 6), True), ("『山田』を読む", (1, 3), True), ("鈴木が来た", (0, 2), False), ("ニュー・シアターで", (0, 8), True),
])
def test_companies_places_and_titles_are_things(text, place, thing):
    assert is_thing_named(text, place) == thing
