"""Patterns by the words they need: the same matches as when every pattern is tried."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from vocmine.classify.sentiment.script_patterns import JAPANESE, LATIN, script_of
from vocmine.classify.signals.pattern_file import FILES, GAP, TextReading, pattern_rows

TEXTS = [
    "解約したいです。三回も電話しました", "Please cancel my plan, I was on hold for an hour", "MNP予約番号の発行希望", "土下座しろ",
    "Wi-Fiが遅い、他社に乗り換えるか検討中", "", "?", "責任者を出せ。消費者センターに言う", "It would be nice to have a dark mode",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_match_is_found_as_when_all_are_tried(text: str) -> None:
    script, reading = script_of(text), TextReading(text)
    for name in FILES:
        for section, lists in pattern_rows(name).items():
            for part, rows in lists.items():
                tried = [row for row in rows if script not in (JAPANESE, LATIN) or bool(re.search("[ぁ-んァ-ヶ一-鿿]", row)) == (script == JAPANESE)]
                wanted = any(m.group() for row in tried for m in re.finditer(row, text, re.IGNORECASE | re.MULTILINE))
                assert bool(reading.words(name, section, part)) >= wanted, (name, section, part)


def test_groups_of_words_are_filled_in() -> None:
    rows = [row for name in (*FILES, "requests") for lists in pattern_rows(name).values() for part in lists.values() for row in part]
    assert rows
    assert not [row for row in rows if re.search(r"(?<!\?)<[a-z_]+>", row)]


def test_near_misses_leave_a_gap_and_matches_do_not_overlap() -> None:
    reading = TextReading("解約したくありません。解約したいです")
    rest = reading.without("signals", "churn", "not")
    assert GAP in rest
    assert reading.words("signals", "churn", "strong", rest) == ["解約したい"]
    spans = reading.spans(("signals", "churn", "strong"), reading.text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_nothing_matches_in_nothing() -> None:
    reading = TextReading("")
    assert reading.words("signals", "churn", "strong") == []
    assert not reading.may_match("harassment", "threat")
    assert reading.without("effort", "grades", "not") == ""
