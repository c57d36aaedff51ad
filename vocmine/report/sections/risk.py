"""What stands beside cost and is never added to it: customers who may leave, and reach of posts."""

from __future__ import annotations

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_FEWEST = 3  # customers who hint at leaving; fewer may be chance


def _count(data: SectionData) -> Section | None:
    """Show hints at leaving and public reach by reason.

    It reads ``risk``: ``reason, n, n_signal, share, low, high, n_customers, n_public, reach``, as
    `vocmine.journeys.at_risk` gives it.
    """
    risk = data.get("risk")
    if risk is None or len(risk) == 0:
        return None
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
    return grid_section("risk", (Grid("risk", cols, rows, most=8),))


SECTION = SectionType("risk", ("risk",), _count, PageLayout(70), SheetLayout(120))
