"""Orders of day, month and year, counted over chunks."""

from __future__ import annotations

import pytest

from vocmine.contacts.date_words import date_words
from vocmine.contacts.judges.orders import EitherOrder, ShortOrder
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError


def decided(kind: type, *chunks: list[str], told: bool | None = None, few: bool = False) -> tuple[object, list[str]]:
    order, notes = kind(), Notes()
    for cells in chunks:
        for words in date_words(cells):
            order.add(words)
    return order.decide(told, few, "a.csv", "d", notes)[0], [doubt.code for doubt in notes.doubts]


def test_proofs_add_up_over_chunks():
    assert decided(EitherOrder, ["02/05/2026"], ["14/05/2026"]) == (True, [])
    assert decided(EitherOrder, ["02/14/2026"], ["02/05/2026"]) == (False, [])


def test_a_few_against_many_are_told_and_many_against_many_refused():
    assert decided(EitherOrder, ["14/05/2026"] * 98, ["05/14/2026"] * 2) == (True, ["date_order_outliers"])
    with pytest.raises(ContactError, match="both orders"):
        decided(EitherOrder, ["14/05/2026"] * 97, ["05/14/2026"] * 3)
    with pytest.raises(ContactError, match="both orders"):
        decided(EitherOrder, ["14/05/2026"] * 10, ["05/14/2026"])


def test_few_cells_of_an_unknown_order_are_none():
    assert decided(EitherOrder, ["02/05/2026"], few=True) == (None, ["date_order_unknown"])
    assert decided(ShortOrder, ["02/05/06"], few=True) == ("", ["date_order_unknown"])


@pytest.mark.parametrize(("cells", "order"), [
    (["26/05/31", "26/05/01"], "ymd"), (["31/05/26", "01/05/26"], "dmy"), (["05/31/26", "05/01/26"], "mdy"), (["99/05/01", "98/05/28"], "ymd"),
])
def test_short_years(cells, order):
    assert decided(ShortOrder, cells) == (order, [])


def test_short_years_that_fit_several_orders_are_refused():
    with pytest.raises(ContactError, match="four digits"):
        decided(ShortOrder, ["26/05/01", "26/05/02"])
