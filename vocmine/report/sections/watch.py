"""Reasons that suddenly rose, or ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from vocmine.report.incident_input import OVER, items_of
from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate


def _count(data: SectionData) -> Section | None:
    """Show the reasons, and reasons of a product, that suddenly rise or end: the latest alarm of each.

    It reads ``watch``: ``day, reason, n, expected, ratio, ratio_low, ratio_high, status, days`` and, perhaps,
    ``product``, as `vocmine.topics.watch` gives them; and ``incidents``: an alarm of a reason of one is marked with it.
    """
    watch = data.get("watch")
    if watch is None or len(watch) == 0:
        return None
    need(watch, ("day", "reason", "n", "expected", "ratio", "ratio_low", "ratio_high", "status", "days"), "watch")
    table = watch.assign(product=watch["product"].fillna("") if "product" in watch else "")
    table = table.sort_values(["day", "reason", "product"], ascending=[False, True, True])
    incidents = data.get("incidents")
    known = [] if incidents is None else incidents.to_dict("records")
    latest = table.drop_duplicates(["reason", "product"]).to_dict("records")
    marks = [_incident(row, known) for row in latest]
    marked = any(marks)
    rows = tuple(
        (str(row["reason"]), str(row["product"]), f"status_{row['status']}", pd.Timestamp(row["day"]).date(),
         int(row["days"]), int(row["n"]), float(row["expected"]),
         Estimate(float(row["ratio"]), float(row["ratio_low"]), float(row["ratio_high"]), int(row["n"])),
         *((mark,) if marked else ()))
        for row, mark in zip(latest, marks, strict=True)
    )
    cols = (
        Col("col_issue", "issue"), Col("col_product"), Col("x_status", "code"), Col("x_day", "day"),
        Col("col_window", "whole"), Col("col_mentions", "whole"), Col("x_expected", "number"), Col("x_ratio", "ratio"),
        *((Col("col_incident", "incident"),) if marked else ()),
    )
    return grid_section("watch", (Grid("watch", cols, rows, most=10),))


def _incident(alarm: Mapping[Any, Any], incidents: list[dict[Any, Any]]) -> str:
    """Give the incident that an alarm is of: its reason, while it went on, on no other product; empty for none."""
    if alarm["status"] == "ended":
        return ""
    day = pd.Timestamp(alarm["day"]).date()
    for row in incidents:
        if alarm["reason"] not in items_of(row.get("reasons")) or day < pd.Timestamp(row["first_day"]).date():
            continue
        if row["state"] == OVER and day > pd.Timestamp(row["as_of"]).date():
            continue
        products = {str(each["value"]) for each in items_of(row.get("apart")) if each["column"] == "product"}
        if not (alarm["product"] and products and str(alarm["product"]) not in products):
            return str(row["incident_id"])
    return ""


SECTION = SectionType("watch", ("watch", "incidents"), _count, PageLayout(110), SheetLayout(130))
