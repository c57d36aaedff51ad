"""The sheet of quotes: masked sentences of customers by issue."""

from __future__ import annotations

from vocmine.report.sections.protocol import ReportView, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetColumn, table_sheet


def _sheet(view: ReportView) -> Sheet | None:
    w = view.words
    columns = (
        SheetColumn(w("col_issue"), width=30), SheetColumn(w("x_quote"), width=80),
        SheetColumn(w("x_contact"), width=18), SheetColumn(w("x_day"), "day", 13),
        SheetColumn(w("col_channel"), width=14),
    )
    rows = tuple(
        (view.name(x.issue), q.text, q.contact_id, q.day, w.name(q.channel, "channel"))
        for x in view.summary.issues
        for q in view.evidence.quotes.get(x.issue, ())
    )
    return table_sheet(w("sheet_quotes"), columns, rows) if rows else None


SECTION = SectionType("quotes", sheet=SheetLayout(180, _sheet))
