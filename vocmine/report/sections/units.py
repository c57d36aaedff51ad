"""Contacts per order, user or device: whether contacts grew, or the business did."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Sentence
from vocmine.stats import Estimate

_ALL = "all"
_PER = 1_000  # contacts for so many units
_ROWS = 10  # rows; the rest is folded
_SHOWN_MONTHS = 13  # a year and its first month again


def unit_grid(units: pd.DataFrame | None) -> Grid | None:
    """Show contacts per 1,000 units by issue and month; None without units."""
    if units is None or len(units) == 0:
        return None
    need(units, ("issue", "month", "contact_rate", "contact_rate_low", "contact_rate_high", "n_contacts"), "units")
    months = sorted(units["month"].astype(str).unique())[-_SHOWN_MONTHS:]
    found = {(str(row["issue"]), str(row["month"])): _rate(row) for row in units.to_dict("records")}
    sizes = units.groupby(units["issue"].astype(str))["n_contacts"].sum()
    known = [issue for issue in sizes.index if issue not in {_ALL, UNKNOWN, UNALLOCATED}]
    order = sorted(known, key=lambda issue: (-sizes[issue], issue))
    cols = (Col("col_issue", "issue"), *(Col(month, "decimal", plain=True) for month in months))
    rows = tuple((issue, *(found.get((issue, month), Estimate()) for month in months)) for issue in order)
    return Grid("per_unit", cols, rows, most=_ROWS)


def unit_cost_grid(units: pd.DataFrame | None, measure: str) -> Grid | None:
    """Show handling cost per 1,000 units by issue and month, all issues together last; None without units or money."""
    if units is None or len(units) == 0 or measure != "money" or "cost_per_unit" not in units:
        return None
    months = sorted(units["month"].astype(str).unique())[-_SHOWN_MONTHS:]
    found = {(str(row["issue"]), str(row["month"])): _cost(row) for row in units.to_dict("records")}
    costs = units.groupby(units["issue"].astype(str))["cost"].sum()
    known = [issue for issue in costs.index if issue not in {_ALL, UNKNOWN, UNALLOCATED} and costs[issue] > 0]
    order = sorted(known, key=lambda issue: (-costs[issue], issue))
    cols = (Col("col_issue", "issue"), *(Col(month, "money", plain=True) for month in months))
    rows = tuple((issue, *(found.get((issue, month), Estimate()) for month in months)) for issue in [*order, _ALL])
    return Grid("cost_per_unit", cols, rows, most=_ROWS, folded=True)


def unit_sentences(units: pd.DataFrame | None) -> tuple[Sentence, ...]:
    """Say of the last two months how contacts and units moved, and what is left per unit."""
    if units is None or len(units) == 0:
        return ()
    rows = units.loc[units["issue"] == _ALL].sort_values("month").tail(2).to_dict("records")
    if len(rows) < 2 or not rows[0]["n_contacts"] > 0:
        return ()
    before, after = rows
    name = str(units["unit_name"].iloc[0]) if "unit_name" in units else ""
    values = (
        ("before", "month", str(before["month"])), ("after", "month", str(after["month"])),
        ("contacts", "ratio", after["n_contacts"] / before["n_contacts"]),
        ("unit", "text", name) if name else ("unit", "code", "unit_plain"),
        ("units", "ratio", after["units"] / before["units"]),
        ("rate_before", "number", _rate(before)), ("rate_after", "number", _rate(after)),
    )
    return (Sentence("per_unit_moved", values),)


def _cost(row: Any) -> Estimate:
    """Give the cost of 1,000 units with the range of its counts."""
    value, low, high = (_PER * float(row[f"cost_per_unit{end}"]) for end in ("", "_low", "_high"))
    return Estimate(value, low, high, round(float(row["n_contacts"])))


def _rate(row: Any) -> Estimate:
    value, low, high = (_PER * float(row[f"contact_rate{end}"]) for end in ("", "_low", "_high"))
    return Estimate(value, low, high, round(float(row["n_contacts"])))
