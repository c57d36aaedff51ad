"""Names in kana, family and given name apart: before 様, after 氏名, in brackets behind the name in kanji."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vocmine.text.lexicon import read_words
from vocmine.text.pii.people import KANJI, KATA, is_family, is_given, is_unknown_word, parse_name
from vocmine.text.pii.spans import PiiSpan
from vocmine.text.splitter import FAMILY, GIVEN, NOUN, PERSON, PLACE, name_classes

# words for a person that notes put right before a name, without a mark between them
_PERSON = (
    rf"(?:(?<![{KANJI}])[一-鿿]{{1,3}}者|[一-鿿]{{1,3}}人(?!気)|本人|妻|夫|父|母|長男|長女|次男|次女|娘|息子"
    rf"|祖父|祖母|義父|義母"
    r"|代表|お?届け?先|送付先|宛名|宛先|お客様|氏名|名前|名義|担当|対応|上司|店長|SV|LD|様式|ケイヤクシャ"
    r"|シメイ|メイギ|タントウ)"
)
_ENDS = r"(?=[、。,)(（）→\n 様さ氏へよがはをのに]|名義|$)"
_AFTER_ROLE = re.compile(
    rf"{_PERSON}(?:は|が|:|[ ])?(?P<name>[{KANJI}]{{1,5}}[ ](?:[{KANJI}]{{1,4}}|[{KATA}]{{2,5}}|[ぁ-ん]{{2,4}}{_ENDS})"
    rf"|[{KANJI}]{{1,3}}[ぁ-ん]{{2,4}}?{_ENDS}|[{KANJI}]{{3,6}}{_ENDS})"
)
_PAIR = re.compile(rf"(?<![{KATA}・])(?P<name>[{KATA}]{{2,7}}[ ][{KATA}]{{2,7}})(?![{KATA}・])")
_TITLE = re.compile(r"[ ]?(?:様|さま|さん|氏(?!名)|殿|君|ちゃん)")
_LABEL = re.compile(
    r"(?:氏名|名前|名義人?|契約者|申込者|受取人|被保険者|利用者|ご?本人|ふりがな|フリガナ|カナ|担当者?|患者"
    r"|会員)(?:名|様)?"
    r"[は:(（ ]{1,3}$|(?:ケイヤクシャ|シメイ|メイギ|ナマエ|タントウ)[: ]{1,2}$"
)
_BRACKET = re.compile(rf"[{KANJI}様んー ][ ]?[(（]$|^[(（]|[。、\n ][(（]$")


def names_in_kana(text: str) -> Iterator[PiiSpan]:
    """Give two words of katakana that stand where a name stands and are no common words.

    Examples
    --------
    >>> text = "本人サクラバ タツヒコ様、スマート テレビ(フル ハイビジョン)の件"
    >>> [text[s.start:s.end] for s in names_in_kana(text)]
    ['サクラバ タツヒコ']
    """
    for match in _PAIR.finditer(text):
        left, right = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 3]
        bracketed = _BRACKET.search(left) is not None and right[:1] in (")", "）")
        placed = _TITLE.match(right) or _LABEL.search(left) or bracketed
        sure = is_family(match["name"].split(" ")[0]) and _is_given_reading(match["name"].split(" ")[1])
        if (placed or sure) and _is_name(*match["name"].split(" "), bool(bracketed and not _LABEL.search(left))):
            yield PiiSpan(*match.span("name"), "name", 0.85, "name_kana")


def names_after_role(text: str) -> Iterator[PiiSpan]:
    """Give the full name in kanji right after a word for a person, a space between its parts or a known family name.

    Examples
    --------
    >>> [m.start for m in names_after_role("申告者美馬坂 静、加入者数 多数")]
    [3]
    """
    for match in _AFTER_ROLE.finditer(text):
        if _is_full(match["name"]):
            yield PiiSpan(*match.span("name"), "name", 0.8, "name_role_ja")


@lru_cache(maxsize=20_000)
def _is_full(name: str) -> bool:
    if name in read_words("not_names.txt"):
        return False
    family, _, given = name.partition(" ")
    if given:
        classes = name_classes(given)
        thing = classes & {NOUN, PLACE} and not is_given(given) and not classes & {GIVEN, FAMILY}
        known = is_family(family) or (is_unknown_word(family) and (is_given(given) or len(family) > 2))
        return known and not thing and family not in read_words("not_names.txt")
    return parse_name(name) == 1.0 and not name_classes(name) & {NOUN, PLACE}


@lru_cache(maxsize=20_000)
def _is_given_reading(word: str) -> bool:
    return bool(name_classes(word) & {GIVEN, FAMILY}) or is_given(word)


@lru_cache(maxsize=20_000)
def _is_name(family: str, given: str, wants_known: bool) -> bool:
    """Tell two names from two common words; where only brackets show it one of them must be a known name."""
    known = is_family(family) or is_given(given) or bool(name_classes(given) & {GIVEN})
    return (known or not wants_known) and not (_is_common(family) or _is_common(given))


def _is_common(word: str) -> bool:
    classes = name_classes(word)
    if word in read_words("not_names.txt"):
        return True
    return bool(classes & {NOUN, PLACE}) and not classes & {FAMILY, GIVEN, PERSON} and not is_family(word)
