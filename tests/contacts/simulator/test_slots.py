"""Slots of patterns."""

from __future__ import annotations

import re
from random import Random

import pandas as pd

from vocmine.contacts.simulator.centre import load_centre
from vocmine.contacts.simulator.slots import Scene, fill

LEAST = {"ja": 12, "en": 8}


def all_patterns() -> list[tuple[str, str, str]]:
    return [
        (reason, lang, pattern)
        for reason, langs in load_centre().patterns.items() for lang, styles in langs.items()
        for lines in styles.values() for pattern in lines
    ]  # fmt: skip


def test_each_slot_can_be_filled() -> None:
    centre = load_centre()
    for lang in LEAST:
        scene = Scene(centre, Random(1), lang, "app", "", pd.Timestamp("2026-09-20").to_pydatetime(), "x")
        filled = [fill(pattern, scene) for _, its, pattern in all_patterns() if its == lang]
        assert not [text for text in filled if re.search(r"[{}]", text)]
