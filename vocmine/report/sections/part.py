"""What part of the whole a page is about: contacts, cost and payouts of the part, of the rest and of all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.report.words import Words

ROWS = ("part", "rest", "whole")


def _count(data: SectionData) -> Section | None:
    """Show how large the part is.

    It reads ``part``: ``what`` (`ROWS`), ``n_contacts``, ``size`` (cost, or hours where there are no rates),
    ``payout``.
    """
    table = data.get("part")
    if table is None:
        return None
    need(table, ("what", "n_contacts", "size", "payout"), "part")
    by_row = {str(row["what"]): row for row in table.to_dict("records")}
    whole = by_row["whole"]
    sized = data.measure != "counts"
    cols = [Col("col_part"), Col("col_n", "whole"), Col("col_part_of_n", "percent")]
    if sized:
        size = Col("col_money", "money") if data.measure == "money" else Col("col_hours", "decimal")
        cols += [size, Col(f"col_part_of_{data.measure}", "percent")]
    paid = data.measure == "money" and float(whole["payout"] or 0.0) > 0
    cols += [Col("col_part_payout", "money")] if paid else []
    rows = []
    for name in ROWS:
        row = by_row[name]
        cells: list[Any] = [f"part_row_{name}", int(row["n_contacts"]), _ratio(row["n_contacts"], whole["n_contacts"])]
        cells += [float(row["size"]), _ratio(row["size"], whole["size"])] if sized else []
        rows.append((*cells, float(row["payout"])) if paid else tuple(cells))
    cols[0] = Col("col_part", "code")
    return grid_section("part", (Grid("part", tuple(cols), tuple(rows)),))


def _ratio(part: float, whole: float) -> float | None:
    return float(part) / float(whole) if whole and math.isfinite(whole) else None


def part_title(
    values: Sequence[tuple[str, Sequence[str]]], share: Mapping[str, float], measure: str, words: Words
) -> str:
    """Say in the heading what the page is about, and what part of the whole that is.

    Parameters
    ----------
    values : sequence of (str, sequence of str)
        Values by column; ``""`` is no value.
    share : mapping of str to float
        ``n`` and ``size`` of the part over those of the whole; NaN where there is nothing.
    measure : {"money", "hours", "counts"}
        What issues are measured in.
    words : Words
        Language.

    Examples
    --------
    >>> part_title([("product", ["App"])], {"n": 0.2, "size": 0.12}, "money", Words("en"))
    'Product “App”: 12% of all handling cost'
    """
    join = words("part_join")
    named = words("part_and").join(
        words("part_named", column=words(f"col_{key}"), names=join.join(_named(key, value, words) for value in chosen))
        for key, chosen in values
    )
    size = share["n"] if measure == "counts" else share["size"]
    if not math.isfinite(size):
        return named
    return words(f"part_title_{measure}", named=named, share=words.percent(size))


def _named(key: str, value: str, words: Words) -> str:
    if not value:
        return words("part_none")
    shown = words.name(value, "channel") if key == "channel" else value
    return words("part_quoted", name=shown)


SECTION = SectionType("part", ("part",), _count, PageLayout(12, listed=True, opened=True), SheetLayout(12))
