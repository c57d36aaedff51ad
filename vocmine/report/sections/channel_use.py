"""Which channels customers choose first and leave, how hard the matters there are, and what is failure demand."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_FEWEST = 10  # journeys or contacts that a row needs
_FEW_SWITCHED = 5  # from so many on it is said where they went


def _count(data: SectionData) -> Section | None:
    """Show first channels, complexity by channel and reason, and value against failure demand.

    It reads ``journeys``: any of ``preference, channel_complexity, complexity, demand``, as `vocmine.journeys` gives
    them.
    """
    tables = {name: table for name, table in (data.get("journeys") or {}).items() if table is not None and len(table)}
    makers = {
        "preference": _preference, "channel_complexity": _channels, "complexity": _reasons, "demand": _demand,
    }
    grids = tuple(make(tables[name]) for name, make in makers.items() if name in tables)
    if not any(grid.rows for grid in grids):
        return None
    return grid_section("channel_use", grids, _sentences(tables.get("demand")))


def _preference(table: pd.DataFrame) -> Grid:
    need(table, ("channel", "n", "n_all", "share", "n_again", "switch_rate", "to_channel"), "journeys preference")
    rows = tuple(
        (str(row["channel"]), int(row["n"]), _share(row, n="n_all"), int(row["n_again"]),
         Estimate(float(row["switch_rate"]), float(row["switch_low"]), float(row["switch_high"]), int(row["n_again"])),
         str(row["to_channel"]) if row["n_switched"] >= _FEW_SWITCHED else "")
        for row in table.loc[table["n"] >= _FEWEST].to_dict("records")
    )
    cols = (
        Col("col_first_channel", "channel"), Col("col_journeys", "whole"),
        Col("col_of_journeys", "percent", drawn=True), Col("col_n_again", "whole"),
        Col("col_switched", "percent"), Col("col_switched_to", "channel"),
    )
    return Grid("preference", cols, rows)


def _channels(table: pd.DataFrame) -> Grid:
    need(table, ("channel", "n", "complexity", "low", "high", "simple_share"), "journeys channel_complexity")
    rows = tuple(
        (str(row["channel"]), int(row["n"]),
         Estimate(float(row["complexity"]), float(row["low"]), float(row["high"]), int(row["n"])),
         float(row["simple_share"]))
        for row in table.loc[table["n"] >= _FEWEST].to_dict("records")
    )
    cols = (
        Col("col_channel", "channel"), Col("col_n", "whole"), Col("col_complexity", "decimal"),
        Col("col_simple", "percent"),
    )
    return Grid("channel_complexity", cols, rows)


def _reasons(table: pd.DataFrame) -> Grid:
    """Hardest first; reasons that too few people handled have no place."""
    need(table, ("reason", "n_human", "handle_ratio", "transfer_share", "return_share", "complexity"), "complexity")
    table = table.loc[table["complexity"].notna() & (table["reason"] != "unknown")]
    table = table.sort_values(["complexity", "reason"], ascending=[False, True])
    rows = tuple(
        (str(row["reason"]), int(row["n_human"]), float(row["complexity"]), float(row["handle_ratio"]),
         float(row["transfer_share"]), float(row["return_share"]))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_n_human", "whole"), Col("col_complexity", "decimal"),
        Col("col_handle_ratio", "ratio"), Col("col_moved", "percent"), Col("col_came_back", "percent"),
    )
    return Grid("complexity", cols, rows, most=40, folded=True)


def _demand(table: pd.DataFrame) -> Grid:
    need(table, ("demand", "n", "n_all", "share", "handle_hours", "hours_share", "n_timed"), "journeys demand")
    rows = tuple(
        (f"kind_{row['demand']}", int(row["n"]), _share(row, n="n_all"), float(row["handle_hours"]),
         float(row["hours_share"]), int(row["n_timed"]))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_demand", "code"), Col("col_n", "whole"), Col("col_share", "percent", drawn=True),
        Col("col_hours", "number"), Col("col_hours_share", "percent"), Col("col_n_timed", "whole"),
    )
    return Grid("demand", cols, rows)


def _share(row: Any, n: str) -> Estimate:
    return Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row[n]))


def _sentences(table: pd.DataFrame | None) -> tuple[Sentence, ...]:
    """Say how much need not have come, as far as reasons are classified."""
    rows = {} if table is None else {str(row["demand"]): row for row in table.to_dict("records")}
    if "failure" not in rows or not rows["failure"]["n_all"]:
        return ()
    row = rows["failure"]
    left = int(rows["unclassified"]["n"]) if "unclassified" in rows else 0
    values = (("n", "count", int(row["n_all"])), ("share", "percent", _share(row, n="n_all")), ("left", "count", left))
    return (Sentence("demand_failed", values),)


SECTION = SectionType("channel_use", ("journeys",), _count, PageLayout(138, listed=True), SheetLayout(139))
