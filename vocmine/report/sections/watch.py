"""Reasons that suddenly rose, or ended."""

from __future__ import annotations

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate


def _count(data: SectionData) -> Section | None:
    """Show the reasons, and reasons of a product, that suddenly rise or end: the latest alarm of each.

    It reads ``watch``: ``day, reason, n, expected, ratio, ratio_low, ratio_high, status, days`` and, perhaps,
    ``product``, as `vocmine.topics.watch` gives them.
    """
    watch = data.get("watch")
    if watch is None or len(watch) == 0:
        return None
    need(watch, ("day", "reason", "n", "expected", "ratio", "ratio_low", "ratio_high", "status", "days"), "watch")
    table = watch.assign(product=watch["product"].fillna("") if "product" in watch else "")
    table = table.sort_values(["day", "reason", "product"], ascending=[False, True, True])
    rows = tuple(
        (str(row["reason"]), str(row["product"]), f"status_{row['status']}", pd.Timestamp(row["day"]).date(),
         int(row["days"]), int(row["n"]), float(row["expected"]),
         Estimate(float(row["ratio"]), float(row["ratio_low"]), float(row["ratio_high"]), int(row["n"])))
        for row in table.drop_duplicates(["reason", "product"]).to_dict("records")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_product"), Col("x_status", "code"), Col("x_day", "day"),
        Col("col_window", "whole"), Col("col_n", "whole"), Col("x_expected", "number"), Col("x_ratio", "ratio"),
    )
    return grid_section("watch", (Grid("watch", cols, rows, most=10),))


SECTION = SectionType("watch", ("watch",), _count, PageLayout(110), SheetLayout(130))
