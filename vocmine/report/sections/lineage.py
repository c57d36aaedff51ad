"""Where watched topics came from, and what became of them: found by an alarm, split, made of the rest, replaced."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout


def _count(data: SectionData) -> Section | None:
    """Show topics that were not there from the start, or are no longer.

    It reads ``lineage``: ``name, n, first_day, last_day, origin, parents, into, is_open``, parents and heirs by name.
    """
    table: pd.DataFrame | None = data.get("lineage")
    if table is None or len(table) == 0:
        return None
    need(table, ("name", "n", "first_day", "last_day", "origin", "parents", "into", "is_open"), "lineage")
    rows = tuple(_row(row) for row in table.to_dict("records"))
    cols = (
        Col("col_topic"), Col("col_lineage", "code"), Col("x_first_day", "day"), Col("col_last_day", "day"),
        Col("col_n", "whole"), Col("col_parents"), Col("col_into"),
    )
    return grid_section("lineage", (Grid("lineage", cols, rows, most=15, folded=True),))


def _row(row: Any) -> tuple[Any, ...]:
    state = f"lineage_{row['origin']}" if row["is_open"] else "lineage_split_up" if " / " in str(row["into"]) else (
        "lineage_merged" if row["into"] else "lineage_over")
    days = (pd.Timestamp(row[name]).date() for name in ("first_day", "last_day"))
    return (str(row["name"]), state, *days, int(row["n"]), str(row["parents"]), str(row["into"]))


SECTION = SectionType("lineage", ("lineage",), _count, PageLayout(162), SheetLayout(92))
