"""The patterns of the simulated centre."""

from __future__ import annotations

import re

from vocmine.contacts.simulator.centre import STYLES, load_centre

LEAST = {"ja": 12, "en": 8}


def all_patterns() -> list[tuple[str, str, str]]:
    return [
        (reason, lang, pattern)
        for reason, langs in load_centre().patterns.items() for lang, styles in langs.items()
        for lines in styles.values() for pattern in lines
    ]  # fmt: skip


def test_each_reason_has_enough_patterns_in_both_languages_and_all_styles() -> None:
    for reason in (*load_centre().reasons, "planted"):
        for lang, least in LEAST.items():
            styles = load_centre().patterns[reason][lang]
            assert tuple(styles) == STYLES
            assert sum(map(len, styles.values())) >= least


def test_hundreds_of_patterns_none_twice() -> None:
    patterns = [pattern for _, _, pattern in all_patterns()]
    assert len(patterns) > 1100
    assert len(set(patterns)) == len(patterns)


def test_english_patterns_are_english_and_japanese_ones_japanese() -> None:
    kana = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
    for reason, lang, pattern in all_patterns():
        bare = re.sub(r"\{\w+\}", "", pattern)
        if bare.strip():
            assert bool(kana.search(bare)) == (lang == "ja"), (reason, pattern)
