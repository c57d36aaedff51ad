"""What each issue costs, or how long it takes, or how many contacts it has: the rows add up to the total."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vocmine.report.findings import avoid_head, mostly_unknown
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionType, SheetLayout
from vocmine.report.sections.sheet import (
    Sheet,
    SheetCell,
    SheetChart,
    SheetColumn,
    SheetPart,
    SheetTable,
    SheetTotal,
)
from vocmine.report.summary import IssueLine, Summary
from vocmine.report.trust_notes import unfounded_sentences, untimed_sentences
from vocmine.report.words import Words
from vocmine.results import Note
from vocmine.stats import NAN, Estimate

_ROWS = 15  # rows; the rest is folded
_CHARTED = 10  # bars in the workbook's chart


def other_line(lines: Sequence[IssueLine]) -> IssueLine | None:
    """Fold the small issues into one line, so that the rows shown still add up; sums have no interval."""
    if not lines:
        return None
    n, cost = sum(x.contacts.value for x in lines), sum(x.cost.value for x in lines)
    size = sum(x.hours if math.isnan(cost) else x.cost.value for x in lines)
    filled = sum((x.hours if math.isnan(cost) else x.cost.value) * x.imputed_share for x in lines)
    return IssueLine(
        issue="", contacts=Estimate(n, n=round(n)), hours=sum(x.hours for x in lines), cost=Estimate(cost, n=round(n)),
        per_contact=cost / n if n else NAN, share=sum(x.share for x in lines),
        imputed_share=filled / size if size else NAN, method=None,
        payout=Estimate(sum(x.payout.value for x in lines), n=round(n)),
        avoidable_payout=sum(x.avoidable_payout for x in lines if not math.isnan(x.avoidable_payout)),
    )


def _values(view: ReportView) -> Mapping[str, Any]:
    s, w = view.summary, view.words
    sizes = [size.high if size.ranged else size.value for size in map(s.size, s.issues)]
    folded = s.issues[_ROWS:]
    return {
        "shown": s.issues[:_ROWS], "folded": folded, "other": other_line(folded),
        "told": [*unfounded_sentences(s, w), *untimed_sentences(s, w)],
        "total_n": _total_contacts(s), "widest": max([x for x in sizes if not math.isnan(x)] + [0.0]),
        "avoid_head": avoid_head(s, w),
        "has": {
            "imputed": s.in_money, "paid": s.pays, "repeat": any(not math.isnan(x.repeat_share) for x in s.lines),
            "avoid": s.in_money and any(x.saves for x in s.lines),
            "marginal": s.in_money and any(x.saves and not math.isnan(x.marginal) for x in s.lines),
        },
    }


def _fits(view: ReportView) -> bool:
    return not mostly_unknown(view.summary)


def _total_contacts(s: Summary) -> float:
    return sum(x.contacts.value for x in s.lines if x.contacts.known)


@dataclass(frozen=True)
class _Field:
    """A column of the cost sheet: what it reads from a line, and its sum where it has one."""

    key: str
    column: SheetColumn
    read: Callable[[IssueLine], Any]
    total: float | None = None


def _sheet(view: ReportView) -> Sheet:
    s, w = view.summary, view.words
    tab = w("sheet_costs" if s.in_money else f"sheet_costs_{s.measure}")
    fields = _fields(view)
    columns = tuple(field.column for field in fields)
    rows = tuple((view.name(line.issue), *(field.read(line) for field in fields[1:])) for line in s.lines)
    table = SheetTable(columns, rows)
    parts: list[SheetPart] = [table, SheetCell(table.end, 0, w("col_total"), "total_text")]
    parts += [
        SheetTotal(table.end, i, field.total, field.column.kind)
        for i, field in enumerate(fields)
        if s.lines and field.total is not None
    ]
    methods = _methods(s)
    if len(methods) == 1:
        text = f"{w('col_method')}: {w.note(methods[0])}"
        parts.append(SheetCell(table.end + 1, 0, text, "note", span=len(columns)))
    if s.issues:
        size = next(i for i, field in enumerate(fields) if field.key == s.measure)
        parts.append(_chart(s, w, size, table.end + 3))
    return Sheet(tab, columns, tuple(parts))


def _fields(view: ReportView) -> list[_Field]:
    """Give the columns that this report can fill: money, hours, or neither."""
    s, w = view.summary, view.words
    fields = [
        _Field("", SheetColumn(w("col_issue"), width=34), lambda x: x.issue),
        _Field("counts", SheetColumn(w("col_n"), "number", 10), lambda x: x.contacts.value, _total_contacts(s)),
        _Field("", SheetColumn(w("x_n_low"), "number", 12), lambda x: x.contacts.low),
        _Field("", SheetColumn(w("x_n_high"), "number", 12), lambda x: x.contacts.high),
    ]
    if s.measure != "counts":
        fields += [_Field("hours", SheetColumn(w("col_hours"), "number", 11), lambda x: x.hours, s.total_hours)]
    if s.in_money:
        fields += _money_fields(view)
    fields += [_Field("", SheetColumn(w("col_share"), "percent", 9), lambda x: x.share, 1.0)]
    if s.measure != "counts":
        fields += [_Field("", SheetColumn(w("col_imputed"), "percent", 14), lambda x: x.imputed_share)]
    if any(not math.isnan(x.repeat_share) for x in s.lines):
        fields += [_Field("", SheetColumn(w("col_repeat"), "percent", 12), lambda x: x.repeat_share)]
    if s.in_money:
        fields += [_Field("", SheetColumn(avoid_head(s, w), "money", 14), lambda x: x.avoidable)]
    if s.pays:
        fields += [_Field("", SheetColumn(w("col_avoid_paid"), "money", 14), lambda x: x.avoidable_payout)]
    if s.in_money and any(not math.isnan(x.marginal) for x in s.issues):
        fields += [_Field("", SheetColumn(w("col_marginal"), "money", 14), lambda x: x.marginal)]
    fields += [_Field("", SheetColumn(w("col_growth"), "times", 9), lambda x: x.growth.value)]
    if s.measure == "counts" or len(_methods(s)) == 1:
        return fields
    return [*fields, _Field("", SheetColumn(w("col_method"), width=44), lambda x: w.note(x.method) if x.method else "")]


def _methods(s: Summary) -> list[Note]:
    """Give the ways in which lines were worked out; one that all share is said once, below them."""
    return list(dict.fromkeys(x.method for x in s.lines if x.method)) if s.measure != "counts" else []


def _money_fields(view: ReportView) -> list[_Field]:
    s, w = view.summary, view.words
    head = f"{w('col_money')} ({s.currency})"
    return [
        _Field("money", SheetColumn(head, "money", 15), lambda x: x.cost.value, s.total_cost),
        _Field("", SheetColumn(w("col_low"), "money", 14), lambda x: x.cost.low),
        _Field("", SheetColumn(w("col_high"), "money", 14), lambda x: x.cost.high),
        _Field("", SheetColumn(w("col_per"), "money", 12), lambda x: x.per_contact),
        *(_paid_fields(view) if s.pays else []),
    ]


def _paid_fields(view: ReportView) -> list[_Field]:
    """Give refunds, parts and shipping: columns and a total of their own."""
    s, w = view.summary, view.words
    head = f"{w('col_paid')} ({s.currency})"
    return [
        _Field("", SheetColumn(head, "money", 15), lambda x: x.payout.value, s.total_payout),
        _Field("", SheetColumn(f"{w('col_paid')} {w('col_low')}", "money", 14), lambda x: x.payout.low),
        _Field("", SheetColumn(f"{w('col_paid')} {w('col_high')}", "money", 14), lambda x: x.payout.high),
    ]


def _chart(s: Summary, w: Words, column: int, row: int) -> SheetChart:
    """Draw the first issues as bars, with their ranges where all have one."""
    last = min(len(s.issues), _CHARTED)
    sizes = [s.size(x) for x in s.issues[:last]]
    ranged = all(x.ranged for x in sizes)
    spread = tuple((x.value - x.low, x.high - x.value) for x in sizes) if ranged else ()
    title = w(f"x_chart_{s.measure}")
    return SheetChart("bar", title, (column,), last, row, (760, 80 + 34 * last), spread, w("chart_costs_told"))


def _title(view: ReportView) -> str:
    return f"sec_costs_{view.summary.measure}"


def _is_shown(view: ReportView) -> bool:
    return bool(view.summary.lines)


SECTION = SectionType(
    "costs",
    page=PageLayout(
        30, listed=True, opened=_fits, title=_title, shown=_is_shown, template="section_costs.html.j2", values=_values,
    ),
    sheet=SheetLayout(20, _sheet),
)
