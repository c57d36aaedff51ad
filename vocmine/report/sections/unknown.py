"""The sheet of contacts that got no reason: what the list of reasons may lack is found by reading them."""

from __future__ import annotations

from dataclasses import replace

from vocmine.report.listed import MOST
from vocmine.report.sections.protocol import ReportView, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetCell, SheetColumn, table_sheet


def _sheet(view: ReportView) -> Sheet | None:
    """List contact ids and masked texts, the latest first; a last line says where not all of them are listed."""
    w, listed = view.words, view.evidence.unknown_contacts
    if not listed:
        return None
    columns = (
        SheetColumn(w("x_contact"), width=24), SheetColumn(w("x_day"), "day", 13),
        SheetColumn(w("col_channel"), width=14), SheetColumn(w("x_mood"), width=14),
        SheetColumn(w("x_text"), width=110),
    )
    rows = tuple(
        (contact, day, w.name(channel, "channel"), w.name(mood, "mood"), text)
        for contact, day, channel, mood, text in listed
    )
    sheet = replace(table_sheet(w("sheet_unknown"), columns, rows), lists_contacts=True)
    if view.summary.n_unknown <= len(listed):
        return sheet
    told = w("unknown_more", n=w.whole(MOST), of=w.whole(view.summary.n_unknown))
    return replace(sheet, parts=(*sheet.parts, SheetCell(sheet.end, 0, told, "note")))


SECTION = SectionType("unknown", sheet=SheetLayout(185, _sheet))
