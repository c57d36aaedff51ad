"""A rule that matches is never passed over."""

from __future__ import annotations

import re

import pytest

from vocmine.classify.sentiment.lexicon import rule_rows
from vocmine.classify.sentiment.required_words import alternatives, required_words
from vocmine.classify.sentiment.rule_screen import RuleScreen, in_one_case

NAMES = (
    "courtesy", "turn", "unable", "absent", "verb_not", "wish", "asks", "question", "shout", "good_sign", "bad_sign", "thanks", "so_so", "sarcasm",
)
TEXTS = [
    "つながらないのに、返金されません！", "CAN'T LOG IN, BUT THANKS", "さすがですね、また壊れるとは", "普通です♪ (^^)", "泣)", "ありますか", ":-( not great",
    "お世話になっております", "送料はかからないのですか", "Thanks for nothing", "😡😊", "もっと早くしてほしい",
]


def test_what_matches_may_match() -> None:
    for text, bits in zip(TEXTS, RuleScreen(NAMES).may_match(TEXTS), strict=True):
        for place, name in enumerate(NAMES):
            matches = any(re.search(row, text, re.IGNORECASE | re.MULTILINE) for row in rule_rows(name))
            assert bits >> place & 1 >= matches, (name, text)


@pytest.mark.parametrize("name", NAMES)
def test_each_alternative_needs_a_word(name: str) -> None:
    assert all(required_words(one, 5.0) for row in rule_rows(name) for one in alternatives(row))


def test_a_text_alone_is_screened_as_in_a_batch() -> None:
    screen = RuleScreen(NAMES)
    assert screen.may_match(TEXTS) == [screen.may_match([text])[0] for text in TEXTS]
    assert screen.may_match([]) == []


def test_one_case_is_that_of_patterns_without_case() -> None:
    texts = ["İſı K", "STRASSE", ""]
    assert in_one_case(texts) == ["isi k", "strasse", ""]
    assert re.fullmatch("isi k", texts[0], re.IGNORECASE)
