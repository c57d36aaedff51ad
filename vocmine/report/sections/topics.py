"""Aspects, and topics that were discovered beside the list of reasons."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Said, Section, section
from vocmine.stats import Estimate, share_interval

_FEWEST = 5
_GAP = 0.5  # a topic of which more is without a reason is one the list of reasons lacks


def topic_section(discovered: pd.DataFrame | None, level: float) -> tuple[Section, ...]:
    """Show discovered topics, those the list of reasons lacks first.

    Parameters
    ----------
    discovered : DataFrame, optional
        ``topic_id, name, n`` and, where known, ``n_unknown`` (contacts of it without a reason), ``quote``.
    level : float
        Level of the intervals.
    """
    if discovered is None or len(discovered) == 0:
        return ()
    need(discovered, ("topic_id", "name", "n"), "discovered")
    table = discovered.loc[discovered["topic_id"].astype(int) >= 0]
    known = "n_unknown" in table
    lines = []
    for row in table.to_dict("records"):
        n = int(row["n"])
        gap = share_interval(int(row["n_unknown"]), n, level) if known else Estimate()
        lines.append((str(row["name"]), n, gap, str(row.get("quote") or "")))
    lines.sort(key=lambda line: (not _is_gap(line[2]), -line[1], line[0]))
    cols = (Col("col_topic"), Col("col_topic_n", "whole"), Col("col_gap", "percent", drawn=True), Col("col_quote"))
    gaps = sum(_is_gap(line[2]) for line in lines)
    said = (Said("topics_gap", (("k", "whole", gaps), ("share", "percent", _GAP))),) if gaps else ()
    return section("discovered", (Grid("discovered", cols, tuple(lines), most=10),), said)


def _is_gap(share: Estimate) -> bool:
    return share.known and share.low > _GAP


def aspect_section(aspects: pd.DataFrame | None, level: float) -> tuple[Section, ...]:
    """Show which things are praised and which are not, over all, by product and by month.

    Parameters
    ----------
    aspects : DataFrame, optional
        ``aspect, negative, positive`` and any of ``product, month``: contacts that speak well or badly of it;
        ``n_read`` may tell, the same in each row, how many contacts were read.
    level : float
        Level of the intervals.
    """
    if aspects is None or len(aspects) == 0:
        return ()
    need(aspects, ("aspect", "negative", "positive"), "aspects")
    n_read = aspects["n_read"].iloc[0] if "n_read" in aspects else 0
    said = (Said("aspects_read", (("n", "count", int(n_read)),)),) if n_read else ()
    whole = _sum(aspects, ["aspect"], level)
    named = [row[0] for row in whole]
    grids = [Grid("aspects", _cols(), tuple(whole), most=12)]
    for name, head in (("product", "col_product"), ("month", "col_month")):
        if name in aspects and len(set(aspects[name].dropna().astype(str)) - {""}) > 1:
            part = aspects.loc[aspects["aspect"].isin(named) & aspects[name].notna()]
            rows = _sum(part.loc[part[name].astype(str) != ""], ["aspect", name], level)
            cols = (_cols()[0], Col(head), *_cols()[1:])
            grids.append(Grid(f"aspects_{name}", cols, tuple(rows), most=12, folded=True))
    return section("aspects", tuple(grids), said) if whole else ()


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
