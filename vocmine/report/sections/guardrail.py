"""The guardrail: shorter contacts are no saving where customers come back more often."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.frames import UNKNOWN
from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_FEWEST = 20  # contacts on each side
_NEEDED = (
    "reason", "n_before", "n_after", "handle_ratio", "handle_low", "handle_high", "return_before", "return_after",
    "return_low", "return_high", "effort_ratio", "effort_low", "effort_high", "fires",
)


def _count(data: SectionData) -> Section | None:
    """Show handle times and repeats of this period against those before it.

    It reads ``guardrail``, as `vocmine.journeys.guardrail` gives it.
    """
    table: pd.DataFrame | None = data.get("guardrail")
    if table is None or len(table) == 0:
        return None
    need(table, _NEEDED, "guardrail")
    enough = table[["n_before", "n_after"]].min(axis=1) >= _FEWEST
    shown = table.loc[enough & (table["reason"] != UNKNOWN) & table["handle_ratio"].notna()]
    if shown.empty:
        return None
    fires = shown["fires"].astype(bool)
    keys, rising = ["_calm", "effort_ratio", "reason"], [True, False, True]
    order = shown.assign(_calm=~fires).sort_values(keys, ascending=rising)
    rows = tuple(_row(row) for row in order.to_dict("records"))
    cols = (
        Col("col_issue", "issue"), Col("col_verdict", "code"), Col("col_n_before", "whole"),
        Col("col_n_after", "whole"),
        Col("col_guard_handle", "ratio"), Col("col_return_before", "percent"), Col("col_return_after", "percent"),
        Col("col_return_change", "percent"), Col("col_effort_ratio", "ratio"),
    )
    told = _told(order.loc[~order["_calm"]], len(order))
    return grid_section("guardrail", (Grid("guardrail", cols, rows, most=8),), told)


def _row(row: Any) -> tuple[Any, ...]:
    n = int(row["n_before"]) + int(row["n_after"])
    change = float(row["return_after"]) - float(row["return_before"])
    return (
        str(row["reason"]), "guardrail_fires" if row["fires"] else "guardrail_calm",
        int(row["n_before"]), int(row["n_after"]),
        Estimate(float(row["handle_ratio"]), float(row["handle_low"]), float(row["handle_high"]), n),
        float(row["return_before"]), float(row["return_after"]),
        Estimate(change, float(row["return_low"]), float(row["return_high"]), n),
        Estimate(float(row["effort_ratio"]), float(row["effort_low"]), float(row["effort_high"]), n),
    )


def _told(fires: pd.DataFrame, n: int) -> tuple[Sentence, ...]:
    if fires.empty:
        return (Sentence("guardrail_none", (("k", "whole", n),)),)
    return tuple(
        Sentence("guardrail_one", (
            ("name", "issue", str(row["reason"])), ("handle", "ratio", float(row["handle_ratio"])),
            ("before", "percent", float(row["return_before"])), ("after", "percent", float(row["return_after"])),
        ))
        for row in fires.to_dict("records")
    )


SECTION = SectionType("guardrail", ("guardrail",), _count, PageLayout(142, listed=True), SheetLayout(142))
