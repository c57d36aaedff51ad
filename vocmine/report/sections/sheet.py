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
    kind : {"text", "whole", "number", "money", "percent", "ratio", "times", "day", "p"}
        How its cells are written.
    width : float
        In characters.
    """

    head: str
    kind: str = "text"
    width: float = 12.0


@dataclass(frozen=True)
class SheetCell:
    """A cell outside of a table: row and column from 0, value, and kind as of a column, or a look such as ``note``."""

    row: int
    col: int
    value: Any
    kind: str = "text"


@dataclass(frozen=True)
class SheetTotal:
    """The sum of the cells from the second row down to the row above: written as a formula with its value."""

    row: int
    col: int
    value: float
    kind: str


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
        Cells; None and NaN stay blank.
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
    """

    kind: Literal["bar", "line"]
    title: str
    columns: tuple[int, ...]
    last: int
    row: int
    size: tuple[int, int]
    spread: tuple[tuple[float, float], ...] = ()


SheetPart = SheetCell | SheetTotal | SheetFormula | SheetTable | SheetChart


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
    top : int
        Row that stays in sight with all above it.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    parts: tuple[SheetPart, ...]
    top: int = 0


def table_sheet(name: str, columns: tuple[SheetColumn, ...], rows: tuple[tuple[Any, ...], ...]) -> Sheet:
    """Give a sheet of one table.

    Examples
    --------
    >>> table_sheet("Teams", (SheetColumn("Team"),), (("A",),)).parts[0].end
    2
    """
    return Sheet(name, columns, (SheetTable(columns, rows),))
