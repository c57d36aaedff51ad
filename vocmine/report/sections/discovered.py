"""Topics that were discovered among the contacts: those that the list of reasons lacks come first."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

from vocmine.report.findings import mostly_unknown
from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType, SheetLayout
from vocmine.stats import NAN, Estimate, share_interval

_GAP = 0.5  # a topic of which more is without a reason is one the list of reasons lacks
_COLUMNS = {
    "name": Col("col_topic"), "n": Col("col_topic_n", "whole"), "gap": Col("col_gap", "percent", drawn=True),
    "growth": Col("col_growth", "ratio"), "cost": Col("col_money", "money"), "quote": Col("col_quote"),
}
_OPTIONAL = ("growth", "cost")  # shown where a topic has one


def _count(data: SectionData) -> Section | None:
    """Show discovered topics, those the list of reasons lacks first.

    It reads ``discovered``, the topics of a `TopicModel`: ``topic_id, name, n`` and, where known, ``n_unknown``
    (contacts of it without a reason), ``growth, growth_low, growth_high``, ``cost`` (labour), ``quote``.
    """
    discovered = data.get("discovered")
    if discovered is None or len(discovered) == 0:
        return None
    need(discovered, ("topic_id", "name", "n"), "discovered")
    table = discovered.loc[discovered["topic_id"].astype(int) >= 0]
    lines = sorted((_line(row, data.level) for row in table.to_dict("records")), key=_order)
    shown = [col for col in _COLUMNS if col not in _OPTIONAL or any(_is_known(line[col]) for line in lines)]
    rows = tuple(tuple(line[col] for col in shown) for line in lines)
    gaps = sum(_is_gap(line["gap"]) for line in lines)
    sentences = (Sentence("topics_gap", (("k", "whole", gaps), ("share", "percent", _GAP))),) if gaps else ()
    grid = Grid("discovered", tuple(_COLUMNS[col] for col in shown), rows, most=10)
    return grid_section("discovered", (grid,), sentences)


def _line(row: Mapping[Hashable, Any], level: float) -> dict[str, Any]:
    n = int(row["n"])
    value, low, high = (float(row.get(name, NAN)) for name in ("growth", "growth_low", "growth_high"))
    return {
        "name": str(row["name"]), "n": n,
        "gap": share_interval(int(row["n_unknown"]), n, level) if "n_unknown" in row else Estimate(),
        "growth": Estimate(value, low, high, n), "cost": float(row.get("cost", NAN)),
        "quote": str(row.get("quote") or ""),
    }


def _order(line: Mapping[str, Any]) -> tuple[bool, int, str]:
    return not _is_gap(line["gap"]), -line["n"], line["name"]


def _is_known(cell: Estimate | float) -> bool:
    return cell.known if isinstance(cell, Estimate) else not math.isnan(cell)


def _is_gap(share: Estimate) -> bool:
    return share.known and share.low > _GAP


def _leads(view: ReportView) -> bool:
    return mostly_unknown(view.summary)


SECTION = SectionType(
    "discovered", ("discovered",), _count, PageLayout(120, listed=True, leads=_leads), SheetLayout(150)
)
