"""What a busy reader takes away: the findings on the page, and the sheet that sums all up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vocmine.report.amounts import amount_of, period_of, spread_of
from vocmine.report.findings import findings, further_findings, mostly_unknown
from vocmine.report.headline import narrowing_sentence
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetCell, SheetColumn, SheetTable, SheetValue

_FOCUS = 5  # issues to look at first, as on the page


def _values(view: ReportView) -> Mapping[str, Any]:
    return {"findings": further_findings(view.summary, view.evidence, view.words)}


def _is_shown(view: ReportView) -> bool:
    return bool(further_findings(view.summary, view.evidence, view.words))


def _sheet(view: ReportView) -> Sheet:
    s, w = view.summary, view.words
    columns = (SheetColumn(w("x_item"), width=34), SheetColumn(w("x_value"), width=90))
    sentences = findings(s, view.evidence, w)
    narrow = narrowing_sentence(s, w, view.name)
    rows = [*_totals(view), (w("x_basis"), w.basis(s.basis, s.n_checked))]
    rows += [(w("x_narrow"), narrow)] if narrow else []
    rows += [*((f"{w('sec_findings')} {i}", text) for i, text in enumerate(sentences, 1))]
    rows += [] if mostly_unknown(s) else [
        (f"{w('sec_digest')} {i}", f"{view.name(x.issue)}: {period_of(s, w)} {amount_of(x, s, w)} "
         f"{w('card_range', range=spread_of(x, s, w)) if spread_of(x, s, w) else ''}".strip())
        for i, x in enumerate(s.focus[:_FOCUS], 1)
    ]
    parts = (SheetCell(0, 0, view.title, "title"), SheetTable(columns, tuple(rows), top=2))
    return Sheet(w("sheet_summary"), columns, parts, top=2)


def _totals(view: ReportView) -> list[tuple[str, str | SheetValue]]:
    s, w = view.summary, view.words
    rows: list[tuple[str, str | SheetValue]] = [
        (w("x_period"), f"{w.span(s.first_day, s.last_day)} ({view.timezone})"),
        (w("total_voices" if s.measure == "counts" else "total_contacts"), SheetValue(s.n_contacts, "whole")),
    ]
    if s.measure != "counts":
        total = SheetValue(s.total_cost, "money") if s.in_money else SheetValue(s.total_hours, "number")
        rows.append((f"{w('total_cost')} ({s.currency})" if s.in_money else w("total_hours"), total))
    rows += [
        (w("unknown_tile"), SheetValue(s.n_tagged / s.n_contacts, "percent")),
        (w("negative_share"), SheetValue(s.negative.value, "percent")),
        (w("x_level"), SheetValue(s.level, "percent")),
    ]
    rows += [(w("csat"), SheetValue(s.csat.value, "ratio"))] if s.csat.known else []
    rows += [(w("x_currency"), s.currency)] if s.in_money else []
    return rows


SECTION = SectionType(
    "findings", page=PageLayout(10, opened=True, shown=_is_shown, template="section_findings.html.j2", values=_values),
    sheet=SheetLayout(10, _sheet),
)
