from __future__ import annotations

import pytest

from vocmine.proposals.glossary import is_thing, kind_names, to_english, to_japanese
from vocmine.topics.naming.statements import DENIED, PLAIN, WISH, Statement


@pytest.mark.parametrize(
    ("thing", "link", "done", "mood", "english"),
    [
        ("荷物", "が", "届く", DENIED, "Parcel not arrived"),
        ("住所", "を", "変更", WISH, "Change address"),
        ("住所", "を", "変更", PLAIN, "Change address"),
        ("アプリ", "が", "落ちる", PLAIN, "App crashing"),
        ("部屋の広さ", "", "", PLAIN, ""),  # 広さ is no word of the dictionary
        ("返品送料", "", "", PLAIN, "Return shipping fee"),
        ("謎", "が", "届く", PLAIN, ""),
    ],
)
def test_japanese_names_in_english(thing: str, link: str, done: str, mood: str, english: str) -> None:
    assert to_english(Statement(thing, link, done, mood)) == english


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("card not arrived", "カードが届かない"), ("payment declined", "支払いが拒否された"), ("cancel booking", "予約のキャンセル"),
        ("screen not responding", "画面が反応しない"), ("charged twice", "二重請求"), ("card sent", ""), ("exchange rates", "為替レート"),
        ("zebra crossing", ""), ("", ""),
    ],
)
def test_english_names_in_japanese(english: str, japanese: str) -> None:
    assert to_japanese(english) == japanese


def test_things_and_forms() -> None:
    assert is_thing("delivery")
    assert not is_thing("delivery delayed")
    assert set(kind_names()) == {"request", "question", "complaint", "praise"}
