"""What stands beside cost and is never added to it: customers who may leave, and reach of posts."""

from __future__ import annotations

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_FEWEST = 3  # customers who hint at leaving; fewer may be chance


def _count(data: SectionData) -> Section | None:
    """Show hints at leaving and public reach by reason.

    It reads ``risk_segment`` and ``risk_plan``, as `vocmine.journeys.at_risk_by` gives them, and ``risk``:
    ``reason, n, n_signal, share, low, high, n_customers, n_public, reach``, as
    `vocmine.journeys.at_risk` gives it.
    """
    risk = data.get("risk")
    groups = (_groups(data.get("risk_segment"), "segment"), _groups(data.get("risk_plan"), "plan"))
    if risk is None or len(risk) == 0:
        return grid_section("risk", groups)
    need(risk, ("reason", "n", "n_signal", "share", "low", "high", "n_customers", "n_public", "reach"), "risk")
    table = risk.loc[(risk["n_signal"] >= _FEWEST) | (risk["reach"] > 0)]
    table = table.sort_values(["n_signal", "reach", "reason"], ascending=[False, False, True])
    rows = tuple(
        (str(row["reason"]), int(row["n"]), int(row["n_signal"]),
         Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n"])),
         int(row["n_customers"]), int(row["n_public"]), float(row["reach"]))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_mentions", "whole"), Col("col_leaving", "whole"),
        Col("col_leaving_share", "percent", drawn=True), Col("col_customers", "whole"), Col("col_public", "whole"),
        Col("col_reach", "whole"),
    )
    return grid_section("risk", (Grid("risk", cols, rows, most=8), *groups))


def _groups(table: pd.DataFrame | None, key: str) -> Grid:
    """Show customers who hint at leaving by segment or plan, and what they bring a year where that is known."""
    cols = [Col(f"col_{key}"), Col("col_people", "whole"), Col("col_leaving_people", "whole"),
            Col("col_leaving_share", "percent", drawn=True)]
    if table is None or len(table) == 0:
        return Grid(f"risk_{key}", tuple(cols), ())
    need(table, (key, "n_customers", "n_leaving", "share", "low", "high", "n_valued", "value_at_risk", "value"), key)
    valued = bool(table["value"].notna().any())
    cols += [Col("col_valued", "whole"), Col("col_value_at_risk", "money"), Col("col_value", "money")] if valued else []
    rows = tuple(
        (str(row[key]), int(row["n_customers"]), int(row["n_leaving"]),
         Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n_customers"])),
         *((int(row["n_valued"]), float(row["value_at_risk"]), float(row["value"])) if valued else ()))
        for row in table.to_dict("records")
    )
    return Grid(f"risk_{key}", tuple(cols), rows, most=12)


SECTION = SectionType("risk", ("risk", "risk_segment", "risk_plan"), _count, PageLayout(70), SheetLayout(120))
