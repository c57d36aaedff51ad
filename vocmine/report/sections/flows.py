"""What comes before and after a reason, usual paths, how many contacts an issue takes, and examples of time lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_NONE, _UNKNOWN = "none", "unknown"
_FEW_FLOWS, _FEW_PATHS, _FEWEST = 5, 3, 10  # contacts, journeys and issues that a row needs
_EXAMPLES = 3  # time lines on the page
_TEXT = 120  # letters of a text in an example; the file has all of it
_ID = 8


def _count(data: SectionData) -> Section | None:
    """Show what follows what beyond chance, paths, chains and examples.

    It reads ``journeys``: any of ``reason_flows, paths, chain_lengths``, as `vocmine.journeys` gives them, and
    ``timelines``: ``customer_id, chain_id, at, channel, team, reason, text``, longest chains first.
    """
    tables = {name: table for name, table in (data.get("journeys") or {}).items() if table is not None and len(table)}
    makers = {"reason_flows": lambda table: _flows(table, data.level), "paths": _paths, "chain_lengths": _chains}
    grids = [make(tables[name]) for name, make in makers.items() if name in tables]
    lines = data.get("timelines")
    if lines is not None and len(lines):
        grids.append(_examples(lines))
    if not any(grid.rows for grid in grids):
        return None
    return grid_section("flows", tuple(grids), _sentences(tables, grids))


def _flows(table: pd.DataFrame, level: float) -> Grid:
    """Only other reasons that follow more often than chance would have it; repeats of one reason stand elsewhere."""
    need(table, ("from_reason", "to_reason", "n", "share", "lift", "p_adjusted", "median_hours"), "reason_flows")
    other = (table["from_reason"] != table["to_reason"]) & (table["to_reason"] != _NONE)
    known = (table["from_reason"] != _UNKNOWN) & (table["to_reason"] != _UNKNOWN)
    found = (table["p_adjusted"] < 1 - level) & (table["lift"] > 1) & (table["n"] >= _FEW_FLOWS)
    order = ["n", "from_reason", "to_reason"]
    table = table.loc[other & known & found].sort_values(order, ascending=[False, True, True])
    rows = tuple(
        (str(row["from_reason"]), str(row["to_reason"]), int(row["n"]),
         Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n_from"])),
         Estimate(float(row["lift"]), float(row["lift_low"]), float(row["lift_high"])), float(row["median_hours"]))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_after_this", "issue"), Col("col_comes_that", "issue"), Col("col_n", "whole"),
        Col("col_follows", "percent"), Col("col_lift", "ratio"), Col("col_hours_between", "number"),
    )
    return Grid("reason_flows", cols, rows, most=10)


def _paths(table: pd.DataFrame) -> Grid:
    """Paths of two contacts or more."""
    need(table, ("path", "n_steps", "n", "n_all", "share", "low", "high", "n_customers"), "journeys paths")
    table = table.loc[(table["n_steps"] > 1) & (table["n"] >= _FEW_PATHS)]
    rows = tuple(
        (tuple(row["path"]), int(row["n"]), int(row["n_customers"]),
         Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n_all"])),
         float(row["median_days"]))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_path", "path"), Col("col_journeys", "whole"), Col("col_customers", "whole"),
        Col("col_of_journeys", "percent"), Col("col_path_days", "number"),
    )
    return Grid("paths", cols, rows, most=10)


def _chains(table: pd.DataFrame) -> Grid:
    need(table, ("reason", "n_issues", "contacts_per_issue", "low", "high", "one", "two", "more"), "chain_lengths")
    table = table.loc[(table["n_issues"] >= _FEWEST) & (table["reason"] != _UNKNOWN)]
    table = table.sort_values(["contacts_per_issue", "n_issues", "reason"], ascending=[False, False, True])
    rows = tuple(
        (str(row["reason"]), int(row["n_issues"]),
         Estimate(float(row["contacts_per_issue"]), float(row["low"]), float(row["high"]), int(row["n_issues"])),
         float(row["one"]), float(row["two"]), float(row["more"]))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_chains", "whole"), Col("col_per_chain", "decimal"),
        Col("col_one_contact", "percent"), Col("col_two_contacts", "percent"), Col("col_more_contacts", "percent"),
    )
    return Grid("chain_lengths", cols, rows, most=40, folded=True)


def _examples(lines: pd.DataFrame) -> Grid:
    """Show the longest chains, one a customer, so that nobody fills the page alone; the others after them."""
    need(lines, ("customer_id", "chain_id", "position", "at", "channel", "reason", "text"), "timelines")
    lines = lines.reset_index(drop=True)
    chains = lines.drop_duplicates("chain_id")
    first = chains.drop_duplicates("customer_id")["chain_id"].head(_EXAMPLES)
    shown = lines[lines["chain_id"].isin(first)]
    rest = lines[~lines["chain_id"].isin(first)]
    rows = tuple(
        (str(row["customer_id"])[:_ID], str(row["at"]), str(row["channel"]), str(row.get("team") or ""),
         str(row["reason"]), _short(str(row["text"])))
        for row in pd.concat([shown, rest]).to_dict("records")
    )
    cols = (
        Col("col_customer"), Col("col_at"), Col("col_channel", "channel"), Col("col_team"), Col("col_reason", "reason"),
        Col("x_quote"),
    )
    return Grid("timelines", cols, rows, most=len(shown), folded=True)


def _short(text: str) -> str:
    """Cut a text for a table.

    Examples
    --------
    >>> _short("a b"), len(_short("x" * 500))
    ('a b', 121)
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= _TEXT else flat[:_TEXT] + "…"


def _sentences(tables: Mapping[str, pd.DataFrame], grids: list[Grid]) -> tuple[Sentence, ...]:
    """Say how many journeys took one contact, and that nothing follows beyond chance where that is so."""
    said: list[Sentence] = []
    paths = tables.get("paths")
    if paths is not None:
        one = int(paths.loc[paths["n_steps"] == 1, "n"].sum())
        n = int(paths["n_all"].iloc[0])
        values: tuple[tuple[str, str, Any], ...] = (("n", "whole", n), ("share", "percent", one / n))
        said.append(Sentence("flows_single", values))
    if "reason_flows" in tables and not any(grid.rows for grid in grids if grid.key == "reason_flows"):
        said.append(Sentence("flows_none"))
    return tuple(said)


SECTION = SectionType("flows", ("journeys", "timelines"), _count, PageLayout(144, listed=True), SheetLayout(143))
