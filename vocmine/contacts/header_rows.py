"""Which row of a table has the column names, and what the names are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vocmine.contacts.cells import fold
from vocmine.contacts.column_names import distinct_names
from vocmine.contacts.headers import fold_header
from vocmine.contacts.reading import Notes
from vocmine.contacts.units import header_unit
from vocmine.contacts.zones import zone_named, zone_of_note
from vocmine.errors import ContactError

HEAD_ROWS = 40  # filled rows among which the column names are looked for
_SURE = 3  # known names that make a row the header, whatever else stands in it
_DATE = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]|(?:令和|平成|昭和)\d")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_NUMBER = re.compile(r"[-+]?[¥$€]?[\d,]*\.?\d+(?:e[-+]?\d+)?%?")
_UNIT_CELL = re.compile(
    r"[(\[【<] ?(?:単位 ?[:=]? ?)?([^()\[\]【】<>]{1,20}) ?[)\]】>]"
    r"|([^\W\d_]{1,4}|[hms]{1,2}(?::[ms]{2}){1,2}|[時分秒:]{3,5})"
)
_TOTALS = frozenset({
    "合計", "小計", "総計", "計", "総合計", "合計件数", "件数合計", "件数", "総件数", "平均",
    "total", "totals", "subtotal", "sub total", "sub-total", "grand total", "grand totals", "sum", "average", "count",
    "row count", "total records", "total rows",
})
_COUNTED = re.compile(
    r"[-+¥$€]?[\d,.:]+ ?(?:%|円|件|点|回|人|名|秒|分|時間|分間|h|min|s|sec|hours?|minutes?|seconds?|rows?|records?)?|-+"
)


@dataclass(frozen=True)
class TableOptions:
    """What is told of a table in a text file or a workbook, before it is read.

    Parameters
    ----------
    delimiter : str, optional
        Character between the fields of a text file; found by the rows if None.
    header_row : int, optional
        Line (row of a sheet) that has the column names, from 1; 0 where there is none; found if None.
    sheets : tuple of str
        Names of the sheets of a workbook to read; chosen if empty.
    known : frozenset of str
        Folded names (`vocmine.contacts.mapping.fold_header`) by which a row of column names is recognised.
    """

    delimiter: str | None = None
    header_row: int | None = None
    sheets: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class HeadRow:
    """One of the first rows of a table that have anything in them: line it begins in and ends in, and its texts."""

    number: int
    end: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """Merged cells of a sheet: first and last row and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class HeaderRow:
    """The column names, the line they begin in (0: there are none), and the last line before the rows.

    `zone` is that of all times, where a line above the names tells one.
    """

    names: tuple[str, ...]
    number: int
    end: int
    hits: int = 0
    zone: str = ""


def find_header(
    head: Sequence[HeadRow], options: TableOptions, where: str, spans: Sequence[Span] = ()
) -> HeaderRow:
    """Find the column names among the first rows: the row with the most known names, else the first full one.

    Parameters
    ----------
    head : sequence of HeadRow
        The first rows that have anything in them.
    options : TableOptions
        A header row told, and the known names.
    where : str
        Name of the source, for messages.
    spans : sequence of Span
        Merged cells, by which a header of two rows is joined.

    Raises
    ------
    ContactError
        If there are no rows, the row told is not there, or the first rows are data without column names.

    Examples
    --------
    >>> rows = [("応対一覧",), ("受付番号", "受付日時", "本文"), ("1", "2026/04/01", "解約")]
    >>> head = [HeadRow(n, n, cells) for n, cells in enumerate(rows, 1)]
    >>> find_header(head, TableOptions(known=frozenset({"受付番号", "本文"})), "a.csv").number
    2
    """
    if not head:
        raise ContactError("the file is empty", where=where, expected="a line of column names, then rows")
    if options.header_row == 0:
        width = max(_width(row.cells) for row in head)
        return HeaderRow(tuple(distinct_names([""] * width)), 0, 0)
    at = _told(head, options.header_row, where) if options.header_row is not None else _chosen(head, options.known)
    if at is None:
        width = len(head[0].cells)
        raise ContactError(
            "no line of column names: the first rows look like data", where=where,
            got=f"{width} column{'s' * (width > 1)}", expected="a line of column names, then rows",
            hint="add 'header_row: 0' to the mapping and name the columns column_1, column_2, ..., or say the line "
            "they stand in, as in 'header_row: 3'",
        )
    header = _with_units(_joined(head, at, options.known, spans), head, options.known)
    above = (zone_of_note(" ".join(row.cells)) for row in head if row.number < header.number)
    return replace(header, zone=next(filter(None, above), ""))


def note_header(header: HeaderRow, options: TableOptions, notes: Notes) -> None:
    """Note the line of the column names, and needed names that stand there twice."""
    notes.fact("header row", header.number or "none")
    if header.zone:
        notes.fact("zone", header.zone)
    for name, new in zip(header.names, distinct_names(header.names), strict=True):
        if new != name and name and fold_header(name) in options.known:
            notes.doubt("column_name_twice", name, shown=new, line=f'ignore: ["{new}"]')


def known_names(cells: Iterable[str], known: frozenset[str]) -> int:
    """Count the known column names in a row."""
    return len({fold_header(cell) for cell in cells if cell} & known)


def is_total(cells: Sequence[str]) -> bool:
    """Tell a row of totals: a word such as 合計 first, then nothing but numbers.

    Examples
    --------
    >>> is_total(["合計", "", "", "2件"]), is_total(["合計", "2026/04/01", "電話", "合計が違う"])
    (True, False)
    """
    filled = [fold(cell) for cell in cells if cell and not cell.isspace()]
    if not filled or _bare(filled[0]) not in _TOTALS:
        return False
    return all((_COUNTED.fullmatch(cell) and not _DATE.search(cell)) or _bare(cell) in _TOTALS for cell in filled[1:])


def may_be_total(word: str) -> bool:
    """Tell whether a row that begins with this may be one of totals."""
    return not word or word.isspace() or _bare(fold(word)) in _TOTALS


def _bare(word: str) -> str:
    """Leave out a colon or what stands in brackets behind: 合計(3件)."""
    return word.partition("(")[0].strip(" :")


def _told(head: Sequence[HeadRow], number: int, where: str) -> int:
    at = next((i for i, row in enumerate(head) if row.number == number), None)
    if at is None:
        raise ContactError(
            "no column names in the line told", where=where, got=f"header_row: {number}",
            expected=f"a line that has any, such as {', '.join(str(row.number) for row in head[:3])}",
        )
    return at


def _chosen(head: Sequence[HeadRow], known: frozenset[str]) -> int | None:
    """Choose the row by known names, else by its shape; None where data come before any row that could be it."""
    widths = Counter(_width(row.cells) for row in head)
    width = max(widths, key=lambda n: n * widths[n])  # of the table, not of titles or of a wide note
    hits = [known_names(row.cells, known) for row in head]
    best = max(range(len(head)), key=lambda i: (hits[i], -i))
    if hits[best] >= _SURE:
        return best
    before = next((i for i, row in enumerate(head) if _is_data(row.cells, width)), len(head))
    open_rows = [i for i in range(before) if not any(map(_is_value, head[i].cells))]
    if not open_rows:
        return 0 if hits[0] or not any(map(_is_value, head[0].cells)) else None
    best = max(open_rows, key=lambda i: (hits[i], -i))
    full = (i for i in open_rows if _width(head[i].cells) >= width and _is_full(head[i].cells[:width]))
    half = (i for i in open_rows if sum(map(bool, head[i].cells)) * 2 > width)
    return best if hits[best] > 1 else next(full, next(half, open_rows[0]))


def _width(cells: Sequence[str]) -> int:
    return max((i + 1 for i, cell in enumerate(cells) if cell.strip()), default=0)


def _is_full(cells: Sequence[str]) -> bool:
    return all(cell.strip() for cell in cells) and len(set(cells)) == len(cells)


def _is_value(cell: str) -> bool:
    """Tell a date, a time or a number, which no column is called."""
    word = fold(cell)
    dated = len(word) < 30 and bool(_DATE.search(word) or _CLOCK.search(word))
    return dated or bool(_NUMBER.fullmatch(word))


def _is_data(cells: Sequence[str], width: int) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) * 2 > width and len(filled) > 1 and any(map(_is_value, filled))


def _joined(head: Sequence[HeadRow], at: int, known: frozenset[str], spans: Sequence[Span]) -> HeaderRow:
    """Join the names of a header of two rows."""
    row = head[at]
    under = head[at + 1] if at + 1 < len(head) and head[at + 1].number == row.end + 1 else None
    over = head[at - 1] if at and head[at - 1].end + 1 == row.number else None
    if under and _goes_under(row, under, spans):
        upper, lower = row, under
    elif over and _goes_over(over, row, spans):
        upper, lower = over, row
    else:
        return _header(row.cells, row.number, row.end, known)
    names = _two_rows(_groups(upper, lower, spans), lower.cells, known)
    return _header(names, upper.number, lower.end, known)


def _with_units(header: HeaderRow, head: Sequence[HeadRow], known: frozenset[str]) -> HeaderRow:
    """Put the units of a row below the names behind them: 対応時間 over （分）."""
    under = next((row for row in head if row.number == header.end + 1), None)
    if under is None:
        return header
    units = {i: cell.strip() for i, cell in enumerate(under.cells) if cell.strip(" -－ー")}
    told = {i: _UNIT_CELL.fullmatch(fold(cell)) for i, cell in units.items()}
    if not units or max(units) >= len(header.names) or not all(told.values()):
        return header
    words = {i: match[1] or match[2] for i, match in told.items() if match}
    if not any(header_unit(f"({word})").word or not zone_named(word).trouble for word in words.values()):
        return header
    names = [f"{name} ({words[i]})" if i in words else name for i, name in enumerate(header.names)]
    return replace(header, names=tuple(names), end=under.end, hits=known_names(names, known))


def _header(names: Sequence[str], number: int, end: int, known: frozenset[str]) -> HeaderRow:
    tidy = [" ".join(name.split()) for name in names[: _width(names)]]
    return HeaderRow(tuple(tidy), number, end, known_names(tidy, known))


def _at(cells: Sequence[str], i: int) -> str:
    return cells[i].strip() if i < len(cells) else ""


def _wide_spans(row: HeadRow, spans: Sequence[Span], width: int) -> list[Span]:
    """Cells merged over some columns of this row, but not over all of them."""
    return [s for s in spans if s.top <= row.number <= s.bottom and 1 < s.right - s.left + 1 < width]


def _goes_under(upper: HeadRow, lower: HeadRow, spans: Sequence[Span]) -> bool:
    """Tell whether the row below names what is grouped above."""
    width = max(_width(upper.cells), _width(lower.cells))
    if any(map(_is_value, lower.cells)):
        return False
    wide = [s for s in _wide_spans(upper, spans, width) if s.bottom == upper.number]
    if wide:
        return all(_at(lower.cells, i) for s in wide for i in range(s.left - 1, s.right))
    places = range(width)
    blank = [i for i in places if not _at(upper.cells, i)]
    # names stand below a group, which is what has a gap to its right, and nowhere else
    below = {i for i in places if _at(lower.cells, i)}
    grouped = {i - 1 for i in blank} | set(blank)
    return bool(blank) and below == grouped


def _goes_over(upper: HeadRow, lower: HeadRow, spans: Sequence[Span]) -> bool:
    """Tell whether the row above groups the names, and is no title."""
    if any(map(_is_value, upper.cells)):
        return False
    width = _width(lower.cells)
    if any(s.bottom == upper.number for s in _wide_spans(upper, spans, width)):
        return True
    if any(s.top == upper.number and s.bottom == lower.number for s in spans):
        return True
    names = [_at(lower.cells, i) for i in range(width)]
    groups = _groups(upper, lower, spans)
    twice = {name for name in names if name and names.count(name) > 1}
    apart = any(len({groups[i] for i in range(width) if names[i] == name}) > 1 for name in twice)
    above = any(not name and groups[i] for i, name in enumerate(names)) and not _at(lower.cells, 0)
    return apart or above


def _groups(upper: HeadRow, lower: HeadRow, spans: Sequence[Span]) -> list[str]:
    """Give the name above each column: that of its merged cells, else the one to the left of a gap."""
    width = max(_width(upper.cells), _width(lower.cells))
    out = [_at(upper.cells, i) for i in range(width)]
    wide = _wide_spans(upper, spans, width + 1)
    for span in wide:
        out[span.left - 1: span.right] = [_at(upper.cells, span.left - 1)] * (min(span.right, width) - span.left + 1)
    if not wide:
        for i in range(1, width):
            out[i] = out[i] or (out[i - 1] if _at(lower.cells, i) else "")
    return out


def _two_rows(groups: Sequence[str], lower: Sequence[str], known: frozenset[str]) -> list[str]:
    names = [_at(lower, i) for i in range(len(groups))]
    out = []
    for group, name in zip(groups, names, strict=True):
        both = group if group == name else f"{group} {name}".strip()
        alone = fold_header(name) in known and names.count(name) == 1 and fold_header(both) not in known
        out.append(name if alone else both)
    return out
