"""Journeys in the report, as `vocmine.journeys` gives them: repeats, transfers, bots, teams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from vocmine.report.grid import Col, Grid, Said, Section, section
from vocmine.report.inputs import need
from vocmine.report.summary import NAN, Estimate

_FEWEST = 10  # contacts that a row of the page needs
_FEW_MOVED = 5


def journey_section(tables: Mapping[str, pd.DataFrame] | None) -> tuple[Section, ...]:
    """Show where customers come back, are passed on, and how teams do.

    Parameters
    ----------
    tables : mapping of str to DataFrame, optional
        Any of ``repeats, first_contact, one_touch`` (by reason), ``transfers, teams, bots, channels``; empty frames are
        left out.
    """
    given = {name: table for name, table in (tables or {}).items() if table is not None and len(table)}
    grids = tuple(
        make(given[name])
        for name, make in (("transfers", _transfers), ("teams", _teams), ("bots", _bots), ("channels", _channels))
        if name in given
    )
    solved = _solved(given)
    return section("journeys", (solved, *grids), _said(given)) if solved.rows or any(g.rows for g in grids) else ()


def _share(row: Any) -> Estimate:
    return Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n"]))


def _solved(given: Mapping[str, pd.DataFrame]) -> Grid:
    """One row a reason: solved at the first contact, in one touch, and coming back."""
    names = ("first_contact", "one_touch", "repeats")
    shares: dict[str, dict[str, Estimate]] = {}
    for name in names:
        if name in given:
            need(given[name], ("reason", "n", "share", "low", "high"), f"journeys {name}")
            for row in given[name].to_dict("records"):
                shares.setdefault(str(row["reason"]), {})[name] = _share(row)
    rows: list[tuple[Any, ...]] = [
        (reason, max(x.n for x in found.values()), *(found.get(name, Estimate()) for name in names))
        for reason, found in shares.items()
        if reason != "unknown"
    ]
    rows = sorted((row for row in rows if row[1] >= _FEWEST), key=lambda row: (-row[1], row[0]))
    cols = (
        Col("col_issue", "issue"), Col("col_n_seen", "whole"), Col("col_first_contact", "percent"),
        Col("col_one_touch", "percent"), Col("col_came_back", "percent", drawn=True),
    )
    return Grid("solved", cols, tuple(rows), most=10)


def _transfers(table: pd.DataFrame) -> Grid:
    """Reason and team, those with the most minutes lost (or transfers) first."""
    need(table, ("reason", "team", "n", "n_transferred", "share", "low", "high"), "journeys transfers")
    lost = table["minutes_lost"].fillna(0.0) if "minutes_lost" in table else pd.Series(0.0, index=table.index)
    keep = table.assign(_lost=lost, _few=table["n_transferred"] < _FEW_MOVED).loc[table["n_transferred"] > 0]
    order = ["_few", "_lost", "n_transferred", "reason", "team"]
    keep = keep.sort_values(order, ascending=[True, False, False, True, True])
    rows = tuple(
        (str(row["reason"]), str(row["team"]), int(row["n"]), int(row["n_transferred"]), _share(row), _hours(row))
        for row in keep.to_dict("records")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_team"), Col("col_n", "whole"), Col("col_n_moved", "whole"),
        Col("col_moved", "percent", drawn=True), Col("col_hours_lost", "number"),
    )
    return Grid("transfers", cols, rows, most=10)


def _hours(row: Any) -> Estimate:
    low, value, high = (row.get(name, NAN) for name in ("minutes_low", "minutes_lost", "minutes_high"))
    value, low, high = (NAN if pd.isna(x) else float(x) / 60 for x in (value, low, high))
    return Estimate(value, low, high, int(row.get("n_timed", 0)))


def _teams(table: pd.DataFrame) -> Grid:
    need(table, ("team", "n", "csat", "expected", "adjusted", "low", "high"), "journeys teams")
    rows = tuple(
        (str(row["team"]), int(row["n"]), float(row["csat"]), float(row["expected"]),
         Estimate(float(row["adjusted"]), float(row["low"]), float(row["high"]), int(row["n"])))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_team"), Col("x_csat_n", "whole"), Col("col_csat_plain", "decimal"),
        Col("col_csat_expected", "decimal"), Col("col_csat_adjusted", "decimal"),
    )
    return Grid("teams", cols, rows, most=30)


def _bots(table: pd.DataFrame) -> Grid:
    need(table, ("reason", "n", "n_handed_over", "share", "low", "high", "median_minutes"), "journeys bots")
    table = table.loc[table["n"] >= _FEWEST]
    rows = tuple(
        (str(row["reason"]), int(row["n"]), _share(row), float(row["median_minutes"]))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_n", "whole"), Col("col_handed", "percent", drawn=True),
        Col("col_minutes_to_human", "number"),
    )
    return Grid("bots", cols, rows, most=10, folded=True)


def _channels(table: pd.DataFrame) -> Grid:
    """From channel to channel; contacts that nothing followed are not listed."""
    need(table, ("from_channel", "to_channel", "n", "share", "low", "high", "median_hours"), "journeys channels")
    table = table.loc[table["to_channel"] != "none"].sort_values(
        ["n", "from_channel", "to_channel"], ascending=[False, True, True]
    )
    rows = tuple(
        (str(row["from_channel"]), str(row["to_channel"]), int(row["n"]), _share(row), float(row["median_hours"]))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_from", "channel"), Col("col_to", "channel"), Col("col_n", "whole"), Col("col_moved_on", "percent"),
        Col("col_hours_between", "number"),
    )
    return Grid("moves", cols, rows, most=10, folded=True)


def _said(given: Mapping[str, pd.DataFrame]) -> tuple[Said, ...]:
    """Tell which issue comes back most surely, and what transfers cost."""
    said = []
    if "repeats" in given:
        table = given["repeats"].loc[(given["repeats"]["n"] >= 20) & (given["repeats"]["reason"] != "unknown")]
        if len(table):
            row = table.sort_values(["low", "reason"], ascending=[False, True]).to_dict("records")[0]
            values = (("name", "issue", str(row["reason"])), ("share", "percent", _share(row)))
            said.append(Said("journey_back", values))
    if "transfers" in given and "minutes_lost" in given["transfers"]:
        hours = float(given["transfers"]["minutes_lost"].sum()) / 60
        n = int(given["transfers"]["n_transferred"].sum())
        if n and hours > 0:
            said.append(Said("journey_lost", (("n", "count", n), ("hours", "number", hours))))
    return tuple(said)
