"""Which of two or three numbers is the day: proved by the whole column, told, or refused."""

from __future__ import annotations

import re

import numpy as np

from vocmine.contacts.cells import fold
from vocmine.contacts.date_words import DateWords
from vocmine.contacts.dates import local_micros, ordered
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

FEW, MANY = 0.02, 20  # a row that so few of so many others are like is a mistake, not a way of writing
_HINT = "say day_first: true or day_first: false in the mapping"
_IN_HEADER = re.compile(
    r"(?<![a-z])(?:(d{1,2})[-/. ]m{1,3}[-/. ]y{2,4}|(m{1,2})[-/. ]d{1,2}[-/. ]y{2,4}"
    r"|(y{2,4})[-/. ]m{1,2}[-/. ]d{1,2})(?![a-z])"
)
_ORDERS = {"ymd": "year first", "dmy": "day first", "mdy": "month first"}


def header_order(header: str) -> str:
    """Find the order that the name of a column tells: ``dmy``, ``mdy``, ``ymd`` or empty.

    Examples
    --------
    >>> [header_order(name) for name in ("Date (DD/MM/YYYY)", "日付（日/月/年）", "mm-dd-yy", "日付")]
    ['dmy', 'dmy', 'mdy', '']
    """
    name = fold(header).replace("年", "yyyy").replace("月", "mm").replace("日", "dd")
    match = _IN_HEADER.search(name)
    return "" if not match else "dmy" if match[1] else "mdy" if match[2] else "ymd"


class EitherOrder:
    """Counts which cells such as ``03/04/2026`` prove that the day, or the month, comes first.

    Examples
    --------
    >>> from vocmine.contacts.date_words import date_words
    >>> order = EitherOrder()
    >>> order.add(date_words(["03/04/2026", "13/04/2026"])[0])
    >>> order.decide(None, False, "a.csv", "date", Notes())
    (True, 'day first, from 1 of 2 rows')
    """

    def __init__(self) -> None:
        self._n = self._day = self._month = self._open = self._dotted = 0

    @property
    def proofs(self) -> int:
        """Cells that fit one order only."""
        return self._day + self._month

    def add(self, words: DateWords) -> None:
        """Count the cells of one chunk."""
        a, b = words.parts["a"], words.parts["b"]
        day = (a > 12) & (a <= 31) & (b >= 1) & (b <= 12)
        month = (b > 12) & (b <= 31) & (a >= 1) & (a <= 12)
        self._n += len(a)
        self._day += int(day.sum())
        self._month += int(month.sum())
        self._open += int(((a <= 12) & (b <= 12) & (a != b)).sum())
        self._dotted += int(words.parts["dot"].sum())

    def decide(self, told: bool | None, few: bool, where: str, header: str, notes: Notes) -> tuple[bool | None, str]:
        """Give whether the day comes first, and where it was seen.

        Parameters
        ----------
        told : bool or None
            The order that the mapping tells; that in the name of the column counts where no cell contradicts it.
        few : bool
            Whether nearly all other cells of the column are written in another way: then cells that could be either
            are no dates, and the column is not refused for them.
        where, header : str
            For the message.
        notes : Notes
            Gets the doubts.

        Raises
        ------
        ContactError
            If both orders fit, or both are proved.
        """
        if not self._n:
            return told, ""
        if told is not None:
            against = self._month if told else self._day
            if against:
                notes.doubt("day_first_contradicted", header, rows=against, shown="DD/MM" if told else "MM/DD",
                            line=f"day_first: {'false' if told else 'true'}")
            return told, f"{_named(told)}, from the mapping"
        named = header_order(header)
        if named in ("dmy", "mdy") and not (self._month if named == "dmy" else self._day):
            return named == "dmy", f"{_ORDERS[named]}, from its name"
        return self._judged(few, where, header, notes)

    def _judged(self, few: bool, where: str, header: str, notes: Notes) -> tuple[bool | None, str]:
        less, more = sorted((self._day, self._month))
        if less and not (more >= MANY and less <= FEW * (less + more)):
            if few:
                return self._neither(header, notes)
            raise ContactError(
                "day and month come in both orders", where=where,
                got=f"{self._day:,} dates with the day first, {self._month:,} with the month first", hint=_HINT,
            )
        if more:
            if less:
                notes.doubt("date_order_outliers", header, rows=less)
            first = self._day > self._month
            return first, f"{_named(first)}, from {more:,} of {self._n:,} rows"
        if self._open and few:
            return self._neither(header, notes)
        if self._open and self._dotted == self._n:  # nobody writes the month first with dots
            return True, "day first, as written with dots"
        if self._open:
            raise ContactError(
                "day and month can't be told apart", where=where,
                got=f"{self._n:,} dates, none with a day above 12", hint=_HINT,
            )
        return None, ""

    def _neither(self, header: str, notes: Notes) -> tuple[None, str]:
        notes.doubt("date_order_unknown", header, rows=self._n, line="day_first: true")
        return None, ""


class ShortOrder:
    """Counts what cells such as ``26/04/01`` can be.

    An order fits if all cells are days in it (but for 2 % of at least 20). Where several fit, the one is taken in
    which all years lie within three, if they lie apart by more than five in each of the others: a contact centre's
    export does not hold one day in April of each year from 2001 to 2028.
    """

    def __init__(self) -> None:
        self._n = 0
        self._bad = dict.fromkeys(_ORDERS, 0)
        self._years: dict[str, tuple[int, int]] = {}

    def add(self, words: DateWords) -> None:
        """Count the cells of one chunk."""
        self._n += len(words.rows)
        for order in _ORDERS:
            good = (local_micros(words, None, order) != np.iinfo("int64").min) | (words.micros < 0)
            self._bad[order] += int((~good).sum())
            years = ordered(words, None, order)[0][good]
            if len(years):
                low, high = self._years.get(order, (9999, 0))
                self._years[order] = (min(low, int(years.min())), max(high, int(years.max())))

    def decide(self, told: bool | None, few: bool, where: str, header: str, notes: Notes) -> tuple[str, str]:
        """Give the order, empty where there is none, and where it was seen; see `EitherOrder.decide`.

        Raises
        ------
        ContactError
            If several orders fit, or none.
        """
        if not self._n:
            return "", ""
        if told is not None:
            return ("dmy" if told else "mdy"), f"{_named(told)}, from the mapping"
        named = header_order(header)
        if named and not self._bad[named]:
            return named, f"{_ORDERS[named]}, from its name"
        fits = [order for order, bad in self._bad.items() if not bad or (self._n >= MANY and bad <= FEW * self._n)]
        order = fits[0] if len(fits) == 1 else self._by_years(fits)
        if order:
            if self._bad[order]:
                notes.doubt("date_order_outliers", header, rows=self._bad[order])
            return order, f"{_ORDERS[order]}, two digits of the year, from {self._n:,} rows"
        if few:
            notes.doubt("date_order_unknown", header, rows=self._n, line="day_first: true")
            return "", ""
        raise ContactError(
            "day, month and year of two digits can't be told apart", where=where, got=f"{self._n:,} dates",
            hint=f"{_HINT}, or write the years with four digits",
        )

    def _by_years(self, fits: list[str]) -> str:
        span = {order: self._years[order][1] - self._years[order][0] for order in fits if order in self._years}
        near = [order for order, years in span.items() if years <= 2]
        far = [order for order, years in span.items() if years > 5]
        return near[0] if len(near) == 1 and len(far) == len(span) - 1 else ""


def _named(day_first: bool) -> str:
    return "day first" if day_first else "month first"
