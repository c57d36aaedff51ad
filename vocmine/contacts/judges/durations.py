"""How long something took, over a whole column: the unit of bare numbers, and what 1:30 is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_series, fold
from vocmine.contacts.judges.companions import spreads_like_a_clock
from vocmine.contacts.judges.duration_cells import BARE, CLOCK, OWN, TYPED, split_durations
from vocmine.contacts.judges.samples import Sample
from vocmine.contacts.reading import Notes
from vocmine.contacts.units import HOURS_MINUTES, MINUTES_SECONDS, HeaderUnit, header_unit, told_unit

_DAY, _HOUR = 86_400.0, 3600.0
# Longer medians are absurd, in seconds: the effort of one contact, and parts of it.
_LONGEST = {"hold_seconds": _HOUR / 3, "after_call_seconds": 2 * _HOUR / 3}
_SLOW = re.compile(r"respon|reply|resol|返信|回答|応答まで|初回|解決|完了")  # may well take hours
# (1/100時間), (10秒単位)
_PART_OF_UNIT = re.compile(r"[(（\[【][^)）\]】]*\d ?(?:/ ?\d+)? ?(?:ミリ秒|秒|分|時間|hours?|min|sec|ms)")
_EFFORT = ("handle_seconds", "talk_seconds")
_WAITS = ("wait_seconds", "first_response_seconds")  # may well take days
_LONG, _SHORT = 3 * _HOUR, 30.0
_BARE_LONG = 4 * _HOUR


@dataclass(frozen=True)
class DurationRule:
    """How the cells of a column of durations are read.

    Parameters
    ----------
    unit : float
        Seconds of a bare number; NaN where bare numbers are left empty.
    clock : str
        What ``1:30`` is: ``mm:ss``, ``hh:mm``, or empty where it is left empty.
    fraction_of_day : bool
        Whether bare numbers are days, as a spreadsheet stores times.
    doubtful : bool
        Whether the whole column is left empty.
    how : str
        What was decided and where it was seen, for `vocmine check`.
    typed : bool
        Whether clock cells of a spreadsheet are read.

    Examples
    --------
    >>> DurationRule(60.0, "mm:ss", False, False, "minutes").read(["5.5", "1:35", "90秒", ""]).tolist()
    [330.0, 95.0, 90.0, nan]
    """

    unit: float
    clock: str
    fraction_of_day: bool
    doubtful: bool
    how: str
    typed: bool = True

    @np.errstate(over="ignore")  # a number beyond all bounds is infinite seconds, which no contact takes
    def read(self, cells: Any) -> np.ndarray:
        """Read cells as seconds; NaN where a cell is no duration, or was left empty."""
        split = split_durations(cells)
        out = np.full(len(split.kind), np.nan)
        if self.doubtful:
            return out
        own = (split.kind == OWN) | ((split.kind == TYPED) & self.typed)
        out[own] = split.value[own]
        if self.clock:
            clock = split.kind == CLOCK
            out[clock] = split.value[clock] * (60.0 if self.clock == HOURS_MINUTES else 1.0)
        bare = split.kind == BARE
        if self.fraction_of_day:
            out[bare] = np.round(split.value[bare] * _DAY, 3)
            whole = bare & split.fraction
            out[whole] = np.round(out[whole])
        else:
            strange = bare & split.fraction & (np.abs(split.value) < 1 / self.unit)
            out[bare] = split.value[bare] * self.unit
            out[strange] = np.nan
        return out


class DurationJudge:
    """Looks at all cells of a column of durations, chunk by chunk, and says how they are to be read.

    Cells with a unit of their own (``5分``, ``00:05:32``, typed durations) are never in doubt. Bare numbers are in the
    unit that the mapping or the name of the column tells, else in seconds, unless

    - none of them reaches 1, they have six or more decimals, and times 86,400 they are whole seconds: fractions of a
      day, as a spreadsheet writes times. A single one of these among others is left empty and told;
    - most other cells have units of their own: the bare ones are left empty and told;
    - the median contact would take more than four hours, or a handle or talk time less than half a minute: left empty,
      and the line to add is told.

    ``1:30`` is what the name tells. Where it tells none, it is minutes and seconds if one of these proves it: forms
    such as ``00:05:32`` beside, a first number of 24 or more, or a median that would be absurd as hours and minutes
    (more than three hours; of hold time 20 minutes, of after-call work 40; never of a response or resolution, which may
    take hours). Otherwise both can be, and the column is
    left empty. Where the dates beside have no time of day and the cells spread over the working day, they are times of
    day and no effort; so are at least eight that spread and nearly always rise.

    Parameters
    ----------
    header : str
        Name of the column in the source.
    target : str
        Column of the contacts table.
    told : str, optional
        Unit that the mapping tells: ``min``, ``ms``, ``hh:mm``, ``mm:ss`` and the like.

    Examples
    --------
    >>> judge = DurationJudge("対応時間（時:分）", "handle_seconds")
    >>> judge.add(pd.Series(["0:05", "1:30"]))
    >>> rule = judge.rule(Notes())
    >>> rule.how, rule.read(["0:05", "1:30"]).tolist()
    ('hh:mm, from its name', [300.0, 5400.0])
    """

    def __init__(self, header: str, target: str, told: str | None = None) -> None:
        self._header, self._target, self._told = header, target, told
        self._unit: HeaderUnit = told_unit(told) if told else header_unit(header)
        self._bare, self._clock, self._typed = Sample(), Sample(), Sample()
        self._n_own = self._three = self._small = self._fractions = self._strange = self._typed_exact = 0

    def add(self, cells: Any) -> None:
        """Look at the cells of one chunk."""
        series = as_series(cells)
        if pd.api.types.is_timedelta64_dtype(series.dtype):
            self._n_own += int(series.notna().sum())
            return
        split = split_durations(series)
        self._n_own += int((split.kind == OWN).sum())
        self._three += int(split.three.sum())
        bare = split.value[split.kind == BARE]
        self._bare.add(bare)
        self._clock.add(split.value[split.kind == CLOCK])
        typed = split.value[split.kind == TYPED]
        self._typed.add(typed)
        self._typed_exact += int((typed % 60 != 0).sum())
        self._small += int(((bare != 0) & (np.abs(bare) < 1)).sum())
        self._fractions += int(split.fraction.sum())
        self._strange += int((split.fraction & (split.value < 1 / (self._unit.seconds or 1.0))).sum())

    @np.errstate(over="ignore")
    def rule(self, notes: Notes, date_only: bool = False) -> DurationRule:
        """Decide how the column is read, and note what is doubtful.

        Parameters
        ----------
        notes : Notes
            Gets the doubts.
        date_only : bool
            Whether the dates of the source have no time of day: then clock times are looked at twice.
        """
        clock, clock_how = self._judge_clock(notes, date_only)
        unit, fraction, bare_how = self._judge_bare(notes)
        typed = self._judge_typed(notes, date_only)
        read = self._n_own + (self._clock.n if clock else 0) + (self._typed.n if typed else 0)
        read += self._bare.n if fraction or not np.isnan(unit) else 0
        total = self._n_own + self._clock.n + self._bare.n + self._typed.n
        how = "; ".join(dict.fromkeys(part for part in (bare_how, clock_how) if part))
        return DurationRule(unit, clock, fraction, total > 0 and read == 0, how or self._source_of_unit(), typed)

    def _source_of_unit(self) -> str:
        return f"{self._unit.word}, from {'the mapping' if self._told else 'its name'}" if self._unit.word else ""

    def _judge_clock(self, notes: Notes, date_only: bool) -> tuple[str, str]:
        """Give what two-part clocks are (empty: left empty), and why."""
        seen, told = self._clock, self._unit.clock if self._unit.clock in (HOURS_MINUTES, MINUTES_SECONDS) else ""
        if not seen.n or self._told or self._target == "seconds":
            return told or MINUTES_SECONDS, self._source_of_unit() if seen.n else ""
        a_clock = told == HOURS_MINUTES and self._target in _EFFORT and spreads_like_a_clock(seen.values() * 60)
        short = told == MINUTES_SECONDS and not self._unit.word.startswith("mm") and self._target in _EFFORT
        if short and 0 < seen.median() < _SHORT:  # under (分), 0:05 is hardly five seconds
            self._doubt(notes, "clock_unit_unknown", _clock(seen.median()), HOURS_MINUTES)
            return "", ""
        if told and not a_clock:
            return told, self._source_of_unit()
        why = "" if told else self._proof_of_minutes()
        if told or (self._is_time_of_day(seen, 60.0, date_only) and not self._three):
            code = "clock_not_effort"
        elif why:
            return MINUTES_SECONDS, f"mm:ss, as {why}"
        else:
            code = "clock_unit_unknown"
        self._doubt(notes, code, _clock(seen.median()), MINUTES_SECONDS)
        return "", ""

    def _proof_of_minutes(self) -> str:
        if self._three:
            return "hours stand before others"
        if self._clock.high == 0:
            return "all are zero"
        if self._clock.high >= 24 * 60:
            return "some would be more than a day"
        slow = _SLOW.search(fold(self._header))
        absurd = not slow and self._clock.median() * 60 > _LONGEST.get(self._target, _LONG)
        return "hh:mm would be absurdly long" if absurd else ""

    def _is_time_of_day(self, seen: Sample, scale: float, date_only: bool) -> bool:
        rises = seen.n >= 8 and seen.rising() >= 0.95
        return (date_only or rises) and spreads_like_a_clock(seen.values() * scale)

    def _judge_typed(self, notes: Notes, date_only: bool) -> bool:
        """Clock cells of a spreadsheet are what they say, unless that would be absurd: 5:32 typed for 5 min 32 s."""
        seen = self._typed
        if not seen.n or self._told or self._unit.word or self._typed_exact or self._target == "seconds":
            return True
        if self._is_time_of_day(seen, 1.0, date_only):
            self._doubt(notes, "clock_not_effort", _clock(seen.median() / 60), HOURS_MINUTES)
            return False
        if seen.median() > _LONGEST.get(self._target, _LONG) and self._target not in _WAITS:
            self._doubt(notes, "clock_unit_unknown", _clock(seen.median() / 60), HOURS_MINUTES)
            return False
        return True

    def _judge_bare(self, notes: Notes) -> tuple[float, bool, str]:
        """Give the seconds of a bare number (NaN: left empty), whether it is a fraction of a day, and why."""
        seen, unit = self._bare, self._unit.seconds
        sure = unit if unit is not None else 1.0
        if not seen.n or (self._told and unit is not None):
            return sure, False, self._source_of_unit() if seen.n else ""
        if self._small and seen.high < 1 and seen.low > -1:
            return self._judge_small(notes, unit)
        if self._unit.clock and unit is None:
            notes.doubt("duration_outliers", self._header, rows=seen.n, shown=f"{seen.median():g}",
                        line=self._line("h" if self._unit.clock.startswith("hh") else "min"))
            return float("nan"), False, ""
        if unit is None and self._n_own + self._clock.n > seen.n:
            notes.doubt("duration_outliers", self._header, rows=seen.n, shown=f"{seen.median():g}")
            return float("nan"), False, ""
        if self._strange:
            notes.doubt("duration_outliers", self._header, rows=self._strange, shown="0.00…")
        middle = seen.median() * sure
        if self._is_absurd(middle, unit):
            self._doubt(notes, "unit_doubtful", f"{seen.median():,.10g}", _likely_unit(middle, unit))
            return float("nan"), False, ""
        return sure, False, self._source_of_unit() if unit is not None else "seconds, as no unit is named"

    def _judge_small(self, notes: Notes, unit: float | None) -> tuple[float, bool, str]:
        fits = self._fractions == self._small
        if unit is None and fits:
            return float("nan"), True, "fractions of a day, as a spreadsheet stores times"
        if unit is not None and not (fits and self._bare.median() * unit < 2):
            return unit, False, self._source_of_unit()
        self._doubt(notes, "unit_doubtful", f"{self._bare.median():.4g}", "h")
        return float("nan"), False, ""

    def _is_absurd(self, middle: float, unit: float | None) -> bool:
        if self._target == "seconds":
            return False
        if not self._told and _PART_OF_UNIT.search(self._header):
            return True
        if self._target in _WAITS:
            return unit is None and middle > _DAY
        if middle > _BARE_LONG:
            return True
        return unit is None and self._target in _EFFORT and 0 < middle < _SHORT

    def _doubt(self, notes: Notes, code: str, shown: str, unit: str) -> None:
        notes.doubt(code, self._header, shown=shown, line=self._line(unit))

    def _line(self, unit: str) -> str:
        return f'units: {{"{self._header}": "{unit}"}}'


def _likely_unit(middle: float, unit: float | None) -> str:
    if middle < 2:
        return "h"
    if middle <= _SHORT:
        return "min"
    return "s" if unit is not None and unit > 1 else "ms"


def _clock(sixtieths: float) -> str:
    return f"{int(sixtieths // 60)}:{int(sixtieths % 60):02d}"
