"""What fixes of issues have saved so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetColumn, table_sheet
from vocmine.stats import NAN, Estimate


@dataclass(frozen=True)
class FixRecord:
    """What a fix of an issue has saved since: cost, and change as -0.4 for 40 % less."""

    issue: str
    day: date
    saving: Estimate
    change: Estimate


def count_fixes(data: SectionData) -> Section | None:
    """Give what fixes have saved, the latest first.

    It reads ``fixes``, one row a fix: ``issue, fixed_at, saving, low, high`` and, where known, ``change, change_low,
    change_high`` (-0.4 for 40 % less).
    """
    fixes = data.get("fixes")
    return None if fixes is None else record_section("fixes", fix_records(fixes))


def fix_records(fixes: pd.DataFrame) -> tuple[FixRecord, ...]:
    """Read the frame of fixes.

    Examples
    --------
    >>> fixes = pd.DataFrame([{"issue": "a", "fixed_at": "2026-10-01", "saving": 9.0, "low": 4.0, "high": 14.0}])
    >>> fix_records(fixes)[0].saving
    Estimate(value=9.0, low=4.0, high=14.0, n=0, imputed=0.0)
    """
    if len(fixes) == 0:
        return ()
    need(fixes, ("issue", "fixed_at", "saving", "low", "high"), "fixes")
    records = [
        FixRecord(
            str(row["issue"]), pd.Timestamp(row["fixed_at"]).date(),
            Estimate(float(row["saving"]), float(row["low"]), float(row["high"])),
            Estimate(
                float(row.get("change", NAN)), float(row.get("change_low", NAN)), float(row.get("change_high", NAN))
            ),
        )
        for row in fixes.to_dict("records")
    ]
    return tuple(sorted(records, key=lambda x: (-x.day.toordinal(), x.issue)))


def _sheet(view: ReportView) -> Sheet | None:
    s, w, name = view.summary, view.words, view.name
    if not s.fixes:
        return None
    columns = (
        SheetColumn(w("col_issue"), width=34), SheetColumn(w("col_fixed"), "day", 14),
        SheetColumn(w("col_saving"), "money", 16), SheetColumn(w("col_low"), "money", 14),
        SheetColumn(w("col_high"), "money", 14), SheetColumn(w("col_change"), "percent", 12),
        SheetColumn(w("col_low"), "percent", 10), SheetColumn(w("col_high"), "percent", 10),
    )
    rows = tuple(
        (
            name(x.issue), x.day, x.saving.value, x.saving.low, x.saving.high, x.change.value, x.change.low,
            x.change.high,
        )
        for x in s.fixes
    )
    return table_sheet(w("sheet_fixes"), columns, rows)


SECTION = SectionType(
    "fixes", ("fixes",), count_fixes, PageLayout(90, listed=True, template="section_fixes.html.j2"),
    SheetLayout(50, _sheet),
)
