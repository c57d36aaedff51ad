"""How many people each hour of the week takes, and what moving contacts to another channel saves in labour."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_SHOWN = 10  # hours, and reasons, that the page shows unfolded


def _count(data: SectionData) -> Section | None:
    """Show hours by agents needed, and shifts by what they save.

    It reads ``staffing`` and ``shifts``, as `vocmine.cost.staffing_by_hour` and `vocmine.cost.channel_gains` give them,
    the latter with ``share_moved``.
    """
    hours, shifts = data.get("staffing"), data.get("shifts")
    grids, sentences = [], []
    if hours is not None and len(hours):
        grids.append(_hours(hours))
        sentences += _asked(hours)
    if shifts is not None and len(shifts):
        grids.append(_shifts(shifts))
        sentences.append(_moved(shifts))
    return grid_section("staffing", tuple(grids), tuple(sentences)) if grids else None


def _hours(table: pd.DataFrame) -> Grid:
    """Give the hours that take most people first."""
    need(table, ("channel", "weekday", "hour", "n_days", "per_hour", "handle_seconds", "agents", "paid"), "staffing")
    table = table.sort_values(
        ["agents", "per_hour", "channel", "weekday", "hour"], ascending=[False, False, True, True, True]
    )
    rows: tuple[tuple[Any, ...], ...] = tuple(
        (str(row["channel"]), f"weekday_{int(row['weekday'])}", f"{int(row['hour']):02d}:00", int(row["n_days"]),
         _ranged(row, "per_hour", "per_hour_low", "per_hour_high", row["n"]),
         _minutes(row), _ranged(row, "agents", "agents_low", "agents_high", row["n"]), float(row["paid"]),
         float(row["service_level"]), float(row["occupancy"]))
        for row in table.to_dict("records")
    )
    cols: tuple[Col, ...] = (
        Col("col_channel", "channel"), Col("col_weekday", "code"), Col("col_hour_of_day"),
        Col("col_days_seen", "whole"),
        Col("col_per_hour", "number"), Col("col_aht_minutes", "number"), Col("col_agents", "whole"),
        Col("col_paid_agents", "number"), Col("col_in_time", "percent"), Col("col_occupancy", "percent"),
    )
    if table["paid"].isna().all():
        rows, cols = tuple(row[:7] + row[8:] for row in rows), cols[:7] + cols[8:]
    return Grid("staffing_hours", cols, rows, most=_SHOWN)


def _shifts(table: pd.DataFrame) -> Grid:
    """Give the reasons of which a shift saves most, by the lower end of the range."""
    need(table, ("issue", "n", "cost_source", "cost_target", "returned", "saving_each", "saving"), "shifts")
    rows = tuple(
        (str(row["issue"]), int(row["n"]), float(row["cost_source"]), float(row["cost_target"]), float(row["returned"]),
         int(row["n_returned"]),
         _ranged(row, "saving_each", "saving_each_low", "saving_each_high", row["n_source_timed"]),
         float(row["n_moved"]), _ranged(row, "saving", "saving_low", "saving_high", row["n_source_timed"]))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_n_calls", "whole"), Col("col_call_labour", "money"),
        Col("col_chat_labour", "money"), Col("col_back_by_phone", "percent"), Col("col_came_back_of", "whole"),
        Col("col_saved_each", "money"), Col("col_n_moving", "number"), Col("col_shift_saves", "money"),
    )
    return Grid("shifts", cols, rows, most=_SHOWN)


def _asked(table: pd.DataFrame) -> list[Sentence]:
    """Say what the agents are worked out for, and whether those who are paid for more are known."""
    first = table.iloc[0]
    target = Sentence("staffing_asked", (
        ("share", "percent", float(first["target_share"])), ("seconds", "whole", float(first["target_seconds"])),
    ), ground=True)
    shrinkage = float(first["shrinkage"])
    if math.isnan(shrinkage):
        return [target, Sentence("staffing_no_shrinkage", ground=True)]
    return [target, Sentence("staffing_shrinkage", (("share", "percent", shrinkage),), ground=True)]


def _moved(table: pd.DataFrame) -> Sentence:
    """Say how many would move, and in how many reasons that surely saves labour."""
    saved = int((table["saving_low"] > 0).sum())
    values = (
        ("share", "percent", float(table["share_moved"].iloc[0])), ("k", "whole", saved), ("of", "whole", len(table)),
    )
    return Sentence("shift_saves" if saved else "shift_saves_none", values)


def _minutes(row: dict[Any, Any]) -> Estimate:
    value, low, high = (float(row[name]) / 60 for name in ("handle_seconds", "handle_low", "handle_high"))
    return Estimate(value, low, high, int(row["n_timed"]))


def _ranged(row: dict[Any, Any], name: str, low: str, high: str, n: Any) -> Estimate:
    return Estimate(float(row[name]), float(row[low]), float(row[high]), int(n))


SECTION = SectionType("staffing", ("staffing", "shifts"), _count, PageLayout(139, listed=True), SheetLayout(138))
