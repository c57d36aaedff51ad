"""All rules on one normalised text, cheap tests first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vocmine.text.pii import cues, english, names, prose, shapes
from vocmine.text.pii.address import japanese_addresses
from vocmine.text.pii.english_address import ENGLISH_ADDRESS_RULES
from vocmine.text.pii.network import EMAIL_RULES, IP_RULES, URL_RULES
from vocmine.text.pii.numbers import (
    KANJI_PHONE,
    NUMBER_RULES,
    PHONE_LOCAL,
    PHONE_UK,
    POSTAL_BARE,
    POSTAL_BARE_EN,
    UNEXPLAINED,
)
from vocmine.text.pii.papers import LOGIN_RULES, MEMBER_RULES, birth_dates
from vocmine.text.pii.readings import names_after_role, names_in_kana
from vocmine.text.pii.rules import Rule, worth_trying
from vocmine.text.pii.signature import names_in_signature
from vocmine.text.pii.spans import PiiSpan, outside_marks, veiled, without_overlaps
from vocmine.text.splitter import FAMILY, GIVEN, PERSON, Morphemes, sudachi_chunks
from vocmine.text.words import split_japanese

_MAY_NUMBER = re.compile(r"\d(?:[-–. ()のノ+/]{0,3}\d){3}")
_MAY_KANJI_NUMBER = re.compile(r"[〇零○◯][-ー‐−・. ]?[〇零○◯一二三四五六七八九][-ー‐−・. ]?[〇零○◯一二三四五六七八九]")
# patterns all of whose branches begin with a plain character are several times as fast as others
_SPELLED = re.compile(r"\(at\)|\[at\]|アット|あっと| at ")
_MAIL = re.compile(r"@(?:[ ]?\[?[A-Za-z0-9-]+\.|[ 。、,)）(（ぁ-んァ-ヶ一-龠]|$)")  # a @handle has neither
_DOTS = re.compile(r"(?:\d{1,3}\.){3}")
_COLONS = re.compile(r":[0-9A-Fa-f]{0,4}:")
_MAY_BLOCK = re.compile(
    r"丁目|番(?<=[\d一二三四五六七八九十百 ]番)|住所|県|府|東京都|北海道|届け先|届先|配送先|送付先|居住|お住まい"
)
_MAY_BLOCK_NUMBER = re.compile(r"\d(?:-\d|\d{0,3}[ ]?[ァ-ヺ])")
_MAY_NAME = re.compile(
    r"様|さま|さん|氏|殿|宅|長|と申|ともうし|といいま|と言いま|という者|主任|支配人|監督|選手|教授|博士|先生|夫人"
    r"|議員|知事|大統領|首相|大臣|医|士|アナ"
    r"|佐|将|尉|大使|党首|候補|ちゃん|くん|君|者|担当|店員|係員|旧姓|本人|主人|家族|名|受取人|差出人|フリガナ"
    r"|ふりがな|カナ"
)
_MAY_LOGIN = re.compile(r"ユーザ|アカウント|ログイン|[Uu]ser|USER|[Ll]ogin|ccount name")
_MAY_ROLE = re.compile(r"者|人|妻|夫|父|母|長|次|娘|息|祖|義|代表|先|宛|お客様|氏|名|担当|対応|上司|店長|SV|LD"
r"|シャ|シメイ|メイギ")
_MAY_ENGLISH = re.compile(
    r"\d{5}|\d[A-Za-z]?[ ]\d?[A-Za-z]|[A-Z][a-z]|name|NAME|SSN|NI |P\.?O|sort|i'm|i am|this is|[A-Z]{2,}:"
    r"|\bm(?:r|rs|s|iss)\b|\bdr\b"
    r"|cust|caller|client|\bpt |mbr|wife|husband|hubby|daughter|patient|spoke |holder|tenant|claimant"
)


def pii_rules(text: str, lang: str) -> list[PiiSpan]:
    """Give what the patterns find in a normalised text, its marks veiled, without names and Japanese addresses."""
    rules: list[Rule] = []
    if _MAY_NUMBER.search(text):
        rules += (*NUMBER_RULES, *MEMBER_RULES)
        rules += [UNEXPLAINED, PHONE_LOCAL, PHONE_UK, POSTAL_BARE_EN] if lang in ("en", "other") else [POSTAL_BARE]
    if _MAY_KANJI_NUMBER.search(text):
        rules.append(KANJI_PHONE)
    if _MAY_LOGIN.search(text):
        rules += LOGIN_RULES
    rules += _network_rules(text)
    if lang != "ja" and _MAY_ENGLISH.search(text):
        rules += (*ENGLISH_ADDRESS_RULES, *english.NAME_RULES)
    spans = [span for rule in worth_trying(rules, text) for span in rule.find(text)] if rules else []
    spans += birth_dates(text)
    if "\n" in text:
        spans += names_in_signature(text)
    return [*spans, *english.names_again(text, spans)] if lang != "ja" else spans


def _network_rules(text: str) -> Iterator[Rule]:
    """Give the rules for mail and IP addresses and URLs that a text has the signs of."""
    if _SPELLED.search(text) or ("@" in text and _MAIL.search(text)):
        yield from EMAIL_RULES
    if "://" in text:
        yield from URL_RULES
    if (text.count(".") > 2 and _DOTS.search(text)) or (text.count(":") > 1 and _COLONS.search(text)):
        yield from IP_RULES


def pii_words(text: str, morphemes: Morphemes, kinds: list[int]) -> list[PiiSpan]:
    """Give the names and addresses of one piece of Japanese text, from morphemes that were split anyway."""
    spans: list[PiiSpan] = []
    if _MAY_BLOCK.search(text) or _MAY_BLOCK_NUMBER.search(text):
        spans += japanese_addresses(text, morphemes, kinds)
    if FAMILY in kinds or GIVEN in kinds or PERSON in kinds:
        spans += prose.names_in_prose(text, morphemes, kinds)
    spans += shapes.names_by_shape(text, morphemes, kinds)
    if _MAY_NAME.search(text):
        spans += names.names_by_honorific(text, morphemes, kinds)
        spans += names.names_by_label(text, morphemes)
    if "・" in text or "=" in text:
        spans += prose.names_with_dots(text, spans)
    if " " in text:
        spans += names_in_kana(text)
    if _MAY_ROLE.search(text):
        spans += names_after_role(text)
    spans += cues.names_by_cue(text)
    spans += cues.names_of_speaker(text)
    if spans:
        spans += cues.repeated_names(text, spans)
    return spans


def settled(text: str, spans: Sequence[PiiSpan]) -> list[PiiSpan]:
    """Resolve overlaps, and leave marks of what was masked before alone."""
    return outside_marks(text, without_overlaps(spans)) if spans else []


def find_normalized(text: str, lang: str, more: Sequence[PiiSpan] = ()) -> list[PiiSpan]:
    """Give the personal data of a normalised text, joined with what was found elsewhere."""
    read = veiled(text)
    spans = [*pii_rules(read, lang), *more]
    if lang != "en":
        for at, piece in sudachi_chunks(read):
            morphemes, kinds = split_japanese(piece)
            spans += [span.moved(at) for span in pii_words(piece, morphemes, kinds)]
    return settled(text, spans)
