"""How cells of the workbook look, by language, and how much room a text takes."""

from __future__ import annotations

import math
import unicodedata
from typing import Any

from vocmine.report.words import MOST_TIMES, Words

_KINDS_LEFT = ("whole", "number", "money", "percent", "ratio", "day")  # that stand in a column of text


def looks(words: Words) -> dict[str, dict[str, Any]]:
    """Give the looks of cells by their kind; ``total_<kind>`` is that of a sum, ``left_<kind>`` that among text.

    Examples
    --------
    >>> looks(Words("ja", "JPY"))["money"]["num_format"], looks(Words("en", "USD"))["money"]["num_format"]
    ('#,##0', '#,##0.00')
    """
    font = {"font_name": "Yu Gothic" if words.lang == "ja" else "Calibri", "font_size": 11, "valign": "top"}
    made: dict[str, dict[str, Any]] = {kind: {**font, "num_format": code} for kind, code in _codes(words).items()}
    total = {"bold": True, "top": 1}
    left = {f"left_{kind}": {**made[kind], "align": "left"} for kind in _KINDS_LEFT}
    made |= {f"total_{kind}": {**look, **total} for kind, look in made.items()} | left
    head = {**font, "bold": True, "bottom": 1, "bg_color": "#E6EEF2", "text_wrap": True}
    return made | {
        "text": {**font, "text_wrap": True}, "total_text": {**font, **total}, "head_text": head,
        "head": {**head, "align": "right"}, "note": {**font, "text_wrap": False, "font_color": "#566070"},
        "wrapped": {**font, "text_wrap": True, "font_color": "#566070"},
        "title": {**font, "bold": True, "font_size": 16, "text_wrap": False},
        "link": {**font, "font_color": "#0B5C85", "underline": 1},
    }


def _codes(words: Words) -> dict[str, str]:
    is_japanese = words.lang == "ja"
    return {
        "whole": "#,##0", "number": "#,##0.0", "money": "#,##0" if words.decimals == 0 else "#,##0.00",
        "amount": "#,##0.00", "percent": "0.0%", "ratio": "#,##0.00", "p": "0.0000",
        # a ratio that nobody could believe is said in words; the number stays in the cell
        "times": f'[>{MOST_TIMES}]"{words("times_beyond", n=MOST_TIMES)}";0.00',
        "day": "yyyy/mm/dd" if is_japanese else "d mmm yyyy", "month": 'yyyy"年"m"月"' if is_japanese else "mmm yyyy",
    }


def line_height(words: Words) -> float:
    """Give the height of a line of text in points, as spreadsheets set it for the font of the language.

    Examples
    --------
    >>> line_height(Words("ja")), line_height(Words("en"))
    (18.75, 15.0)
    """
    return 18.75 if words.lang == "ja" else 15.0


def axis_day(words: Words) -> str:
    """Give the format of days on the axis of a chart.

    Examples
    --------
    >>> axis_day(Words("ja")), axis_day(Words("en"))
    ('m/d', 'd mmm')
    """
    return "m/d" if words.lang == "ja" else "d mmm"


def text_width(text: str) -> int:
    """Count the columns of letters that a text takes; Chinese and Japanese letters take two.

    Examples
    --------
    >>> text_width("abc"), text_width("費用abc")
    (3, 7)
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def n_lines(text: str, width: float) -> int:
    r"""Say in how many lines a text stands in a cell of this width.

    Examples
    --------
    >>> n_lines("a" * 90, 40), n_lines("", 40), n_lines("a\nb", 40)
    (3, 1, 2)
    """
    return sum(max(1, math.ceil(text_width(line) / max(width, 1.0))) for line in text.split("\n"))
