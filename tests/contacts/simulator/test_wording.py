"""Texts of the demo: distinct, in the tone of their channel, with words of their own."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest

from vocmine.contacts import simulate


@pytest.fixture(scope="module")
def texts() -> pd.DataFrame:
    return simulate(seed=11)


def test_nine_in_ten_texts_are_distinct(texts: pd.DataFrame) -> None:
    assert texts["text"].nunique() / len(texts) >= 0.9
    for _, mine in texts.groupby("channel"):
        assert mine["text"].nunique() / len(mine) >= 0.8


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
