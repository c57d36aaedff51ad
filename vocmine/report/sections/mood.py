"""Reasons by sentiment: how customers feel about each issue, who hints at leaving, and where agents are harassed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vocmine.report.incident_findings import left_out, names_of_incidents
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetCell, SheetColumn, SheetTable, SheetTotal
from vocmine.report.summary import IssueLine

_ROWS = 12  # rows on the page; the workbook has all
_SIGNALS = ("churn", "escalation", "harassment")


def _values(view: ReportView) -> Mapping[str, Any]:
    s, w = view.summary, view.words
    shown = s.issues[:_ROWS]

    def label(moods: tuple[int, int, int]) -> str:
        return w("mood_label", neg=w.count(moods[0]), neu=w.count(moods[1]), pos=w.count(moods[2]))

    return {
        "moods": [line for line in shown if line.negative.n], "mood_label": label,
        "signals": [key for key in _SIGNALS if any(line.with_signal(key) for line in shown)],
        "aside": left_out(s.aside, view.evidence, w, "card_aside"), "has_aside": any(line.aside for line in shown),
    }


def _sheet(view: ReportView) -> Sheet:
    s, w = view.summary, view.words
    heads = [w(f"mood_{key}") for key in ("negative", "neutral", "positive")]
    columns = (
        SheetColumn(w("col_issue"), width=34), *(SheetColumn(head, "whole", 11) for head in heads),
        SheetColumn(w("x_no_mood"), "whole", 11), SheetColumn(w("col_mentions"), "whole", 10),
        SheetColumn(w("col_negative"), "percent", 11), SheetColumn(w("col_low"), "percent", 9),
        SheetColumn(w("col_high"), "percent", 9), SheetColumn(w("col_csat"), "ratio", 11),
        SheetColumn(w("x_csat_n"), "whole", 10), SheetColumn(w("col_churn"), "whole", 11),
        SheetColumn(w("col_escalation"), "whole", 13), SheetColumn(w("col_harassment"), "whole", 13),
    )
    rows = [_row(x, view.name(x.issue)) for x in s.issues if sum(x.channels)]
    if s.aside:
        n = sum(part.n for part in s.aside)
        left = (*s.aside_moods, n - sum(s.aside_moods), n)
        names = names_of_incidents([part.incident_id for part in s.aside], view.evidence, w)
        rows.append((w("x_aside", names=names), *left, *(None,) * (5 + len(_SIGNALS))))
    seen = [sum(row[i] for row in rows) for i in range(1, 6)]
    whole = [*s.moods, s.n_contacts - sum(s.moods), s.n_contacts]
    # Contacts without a reason, less those that stand under several: with this line the columns add up to all contacts.
    rest = [a - b for a, b in zip(whole, seen, strict=True)]
    rows.append((w("x_rest"), *rest, *(None,) * (5 + len(_SIGNALS))))
    table = SheetTable(columns, tuple(rows))
    totals = (SheetTotal(table.end, i, value, "whole") for i, value in enumerate(whole, 1))
    return Sheet(w("sheet_mood"), columns, (table, SheetCell(table.end, 0, w("col_total"), "total_text"), *totals))


def _row(x: IssueLine, name: str) -> tuple[Any, ...]:
    n = sum(x.channels) - x.n_aside
    return (
        name, *x.moods, n - sum(x.moods), n, x.negative.value, x.negative.low, x.negative.high, x.csat.value, x.csat.n,
        *(x.with_signal(key) for key in _SIGNALS),
    )


def _is_shown(view: ReportView) -> bool:
    return sum(view.summary.moods) > 0


SECTION = SectionType(
    "mood", page=PageLayout(60, listed=True, shown=_is_shown, template="section_mood.html.j2", values=_values),
    sheet=SheetLayout(40, _sheet),
)
