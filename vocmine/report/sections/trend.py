"""Contacts by week: of all, and of the issues that take most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vocmine.report.incident_findings import NOTHING, Finding, rise_due
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetChart, SheetColumn, SheetPart, SheetTable
from vocmine.stats import Estimate

_PANELS = 8  # small charts in two rows
_CHARTED = 5  # lines that can be told apart in one chart


def _values(view: ReportView) -> Mapping[str, Any]:
    s, w = view.summary, view.words

    def titles(values: Sequence[int]) -> list[str]:
        return [w("trend_week", day=w.day(day), n=w.count(n)) for day, n in zip(s.weeks, values, strict=True)]

    return {"trends": _trends(view), "trend_titles": titles}


def _trends(view: ReportView) -> list[tuple[str, tuple[int, ...], Estimate, Finding]]:
    """All contacts first, then the issues that take most; with it, whether an incident made it grow."""
    s = view.summary
    shown = [x for x in s.issues if sum(x.weekly)][:_PANELS]
    whole = (view.words("trend_all"), s.weekly, s.growth, NOTHING)
    due = (rise_due(x, view.evidence, view.words) for x in shown)
    return [whole, *((view.name(x.issue), x.weekly, x.growth, why) for x, why in zip(shown, due, strict=True))]


def _sheet(view: ReportView) -> Sheet | None:
    s, w = view.summary, view.words
    if not s.weeks:
        return None
    lines = [x for x in s.issues if sum(x.weekly)]
    columns = (
        SheetColumn(w("x_week"), "day", 14), SheetColumn(w("x_all"), "whole", 10),
        *(SheetColumn(view.name(x.issue), "whole", 13) for x in lines),
    )
    rows = tuple((day, s.weekly[i], *(x.weekly[i] for x in lines)) for i, day in enumerate(s.weeks))
    table = SheetTable(columns, rows)
    parts: list[SheetPart] = [table]
    if lines:
        drawn = tuple(range(2, 2 + min(len(lines), _CHARTED)))
        title, told = w("x_chart_trend"), w("chart_trend_told")
        parts.append(SheetChart("line", title, drawn, table.end - 1, table.end + 1, (820, 360), told=told))
    return Sheet(w("sheet_trend"), columns, tuple(parts))


def _is_shown(view: ReportView) -> bool:
    return bool(view.summary.weeks and view.summary.issues)


SECTION = SectionType(
    "trend", page=PageLayout(50, listed=True, shown=_is_shown, template="section_trend.html.j2", values=_values),
    sheet=SheetLayout(30, _sheet),
)
