"""Addresses: Japanese ones by a number of a block that follows names of places, English ones by number and street."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from vocmine.text.pii.spans import PiiSpan
from vocmine.text.splitter import FAMILY, GIVEN, NOUN, NUMBER, PARTICLE, PERSON, PLACE, PROPER, SPACE, SUFFIX, Morphemes

_NUM = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,4})"
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百]")
_BLOCK = re.compile(
    rf"{_NUM}[ ]?丁目(?:[ ]?\d{{1,4}}[ ]?(?:番地?|[-の])[ ]?(?:\d{{1,4}})?(?:[ ]?(?:号"
    rf"|[-の]\d{{1,4}}))?)?(?:-\d{{1,4}}){{0,2}}"
    rf"|{_NUM}番地?(?:の?\d{{1,4}})?号?|{_NUM}(?:番町?)?-\d{{1,4}}(?:-\d{{1,4}}){{0,3}}号?|\d{{1,4}}(?=[ ]?[ァ-ヺ])"
)
# building, floor, room
_ROOM = re.compile(
    r"(?:(?:[ ]?|[ 、,]{1,2}(?=[^、。\n]{1,24}?(?:号|室|階|F\b|[ァ-ヺー][ ]?\d)))(?!様|まで|宛|伝票|電話|簡易"
    r"|書留|TEL|約|計)(?:[ァ-ヺー一-鿿々・A-Za-z第]"
    r"|[ぁ-ん](?=[ァ-ヺー一-鿿])){2,18}?[ ]?(?:[A-Z]?-?\d{1,4}(?:号室|号|室|階|F\b)?(?:[ ]?\d{1,4}号?室)?)"
    r"|[ ]?(?:[ァ-ヺー]{2,12}|[一-鿿]{1,6})(?:ビル(?:ディング)?|マンション|アパート|ハイツ|コーポ|荘|レジデンス"
    r"|タワー|館)(?:[ ]?\d{1,4}(?:号室|号|室|階|F))?"
    r"|[ -]?\d{2,4}号?室)"
)
_TOWN = re.compile(r"(?:市|区|町|村|郡|都|道|府|県|条|通り?|東|西|南|北|字|大字|[ノヶケがのツ之])$")
_WITH_TOWN = re.compile(r".[都道府県市区町村郡].")
# streets and villages may look like people to Sudachi
_PARTS = frozenset([NOUN, PROPER, SUFFIX, NUMBER, SPACE, FAMILY, GIVEN, PERSON])


def _is_foreign(kind: int, surface: str) -> bool:
    """Tell whether a morpheme can't be a part of an address."""
    return (kind not in _PARTS and not _TOWN.search(surface)) or surface[0] in "はがをにで、。:"


# a block that hardly is anything else: it lets the dictionary's ignorance of the town before it pass
_SURE = re.compile(r"丁目.*\d|番地|番[ ]?\d{1,4}|\d-\d+-\d|(?:\d-\d{1,3})(?![回人件日時月年個台分秒%~〜〇\d])")
_TOWN_RUN = re.compile(r"(?<=[市区町村郡])[一-鿿々〆ヶヵァ-ヺーぁ-ん]{1,12}$")
_BEFORE_PLACE = re.compile(r"住所|先|住まい|[はをにでへ。、:]")


_COUNTER = re.compile(r"窓口|線|のりば|乗り?場|カウンター|レジ|テーブル|席|ゲート|ホーム|バス|目|人気|手(?!前)"
r"|電話|ブース|棚|ロッカー")

_SAID = re.compile(
    r"(?:ご住所|住所|お届け先|届け先|配送先|送付先|居住地|お住まい)[はがの: ]{0,3}"
    r"(?P<secret>[一-鿿々ヶケァ-ヺーぁ-ん]{2,30}?[市区町村郡][一-鿿々ヶケァ-ヺーぁ-ん]{0,14}?\d{0,4})"
    r"(?=[、。\s,)）(（]|です|だ|に|へ|で|$)"
)


# prefecture, city and what runs on to a number: towns, 字 and streets that no dictionary has
_WHOLE = re.compile(
    r"(?:北海道|東京都|(?:京都|大阪)府|[一-鿿]{2,3}県)[一-鿿々ヶケァ-ヺーぁ-ん]{1,8}?[市区町村郡]"
    r"[一-鿿々ヶケノァ-ヺー]{0,16}(?:(?:上る|下る|上ル|下ル|東入る?|西入る?|通り?)[一-鿿々ヶケァ-ヺー]{0,10}){0,2}"
    r"\d{1,5}(?:[-番地号丁目のノ]{1,2}\d{1,4}){0,4}(?:番地?|号)?(?![回人件年月日時分円個台%])"
)


def japanese_addresses(text: str, morphemes: Morphemes, kinds: list[int]) -> Iterator[PiiSpan]:
    """Give the addresses of one piece: places, then a number of a block, then building and room if there are any."""
    starts = morphemes.begins
    ends = set()
    for match in _blocks(text):
        first = _first_place(text, morphemes, kinds, (starts, match.start()))
        if first is None and _SURE.search(text[match.start() : match.end() + 1]):
            first = _before_unknown_town(text, morphemes, kinds, (starts, match.start()))
        if first is None or text.startswith(("駅", "店", "番出口"), match.end()) or _is_counter(text, match):
            continue
        room = _ROOM.match(text, match.end())
        ends.add(match.end())
        yield PiiSpan(first, room.end() if room else match.end(), "address", 0.96, "address_jp")
    for match in _WHOLE.finditer(text):
        if match.end() in ends:
            continue
        room = _ROOM.match(text, match.end())
        yield PiiSpan(match.start(), room.end() if room else match.end(), "address", 0.9, "address_whole")
    for match in _SAID.finditer(text):
        yield PiiSpan(match.start("secret"), match.end("secret"), "address", 0.85, "address_said")


def _is_counter(text: str, block: re.Match[str]) -> bool:
    """Tell 2番窓口 and 3番線 from a block: a lone 番 that numbers a counter, a platform, a table."""
    return block.group().endswith("番") and _COUNTER.match(text, block.end()) is not None


def _blocks(text: str) -> Iterator[re.Match[str]]:
    """Give all matches of `_BLOCK`, tried only where a numeral stands: five times as fast as its own search."""
    at = 0
    for numeral in _NUMERAL.finditer(text):
        if numeral.start() >= at:
            match = _BLOCK.match(text, numeral.start())
            if match:
                at = match.end()
                yield match


def _first_place(text: str, morphemes: Any, kinds: list[int], where: tuple[list[int], int]) -> int | None:
    """Walk left over names of places and nouns that stand without a gap; give where the first place begins."""
    starts, end = where
    first = None
    i = bisect_left(starts, end) - 1
    taken = 0
    while i >= 0 and taken < 10:
        kind, surface = kinds[i], morphemes[i].surface()
        if kind == PLACE or (kind == PROPER and _WITH_TOWN.search(surface)):
            first = starts[i]
        elif _is_foreign(kind, surface) or (kind == SPACE and taken > 0 and first is None):
            break
        i -= 1
        taken += 1
    return first


def _before_unknown_town(
    text: str, morphemes: Any, kinds: list[int], where: tuple[list[int], int]
) -> int | None:
    """Give where an address begins whose town the dictionary doesn't know: 幸区 + 雲雀ヶ原 before a sure block."""
    starts, end = where
    low = max(0, end - 13)
    run = _TOWN_RUN.search(text[low:end])
    if run is None:
        return None
    city = low + run.start()
    at = bisect_left(starts, city) - 1
    last = bisect_left(starts, end)
    if any(kinds[k] == PARTICLE and morphemes[k].surface() in "はをにでへ" for k in range(at + 1, last)):
        return None
    first = _first_place(text, morphemes, kinds, (starts, city))
    while first is None and at >= 0 and city - starts[at] <= 6 and not _BEFORE_PLACE.search(morphemes[at].surface()):
        if kinds[at] not in _PARTS:
            break
        at -= 1
        if at < 0 or kinds[at] not in _PARTS or _BEFORE_PLACE.search(morphemes[at].surface()):
            first = starts[at + 1]
    return first
