"""What fixes did to contacts, then to cost; when they pay what they cost; and a contact of each issue."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.listed import short
from vocmine.report.sections.grid import Col, Grid, Section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.report.summary import Measure
from vocmine.stats import NAN, Estimate

_WIDEST = 10.0  # a change with a range above this is not told: it may be anything
_SHORTEST = 8  # letters of a text that says something
_NOT_KNOWN = Estimate()


@dataclass(frozen=True)
class FixRecord:
    """What a fix of an issue did since: what it saved, and changes of cost and of contacts, -0.4 for 40 % less."""

    issue: str
    day: date
    saving: Estimate
    change: Estimate
    contacts: Estimate = _NOT_KNOWN
    fewer: Estimate = _NOT_KNOWN

    @property
    def verdict(self) -> str:
        """Key of what can be said of it for certain."""
        if self.contacts.low > 0:
            return "fix_rose"
        if self.contacts.high < 0 or self.saving.low > 0:
            both = self.saving.low > 0 and (self.contacts.high < 0 or not self.contacts.known)
            return "fix_sure" if both else "fix_fewer" if self.contacts.high < 0 else "fix_cheaper"
        return "fix_unsure" if self.saving.known or self.contacts.known else "fix_early"


def count_fixes(data: SectionData) -> Section | None:
    """Give what fixes did, the latest first, and when each pays back.

    It reads ``fixes``, one row a fix: ``issue, fixed_at, saving, low, high`` and, where known, ``change, change_low,
    change_high`` (-0.4 for 40 % less), ``contacts_change`` and ``contacts_fewer`` with ``_low`` and ``_high``, and
    ``fix_cost, planned, saving_month, payback_months, paid_back``, as `vocmine.cost.fix_returns` gives them; and
    ``ledger``, for a contact of the issue whose cost is that in the middle.
    """
    fixes = data.get("fixes")
    if fixes is None or len(fixes) == 0:
        return None
    planned = _planned(fixes)
    records = fix_records(fixes)
    grids = (
        _done(records, data.measure), _returns(fixes.loc[~planned], data.measure, "fix_returns"),
        _returns(fixes.loc[planned], data.measure, "fix_plans"), _stories(fixes["issue"].astype(str), data),
    )
    filled = tuple(grid for grid in grids if grid.rows)
    return Section("fixes", grids=filled, records=records) if filled else None


def fix_records(fixes: pd.DataFrame) -> tuple[FixRecord, ...]:
    """Read the frame of fixes; those that are planned did nothing yet and are left out.

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
            _estimate(row, "change"), _estimate(row, "contacts_change"), _estimate(row, "contacts_fewer"),
        )
        for row in fixes.loc[~_planned(fixes)].to_dict("records")
    ]
    return tuple(sorted(records, key=lambda x: (-x.day.toordinal(), x.issue)))


def _planned(fixes: pd.DataFrame) -> pd.Series:
    return fixes["planned"].astype(bool) if "planned" in fixes else pd.Series(False, index=fixes.index)


def _estimate(row: Mapping[Any, Any], name: str) -> Estimate:
    value, low, high = (float(row.get(f"{name}{end}", NAN)) for end in ("", "_low", "_high"))
    return Estimate(value, low, high)


def _told(change: Estimate) -> Estimate:
    """Give a change, or nothing where its range says that it may be anything."""
    return _NOT_KNOWN if change.ranged and change.high > _WIDEST else change


def _done(records: tuple[FixRecord, ...], measure: Measure) -> Grid:
    """Show what was done, by what it did to contacts and then to cost."""
    saving = Col("col_saving", "money") if measure == "money" else Col("col_saving_hours", "number")
    cols = (
        Col("col_issue", "issue"), Col("col_fixed", "day"), Col("col_verdict", "code"),
        Col("col_fix_contacts", "percent"), Col("col_fix_fewer", "whole"),
        *((saving, Col("col_change", "percent")) if measure != "counts" else ()),
    )
    rows = tuple(
        (x.issue, x.day, x.verdict, _told(x.contacts), x.fewer if _told(x.contacts).known else _NOT_KNOWN,
         *((x.saving, _told(x.change)) if measure != "counts" else ()))
        for x in records
    )
    return Grid("fixes", cols, rows)


def _returns(fixes: pd.DataFrame, measure: Measure, key: str) -> Grid:
    """Show what fixes cost, what they save a month, and after how many months they have paid."""
    planned = key == "fix_plans"
    cols = (
        Col("col_issue", "issue"), *((Col("col_fix_note"),) if planned else (Col("col_fixed", "day"),)),
        Col("col_fix_cost", "money"), Col("col_saving_plan" if planned else "col_saving_month", "money"),
        Col("col_payback", "number"), Col("col_payback_soon", "number"), Col("col_payback_late", "number"),
        Col("col_verdict", "code"),
    )
    if measure != "money" or "fix_cost" not in fixes:
        return Grid(key, cols, ())
    rows = [_return(row, planned) for row in fixes.to_dict("records") if planned or not pd.isna(row["fix_cost"])]
    return Grid(key, cols, tuple(rows))


def _return(row: Mapping[Any, Any], planned: bool) -> tuple[Any, ...]:
    back = [float(row[name]) for name in ("payback_months", "payback_low", "payback_high")]
    if planned:
        state = "pay_unknown" if math.isnan(back[0]) else "pay_never" if math.isinf(back[0]) else (
            "pay_doubtful" if math.isinf(back[2]) else "pay_expected")
    else:
        state = {"yes": "pay_done", "no": "pay_not_yet", "open": "pay_open"}.get(str(row["paid_back"]), "pay_unknown")
    what = str(row["note"]) if planned else pd.Timestamp(row["fixed_at"]).date()
    return (
        str(row["issue"]), what, float(row["fix_cost"]), _estimate(row, "saving_month"),
        *(months if math.isfinite(months) else None for months in back), state,
    )


def _stories(issues: pd.Series, data: SectionData) -> Grid:
    """Give of each issue the contact whose cost is in the middle: what one contact is like, in the customer's words."""
    ledger: pd.DataFrame | None = data.get("ledger")
    cols = (
        Col("col_issue", "issue"), Col("x_day", "day"), Col("col_channel", "channel"), Col("ledger_minutes", "number"),
        Col("col_story_cost", "money"), Col("col_story_middle", "money"), Col("col_n", "whole"), Col("col_story"),
    )
    if ledger is None or data.measure != "money":
        return Grid("fix_stories", cols, ())
    base = data.frames.base
    readable = base.loc[base["text"].str.len() >= _SHORTEST]
    rows = []
    for issue in dict.fromkeys(issues):
        part = ledger.loc[ledger["issue"].astype(str) == issue, ["contact_id", "minutes", "cost"]]
        tagged = data.frames.reasons.loc[data.frames.reasons["issue"] == issue, "contact_id"]
        part = part.loc[part["contact_id"].isin(tagged)]
        middle = float(part["cost"].median()) if len(part) else NAN
        told = part.join(readable[["day", "channel", "text"]], on="contact_id", how="inner")
        if told.empty:
            continue
        told = told.assign(apart=(told["cost"] - middle).abs().round(6))
        row = told.sort_values(["apart", "contact_id"], kind="stable").iloc[0]
        rows.append((
            issue, row["day"].date(), str(row["channel"]), float(row["minutes"]), float(row["cost"]), middle,
            len(part), short(row["text"]),
        ))
    return Grid("fix_stories", cols, tuple(rows))


SECTION = SectionType(
    "fixes", ("fixes", "ledger"), count_fixes, PageLayout(90, listed=True), SheetLayout(50)
)
