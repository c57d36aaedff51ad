"""Japanese addresses: places and a number of a block; towns that no dictionary knows; floors and counts stay."""

from __future__ import annotations

import pytest

from vocmine.text import find_pii
from vocmine.text.pii.address import japanese_addresses
from vocmine.text.words import split_japanese


def found(text):
    """Give what the rules of this module find, with the name of the rule."""
    morphemes, kinds = split_japanese(text)
    return [(text[s.start : s.end], s.rule) for s in japanese_addresses(text, morphemes, kinds)]


PLACES = [
    "神奈川県川崎市幸区雲雀ヶ原1丁目9番14号", "横浜市港北区みどりヶ崎台8丁目28番18号", "石川県金沢市雲雀ヶ原9-3-9", "仙台市青葉区ひばりが崎4-10", "岡山県岡山市北区星影町6丁目23番8号",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("frame", ["住所は{}です。", "ご住所{}。", "--\n{}\n", "{}"])
def test_towns_that_no_dictionary_knows(place, frame):
    text = frame.format(place)
    start = text.index(place)
    assert any(s.start <= start and start + len(place) <= s.end for s in find_pii(text) if s.kind == "address"), find_pii(text)


@pytest.mark.parametrize(("text", "address"), [
    ("大阪市北区梅田1-2-3です", "大阪市北区梅田1-2-3"), ("渋谷区神南一丁目19番11号へ", "渋谷区神南一丁目19番11号"),
    ("札幌市中央区北1条西2丁目に送る", "札幌市中央区北1条西2丁目"), ("京都市下京区烏丸通4-20-1 メゾン青葉203号室です", "京都市下京区烏丸通4-20-1 メゾン青葉203号室"),
    ("東京都港区芝公園4丁目2番8号 青葉ビル3階まで", "東京都港区芝公園4丁目2番8号 青葉ビル3階"),
])
def test_the_whole_address_is_found_with_its_building(text, address):
    assert found(text) == [(address, "address_jp")]


@pytest.mark.parametrize("text", ["お住まいは横浜市港北区日吉です", "お届け先:横浜市港北区日吉、", "住所は横浜市港北区日吉"])
def test_a_town_is_an_address_after_the_word_for_it(text):
    assert found(text) == [("横浜市港北区日吉", "address_said")]


@pytest.mark.parametrize("text", ["新宿3丁目駅で降りた", "東京都港区", "3階305号室", "横浜市港北区で3-4回切れた", "2丁目のコンビニ", "大阪で10-20分待った", "1-2-3"])
def test_places_and_numbers_by_themselves_are_none(text):
    assert found(text) == []
