"""Names in notes: before 様 and さん, and after labels such as お名前 and 担当."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from vocmine.text.lexicon import read_words
from vocmine.text.pii.people import (
    HIRA,
    HONORIFIC,
    KANJI,
    KATA,
    ORG_AFTER,
    SHAPE,
    clear_left,
    is_family,
    is_unknown_word,
    name_ends,
    parse_name,
)
from vocmine.text.pii.spans import PiiSpan
from vocmine.text.splitter import FAMILY, GIVEN, NOUN, PERSON, PLACE, Morphemes, name_classes

_LABEL = re.compile(
    # every branch begins with a plain character: then the search skips all others at once
    r"(?:お名前|氏名|名前|旧姓|登録名義?|会員名義?|予約名義?|契約名義?|申込名義?|口座名義?|契約者|申込者|使用者|登録者|加入者|予約者"
    r"|購入者|注文者|被保険者|受取者|請求者|利用者|名義者|担当者|代理者|送付者|当事者|名義人?|受取人|差出人|宛名|ご担当|担当|ご本人|本人"
    r"|ご家族|家族|ご主人(?!公)|主人(?!公)|奥様|ご令嬢|令嬢|フリガナ|ふりがな|カナ)"
    r"(?:名|の方|様)?(?:は|が|の|:|/)?[ ]?(?=[^\s])"
)
_SAID_SO = re.compile(r"と(?:申(?:します|す者|しまして)|もうします|いいます|言います|いう者です)")
_STRETCH = re.compile(rf"[{KANJI}{KATA}{HIRA}A-Za-z ・=]{{1,14}}")
_REACH = 14  # characters before 様 in which a name may begin


def names_by_honorific(text: str, morphemes: Morphemes, kinds: list[int]) -> Iterator[PiiSpan]:
    """Give what stands before 様, さん, 氏 and their like and can be a name."""
    found = [*HONORIFIC.finditer(text), *_SAID_SO.finditer(text)]
    if not found:
        return
    for match in found:
        end = match.start()
        if (end not in morphemes.places and match.group() != "氏") or text.startswith("お客", end - 2):
            continue
        start = _name_before(text, end, morphemes, kinds)
        if start is None:
            start = _odd_name_before(text, match)
        if start is not None:
            yield PiiSpan(start, match.start(), "name", 0.9, "name_honorific")


def _name_before(text: str, end: int, morphemes: Morphemes, kinds: list[int]) -> int | None:
    line = text.rfind("\n", 0, end) + 1
    begins = morphemes.begins
    for i in range(bisect_left(begins, max(line, end - _REACH)), bisect_left(begins, end)):
        start = begins[i]
        word = text[start:end]
        if not SHAPE.fullmatch(word):
            continue
        if ORG_AFTER.search(word, 2) and not is_family(word) and parse_name(word) < 1:
            continue
        if len(word) == 1 and word not in read_words("family_names.txt"):
            continue
        score = parse_name(word)
        if score >= 0.7 and (kinds[i] != NOUN or score == 1.0 or is_family(word)) and clear_left(text, start):
            return start
        if word.isascii() and _is_latin_name(word):
            return start
        if kinds[i] in (FAMILY, GIVEN, PERSON) and score > 0 and not _ends_a_noun(text, start, end):
            return start
    return None


def _ends_a_noun(text: str, start: int, end: int) -> bool:
    """Tell whether what looks like a name is the end of a longer common word: the 理士 of 税理士さん."""
    return any(
        NOUN in name_classes(text[left:end]) and not clear_left(text, start) for left in range(max(0, start - 2), start)
    )


_LONE_KATAKANA = re.compile(rf"(?<![{KATA}・])[{KATA}]{{2,7}}$")
_LONE_PLACE = re.compile(rf"(?<![{KANJI}{KATA}])[{KANJI}]{{2,4}}$")
_TOWN_END = re.compile(r"[市区町村郡都道府県駅国]$")
_LONE_KANJI = re.compile(rf"(?<![{KANJI}])[{KANJI}]$")


def _odd_name_before(text: str, match: re.Match[str]) -> int | None:
    """Give where a name begins that no list knows: a katakana word or a place before 様, a kanji before と申します."""
    if match.group() == "様":
        lone = _LONE_KATAKANA.search(text, 0, match.start())
        if lone is None:
            place = _LONE_PLACE.search(text, 0, match.start())
            return place.start() if place and _is_called_by_place(place.group()) else None
        return lone.start() if is_unknown_word(lone.group()) else None
    if match.re is _SAID_SO:
        lone = _LONE_KANJI.search(text, 0, match.start())
        return lone.start() if lone and is_family(lone.group()) else None
    return None


def _is_called_by_place(word: str) -> bool:
    """Tell 久我山様: nobody honours a place, but 東京様 may be a branch and 大井町様 a town hall."""
    known = name_classes(word) == {PLACE} and word not in read_words("not_names.txt")
    return known and word not in read_words("places.txt") and not _TOWN_END.search(word)


def _is_latin_name(word: str) -> bool:
    known = read_words("stop_en.txt") | read_words("not_names.txt")
    words = word.lower().split()
    if words[0] in known or any(part in read_words("not_names.txt") for part in words):
        return False
    return len(word) > 2 and word[0].isupper()


def names_by_label(text: str, morphemes: Morphemes) -> Iterator[PiiSpan]:
    """Give what stands after お名前, 契約者, 担当 and their like and can be a name."""
    for match in _LABEL.finditer(text):
        stretch = _STRETCH.match(text, match.end())
        if stretch is None:
            continue
        for end in range(stretch.end(), match.end(), -1):
            if (end not in morphemes.places and end < len(text)) or not SHAPE.fullmatch(text, match.end(), end):
                continue
            if _fits_label(text, match, end):
                yield PiiSpan(match.end(), end, "name", 0.85, "name_label")
                break


def _fits_label(text: str, label: re.Match[str], end: int) -> bool:
    word = text[label.end() : end]
    score = parse_name(word)
    sure = label.group().rstrip().endswith(":") or is_family(word)
    return score == 1.0 or (score >= 0.7 and sure and name_ends(text, end))
