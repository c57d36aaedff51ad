"""Points in time of a whole column: its zone, and which of two numbers is the day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from vocmine.contacts.cells import as_cells, as_series
from vocmine.contacts.date_words import DIGITS, EITHER, EXCEL, NUMBERS, SHORT, YEAR_FIRST, DateWords, date_words
from vocmine.contacts.dates import DateStyle, local_micros, read_dates
from vocmine.contacts.judges.companions import possible_times, time_companion
from vocmine.contacts.judges.date_bulk import DateBulk, DayBounds
from vocmine.contacts.judges.orders import FEW, MANY, EitherOrder, ShortOrder
from vocmine.contacts.judges.zone_choice import ZoneCells, choose_zone
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

__all__ = ["DateJudge", "DateRule", "possible_times", "time_companion"]

_TYPED = "typed"
_SHOWN = {
    **dict(zip(NUMBERS, ("UNIX s", "UNIX ms", "UNIX µs", "UNIX ns"), strict=True)), EXCEL: "Excel", DIGITS: "YYYYMMDD",
}


@dataclass(frozen=True)
class DateRule:
    """How the cells of a column of dates are read.

    Parameters
    ----------
    zone : str
        Zone of the times that name none.
    day_first : bool or None
        Whether ``03/04/2026`` is the third of April; None where no cell needs it.
    how : str
        What was decided and where it was seen, for `vocmine check`.
    short : str
        Order of dates whose year has two digits: ``ymd``, ``dmy``, ``mdy``, or empty.
    own_words : frozenset of str
        Abbreviations that mean `zone` in this column though they are used for several.
    bounds : DayBounds, optional
        Days between which its dates are believed; None where none stands far from the others.

    Examples
    --------
    >>> rule = DateRule("UTC", True, "day first")
    >>> rule.read(pd.Series(["03/04/2026 09:15"])).strftime("%m-%d").tolist()
    ['04-03']
    """

    zone: str
    day_first: bool | None
    how: str
    short: str = ""
    own_words: frozenset[str] = frozenset()
    bounds: DayBounds | None = None

    def read(self, cells: Any) -> pd.DatetimeIndex:
        """Read cells as UTC; NaT where a cell is no date in this style."""
        return read_dates(cells, DateStyle(self.zone, self.day_first, self.short, self.own_words))


class DateJudge:
    """Looks at all cells of a column of dates, chunk by chunk, and says how they are to be read.

    Cells with a zone of their own keep it. For the others the zone told in the mapping comes first, then that in the
    name of the column, then that of the settings. Day and month are told apart by days above 12; a column in which
    both orders fit is refused, and so is one that proves both (but for rows that at most 2 % of at least 20 others
    contradict: they are no dates).

    Parameters
    ----------
    header : str
        Name of the column in the source, or names.
    timezone : str
        Zone of the mapping or of the settings.
    day_first : bool, optional
        The order, where the mapping tells it.
    timezone_told : bool
        Whether the mapping itself names the zone.

    Examples
    --------
    >>> judge = DateJudge("created_at (UTC)", "Asia/Tokyo")
    >>> judge.add(pd.Series(["03/04/2026 09:15", "13/04/2026 10:00"]))
    >>> judge.rule("a.csv", Notes())
    DateRule(zone='UTC', day_first=True, how='zone UTC, from its name; day first, from 1 of 2 rows', short='', \
own_words=frozenset(), bounds=None)
    """

    def __init__(self, header: str, timezone: str, day_first: bool | None = None, timezone_told: bool = False) -> None:
        self._header, self._zone, self._told_order, self._told_zone = header, timezone, day_first, timezone_told
        self._kinds: Counter[str] = Counter()
        self._either, self._short, self._cells = EitherOrder(), ShortOrder(), ZoneCells()
        self._bulk, self._day_first, self._swapped = DateBulk(), DateBulk(), DateBulk()
        self._timed = self._days = self._late_days = self._late_months = self._cells_typed = self._midnights = 0

    @property
    def date_only(self) -> bool:
        """Whether no cell so far has a time of day."""
        return self._days + self._midnights > 0 and not self._timed

    def add(self, cells: Any) -> None:
        """Look at the cells of one chunk."""
        series = as_series(cells)
        if pd.api.types.is_datetime64_any_dtype(series.dtype):
            self._add_typed(pd.DatetimeIndex(series.dropna()))
            return
        groups = date_words(as_cells(series))
        if series.dtype == object and {EITHER, YEAR_FIRST} <= {words.kind for words in groups}:
            self._cells_typed += sum(isinstance(cell, datetime) for cell in series)
        for words in groups:
            self._kinds[words.kind] += len(words.rows)
            self._timed += int(words.timed.sum())
            self._days += int((~words.timed).sum())
            if words.kind in NUMBERS:
                self._cells.own += len(words.rows)
                self._bulk.add(words.micros)
                continue
            micros = local_micros(words, words.kind == EITHER, "")
            self._cells.add(words, micros)
            if words.kind == EITHER:
                self._either.add(words)
                self._swapped.add(local_micros(words, False, ""))
                self._day_first.add(micros)
            elif words.kind == SHORT:
                self._short.add(words)
            else:
                self._bulk.add(micros)
                if words.kind in (YEAR_FIRST, EXCEL):
                    self._add_year_first(words)

    def rule(self, source: str, notes: Notes, above: str = "") -> DateRule:
        """Decide how the column is read, and note what is doubtful.

        Parameters
        ----------
        source : str
            Its name, for messages.
        notes : Notes
            Gets the doubts.
        above : str
            Zone that the lines above the column names tell; counts where neither the mapping nor the name has one.

        Raises
        ------
        ContactError
            If day and month, or the zone, could be either.
        """
        where = f"{source}, column {self._header}"
        total = sum(self._kinds.values())
        choice = choose_zone(self._header, self._zone, self._told_zone, self._cells, total, where, notes, above)
        if self._late_months > 1 and not self._late_days:
            raise ContactError(
                "dates whose month is behind the day", where=where, got=f"{self._late_months:,} with a month above 12",
                expected="year, month, day", hint="write them as year-month-day",
            )
        few = self._is_few(EITHER, total)
        day_first, order = self._either.decide(self._told_order, few, where, self._header, notes)
        few = self._is_few(SHORT, total)
        short, short_order = self._short.decide(self._told_order, few, where, self._header, notes)
        self._note_strangers(total, notes)
        how = "; ".join(part for part in (choice.how, order, short_order, self._written()) if part)
        days = self._bulk.join(self._swapped if day_first is False else self._day_first)
        return DateRule(choice.zone, day_first, how, short, choice.own_words, days.bounds())

    def _add_typed(self, times: pd.DatetimeIndex) -> None:
        self._kinds[_TYPED] += len(times)
        timed = int((times != times.normalize()).sum())
        self._timed += timed
        self._midnights += len(times) - timed
        self._cells.add_typed(times)
        self._bulk.add(times.as_unit("us").asi8)

    def _add_year_first(self, words: DateWords) -> None:
        self._late_months += int(((words.parts["month"] > 12) & (words.parts["day"] <= 12)).sum())
        self._late_days += int((words.parts["day"] > 12).sum())

    def _is_few(self, kind: str, total: int) -> bool:
        n = self._kinds[kind]
        return total - n >= MANY and n <= FEW * total

    def _written(self) -> str:
        numbers = [kind for kind in (*NUMBERS, EXCEL) if self._kinds[kind] * 2 > sum(self._kinds.values())]
        return numbers[0] if numbers else "no time of day" if self.date_only else ""

    def _note_strangers(self, total: int, notes: Notes) -> None:
        """Tell of cells that are written unlike all others of the column."""
        classes: Counter[str] = Counter()
        for kind, n in self._kinds.items():
            classes[kind if kind in (*NUMBERS, EXCEL) else DIGITS if kind == DIGITS else "text"] += n
        if classes:
            main = classes.most_common(1)[0][0]
            strangers = {kind: n for kind, n in classes.items() if kind != main and n}
            if strangers:
                shown = ", ".join(_SHOWN.get(kind, "YYYY-MM-DD") for kind in strangers)
                notes.doubt("mixed_dates", self._header, rows=sum(strangers.values()), shown=shown)
        if self._timed and self._days and self._days < total / 2:
            notes.doubt("date_without_time", self._header, rows=self._days)
        proofs, other = self._either.proofs, self._kinds[YEAR_FIRST] + self._kinds[EXCEL]
        few = 1 if self._cells_typed else 3  # beside texts, typed dates are those that a spreadsheet understood
        if proofs >= few and proofs == self._kinds[EITHER] and other >= few and not self._late_days:
            notes.doubt("dates_half_converted", self._header, rows=other)
