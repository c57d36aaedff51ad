"""The sheet of contacts behind the counts by issue, so that each can be counted again."""

from __future__ import annotations

from dataclasses import replace

from vocmine.report.sections.protocol import ReportView, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetColumn, table_sheet


def _sheet(view: ReportView) -> Sheet | None:
    w, name = view.words, view.name
    if not view.evidence.trace:
        return None
    columns = (
        SheetColumn(w("col_issue"), width=34), SheetColumn(w("x_contact"), width=20),
        SheetColumn(w("x_day"), "day", 13), SheetColumn(w("col_channel"), width=16),
        SheetColumn(w("x_mood"), width=14),
    )
    rows = tuple(
        (name(issue), contact, day, w.name(channel, "channel"), w.name(mood, "mood"))
        for issue, contact, day, channel, mood in view.evidence.trace
    )
    return replace(table_sheet(w("sheet_trace"), columns, rows), lists_contacts=True)


SECTION = SectionType("trace", sheet=SheetLayout(190, _sheet))
