"""Slips of the keyboard and of width."""

from __future__ import annotations

import unicodedata
from random import Random

from vocmine.contacts.simulator.noise import mistype, roughen


def test_mistype_changes_little() -> None:
    random = Random(3)
    for text in ("ログインできません。", "The app crashes as soon as I open it.", "短い"):
        for _ in range(50):
            assert abs(len(mistype(text, True, random)) - len(text)) <= 2


def test_roughen_keeps_the_words_under_nfkc() -> None:
    for seed in range(200):
        rough = roughen("バックアップを3回", "email", True, Random(seed))
        assert len(unicodedata.normalize("NFKC", rough)) >= 8
