"""Days that stand far from all others of their source: a year mistyped, a blank that a system wrote as 1970."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

MICROS = 86_400_000_000  # of a day
_ROWS = 20  # dates that a source needs before one can stand far from the others
_STRAY = 0.01  # share of the rows, and always one, that may stand apart together
_AHEAD = 45  # days beyond all others; late exports bring old contacts, but none brings later ones
_BEHIND = 3653  # days before all others: an old contact that was touched again is no fault
_GAPS = 10  # times the widest gap within the others: where contacts are rare, wide gaps are usual
NONE = np.iinfo("int64").min


@dataclass(frozen=True)
class DayBounds:
    """Days since 1970 between which the dates of a source are believed; both included.

    Parameters
    ----------
    first, last : int

    Examples
    --------
    >>> DayBounds(20_000, 20_010).doubted(np.array([19_999, 20_000, 33_000]) * MICROS).tolist()
    [True, False, True]
    """

    first: int
    last: int

    def doubted(self, micros: np.ndarray) -> np.ndarray:
        """Tell which times (microseconds since 1970) lie outside; what is no time does not."""
        day = np.floor_divide(micros, MICROS)
        return np.asarray((micros != NONE) & ((day < self.first) | (day > self.last)))


class DateBulk:
    """Counts the days of a column, chunk by chunk, and says between which they are believed.

    Examples
    --------
    >>> bulk = DateBulk()
    >>> bulk.add(np.array([*range(20_700, 20_730), 33_878]) * MICROS)
    >>> bulk.bounds().last < 33_878
    True
    """

    def __init__(self) -> None:
        self._days: Counter[int] = Counter()

    def add(self, micros: np.ndarray) -> None:
        """Count times, in microseconds since 1970; the least int is none."""
        days, counts = np.unique(np.floor_divide(micros[micros != NONE], MICROS), return_counts=True)
        self._days.update(dict(zip(days.tolist(), counts.tolist(), strict=True)))

    def join(self, other: DateBulk) -> DateBulk:
        """Give the days of both."""
        both = DateBulk()
        both._days = self._days + other._days
        return both

    def bounds(self) -> DayBounds | None:
        """Give the bounds, a day of slack on both sides for zones; None where all days are believed."""
        rows = sum(self._days.values())
        if rows < _ROWS:
            return None
        days = np.array(sorted(self._days), dtype=np.int64)
        counts = np.array([self._days[day] for day in days.tolist()])
        most = max(1, int(_STRAY * rows))
        behind = _apart(days, counts, most, _BEHIND)
        ahead = _apart(-days[::-1], counts[::-1], most, _AHEAD)
        if not behind and not ahead:
            return None
        return DayBounds(int(days[behind]) - 1, int(days[len(days) - 1 - ahead]) + 1)


def _apart(days: np.ndarray, counts: np.ndarray, most: int, least_gap: int) -> int:
    """Count the days at the beginning that stand apart from all that follow."""
    gaps = np.diff(days)
    found = 0
    for i in range(int(np.searchsorted(np.cumsum(counts), most, side="right"))):
        if i < len(gaps) and gaps[i] > max(least_gap, _GAPS * int(_usual_gap(gaps[i + 1 :], counts[i + 1 :], most))):
            found = i + 1
    return found


def _usual_gap(gaps: np.ndarray, counts: np.ndarray, most: int) -> int:
    """Give the widest gap within the days, those at the far end left out that may stand apart themselves."""
    kept = np.cumsum(counts[::-1])[::-1] > most
    inner = gaps[kept[1:]]
    return int(inner.max()) if len(inner) else 0
