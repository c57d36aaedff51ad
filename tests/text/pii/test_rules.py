"""A rule is skipped only where it finds nothing: the cheap tests before the patterns lose no find."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.text import normalize_text
from vocmine.text.pii import english, english_address
from vocmine.text.pii.find import _network_rules
from vocmine.text.pii.network import EMAIL_RULES, IP_RULES, URL_RULES
from vocmine.text.pii.numbers import NUMBER_RULES, PHONE_LOCAL, PHONE_UK, POSTAL_BARE, POSTAL_BARE_EN, UNEXPLAINED
from vocmine.text.pii.papers import LOGIN_RULES, MEMBER_RULES
from vocmine.text.pii.rules import longest_stretch, worth_trying

RULES = [*NUMBER_RULES, UNEXPLAINED, PHONE_LOCAL, PHONE_UK, POSTAL_BARE_EN, POSTAL_BARE, *EMAIL_RULES, *URL_RULES, *IP_RULES,
         *english_address.ENGLISH_ADDRESS_RULES, *MEMBER_RULES, *LOGIN_RULES, *english.NAME_RULES]
SMALL = (
    [], ["name_person", "name_given"], ["address_en", "uk_postcode", "name_person", "name_given"],
    ["ipv4", "address_en", "uk_postcode", "name_person", "name_initial", "name_given"],
)  # fmt: skip
NUMBERS = st.text("0123456789", min_size=1, max_size=9)
MARKS = st.sampled_from(["-", " ", ".", ") ", "(", ")", " - ", "の", "ノ", " (", "/", "（", "、", "−", ":", "::", "@", "."])
WORDS = st.sampled_from(
    ["電話", "TEL ", "+81 ", "+81(0)", "+1 ", "〒", "郵便番号 ", "口座 ", "普通 ", "記号 1", "マイナンバーは", "ssn ", "SSN is ", "Account number ", "zip ", "住所 ", "call me at ", "(0", "4",
     "GB29 NWBK ", "カード ", "a@", "@b.jp", "a (at) b.c", " at b dot c", "アット", "https://x.jp/?token=", "://", "10.0.", "fe80:", "Caller: ", "Mr. ", "my name is ", "Kate Miller", "Miller ", "I'm ", "this is ", "here ", "Main Street", " oak road", "P.O. Box ", "SW1A 1AA",
     "sort code ", "passport ", "NI ", "AB", "CA ", "zip code: ", "spoke to ", "on behalf of ", "Regards, ", "name: ", "signed ", "会員番号", "証券番号：", "UID", "member id ", "policy no. ", "CALLER: ", "JANET MORRISON", "mr ", "derek ainsley", "Elm Grove", "flat 9\n", " wants", "Mbr "]
)  # fmt: skip


@given(st.lists(NUMBERS | MARKS | WORDS, max_size=14).map("".join))
@settings(max_examples=800, deadline=None)
def test_no_rule_that_finds_something_is_skipped(raw):
    text = normalize_text(raw)
    tried = worth_trying(RULES, text)
    assert [rule.name for rule in RULES if rule not in tried and list(rule.find(text))] == []


@given(st.lists(NUMBERS | MARKS | WORDS, max_size=14).map("".join))
@settings(max_examples=500, deadline=None)
def test_no_rule_of_the_network_is_left_out(raw):
    text = normalize_text(raw)
    tried = list(_network_rules(text))
    every = (*EMAIL_RULES, *URL_RULES, *IP_RULES)
    assert [rule.name for rule in every if rule not in tried and list(rule.find(text))] == []


def test_plain_notes_try_next_to_nothing():
    for text in ("注文1,546円が2026/11/21に届かない", "画面が固まる", "The app shows error 404 since version 5.1"):
        assert [rule.name for rule in worth_trying(RULES, text)] in SMALL


def test_longest_stretch_counts_over_the_marks_of_numbers():
    assert longest_stretch("電話 (03) 1234-5678 と 12") == 10
    assert longest_stretch("") == 0
    assert longest_stretch("12、34") == 2
