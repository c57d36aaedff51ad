"""Aspects: what is said about which thing."""

from __future__ import annotations

import pytest

from vocmine.classify import aspects
from vocmine.classify._aspects import tag

ENGLISH = [
    ("The staff was friendly", "staff", "positive"),
    ("The room was dirty", "room", "negative"),
    ("Great location", "location", "positive"),
    ("The delivery was late", "delivery", "negative"),
    ("The battery drains quickly and the screen is cracked", "screen", "negative"),
]
JAPANESE = [
    ("料金が高い", "料金", "negative"),
    ("アプリが落ちる", "アプリ", "negative"),
    ("オペレーターの方が親切でした", "オペレーター", "positive"),
    ("部屋は広いが朝食がまずい", "朝食", "negative"),
    ("親切なスタッフでした", "スタッフ", "positive"),
    ("接客は悪くない", "接客", "positive"),
    ("電話がつながらない", "電話", "negative"),
]


@pytest.mark.parametrize(("text", "aspect", "sentiment"), ENGLISH)
def test_english_goes_by_near_words(text: str, aspect: str, sentiment: str) -> None:
    found = aspects([text])
    assert (aspect, sentiment) in set(zip(found.aspect, found.sentiment, strict=True))


@pytest.mark.filterwarnings("ignore")
def test_japanese_goes_by_the_parse() -> None:
    found = aspects([text for text, _, _ in JAPANESE])
    pairs = [set(zip(part.aspect, part.sentiment, strict=True)) for _, part in found.groupby("row")]
    right = sum((aspect, sentiment) in pair for pair, (_, aspect, sentiment) in zip(pairs, JAPANESE, strict=True))
    assert len(pairs) == len(JAPANESE)
    assert right == len(JAPANESE), found


def test_nothing_said_gives_no_rows() -> None:
    found = aspects(["", "It is on the second floor"])
    assert found.columns.tolist() == ["row", "aspect", "sentiment", "evidence", "score"]
    assert len(found) == 0
    assert tag([""]).columns.tolist() == ["row", "label", "score", "evidence"]


def test_tags_are_one_a_pair() -> None:
    tags = tag(["The room was dirty. The room was awful."])
    assert tags.label.tolist() == ["room:negative"]


@pytest.mark.filterwarnings("ignore")
def test_custom_and_mood_of_a_note_are_no_aspects() -> None:
    found = aspects(["料金が高いと申告。大変ご立腹の様子。特にお急ぎではないとのこと。対応完了。"])
    assert found["aspect"].tolist() == ["料金"]
