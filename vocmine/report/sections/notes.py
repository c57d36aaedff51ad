"""The sheet of definitions and notes: what each column means, and how far the numbers can be trusted."""

from __future__ import annotations

import math

from vocmine.report.findings import avoid_head
from vocmine.report.sections.protocol import ReportView, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetColumn, SheetValue, table_sheet
from vocmine.report.trust_notes import trust_sentences

_TERMS = {
    "money": ("n", "money", "hours", "range", "per", "share", "imputed", "repeat", "growth"),
    "hours": ("n", "hours", "range", "share", "repeat", "growth"),
    "counts": ("n", "range", "share", "repeat", "growth"),
}


def _sheet(view: ReportView) -> Sheet:
    s, w = view.summary, view.words
    columns = (SheetColumn(w("x_term"), width=30), SheetColumn(w("x_meaning"), width=110))
    rows: list[tuple[str, str | SheetValue]] = [(w(f"col_{term}"), w(f"def_{term}")) for term in _TERMS[s.measure]]
    rows += [(w("col_paid"), w("def_paid"))] if s.pays else []
    if s.in_money:
        text = w("def_avoid_part", part=w.part(s.fix_rate)) if s.fix_rate < 1 else w("def_avoid")
        rows.append((avoid_head(s, w), text))
        rows += [(w("col_avoid_paid"), w("def_avoid_paid"))] if s.pays else []
        marginal = any(not math.isnan(x.marginal) for x in s.issues)
        rows += [(w("col_marginal"), w("def_marginal"))] if marginal else []
    rows += [(w("sec_trust"), sentence) for sentence in trust_sentences(s, w, view.timezone)]
    if s.run:
        counts = (("run_read", s.run.read), ("run_accepted", s.run.accepted), ("run_rejected", s.run.rejected))
        rows += [(w(key), SheetValue(n, "whole")) for key, n in counts]
        rows += [(w.name(code, "code"), SheetValue(n, "whole")) for code, n in s.run.codes]
    return table_sheet(w("sheet_notes"), columns, tuple(rows))


SECTION = SectionType("notes", sheet=SheetLayout(200, _sheet))
