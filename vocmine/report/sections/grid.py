"""Tables as plain data: the page and the workbook write the same grid, so their figures can't differ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from vocmine.stats import Estimate

Kind = Literal[
    "text", "issue", "reason", "channel", "code", "whole", "number", "decimal", "money", "percent", "ratio",
    "day", "month",
    "place", "incident", "path",
]


@dataclass(frozen=True)
class Col:
    """A column of a grid.

    Parameters
    ----------
    head : str
        Key of its head among the words of the report, or the head itself where `kind` is of a made-up column.
    kind : str
        What its cells are: ``issue`` and ``reason`` are ids of reasons, ``code`` is a key of the words, ``decimal`` has
        two places, ``number`` one, ``place`` is a pair of a kind of place (channel, reason, team...) and its name,
        ``incident`` the id of an incident, whose name the page links, ``path`` a tuple of reasons in time. An
        `Estimate` in a cell is shown with its range.
    drawn : bool
        Whether the page draws a bar beside the number (shares only).
    plain : bool
        Whether `head` is the head itself and no key.
    summed : bool
        Whether the workbook adds the column up below its rows.
    """

    head: str
    kind: Kind = "text"
    drawn: bool = False
    plain: bool = False
    summed: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of a report.

    Parameters
    ----------
    key : str
        Names its words: ``grid_<key>`` is its title, ``grid_<key>_lead`` what to know about it.
    cols : tuple of Col
        Columns; the first names the row.
    rows : tuple of tuple
        Cells: text, number, date or `Estimate`; None and NaN stay empty.
    most : int
        Rows the page shows; the workbook has all.
    folded : bool
        Whether the page shows it only when asked, and does not print it.

    Examples
    --------
    >>> grid = Grid("teams", (Col("col_team"), Col("col_n", "whole")), (("A", 3), ("B", 2)), most=1)
    >>> grid.shown, grid.more
    ((('A', 3),), 1)
    """

    key: str
    cols: tuple[Col, ...]
    rows: tuple[tuple[Any, ...], ...]
    most: int = 12
    folded: bool = False

    @property
    def shown(self) -> tuple[tuple[Any, ...], ...]:
        """Rows for the page."""
        return self.rows[: self.most]

    @property
    def more(self) -> int:
        """How many rows only the workbook has."""
        return max(0, len(self.rows) - self.most)


@dataclass(frozen=True)
class Sentence:
    """A sentence to be written in the language of the report: key of its words, and values with their kind.

    Parameters
    ----------
    key : str
        Key of a text with gaps.
    values : tuple of (str, str, object)
        Name of the gap, kind of the value (as of `Col`), value.
    follows : bool
        Whether it goes on about what the sentence before it says, and stands beside it.
    ground : bool
        Whether it tells what the figures rest on and not what they say.
    """

    key: str
    values: tuple[tuple[str, str, Any], ...] = ()
    follows: bool = False
    ground: bool = False


@dataclass(frozen=True)
class Section:
    """A part of a report: sentences and grids.

    Parameters
    ----------
    key : str
        Names its words: ``sec_<key>`` is its title, ``sec_<key>_lead`` what to know about it.
    sentences : tuple of Sentence
        Sentences.
    grids : tuple of Grid
        Tables; empty ones are left out.
    records : tuple
        Numbers that a template of its own shows, or that findings are made of: frozen, in the section's order.
    """

    key: str
    sentences: tuple[Sentence, ...] = ()
    grids: tuple[Grid, ...] = ()
    records: tuple[Any, ...] = ()

    def grid(self, key: str) -> Grid | None:
        """Give a table by its key; None where it is left out."""
        return next((grid for grid in self.grids if grid.key == key), None)


def grid_section(key: str, grids: tuple[Grid, ...], sentences: tuple[Sentence, ...] = ()) -> Section | None:
    """Give a section with the grids that have rows, or None where it would be empty.

    Examples
    --------
    >>> grid_section("teams", (Grid("teams", (Col("col_team"),), ()),)) is None
    True
    """
    filled = tuple(grid for grid in grids if grid.rows)
    return Section(key, sentences, filled) if filled or sentences else None


def record_section(key: str, records: tuple[Any, ...]) -> Section | None:
    """Give a section of records, or None where there are none.

    Examples
    --------
    >>> record_section("run", ()) is None
    True
    """
    return Section(key, records=records) if records else None


def empty(value: Any) -> bool:
    """Whether a cell has nothing to show.

    Examples
    --------
    >>> [empty(value) for value in (None, float("nan"), Estimate(), "", 0, "a")]
    [True, True, True, True, False, False]
    """
    if isinstance(value, Estimate):
        return not value.known
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))
