"""What checking contacts by hand would do to the range of an issue. It stands in the first lines of the page."""

from __future__ import annotations

import math
from dataclasses import dataclass

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.protocol import SectionData, SectionType
from vocmine.report.words import Words

_WIDE = 1.0  # of the amount
_WORTH = 0.9  # of the range now: what checking hardly narrows is not worth a word


@dataclass(frozen=True)
class Narrowing:
    """Half-width of an issue's range over its size: now (NaN where mistakes are left out), and with `n` checked.

    Examples
    --------
    >>> Narrowing("a", 100, 0.45, 0.15).is_worth_it, Narrowing("a", 100, 0.10, 0.095).is_worth_it
    (True, False)
    """

    issue: str
    n: int
    now: float
    then: float

    @property
    def is_worth_it(self) -> bool:
        """Whether checking narrows the range by more than a trace; checking all there is goes without saying."""
        return self.then > 0 and not self.then > _WORTH * self.now


def narrowing_words(row: Narrowing, basis: str, w: Words, name: str) -> str:
    """Write it in a sentence with the command that draws the contacts; empty where it would not be worth it.

    Parameters
    ----------
    row : Narrowing
        Numbers.
    basis : str
        What the ranges rest on: with an audit, it is further contacts.
    w : Words
        Language.
    name : str
        Name of the issue.
    """
    if not row.is_worth_it:
        return ""
    key = "narrow_to" if math.isnan(row.now) else "narrow_more" if basis == "audit" else "narrow_from_to"
    if max(row.now, row.then) > _WIDE:  # as a share it would be a number nobody can picture: no amount is below 0
        key = "narrow_still_wide" if row.then > _WIDE else "narrow_wide"
    return w(
        key, n=w.count(row.n), plain=row.n, name=name, now=w.percent(row.now), then=w.percent(row.then)
    )


def _count(data: SectionData) -> Section | None:
    """Keep what checking contacts would bring.

    It reads ``narrowing``: ``issue, n, now, then`` as `vocmine.cost.audit_plan.expected_narrowing` gives them.
    """
    table = data.get("narrowing")
    if table is None or len(table) == 0:
        return None
    need(table, ("issue", "n", "now", "then"), "narrowing")
    rows = zip(table["issue"], table["n"], table["now"], table["then"], strict=True)
    return record_section(
        "narrowing", tuple(Narrowing(str(issue), int(n), float(now), float(then)) for issue, n, now, then in rows)
    )


SECTION = SectionType("narrowing", ("narrowing",), _count)
