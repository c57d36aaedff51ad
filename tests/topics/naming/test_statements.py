from __future__ import annotations

import pytest

from vocmine.topics.naming.statements import DENIED, HARD, PLAIN, WISH, Statement, name_groups, statements


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("荷物がまだ届きません", "荷物が届かない"),
        ("荷物は届いていない", "荷物が届かない"),
        ("住所を変更したいです", "住所を変更したい"),
        ("ボタンが押しにくい", "ボタンが押しにくい"),
        ("アプリが落ちる", "アプリが落ちる"),
        ("ログインできません", "ログインできない"),
        ("画面が暗い", "画面が暗い"),
        ("[氏名]様、領収書を発行してください", "領収書を発行したい"),
    ],
)
def test_what_happened_to_what(text: str, told: str) -> None:
    assert told in [s.text() for s in statements(text)]


@pytest.mark.parametrize(
    ("text", "not_told"),
    [
        ("朝食は食べました", "朝食が食べる"),  # of は it is not told who did what
        ("温泉がある宿に泊まりたい", "温泉が泊まりたい"),
        ("確認をお願いします", "確認をお願いする"),
        ("荷物。届かない", "荷物が届かない"),
    ],
)
def test_what_is_not_said(text: str, not_told: str) -> None:
    assert not_told not in [s.text() for s in statements(text)]


def test_forms() -> None:
    made = [Statement("荷物", "が", "届く", m).text() for m in (PLAIN, DENIED, HARD, WISH)]
    assert made == ["荷物が届く", "荷物が届かない", "荷物が届きにくい", "荷物が届きたい"]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["My top up failed", "the top up has failed", "top up failed again"], "top up failed"),
        (["I haven't received the money", "money not received"], "not received"),
    ],
)
def test_english_words_that_stand_together(texts: list[str], told: str) -> None:
    ranked = name_groups([texts, ["hello there", "opening hours"]], ["en", "en"])[0]
    assert told in [s.text() for s, _ in ranked]
