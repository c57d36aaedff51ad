"""Patterns by script: the same matches, found faster."""

from __future__ import annotations

import re

import pytest

from vocmine.classify.sentiment.script_patterns import JAPANESE, LATIN, MIXED, ByScript, led_by_letter, script_of


@pytest.mark.parametrize(("text", "script"), [
    ("遅い", JAPANESE), ("late", LATIN), ("", LATIN), ("12345", LATIN), ("Wi-Fiが遅い", MIXED), ("アプリ", JAPANESE), ("😡", LATIN),
])
def test_scripts(text: str, script: int) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize("text", ["とても遅い", "遅すぎて最悪", "too late", "App が最悪 and late", "", "良い"])
def test_by_script_finds_what_the_whole_pattern_finds(text: str) -> None:
    rows = ["(?:とても|大変)?遅[いす]", "最悪", r"\blate\b"]
    whole = [m.span() for m in re.finditer("|".join(rows), text, re.IGNORECASE | re.MULTILINE)]
    assert [m.span() for m in ByScript(rows)[script_of(text)].finditer(text)] == whole


@pytest.mark.parametrize("row", ["(?:とても|大変)?お?世話", "[3-5]回目", "a|b|c", "(?:x|y)+z", "遅い"])
def test_alternatives_led_by_letters_match_the_same(row: str) -> None:
    for text in ("とてもお世話", "大変世話", "お世話", "4回目", "b", "xyz", "遅い", "none"):
        assert bool(re.search("|".join(led_by_letter(row)), text)) == bool(re.search(row, text))
