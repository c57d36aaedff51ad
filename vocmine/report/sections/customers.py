"""Whose contacts cost most: handling cost by segment and by plan of the customers, and the dearest issues of each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_KEYS = ("segment", "plan")
_ISSUES = 3  # the dearest of each


def _count(data: SectionData) -> Section | None:
    """Show handling cost by what the customer table says of people.

    It reads ``by_segment`` and ``by_plan``: ``segment`` (or ``plan``), ``issue, n_contacts, cost, cost_low, cost_high``
    as `vocmine.issue_costs` gives them ``by`` that column. The sum of a segment is that of its contacts, whatever their
    tags; ranges are those of its issues. Left out where the report is not about money.
    """
    if data.measure != "money":
        return None
    grids: list[Grid] = []
    for key in _KEYS:
        table = data.get(f"by_{key}")
        if table is not None and len(table):
            need(table, (key, "issue", "n_contacts", "cost", "cost_low", "cost_high"), f"by_{key}")
            named = table.loc[table[key].notna() & (table[key].astype(str) != "")]
            grids += [_sums(named, key), _dearest(named, key)]
    return grid_section("customers", tuple(grids))


def _sums(table: pd.DataFrame, key: str) -> Grid:
    """Give contacts and cost of each segment, the dearest first."""
    sums = table.groupby(key)[["n_contacts", "cost"]].sum().sort_values("cost", ascending=False, kind="stable")
    whole = float(sums["cost"].sum())
    rows = tuple(
        (str(name), round(float(row["n_contacts"])), float(row["cost"]), float(row["cost"]) / whole if whole else None)
        for name, row in zip(sums.index, sums.to_dict("records"), strict=True)
    )
    cols = (Col(f"col_{key}"), Col("col_n", "whole", summed=True), Col("col_money", "money", summed=True),
            Col("col_share", "percent", summed=True))
    return Grid(f"by_{key}", cols, rows)


def _dearest(table: pd.DataFrame, key: str) -> Grid:
    """Give the issues that cost most in each segment, with their ranges."""
    known = table.loc[~table["issue"].isin([UNKNOWN, UNALLOCATED]) & (table["cost"] > 0)]
    order = known.groupby(key)["cost"].sum().sort_values(ascending=False, kind="stable").index
    rows: list[tuple[Any, ...]] = []
    for name in order:
        part = known.loc[known[key] == name].sort_values(["cost", "issue"], ascending=[False, True]).head(_ISSUES)
        for row in part.to_dict("records"):
            n = round(float(row["n_contacts"]))
            value, low, high = (float(row[end]) for end in ("cost", "cost_low", "cost_high"))
            rows.append((str(name), str(row["issue"]), n, Estimate(value, low, high, n)))
    cols = (Col(f"col_{key}"), Col("col_issue", "issue"), Col("col_n", "whole"), Col("col_money", "money"))
    return Grid(f"issues_by_{key}", cols, tuple(rows), most=15)


SECTION = SectionType(
    "customers", ("by_segment", "by_plan"), _count, PageLayout(65, listed=True), SheetLayout(115)
)
