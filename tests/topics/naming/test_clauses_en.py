from __future__ import annotations

import pytest

from vocmine.topics.naming.clauses_en import english_clauses


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The QR payment screen turns completely white and freezes.", "QR payment screen turns white"),
        ("My refund isn't showing up", "refund isn't showing up"),
        ("I can't top up my card", "top up card"),
        ("Wants to exchange my Visa for a Mastercard", "exchange Visa for Mastercard"),
        ("Why isn't my refund showing up?", "refund isn't showing up"),
        ("Why hasn't my payment gone through yet?", "payment hasn't gone through"),
        ("I have no internet connection since this morning", "no internet connection"),
        ("Referral bonus of 1,500 points missing", "referral bonus of points missing"),
        ("How long does it take for a transfer?", "how long does it take for transfer"),
        ("Visa or Mastercard?", "visa or mastercard"),
        ("MY CARD WAS DECLINED", "card was declined"),
    ],
)
def test_what_texts_tell(text: str, told: str) -> None:
    assert told in [c.text for c in english_clauses(text)]


def test_a_clause_ends_where_another_begins() -> None:
    assert not [c for c in english_clauses("The app crashed and billing was late") if {"app", "billing"} <= set(c.keys)]


def test_what_is_denied_is_another_word_than_what_is_not() -> None:
    [found] = [c for c in english_clauses("the card is not working") if "card" in c.keys and len(c.keys) > 1]
    assert found.told and found.keys == ("card", "work_not")


@pytest.mark.parametrize("text", ["", "...", "[PHONE]", "a " * 500, "I want to", "x" * 400])
def test_any_text_will_do(text: str) -> None:
    assert all(len(c.text) <= 44 for c in english_clauses(text))
