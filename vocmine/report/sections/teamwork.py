"""From team to team: who takes over, what goes astray, and how often the first contact was enough by team."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.aside import Aside
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import NAN, Estimate

_ALL, _NONE = "all", "none"
_FEWEST = 10  # contacts that a row of the page needs
_ID = 8  # letters of a hash that are enough to tell agents apart


def _count(data: SectionData) -> Section | None:
    """Show moves between teams, contacts that went astray, and one touch by team, reason and agent.

    It reads ``journeys``: any of ``handoffs, misroutes, one_touch_teams, one_touch_cells, one_touch_agents``, as
    `vocmine.journeys` gives them; of ``misroutes`` the row ``all`` is of all contacts. ``set_aside`` says what is left
    out.
    """
    tables = {name: table for name, table in (data.get("journeys") or {}).items() if table is not None and len(table)}
    makers = {
        "handoffs": _handoffs, "misroutes": _misroutes, "one_touch_teams": _teams, "one_touch_cells": _cells,
        "one_touch_agents": _agents,
    }
    grids = tuple(make(tables[name]) for name, make in makers.items() if name in tables)
    if not any(grid.rows for grid in grids):
        return None
    aside = Aside.of(data.get("set_aside")).sentences("all", "", "aside_teamwork", follows=False)
    return grid_section("teamwork", grids, (*aside, *_sentences(tables)))


def _handoffs(table: pd.DataFrame) -> Grid:
    """Show moves to other teams first; what did not come again is no move."""
    need(table, ("from_team", "to_team", "n", "n_from", "share", "low", "high", "median_hours"), "journeys handoffs")
    table = table.assign(_same=table["from_team"] == table["to_team"]).loc[table["to_team"] != _NONE]
    order = ["_same", "n", "from_team", "to_team"]
    table = table.sort_values(order, ascending=[True, False, True, True])
    rows = tuple(
        (str(row["from_team"]), str(row["to_team"]), int(row["n"]), _share(row), float(row["median_hours"]),
         _hours(row, ("minutes_low", "minutes", "minutes_high")), _amount(row, ("money_low", "money", "money_high")))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_from_team"), Col("col_to_team"), Col("col_n", "whole"), Col("col_of_from", "percent"),
        Col("col_hours_between", "number"), Col("col_again_hours", "number"), Col("col_again_money", "money"),
    )
    return Grid("handoffs", *_without_empty(cols, rows), most=10)


def _misroutes(table: pd.DataFrame) -> Grid:
    need(table, ("reason", "n", "n_transferred", "n_other_team", "n_misrouted", "share"), "journeys misroutes")
    named = ~table["reason"].isin([_ALL, "unknown"])
    table = table.loc[named & (table["n"] >= _FEWEST) & (table["n_misrouted"] > 0)]
    table = table.sort_values(["n_misrouted", "reason"], ascending=[False, True])
    rows = tuple(
        (str(row["reason"]), int(row["n"]), int(row["n_transferred"]), int(row["n_other_team"]), _share(row))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_n_known", "whole"), Col("col_n_moved", "whole"),
        Col("col_n_other_team", "whole"), Col("col_astray", "percent", drawn=True),
    )
    return Grid("misroutes", cols, rows, most=10)


def _teams(table: pd.DataFrame) -> Grid:
    need(table, ("team", "n", "share", "low", "high", "expected", "adjusted"), "journeys one_touch_teams")
    rows = tuple((str(row["team"]), *_touched(row)) for row in table.to_dict("records"))
    return Grid("one_touch_teams", (Col("col_team"), *_TOUCHED), rows, most=30)


def _cells(table: pd.DataFrame) -> Grid:
    need(table, ("team", "reason", "n", "share", "low", "high"), "journeys one_touch_cells")
    rows = tuple(
        (str(row["reason"]), str(row["team"]), int(row["n"]), _share(row))
        for row in table.to_dict("records") if row["reason"] != "unknown"
    )
    cols = (Col("col_issue", "issue"), Col("col_team"), Col("col_n_known", "whole"), Col("col_one_touch", "percent"))
    return Grid("one_touch_cells", cols, rows, most=40, folded=True)


def _agents(table: pd.DataFrame) -> Grid:
    """By team and id, no list of ranks; ids are keyed hashes."""
    need(table, ("agent_id", "team", "n", "share", "low", "high", "expected", "adjusted"), "journeys one_touch_agents")
    rows = tuple(
        (str(row["agent_id"])[:_ID], "" if pd.isna(row["team"]) else str(row["team"]), *_touched(row))
        for row in table.to_dict("records")
    )
    return Grid("one_touch_agents", (Col("col_agent"), Col("col_team"), *_TOUCHED), rows, most=100, folded=True)


_TOUCHED = (
    Col("col_n_known", "whole"), Col("col_one_touch", "percent"), Col("col_touch_expected", "percent"),
    Col("col_touch_adjusted", "percent"),
)


def _touched(row: Any) -> tuple[int, Estimate, float, Estimate]:
    value, low, high = (float(row[name]) for name in ("adjusted", "adjusted_low", "adjusted_high"))
    return int(row["n"]), _share(row), float(row["expected"]), Estimate(value, low, high, int(row["n"]))


def _share(row: Any) -> Estimate:
    return Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n"]))


def _amount(row: Any, names: tuple[str, str, str]) -> Estimate:
    low, value, high = (NAN if pd.isna(row.get(name)) else float(row[name]) for name in names)
    return Estimate(value, low, high)


def _hours(row: Any, names: tuple[str, str, str]) -> Estimate:
    amount = _amount(row, names)
    return Estimate(amount.value / 60, amount.low / 60, amount.high / 60)


def _without_empty(
    cols: tuple[Col, ...], rows: tuple[tuple[Any, ...], ...]
) -> tuple[tuple[Col, ...], tuple[tuple[Any, ...], ...]]:
    """Leave out columns of estimates of which none is known."""
    kept = [
        i for i in range(len(cols))
        if any(not isinstance(row[i], Estimate) or row[i].known for row in rows)
    ]
    return tuple(cols[i] for i in kept), tuple(tuple(row[i] for i in kept) for row in rows)


def _sentences(tables: Mapping[str, pd.DataFrame]) -> tuple[Sentence, ...]:
    """Say how many contacts went astray, and whether teams differ at all."""
    said: list[Sentence] = []
    table = tables.get("misroutes")
    whole = [] if table is None else table.loc[table["reason"] == _ALL].to_dict("records")
    if whole and whole[0]["n"]:
        row = whole[0]
        values: tuple[tuple[str, str, Any], ...] = (
            ("n", "count", int(row["n"])), ("share", "percent", _share(row)),
            ("moved", "count", int(row["n_transferred"])), ("other", "count", int(row["n_other_team"])),
        )
        said.append(Sentence("team_astray", values))
    teams = tables.get("one_touch_teams")
    if teams is not None and len(teams) > 1:
        apart = float(teams["adjusted_low"].max()) > float(teams["adjusted_high"].min())
        said.append(Sentence("team_touch_apart" if apart else "team_touch_alike"))
    return tuple(said)


SECTION = SectionType("teamwork", ("journeys", "set_aside"), _count, PageLayout(141, listed=True), SheetLayout(141))
