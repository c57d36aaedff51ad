"""Targets against actuals: met, missed, or not to be told yet."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_MINUTE = 60.0
_SHARES = ("csat_share", "fcr", "repeat_rate", "transfer_rate")
_NEEDED = ("target", "wanted", "n", "value", "low", "high", "verdict", "within", "within_low", "within_high")


def _count(data: SectionData) -> Section | None:
    """Read ``targets``, as `vocmine.drivers.target_table` gives it; what was not measured is named."""
    targets = data.get("targets")
    if targets is None or not len(targets):
        return None
    need(targets, _NEEDED, "targets")
    rows = targets.to_dict("records")
    measured = [row for row in rows if int(row["n"]) > 0]
    times = [row for row in measured if str(row["target"]).endswith("_seconds")]
    shares = [row for row in measured if row["target"] in _SHARES]
    scores = [row for row in measured if row not in times and row not in shares]
    grids = (
        _grid("target_times", times, "number", _MINUTE), _grid("target_shares", shares, "percent"),
        _grid("target_scores", scores, "decimal"),
    )
    missing = [
        Sentence("target_missing", (("name", "code", f"target_{row['target']}"),))
        for row in rows
        if row not in measured
    ]
    return grid_section("targets", grids, (*_sentences(measured), *missing))


def _grid(key: str, rows: list[dict[Any, Any]], kind: Any, unit: float = 1.0) -> Grid:
    within = key == "target_times"
    cols = (
        Col("col_target", "code"), Col("col_n", "whole"), Col("col_wanted", kind), Col("col_actual", kind),
        *((Col("col_within", "percent"),) if within else ()), Col("col_target_verdict", "code"),
    )
    cells = tuple(
        (f"target_{row['target']}", int(row["n"]), float(row["wanted"]) / unit, _estimate(row, unit),
         *((_within(row),) if within else ()), f"target_{row['verdict']}")
        for row in rows
    )
    return Grid(key, cols, cells)


def _estimate(row: dict[Any, Any], unit: float) -> Estimate:
    value, low, high = (float(row[name]) / unit for name in ("value", "low", "high"))
    return Estimate(value, low, high, int(row["n"]))


def _within(row: dict[Any, Any]) -> Estimate:
    value, low, high = (float(row[name]) for name in ("within", "within_low", "within_high"))
    return Estimate() if pd.isna(value) else Estimate(value, low, high, int(row["n"]))


def _sentences(rows: list[dict[Any, Any]]) -> tuple[Sentence, ...]:
    """Say how many targets were met, missed, and can't be told."""
    verdicts = [str(row["verdict"]) for row in rows]
    if not verdicts:
        return ()
    numbers = {name: verdicts.count(name) for name in ("met", "missed")}
    rest = len(verdicts) - sum(numbers.values())
    values = (*((name, "whole", n) for name, n in numbers.items()), ("open", "whole", rest))
    return (Sentence("target_summary", values),)


SECTION = SectionType("targets", ("targets",), _count, PageLayout(63, listed=True), SheetLayout(117))
