"""How cells look, and how much room texts take."""

from __future__ import annotations

import pytest

from vocmine.report.render.formats import axis_day, line_height, looks, n_lines, text_width
from vocmine.report.words import Words

KINDS = ("whole", "number", "money", "amount", "percent", "ratio", "p", "day", "month", "text")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_kind_has_a_look_and_one_of_a_sum(lang):
    made = looks(Words(lang, "JPY"))
    assert all(kind in made and f"total_{kind}" in made for kind in KINDS)
    assert all(made[f"left_{kind}"]["align"] == "left" for kind in ("whole", "money", "percent"))
    assert all(look["num_format"] for kind, look in made.items() if kind in KINDS and kind != "text")


def test_days_and_months_are_written_as_the_language_does():
    ja, en = looks(Words("ja")), looks(Words("en"))
    assert (ja["day"]["num_format"], en["day"]["num_format"]) == ("yyyy/mm/dd", "d mmm yyyy")
    assert ja["month"]["num_format"] != en["month"]["num_format"]
    assert axis_day(Words("ja")) != axis_day(Words("en"))
    assert line_height(Words("ja")) > line_height(Words("en"))


def test_wide_letters_take_two_columns_and_lines_are_counted():
    assert text_width("ログイン") == 8
    assert n_lines("ログインできない" * 5, 40) == 2
    assert n_lines("a\n\nb", 10) == 3
    assert n_lines("abc", 0) == 3
