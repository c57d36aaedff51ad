"""The ledger on a sheet: what each contact bears in each issue, and the lines as sums that a reader can follow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import pandas as pd

from vocmine.frames import LEDGER_COLUMNS
from vocmine.report.inputs import need
from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.protocol import ReportView, SectionData, SectionType, SheetLayout
from vocmine.report.sections.sheet import (
    Sheet,
    SheetCell,
    SheetColumn,
    SheetFormula,
    SheetPart,
    SheetTable,
    SheetTotal,
)

_MOST = 10_000  # rows: beyond that a spreadsheet is no place to check them
_COST, _PAID = 11, 12  # columns of the rows that are added up
_SUMS = 2  # first column of the sums, beside the names of the lines


@dataclass(frozen=True)
class LedgerRow:
    """What a contact bears in an issue, see `vocmine.frames.LEDGER`."""

    issue: str
    contact_id: str
    day: date
    channel: str
    minutes: float
    imputed: bool
    rate: float
    labour: float
    payout: float
    share: float
    cost: float
    payout_share: float


@dataclass(frozen=True)
class LedgerSize:
    """How many rows a ledger has that is too long for a sheet."""

    n_rows: int


def _count(data: SectionData) -> Section | None:
    """Keep the rows of ``ledger`` (as `vocmine.issue_costs` gives it); how many there are where they are too many."""
    ledger: pd.DataFrame | None = data.get("ledger")
    if ledger is None or data.measure != "money":
        return None
    need(ledger, LEDGER_COLUMNS, "ledger")
    if len(ledger) > _MOST:
        return record_section("ledger", (LedgerSize(len(ledger)),))
    dated = ledger.assign(day=pd.to_datetime(ledger["day"]).dt.date)
    names = list(LedgerRow.__dataclass_fields__)
    columns = (dated[name].tolist() for name in names)
    return record_section("ledger", tuple(LedgerRow(*row) for row in zip(*columns, strict=True)))


def _sheet(view: ReportView) -> Sheet | None:
    records, w = view.summary.records("ledger"), view.words
    if not records:
        return None
    if isinstance(records[0], LedgerSize):
        text = w("ledger_long", n=w.whole(records[0].n_rows), most=w.whole(_MOST))
        return Sheet(w("sheet_ledger"), (SheetColumn("", width=110),), (SheetCell(0, 0, text, "note"),))
    # Rows are found by the number of their line: the id of an issue is a person's text, and must mean nothing here.
    issues = [line.issue for line in view.summary.lines]
    place = {issue: i for i, issue in enumerate([*issues, *sorted({x.issue for x in records} - set(issues))], 1)}
    heads = _heads(view)
    named = tuple((i, view.name(issue), None, None) for issue, i in place.items())
    lines = SheetTable((*heads[:2], heads[_COST], heads[_PAID]), named, filtered=False)
    rows = SheetTable(
        heads, tuple((place[x.issue], *_cells(view, x)) for x in records), top=lines.end + 3, filtered=True
    )
    parts: list[SheetPart] = [lines, SheetCell(lines.end, 1, w("col_total"), "total_text")]
    for column, values in ((_COST, [x.cost for x in records]), (_PAID, [x.payout_share for x in records])):
        parts += _sums(lines, rows, column, values, [place[x.issue] for x in records])
    parts += [SheetCell(lines.end + 1, 0, w("ledger_lead"), "note"), rows]
    # Who prints it wants the lines; single contacts are looked up on the screen.
    return Sheet(
        w("sheet_ledger"), heads, tuple(parts), n_printed=lines.end + 1, n_columns_printed=_SUMS + 2,
        lists_contacts=True,
    )


def _sums(lines: SheetTable, rows: SheetTable, column: int, values: list[float], line: list[int]) -> list[SheetPart]:
    """Give the sum of each line, and of all, as formulas with their values."""
    first, last, letter = rows.top + 2, rows.end, chr(ord("A") + column)
    at = _SUMS + column - _COST
    sums: dict[int, list[float]] = {}
    for value, i in zip(values, line, strict=True):
        sums.setdefault(i, []).append(value)
    out: list[SheetPart] = [
        SheetFormula(
            i, at, f"=SUMIFS(${letter}${first}:${letter}${last},$A${first}:$A${last},$A{i + 1})",
            math.fsum(sums.get(i, [])), "amount",
        )
        for i in range(1, len(lines.rows) + 1)
    ]
    return [*out, SheetTotal(lines.end, at, math.fsum(values), "amount")]


def _heads(view: ReportView) -> tuple[SheetColumn, ...]:
    w = view.words
    money = [f"{w(key)} ({view.summary.currency})" for key in ("ledger_labour", "ledger_payout")]
    sums = [f"{w(key)} ({view.summary.currency})" for key in ("ledger_cost", "ledger_payout_share")]
    return (
        SheetColumn(w("ledger_line"), "whole", 7), SheetColumn(w("col_issue"), width=30),
        SheetColumn(w("ledger_contact"), width=26), SheetColumn(w("ledger_day"), "day", 18),
        SheetColumn(w("col_channel"), width=12), SheetColumn(w("ledger_minutes"), "number", 11),
        SheetColumn(w("ledger_imputed"), width=12), SheetColumn(w("ledger_rate"), "ratio", 11),
        SheetColumn(money[0], "amount", 14), SheetColumn(money[1], "money", 14), SheetColumn(w("col_share"), "p", 10),
        SheetColumn(sums[0], "amount", 16), SheetColumn(sums[1], "amount", 16),
    )


def _cells(view: ReportView, x: LedgerRow) -> tuple[object, ...]:
    w = view.words
    channel = w.name(x.channel, "channel") if x.channel else ""
    return (
        view.name(x.issue), x.contact_id, x.day, channel, x.minutes, w("ledger_yes") if x.imputed else "", x.rate,
        x.labour, x.payout, x.share, x.cost, x.payout_share,
    )


SECTION = SectionType("ledger", ("ledger",), _count, sheet=SheetLayout(25, _sheet))
