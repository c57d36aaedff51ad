from __future__ import annotations

import pytest

from vocmine.proposals.naming import choose_names

OTHERS = ["駐車場はありますか", "駐車場は無料ですか", "駐車場の予約はできますか"]


@pytest.mark.parametrize(
    ("texts", "lang", "kind", "name"),
    [
        (["荷物が届かない", "荷物がまだ届きません", "届かない荷物がある"], "ja", "complaint", "荷物が届かない"),
        (["プランを変更したい", "料金プランを変更したいです", "プランを変更したいとのこと"], "ja", "request", "プランを変更したい"),
        (["会員証の希望", "会員証をください", "会員証はありますか"], "ja", "request", "会員証の希望"),
        (["My card was declined", "card declined again", "why is the card declined"], "en", "complaint", "Card declined"),
        (["I want to cancel my booking", "cancel the booking please", "how to cancel a booking"], "en", "request", "Cancel booking"),
        (["the parcel has not arrived", "my parcel hasn't arrived", "parcel not arrived yet"], "en", "complaint", "Parcel not arrived"),
    ],
)
def test_names(texts: list[str], lang: str, kind: str, name: str) -> None:
    found = choose_names([texts, OTHERS], [lang, "ja"], [kind, "question"])
    assert found[0].names[lang] == name


def test_no_name_twice() -> None:
    found = choose_names([OTHERS, OTHERS, ["?", "!"]], ["ja"] * 3, ["question"] * 3, taken=["駐車場の問い合わせ"])
    names = [one.names["ja"] for one in found]
    assert len({*names, "駐車場の問い合わせ"}) == 4
