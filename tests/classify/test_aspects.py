"""Aspects: what is said about which thing."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.classify import aspects
from vocmine.classify._aspects import tag
from vocmine.classify.aspect_table import aspect_table, aspects_from_tags
from vocmine.errors import SettingsError

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


def test_table_counts_contacts_once() -> None:
    contacts = pd.DataFrame(
        {
            "text": ["The room was dirty. The room was awful", "The room was dirty", "The staff was friendly"],
            "created_at": pd.to_datetime(["2025-01-05", "2025-01-09", "2025-02-01"], utc=True),
            "product": ["A", "A", "B"],
        }
    )
    before = contacts.copy()
    table = aspect_table(aspects(contacts), contacts)
    first = table.iloc[0]
    assert (first.aspect, first["product"], first.month, first.negative, first.positive) == ("room", "A", "2025-01", 2, 0)
    pd.testing.assert_frame_equal(contacts, before)
    assert (table["low"] <= table["share_negative"]).all()
    assert (table["share_negative"] <= table["high"]).all()
    assert aspect_table(aspects(contacts), contacts, by=(), fewest=2)["aspect"].tolist() == ["room"]


def test_table_of_stored_tags_is_that_of_the_aspects() -> None:
    contacts = pd.DataFrame(
        {
            "contact_id": ["c1", "c2", "c3"],
            "text": ["The room was dirty", "It is on the second floor", "The staff was friendly, the room was dirty"],
            "created_at": pd.to_datetime(["2025-01-05", "2025-01-09", "2025-02-01"], utc=True),
            "product": ["A", "A", "B"],
        }
    )
    tags = tag(contacts).assign(kind="aspect")
    tags["contact_id"] = contacts["contact_id"].to_numpy()[tags["row"]]
    other = tags.assign(kind="reason")
    again = aspects_from_tags(pd.concat([other, tags]), contacts)
    pd.testing.assert_frame_equal(aspect_table(again, contacts), aspect_table(aspects(contacts), contacts))
    assert len(aspects_from_tags(tags.iloc[:0], contacts)) == 0


def test_aspects_of_other_contacts_are_refused() -> None:
    contacts = pd.DataFrame({"text": ["x"]})
    found = pd.DataFrame({"row": [3], "aspect": ["a"], "sentiment": ["negative"]})
    with pytest.raises(SettingsError, match="other contacts"):
        aspect_table(found, contacts, by=())


@pytest.mark.filterwarnings("ignore")
def test_custom_and_mood_of_a_note_are_no_aspects() -> None:
    found = aspects(["料金が高いと申告。大変ご立腹の様子。特にお急ぎではないとのこと。対応完了。"])
    assert found["aspect"].tolist() == ["料金"]
