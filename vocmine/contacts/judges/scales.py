"""Satisfaction of a whole column: its scale, told by its name or seen in its values, brought to 1 to 5."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_series, fold, text_of
from vocmine.contacts.judges.orders import FEW, MANY
from vocmine.contacts.judges.scale_headers import HeaderScale, header_scale, told_scale
from vocmine.contacts.reading import Notes
from vocmine.contacts.values import by_distinct, lookup, parse_numbers

_STARS = re.compile(r"([★⭐]{1,10})([☆✩]{0,9})")
_PERCENT = re.compile(r"(?P<got>\d{1,3}(?:\.\d+)?) ?%")
_NUMBER_OF_STARS = re.compile(r"(?P<got>[1-5]) ?[★⭐]")
_SHARE = re.compile(r"(?P<got>\d{1,3}(?:\.\d+)?) ?(?:点)? ?(?:/|out of|of) ?(?P<full>\d{1,3})(?:\.0+)? ?点?")
_SHARE_BEHIND = re.compile(r"(?P<full>\d{1,3}) ?点?中 ?(?P<got>\d{1,3}(?:\.\d+)?) ?点?")
_MARKED = re.compile(r"(\d{1,3}) ?(?:[.:：)(=_-]|点[:：]) ?(.*\D.*)|(.*\D.*) ?\((\d{1,3})\)")
_ENOUGH = 50  # marks, of which some reach the top of their scale
_MOST = 1000  # distinct numbers that are kept; a scale has no more


@dataclass(frozen=True)
class ScaleRule:
    """How the cells of a column of satisfaction are read.

    Parameters
    ----------
    low, high : float
        Worst and best mark of bare numbers; NaN where bare numbers are left empty. Words, stars and shares such as
        ``4/5`` say their scale themselves.
    how : str
        What was decided and where it was seen, for `vocmine check`.

    Examples
    --------
    >>> ScaleRule(1, 10, "10-point").read(["10", "1", "満足", "4/5"]).tolist()
    [5.0, 1.0, 4.0, 4.0]
    """

    low: float
    high: float
    how: str

    def read(self, cells: Any) -> np.ndarray:
        """Read cells as 1 (worst) to 5 (best); NaN where a cell is no mark, or outside the scale."""
        sure, bare = _split(cells)
        return np.where(np.isnan(sure), _rescaled(bare, self.low, self.high), sure)


class ScaleJudge:
    """Looks at all cells of a column of satisfaction, chunk by chunk, and says in which scale they are.

    The name of the column decides (``（10段階）``, ``(1-10)``, ``/100``, ``NPS``, ``1=大変満足``), else the values: 1
    to 5 as they are, up to 10 a ten-point scale, up to 100 a hundred-point one, and that is told. A single value above
    the others, or 2 % of at least 20, makes no scale: it is left empty and told.

    Parameters
    ----------
    header : str
        Name of the column in the source.
    told : str, optional
        Scale that the mapping tells, such as ``1-10``; ``10-1`` where 1 is the best.

    Examples
    --------
    >>> judge = ScaleJudge("満足度（10段階）")
    >>> judge.add(pd.Series(["1", "5", "10", "9"]))
    >>> judge.rule(Notes()).read(["1", "5", "10", "9"]).round(2).tolist()
    [1.0, 2.78, 5.0, 4.56]
    """

    def __init__(self, header: str, told: str | None = None) -> None:
        self._header, self._told = header, told
        self._counts: Counter[float] = Counter()
        self._sure = 0

    def add(self, cells: Any) -> None:
        """Look at the cells of one chunk."""
        sure, bare = _split(cells)
        self._sure += int((~np.isnan(sure)).sum())
        values, counts = np.unique(bare[~np.isnan(bare) & np.isnan(sure)], return_counts=True)
        for value, count in zip(values.tolist(), counts.tolist(), strict=True):
            if value in self._counts or len(self._counts) < _MOST:
                self._counts[value] += count

    def rule(self, notes: Notes) -> ScaleRule:
        """Decide the scale, and note what is doubtful."""
        if self._told is not None and (ends := told_scale(self._told)) is not None:
            self._note_outliers(min(ends), max(ends), notes)
            return ScaleRule(*ends, f"{ends[0]:g} to {ends[1]:g}, from the mapping")
        told = header_scale(self._header)
        if told.recommends:
            notes.doubt("nps_as_satisfaction", self._header)
        if told.high is not None:
            return self._from_header(told, notes)
        low, high = self._seen()
        if np.isnan(high):
            if self._counts:
                shown = f"{min(self._counts):g}-{max(self._counts):g}"
                notes.doubt("scale_unknown", self._header, shown=shown, line=self._line(1, 5))
            return ScaleRule(np.nan, np.nan, "")
        self._note_outliers(low, high, notes)
        if high == 5:
            if told.reversed:
                return ScaleRule(5.0, 1.0, "5 to 1, from its name")
            if sum(self._counts.values()) >= _ENOUGH and (most := max(self._counts)) < 5:
                notes.doubt("scale_from_values", self._header, shown=f"1-5 (≤ {most:g})", line=self._line(1, 5))
            return ScaleRule(1.0, 5.0, "1 to 5" if self._counts else "")
        line = self._line(*((high, low) if told.reversed else (low, high)))
        notes.doubt("scale_from_values", self._header, shown=f"{low:g}-{high:g}", line=line)
        ends = (high, low) if told.reversed else (low, high)
        return ScaleRule(*ends, f"{ends[0]:g} to {ends[1]:g}, from its values")

    def _from_header(self, told: HeaderScale, notes: Notes) -> ScaleRule:
        high = told.high or 5.0
        low = told.low if told.low is not None else (0.0 if self._counts.get(0.0) else 1.0)
        outside = self._outside(low, high)
        if outside * 2 > sum(self._counts.values()):
            notes.doubt("scale_unknown", self._header,
                        shown=f"{low:g}-{high:g} ≠ {min(self._counts):g}-{max(self._counts):g}",
                        line=self._line(min(0, *self._counts), max(self._counts)))
            return ScaleRule(np.nan, np.nan, "")
        self._note_outliers(low, high, notes)
        ends = (high, low) if told.reversed else (low, high)
        return ScaleRule(*ends, f"{ends[0]:g} to {ends[1]:g}, from its name")

    def _seen(self) -> tuple[float, float]:
        """Give the narrowest usual scale that holds the values, but for a few."""
        total = sum(self._counts.values())
        if not total:
            return 1.0, 5.0
        if max(self._counts) <= 1 and min(self._counts) < 1:  # shares, or yes and no
            return np.nan, np.nan
        for low, high in ((1.0, 5.0), (0.0, 10.0), (0.0, 100.0)):
            outside = self._outside(low, high) - (self._counts.get(0.0, 0) if high == 5 else 0)
            if not outside or (outside <= FEW * total and total >= MANY) or (outside == 1 and total >= 4):
                zero = self._counts.get(0.0, 0) > 0
                return (low if zero or high != 10 else 1.0), high
        return np.nan, np.nan

    def _line(self, low: float, high: float) -> str:
        return f'units: {{"{self._header}": "{low:g}-{high:g}"}}'

    def _outside(self, low: float, high: float) -> int:
        return sum(n for value, n in self._counts.items() if not low <= value <= high)

    def _note_outliers(self, low: float, high: float, notes: Notes) -> None:
        outside = self._outside(low, high)
        if outside:
            shown = sorted(value for value in self._counts if not low <= value <= high)[:5]
            notes.doubt("scale_outliers", self._header, rows=outside, shown=", ".join(f"{value:g}" for value in shown))


def _split(cells: Any) -> tuple[np.ndarray, np.ndarray]:
    """Read marks that say their scale themselves as 1 to 5, and bare numbers as they are."""
    series = as_series(cells)
    bare = parse_numbers(series)
    if pd.api.types.is_numeric_dtype(series.dtype):
        return np.full(len(bare), np.nan), bare
    return by_distinct(series, lambda cell: _mark(fold(text_of(cell)).replace("\ufe0f", "")), "float64"), bare


@cache
def _words() -> dict[str, float]:
    return {word: float(mark) for word, mark in lookup("satisfaction").items()}


def _mark(word: str) -> float:
    words = _words()
    if word in words:
        return words[word]
    if stars := _STARS.fullmatch(word):
        full = len(stars[1]) + len(stars[2])
        return float(_rescaled(np.array([float(len(stars[1]))]), 1.0, max(full, 5.0))[0])
    for form in (_PERCENT, _SHARE, _SHARE_BEHIND, _NUMBER_OF_STARS):
        if share := form.fullmatch(word):
            of = share.groupdict()
            return _of_full(float(of["got"]), float(of.get("full") or (5 if form is _NUMBER_OF_STARS else 100)))
    if marked := _MARKED.fullmatch(word):  # "5: 大変満足", "Very satisfied (5)": the words say which end is which
        text = (marked[2] or marked[3] or "").strip(" )")
        return words.get(text, float("nan"))
    return float("nan")


def _of_full(got: float, full: float) -> float:
    if full not in (5, 7, 10, 100):
        return float("nan")
    return float(_rescaled(np.array([got]), 0.0 if full == 100 or (got == 0 and full == 10) else 1.0, full)[0])


def _rescaled(marks: np.ndarray, low: float, high: float) -> np.ndarray:
    """Bring marks from `low` (worst) .. `high` (best) to 1 .. 5; NaN outside. The ends may be the other way round."""
    if np.isnan(high):
        return np.full(len(marks), np.nan)
    inside = (marks >= min(low, high)) & (marks <= max(low, high))
    return np.where(inside, 1 + 4 * (marks - low) / (high - low), np.nan)
