"""The sentences of the made-up centre: enough of them, varied, and with the personal data that the truth names."""

from __future__ import annotations

import json
import re
import unicodedata
from random import Random

import pandas as pd
import pytest

from vocmine.contacts import simulate
from vocmine.contacts.simulator.centre import STYLES, load_centre
from vocmine.contacts.simulator.noise import mistype, roughen
from vocmine.contacts.simulator.personal import KINDS, make_secret
from vocmine.contacts.simulator.slots import Scene, fill

LEAST = {"ja": 12, "en": 8}


@pytest.fixture(scope="module")
def texts() -> pd.DataFrame:
    return simulate(seed=11)


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


def test_each_slot_can_be_filled() -> None:
    centre = load_centre()
    for lang in LEAST:
        scene = Scene(centre, Random(1), lang, "app", "", pd.Timestamp("2026-09-20").to_pydatetime(), "x")
        filled = [fill(pattern, scene) for _, its, pattern in all_patterns() if its == lang]
        assert not [text for text in filled if re.search(r"[{}]", text)]


def test_english_patterns_are_english_and_japanese_ones_japanese() -> None:
    kana = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
    for reason, lang, pattern in all_patterns():
        bare = re.sub(r"\{\w+\}", "", pattern)
        if bare.strip():
            assert bool(kana.search(bare)) == (lang == "ja"), (reason, pattern)


def test_nine_in_ten_texts_are_distinct(texts: pd.DataFrame) -> None:
    assert texts["text"].nunique() / len(texts) >= 0.9
    for _, mine in texts.groupby("channel"):
        assert mine["text"].nunique() / len(mine) >= 0.8


def test_planted_personal_data_stands_in_the_text(texts: pd.DataFrame) -> None:
    hidden = texts["true_pii"].map(json.loads)
    for text, secrets in zip(texts["text"], hidden, strict=True):
        assert all(secret["value"] in text for secret in secrets)
    kinds = {secret["kind"] for secrets in hidden for secret in secrets}
    assert kinds >= {"name", "phone", "email", "address", "card", "postal_code", "account"}
    assert 0.15 < (hidden.map(len) > 0).mean() < 0.45


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_personal_data_is_made_up(lang: str) -> None:
    random, people = Random(0), load_centre().people[lang]
    for _ in range(300):
        mail = make_secret("email", people, lang, random).value
        assert re.search(r"@(\w+\.)?example\.(com|org|net|jp|co\.jp|ne\.jp)$", mail)
        phone = re.sub(r"\D", "", unicodedata.normalize("NFKC", make_secret("phone", people, lang, random).value))
        assert "1234" in phone or "555" in phone or phone.startswith("0207946")
        card = re.sub(r"\D", "", make_secret("card", people, lang, random).value)
        assert luhn(card) == 0


def luhn(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        n = int(digit) * (1 + place % 2)
        total += n - 9 * (n > 9)
    return total % 10


def test_each_kind_has_a_frame_in_each_language() -> None:
    for lang in ("ja", "en"):
        for frames in load_centre().people[lang]["frame"].values():
            for kinds in KINDS.values():
                assert {kind for kind in kinds if lang == "ja" or kind != "my_number"} <= set(frames)
            assert all("{}" in phrase for phrases in frames.values() for phrase in phrases)


def test_planted_issue_has_words_of_its_own(texts: pd.DataFrame) -> None:
    planted = texts["true_issue"] == "planted"
    folded = texts["text"].map(lambda text: unicodedata.normalize("NFKC", text).lower())
    told = folded.str.contains(r"真っ白|白画面|白いまま|白い画面|qr|バーコード|white|blank")
    assert told[planted].mean() > 0.95
    assert told[~planted].mean() < 0.01


def test_feelings_are_told(texts: pd.DataFrame) -> None:
    angry = texts["text"].str.contains("最悪|怒り|立腹|がっかり|不満|信用できません|unacceptable|angry|disappointed|fed up")
    assert angry[texts["true_sentiment"] == "negative"].mean() > 3 * angry[texts["true_sentiment"] == "neutral"].mean()


def test_channels_sound_different(texts: pd.DataFrame) -> None:
    size = texts["text"].str.len().groupby(texts["channel"]).median()
    assert size["bot"] < size["social"] < size["email"]
    assert texts.loc[texts["channel"] == "email", "text"].str.contains("\n\n").mean() > 0.8
    assert texts.loc[texts["channel"] == "social", "text"].str.contains("#").mean() > 0.2
    assert texts.loc[(texts["channel"] == "call") & (texts["true_lang"] == "ja"), "text"].str.contains("とのこと").mean() > 0.2


def test_mixed_widths_appear(texts: pd.DataFrame) -> None:
    assert texts["text"].str.contains(r"[\uff66-\uff9f]").mean() > 0.01
    assert texts["text"].str.contains(r"[０-９]").mean() > 0.005


def test_bilingual_texts_hold_both(texts: pd.DataFrame) -> None:
    mixed = texts.loc[texts["true_lang"] == "mixed", "text"]
    assert mixed.str.contains(r"[\u3040-\u30ff]|[\uff66-\uff9f]").mean() > 0.9
    assert mixed.str.contains(r"[A-Za-z]{3,} [A-Za-z]{2,}").mean() > 0.6


def test_mistype_changes_little() -> None:
    random = Random(3)
    for text in ("ログインできません。", "The app crashes as soon as I open it.", "短い"):
        for _ in range(50):
            assert abs(len(mistype(text, True, random)) - len(text)) <= 2


def test_roughen_keeps_the_words_under_nfkc() -> None:
    for seed in range(200):
        rough = roughen("バックアップを3回", "email", True, Random(seed))
        assert len(unicodedata.normalize("NFKC", rough)) >= 8
