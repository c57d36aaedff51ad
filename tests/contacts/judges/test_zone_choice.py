"""Which zone wins."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.date_words import date_words
from vocmine.contacts.dates import local_micros
from vocmine.contacts.judges.zone_choice import ZoneCells, choose_zone
from vocmine.contacts.reading import Notes


def cells_of(texts: list[str]) -> ZoneCells:
    cells = ZoneCells()
    for words in date_words(texts):
        cells.add(words, local_micros(words, None, ""))
    return cells


@pytest.mark.parametrize(("header", "told", "zone", "how"), [
    ("at", False, "Asia/Tokyo", "zone Asia/Tokyo, as none is named"), ("at (EST)", False, "UTC-05:00", "zone UTC-05:00, from its name"),
    ("at (EST)", True, "Asia/Tokyo", "zone Asia/Tokyo, from the mapping"),
])
def test_told_then_named_then_default(header, told, zone, how):
    choice = choose_zone(header, "Asia/Tokyo", told, cells_of(["2026-01-02 03:04"]), 1, "a", Notes())
    assert (choice.zone, choice.how) == (zone, how)


def test_cells_that_all_name_a_zone_need_none():
    notes = Notes()
    assert choose_zone("at (CST)", "UTC", False, cells_of(["2026-01-02 03:04Z"]), 1, "a", notes).how == "zones from the cells"
    assert not notes.doubts


def test_days_span_the_column():
    cells = cells_of(["2026-01-02 03:04", "2026-05-02"])
    cells.add_typed(pd.DatetimeIndex(["2026-06-01"]))
    days = cells.days()
    assert (days[0], days[-1]) == (pd.Timestamp("2026-01-02 03:04"), pd.Timestamp("2026-06-01"))
    assert (cells.naive, cells.own) == (3, 0)
