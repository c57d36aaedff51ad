"""A sheet of the workbook as plain data: what stands in which cell. The workbook writes it and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet.

    Parameters
    ----------
    head : str
        Head of the column, in the language of the report.
    kind : {"text", "whole", "number", "amount", "money", "percent", "ratio", "times", "day", "month",
        "p"}
        How its cells are written: ``amount`` is money with its smallest unit, of rows that are added up.
    width : float
        In characters.
    """

    head: str
    kind: str = "text"
    width: float = 12.0


@dataclass(frozen=True)
class SheetCell:
    """A cell outside of a table: row and column from 0, value, and kind as of a column, or a look such as ``note``.

    Where `span` is above 1, its text runs over so many columns and is broken into lines there.
    """

    row: int
    col: int
    value: Any
    kind: str = "text"
    span: int = 1


@dataclass(frozen=True)
class SheetValue:
    """A cell of a table that is of another kind than its column: a number or a day in a column of text."""

    value: Any
    kind: str


@dataclass(frozen=True)
class SheetLink:
    """A cell that leads to another sheet of the workbook, named by what stands on its tab."""

    row: int
    col: int
    name: str


@dataclass(frozen=True)
class SheetTotal:
    """The sum of the cells from row `first` down to the row above: written as a formula with its value."""

    row: int
    col: int
    value: float
    kind: str
    first: int = 1


@dataclass(frozen=True)
class SheetFormula:
    """A formula of our own, made of addresses alone and of no text that came from anyone, with its value."""

    row: int
    col: int
    formula: str
    value: float
    kind: str


@dataclass(frozen=True)
class SheetTable:
    """Heads and rows of a table.

    Parameters
    ----------
    columns : tuple of SheetColumn
        Heads and kinds.
    rows : tuple of tuple
        Cells; None and NaN stay blank, a `SheetValue` says its own kind.
    top : int
        Row of the heads, from 0.
    filtered : bool
        Whether it gets the one filter a sheet has room for.

    Examples
    --------
    >>> SheetTable((SheetColumn("Team"),), (("A",), ("B",)), top=2).end
    5
    """

    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Any, ...], ...]
    top: int = 0
    filtered: bool = True

    @property
    def end(self) -> int:
        """The row after the last."""
        return self.top + 1 + len(self.rows)


@dataclass(frozen=True)
class SheetChart:
    """A chart of columns of the sheet's table, which has its heads in the first row and its names in the first column.

    Names that are days make an axis of days.

    Parameters
    ----------
    kind : {"bar", "line"}
        Bars that lie, the first on top; or a line a column.
    title : str
        Title of the chart.
    columns : tuple of int
        Columns of the values.
    last : int
        Last row of the values.
    row : int
        Row it stands at.
    size : (int, int)
        Width and height, pixels.
    spread : tuple of (float, float)
        How far each value may be below and above, for bars; empty where not known of all.
    told : str
        What it shows, for those who can't see it.
    """

    kind: Literal["bar", "line"]
    title: str
    columns: tuple[int, ...]
    last: int
    row: int
    size: tuple[int, int]
    spread: tuple[tuple[float, float], ...] = ()
    told: str = ""


SheetPart = SheetCell | SheetLink | SheetTotal | SheetFormula | SheetTable | SheetChart


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook.

    Parameters
    ----------
    name : str
        Name on its tab.
    columns : tuple of SheetColumn
        Widths.
    parts : tuple
        Tables, cells, totals and charts in the order of writing.
    top : int or None
        Row that stays in sight with all above it, and that each printed page repeats; None where no row does.
    n_printed : int or None
        Rows that are printed, from the first; None where the workbook decides by the length.
    n_columns_printed : int or None
        Columns that are printed, from the first; None for all.
    lists_contacts : bool
        Whether its rows are single contacts, which a workbook may leave out.

    Examples
    --------
    >>> Sheet("Teams", (SheetColumn("Team"),), (SheetTable((SheetColumn("Team"),), (("A",),)),)).n_rows
    1
    """

    name: str
    columns: tuple[SheetColumn, ...]
    parts: tuple[SheetPart, ...]
    top: int | None = 0
    n_printed: int | None = None
    n_columns_printed: int | None = None
    lists_contacts: bool = False

    @property
    def n_rows(self) -> int:
        """How many rows its tables have."""
        return sum(len(part.rows) for part in self.parts if isinstance(part, SheetTable))

    @property
    def end(self) -> int:
        """The row after the last that is written, charts left out."""
        ends = [part.end if isinstance(part, SheetTable) else part.row + 1 for part in self.parts
                if not isinstance(part, SheetChart)]
        return max(ends, default=0)


def table_sheet(name: str, columns: tuple[SheetColumn, ...], rows: tuple[tuple[Any, ...], ...]) -> Sheet:
    """Give a sheet of one table.

    Examples
    --------
    >>> table_sheet("Teams", (SheetColumn("Team"),), (("A",),)).parts[0].end
    2
    """
    return Sheet(name, columns, (SheetTable(columns, rows),))
