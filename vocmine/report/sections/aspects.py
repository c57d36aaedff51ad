"""Aspects: which things are praised, and which are not."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import share_interval

_FEWEST = 5  # mentions; fewer are chance


def _count(data: SectionData) -> Section | None:
    """Show which things are praised and which are not, over all, by product and by month.

    It reads ``aspects``: ``aspect, negative, positive`` and any of ``product, month``: contacts that speak well or
    badly of it; ``n_read`` may say, the same in each row, how many contacts were read.
    """
    aspects, level = data.get("aspects"), data.level
    if aspects is None or len(aspects) == 0:
        return None
    need(aspects, ("aspect", "negative", "positive"), "aspects")
    n_read = aspects["n_read"].iloc[0] if "n_read" in aspects else 0
    sentences = (Sentence("aspects_read", (("n", "count", int(n_read)),), ground=True),) if n_read else ()
    whole = _sum(aspects, ["aspect"], level)
    named = [row[0] for row in whole]
    grids = [Grid("aspects", _cols(), tuple(whole), most=12)]
    for name, head in (("product", "col_product"), ("month", "col_month")):
        if name in aspects and len(set(aspects[name].dropna().astype(str)) - {""}) > 1:
            part = aspects.loc[aspects["aspect"].isin(named) & aspects[name].notna()]
            rows = _sum(part.loc[part[name].astype(str) != ""], ["aspect", name], level)
            kind: Any = "month" if name == "month" else "text"
            cols = (_cols()[0], Col(head, kind), *_cols()[1:])
            grids.append(Grid(f"aspects_{name}", cols, tuple(rows), most=12, folded=True))
    return grid_section("aspects", tuple(grids), sentences) if whole else None


def _cols() -> tuple[Col, ...]:
    return (
        Col("col_aspect"), Col("x_n", "whole"), Col("mood_negative", "whole"), Col("mood_positive", "whole"),
        Col("col_negative", "percent", drawn=True),
    )


def _sum(table: pd.DataFrame, keys: list[str], level: float) -> list[tuple[Any, ...]]:
    added = table.groupby(keys, as_index=False, observed=True)[["negative", "positive"]].sum()
    added["n"] = added["negative"] + added["positive"]
    added = added.loc[added["n"] >= (_FEWEST if len(keys) == 1 else 3)]
    added = added.sort_values(["n", *keys], ascending=[False, *(True for _ in keys)])
    return [
        (*(str(row[key]) for key in keys), int(row["n"]), int(row["negative"]), int(row["positive"]),
         share_interval(int(row["negative"]), int(row["n"]), level))
        for row in added.to_dict("records")
    ]


SECTION = SectionType("aspects", ("aspects",), _count, PageLayout(80, listed=True), SheetLayout(110))
