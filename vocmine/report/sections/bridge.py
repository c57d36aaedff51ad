"""The bridge of handling cost: from last month to this month in steps, drawn, in tables, and for the dearest issues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from vocmine.report.incident_costs import SpanPart, merged_parts
from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType, SheetLayout
from vocmine.report.summary import AsidePart
from vocmine.stats import Estimate

_ENDS = ("before", "after")
_PAID = ("paid_before", "paid", "paid_after")
_NO_STEPS = {*_ENDS, *_PAID, "change"}
_WEEKS = 26  # half a year
_ISSUES = 5  # on the page; the workbook has more
_NEEDED = (
    "issue", "step", "cost", "low", "high", "first_before", "last_before", "first_after", "last_after", "n_before",
    "n_after",
)


@dataclass(frozen=True)
class CostMove:
    """How handling cost moved between two months: ends, whole change, steps, days, contacts; and payouts beside it.

    ``aside`` are the contacts of incidents that go on among both, ``aside_cost`` is what they change.
    """

    before: Estimate
    after: Estimate
    change: Estimate
    steps: tuple[tuple[str, Estimate], ...]
    days: tuple[tuple[date, date], tuple[date, date]]
    contacts: tuple[float, float]
    paid: tuple[Estimate, ...] = ()
    aside: tuple[AsidePart, ...] = ()
    aside_cost: float = 0.0

    @property
    def rest(self) -> Estimate:
        """Change without the contacts of incidents that go on; their cost is counted, so the range stays as wide."""
        value, low, high = (number - self.aside_cost for number in self.change.numbers)
        return Estimate(value, low, high)

    @property
    def percent(self) -> float:
        """Change as a share of what it was before."""
        return self.change.value / self.before.value if self.before.value else float("nan")

    @property
    def direction(self) -> str:
        """Give ``up``, ``down``, or ``unclear`` where the range holds 0."""
        return "up" if self.change.low > 0 else "down" if self.change.high < 0 else "unclear"

    @property
    def is_whole(self) -> bool:
        """Whether whole months are compared."""
        return all(
            first.day == 1 and (pd.Timestamp(last) + pd.Timedelta(days=1)).day == 1 for first, last in self.days
        )

    @property
    def largest(self) -> tuple[str, Estimate] | None:
        """The step that moves most in the direction of the change."""
        same = [step for step in self.steps if step[1].value * self.change.value > 0]
        return max(same, key=lambda step: abs(step[1].value)) if same else None


def _count(data: SectionData) -> Section | None:
    """Lead from the handling cost of last month to that of this month, with payouts beside it.

    It reads ``bridge``: ``issue`` (empty for all), ``step, cost, low, high`` as `vocmine.cost.cost_bridge` gives them
    with ``issues``, a step ``change`` with the whole difference, and ``first_before, last_before, first_after,
    last_after`` (days), ``n_before, n_after`` (contacts). ``cost_weeks`` has the trend: ``week, cost, n_contacts`` of
    whole weeks. ``incidents`` and ``ledger`` say how much of the change is that of incidents that go on. Left out where
    the report is not about money.
    """
    table = data.get("bridge")
    if table is None or len(table) == 0 or data.measure != "money":
        return None
    need(table, _NEEDED, "bridge")
    table = table.assign(issue=table["issue"].fillna("").astype(str))
    move = _move(table.loc[table["issue"] == ""])
    move = replace(move, **_aside(move, data))
    grids = (_steps(move), _paid(move), _issues(table), _weeks(data.get("cost_weeks")))
    return Section("bridge", _sentences(move), tuple(grid for grid in grids if grid.rows), (move,))


def _move(rows: pd.DataFrame) -> CostMove:
    found = {str(row["step"]): row for row in rows.to_dict("records")}
    first = rows.iloc[0]
    spans = [
        (pd.Timestamp(first[f"first_{end}"]).date(), pd.Timestamp(first[f"last_{end}"]).date()) for end in _ENDS
    ]
    steps = tuple((name, _estimate(row)) for name, row in found.items() if name not in _NO_STEPS)
    paid = tuple(_estimate(found[name]) for name in _PAID if name in found)
    return CostMove(
        _estimate(found["before"]), _estimate(found["after"]), _estimate(found["change"]), steps,
        (spans[0], spans[1]), (float(first["n_before"]), float(first["n_after"])),
        paid if len(paid) == len(_PAID) else (),
    )


def _estimate(row: Any) -> Estimate:
    return Estimate(float(row["cost"]), float(row["low"]), float(row["high"]))


def _sentences(move: CostMove) -> tuple[Sentence, ...]:
    (first, last), (start, end) = move.days
    values: list[tuple[str, str, Any]] = [
        ("first", "day", first), ("last", "day", last), ("start", "day", start), ("end", "day", end),
        ("before", "short", move.before.value), ("after", "short", move.after.value),
        ("change", "moved_money", move.change), ("percent", "moved_percent", move.percent),
        ("n_before", "count", move.contacts[0]), ("n_after", "count", move.contacts[1]),
    ]
    said = [Sentence(f"bridge_{move.direction}", tuple(values))]
    for part in move.aside:
        held: tuple[tuple[str, str, Any], ...] = (("incident", "incident", part.incident_id), ("n", "count", part.n))
        said.append(Sentence("bridge_aside_part", held, follows=True))
    if move.aside:
        moved = (("part", "moved_money", move.aside_cost), ("rest", "moved_money", move.rest))
        said.append(Sentence("bridge_aside", moved, follows=True))
    if move.paid:
        before, change, after = move.paid
        paid = (("before", "short", before.value), ("after", "short", after.value), ("change", "moved_money", change))
        said.append(Sentence("bridge_paid", paid))
    return tuple(said if move.is_whole else [*said, Sentence("bridge_same_days")])


def _aside(move: CostMove, data: SectionData) -> dict[str, Any]:
    """Find the contacts of incidents that go on in both times, and what they change."""
    (first, last), (start, end) = move.days
    before, after = (SpanPart.of(data.get("ledger"), data.get("incidents"), span) for span in (
        (first, last), (start, end)
    ))
    return {"aside": merged_parts(before.parts, after.parts), "aside_cost": after.cost - before.cost}


def _steps(move: CostMove) -> Grid:
    size = move.before.value
    rows = [
        (f"bridge_step_{name}", cost, cost.value / size if size and name not in _ENDS else None)
        for name, cost in (("before", move.before), *move.steps, ("after", move.after))
    ]
    cols = (Col("col_bridge_step", "code"), Col("col_money", "money"), Col("col_of_before", "percent"))
    return Grid("bridge", cols, tuple(rows))


def _paid(move: CostMove) -> Grid:
    """Give payouts before, their change and payouts now, in a table of their own."""
    rows = tuple((f"bridge_step_{name}", paid) for name, paid in zip(_PAID, move.paid, strict=False))
    return Grid("bridge_paid", (Col("col_bridge_step", "code"), Col("col_paid", "money")), rows)


def _issues(table: pd.DataFrame) -> Grid:
    """Give the steps of the dearest issues beside each other."""
    mine = table.loc[table["issue"] != ""]
    order = list(dict.fromkeys(mine["issue"]))
    there = set(mine["step"]) - _NO_STEPS
    steps = [name for name in dict.fromkeys(table["step"]) if name in there]
    found = {(str(row["issue"]), str(row["step"])): _estimate(row) for row in mine.to_dict("records")}
    rows = tuple(
        (issue, *(found[issue, end].value for end in _ENDS),
         *(found.get((issue, name), Estimate(0.0)) for name in steps))
        for issue in order
    )
    ends = tuple(Col(f"bridge_step_{end}", "money") for end in _ENDS)
    moved = tuple(Col(f"bridge_step_{name}", "money") for name in steps)
    return Grid("bridge_issues", (Col("col_issue", "issue"), *ends, *moved), rows, most=_ISSUES)


def _weeks(weeks: pd.DataFrame | None) -> Grid:
    """Give cost by week, with contacts beside."""
    cols = (Col("x_week", "day"), Col("col_money", "money"), Col("col_n", "whole"))
    if weeks is None or len(weeks) == 0:
        return Grid("cost_weeks", cols, ())
    need(weeks, ("week", "cost", "n_contacts"), "cost_weeks")
    rows = tuple(
        (pd.Timestamp(row["week"]).date(), float(row["cost"]), round(float(row["n_contacts"])))
        for row in weeks.tail(_WEEKS).to_dict("records")
    )
    return Grid("cost_weeks", cols, rows, most=_WEEKS, folded=True)


def _ground(move: CostMove) -> float:
    """Give the level that the drawing starts at, so that small steps between large bars can be seen."""
    levels = [move.before.value]
    for _, cost in move.steps:
        levels.append(levels[-1] + cost.value)
    span = max(levels) - min(levels)
    return max(0.0, min(levels) - 2 * span) if span > 0 else 0.0


def _values(view: ReportView) -> Mapping[str, Any]:
    w, move = view.words, view.summary.records("bridge")[0]
    bars = [
        (w("bridge_step_before"), move.before, w.short_money(move.before.value), True),
        *((w(f"bridge_step_{name}"), cost, w.signed(cost.value, w.short_money), False) for name, cost in move.steps),
        (w("bridge_step_after"), move.after, w.short_money(move.after.value), True),
    ]
    section = view.summary.section("bridge")
    grid = section.grid("cost_weeks") if section else None
    weeks = grid.rows if grid else ()
    titles = [w("bridge_week", day=w.day(day), amount=w.short_money(cost), n=w.count(n)) for day, cost, n in weeks]
    return {
        "bars": bars, "ground": _ground(move), "bridge_label": w("bridge_label"), "cost_weeks": weeks,
        "week_titles": titles,
    }


SECTION = SectionType(
    "bridge", ("bridge", "cost_weeks", "incidents", "ledger"), _count,
    PageLayout(38, listed=True, template="section_bridge.html.j2", values=_values), SheetLayout(98),
)
