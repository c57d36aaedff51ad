"""What customers like: praise by product, what stands in it, and long contacts beside loyalty."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.quotes import spoken
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_FEWEST = 10  # contacts of a product of which a share says something
_TOKEN = re.compile(r"[a-z]+(_[a-z]+)+")  # marks of our own, as of smiling faces: no words of a customer
_OUTCOMES = ("satisfied", "promoters", "came_back", "leaving")


def _count(data: SectionData) -> Section | None:
    """Show what is liked.

    It reads ``praise_products`` and ``praise_things`` (as `vocmine.journeys.praise_by` and `praised_things` give them),
    and ``loyalty``, as `vocmine.journeys.handle_time_loyalty` gives it.
    """
    products, things, loyalty = (data.get(name) for name in ("praise_products", "praise_things", "loyalty"))
    grids = (_products(products), _things(things), _loyalty(loyalty))
    filled = tuple(grid for grid in grids if grid is not None)
    sentences = (*_praised(products), *_long(loyalty))
    return grid_section("praise", filled, sentences) if any(grid.rows for grid in filled) else None


def _share(row: Any) -> Estimate:
    return Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n"]))


def _products(table: pd.DataFrame | None) -> Grid | None:
    if table is None or len(table) == 0:
        return None
    need(table, ("product", "n", "n_praise", "share", "low", "high", "others_share", "stands_out"), "praise_products")
    rows = tuple(
        (str(row["product"]), int(row["n"]), int(row["n_praise"]), _share(row), float(row["others_share"]),
         "praise_more" if row["stands_out"] else "")
        for row in table.to_dict("records") if row["n"] >= _FEWEST
    )
    cols = (
        Col("col_product"), Col("col_n", "whole"), Col("col_praise_n", "whole"),
        Col("col_praise", "percent", drawn=True), Col("col_praise_others", "percent"), Col("col_verdict", "code"),
    )
    return Grid("praise_products", cols, rows, most=10)


def _things(table: pd.DataFrame | None) -> Grid | None:
    if table is None or len(table) == 0:
        return None
    need(table, ("group", "kind", "thing", "n_with", "n_praise", "share", "low", "high", "rest_share"), "praise_things")
    grouped = (table["group"].astype(str) != "").any()
    rows = tuple(
        (*((str(row["group"]),) if grouped else ()), f"praise_{row['kind']}",
         (str(row["kind"]), spoken(str(row["thing"]))), int(row["n_with"]), int(row["n_praise"]),
         Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n_praise"])),
         float(row["rest_share"]))
        for row in table.to_dict("records")
        if row["kind"] == "reason" or not _TOKEN.fullmatch(str(row["thing"]))
    )
    cols = (
        *((Col("col_product"),) if grouped else ()), Col("col_praise_kind", "code"), Col("col_praise_thing", "place"),
        Col("col_praise_with", "whole"), Col("col_praise_n", "whole"), Col("col_praise_share", "percent", drawn=True),
        Col("col_praise_rest", "percent"),
    )
    return Grid("praise_things", cols, rows, most=8)


def _loyalty(table: pd.DataFrame | None) -> Grid | None:
    """Show one row a part, the shortest contacts first, and a column an outcome."""
    if table is None or len(table) == 0:
        return None
    need(table, ("outcome", "part", "minutes", "n", "share", "low", "high"), "loyalty")
    known = [name for name in _OUTCOMES if name in set(table["outcome"])]
    found = {(str(row["outcome"]), int(row["part"])): row for row in table.to_dict("records")}
    parts = sorted({part for _, part in found})
    rows = tuple(
        (f"{part} / {len(parts)}", float(found[known[0], part]["minutes"]),
         *(cell for name in known for cell in (int(found[name, part]["n"]), _share(found[name, part]))))
        for part in parts
    )
    cols = (
        Col("col_loyal_part"), Col("col_part_minutes", "number"),
        *(col for name in known for col in (Col(f"col_loyal_{name}_n", "whole"), Col(f"col_loyal_{name}", "percent"))),
    )
    return Grid("loyalty", cols, rows)


def _praised(table: pd.DataFrame | None) -> tuple[Sentence, ...]:
    """Name the product that is praised more than the others for certain."""
    if table is None or not table["stands_out"].any():
        return ()
    row = table.loc[table["stands_out"].astype(bool)].iloc[0]
    values = (("name", "text", str(row["product"])), ("n", "count", int(row["n_praise"])),
              ("share", "percent", _share(row)), ("others", "percent", float(row["others_share"])))
    return (Sentence("praise_first", values),)


def _long(table: pd.DataFrame | None) -> tuple[Sentence, ...]:
    """Say of which outcomes the longest contacts differ from the shortest for certain; that none does is said too."""
    if table is None or len(table) == 0:
        return ()
    said = []
    for name in _OUTCOMES:
        part = table.loc[table["outcome"] == name].sort_values("part")
        if len(part) < 2:
            continue
        first, last = part.iloc[0], part.iloc[-1]
        if last["change_low"] > 0 or last["change_high"] < 0:
            values = (("short", "percent", _share(first)), ("long", "percent", _share(last)),
                      ("minutes", "number", float(last["minutes"])), ("n", "count", int(last["n"])))
            said.append(Sentence(f"loyalty_{name}", values))
    return tuple(said) or (Sentence("loyalty_none"),)


SECTION = SectionType(
    "praise", ("praise_products", "praise_things", "loyalty"), _count, PageLayout(82, listed=True), SheetLayout(112)
)
