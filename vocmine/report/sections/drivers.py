"""What moves satisfaction, recommendation (NPS) and repeats, as `vocmine.drivers` gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Kind, Section, Sentence
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_OUTCOMES: Mapping[str, Kind] = {"csat": "decimal", "nps": "number", "repeat": "decimal"}
_LEVELS: Mapping[str, Kind] = {"csat": "decimal", "nps": "number", "repeat": "percent"}
_SCALES = {"repeat": 100.0}  # moves of a rate are told in points of it
_FEWEST = 10  # answers that a row needs
_MOST_TOLD = 3  # drivers that sentences name
_ROWS = 8
_N = {"repeat": "col_n"}  # head of what is counted, where it is no answer
_STEP = {"issue": "reason"}  # kind of a driver as a kind of place
_CONTRIBUTIONS = (
    "outcome", "group", "kind", "name", "n", "share", "effect", "effect_low", "effect_high", "value", "low", "high",
    "is_sure",
)
_PARTS = ("outcome", "kind", "name", "n_before", "n_after", "mix", "rate", "value", "low", "high")


@dataclass(frozen=True)
class DriverLine:
    """A driver of an outcome, for figures.

    Parameters
    ----------
    outcome : {"csat", "nps", "repeat"}
        What it moves.
    group : {"product", "service", "other"}
        What customers had trouble with, or how they were served.
    place : (str, str)
        Kind of place and name, as of a cell of kind ``place``.
    value : Estimate
        How far it moves the mean.
    """

    outcome: str
    group: str
    place: tuple[str, str]
    value: Estimate


def _count(data: SectionData) -> Section | None:
    """Read ``drivers``: a mapping of any of these to its frame.

    ``contributions`` (`vocmine.drivers.drivers`, of several outcomes one below the other), ``size, groups, parts``
    (`mean_gap` and `gap` by group and by driver, with ``first_before, last_before, first_after, last_after``),
    ``predicted`` (`predicted_satisfaction`), ``answering``, ``nps`` (`net_promoters`).
    """
    tables = data.get("drivers") or {}
    contributions = tables.get("contributions")
    lines: list[dict[Any, Any]] = []
    if contributions is not None:
        need(contributions, _CONTRIBUTIONS, "drivers contributions")
        lines = [row for row in contributions.to_dict("records") if int(row["n"]) >= _FEWEST]
    grids = [grid for outcome in _OUTCOMES for grid in _outcome_grids(lines, outcome)]
    gaps = _gap_grids(tables)
    grids = [*gaps[:1], *grids, *gaps[1:], *_nps_grid(tables.get("nps")), *_answering_grid(tables.get("answering"))]
    sentences = (*_moving(lines), *_nps_sentence(tables.get("nps")), *_gap_sentences(tables), *_predicted(tables))
    filled = tuple(grid for grid in grids if grid.rows)
    records = tuple(
        DriverLine(str(row["outcome"]), str(row["group"]), _place(row), _estimate(row, "value", "low", "high", "n"))
        for row in lines
    )
    return Section("drivers", sentences, filled, records) if filled or sentences else None


def _place(row: Mapping[Any, Any]) -> tuple[str, str]:
    kind = str(row["kind"])
    return _STEP.get(kind, kind), str(row["name"]) or kind


def _scale(row: Mapping[Any, Any]) -> float:
    return _SCALES.get(str(row.get("outcome", "")), 1.0)


def _estimate(row: Mapping[Any, Any], value: str, low: str, high: str, n: str) -> Estimate:
    scale = _scale(row)
    return Estimate(scale * float(row[value]), scale * float(row[low]), scale * float(row[high]), int(row[n]))


def _size(row: Mapping[Any, Any], n: str) -> Estimate:
    """Give how large a figure is that is surely on one side of 0."""
    scale = _scale(row)
    low, high = sorted(scale * abs(float(row[name])) for name in ("low", "high"))
    return Estimate(scale * abs(float(row["value"])), low, high, int(row[n]))


def _told(found: tuple[float, float, float], n: int) -> Estimate:
    value, low, high = found
    return Estimate(value, low, high, n)


def _outcome_grids(lines: Sequence[Mapping[Any, Any]], outcome: str) -> list[Grid]:
    """Give what customers had trouble with apart from how they were served."""
    kind = _OUTCOMES[outcome]
    cols = (
        Col("col_driver", "place"), Col("col_driver_kind", "code"), Col(_N.get(outcome, "col_answers"), "whole"),
        Col("col_share", "percent"), Col(f"col_effect_{outcome}", kind), Col(f"col_moves_{outcome}", kind),
        Col("col_driver_sure", "code"),
    )
    grids = []
    for group in ("product", "service"):
        rows = tuple(
            (_place(row), f"driver_{row['kind']}", int(row["n"]), float(row["share"]),
             _estimate(row, "effect", "effect_low", "effect_high", "n"), _estimate(row, "value", "low", "high", "n"),
             "driver_sure" if row["is_sure"] else "driver_unsure")
            for row in lines
            if row["outcome"] == outcome and row["group"] == group
        )
        grids.append(Grid(f"drivers_{outcome}_{group}", cols, rows, most=_ROWS, folded=outcome != "csat"))
    return grids


def _moving(lines: Sequence[Mapping[Any, Any]]) -> list[Sentence]:
    """Name what surely lowers satisfaction and NPS or brings customers back; no more than a few of each."""
    said: list[Sentence] = []
    for outcome, kind in _OUTCOMES.items():
        mine = [row for row in lines if row["outcome"] == outcome]
        if not mine:
            continue
        worse = 1 if outcome == "repeat" else -1
        harm = [row for row in mine if row["is_sure"] and row["value"] * worse > 0 and row["group"] != "other"]
        for row in harm[:_MOST_TOLD]:
            values = (("name", "place", _place(row)), ("n", "whole", int(row["n"])), ("value", kind, _size(row, "n")))
            said.append(Sentence(f"drivers_{outcome}_{'served' if row['kind'] == 'served' else 'harm'}", values))
        if not harm:
            said.append(Sentence(f"drivers_{outcome}_none"))
    return said


def _gap_grids(tables: Mapping[str, Any]) -> list[Grid]:
    """Give the gap of each outcome by group, and by driver."""
    grids = []
    size, groups, parts = (tables.get(name) for name in ("size", "groups", "parts"))
    if size is None or groups is None or parts is None:
        return []
    for frame, name in ((groups, "groups"), (parts, "parts")):
        need(frame, _PARTS, f"drivers {name}")
    for outcome, kind in _OUTCOMES.items():
        whole = size.loc[size["outcome"] == outcome].to_dict("records")
        rows = [
            (f"driver_group_{row['group']}", _estimate(row, "value", "low", "high", "n_after"))
            for row in groups.loc[groups["outcome"] == outcome].to_dict("records")
        ]
        if whole and rows:
            rows.append(("driver_group_whole", _estimate(whole[0], "value", "low", "high", "n_after")))
        cols = (Col("col_gap_group", "code"), Col(f"col_gap_{outcome}", kind))
        grids.append(Grid(f"drivers_gap_{outcome}", cols, tuple(rows), folded=outcome != "csat"))
        grids.append(_part_grid(parts.loc[parts["outcome"] == outcome], outcome, kind))
    return grids


def _part_grid(parts: pd.DataFrame, outcome: str, kind: Kind) -> Grid:
    counted = "col_count" if outcome == "repeat" else "col_answers"
    cols = (
        Col("col_driver", "place"), Col("col_driver_kind", "code"),
        *(Col(f"{counted}_{end}", "whole") for end in ("before", "after")),
        Col("col_gap_mix", kind), Col("col_gap_rate", kind), Col(f"col_gap_{outcome}", kind),
    )
    rows = tuple(
        (("served", "rest") if row["kind"] == "rest" else _place(row), f"driver_{row['kind']}", int(row["n_before"]),
         int(row["n_after"]), *(_scale(row) * float(row[name]) for name in ("mix", "rate")),
         _estimate(row, "value", "low", "high", "n_after"))
        for row in parts.to_dict("records")
    )
    return Grid(f"drivers_parts_{outcome}", cols, rows, most=_ROWS, folded=True)


def _gap_sentences(tables: Mapping[str, Any]) -> list[Sentence]:
    """Say how each outcome moved from last month to this one, and how much of it each group makes up."""
    size, groups = tables.get("size"), tables.get("groups")
    if size is None or groups is None:
        return []
    said = []
    for row in size.to_dict("records"):
        outcome, kind = str(row["outcome"]), _OUTCOMES[str(row["outcome"])]
        way = "up" if row["low"] > 0 else "down" if row["high"] < 0 else "open"
        days = tuple((name, "day", date.fromisoformat(str(row[name]))) for name in
                     ("first_before", "last_before", "first_after", "last_after"))
        ends = tuple((name, _LEVELS[outcome], float(row[name])) for name in ("before", "after"))
        if way == "open":
            said.append(Sentence(f"gap_{outcome}_open", (*days, *ends)))
            continue
        said.append(Sentence(f"gap_{outcome}_{way}", (*days, *ends, ("change", kind, _size(row, "n_after")))))
    return said


def _nps_grid(table: pd.DataFrame | None) -> list[Grid]:
    if table is None or not len(table):
        return []
    need(table, ("group", "n", "promoters", "passives", "detractors", "nps", "low", "high"), "drivers nps")
    rows = tuple(
        (str(row["group"]), int(row["n"]), int(row["promoters"]), int(row["passives"]), int(row["detractors"]),
         _estimate(row, "nps", "low", "high", "n"))
        for row in table.iloc[1:].to_dict("records")
        if int(row["n"]) >= _FEWEST
    )
    cols = (
        Col("col_issue", "issue"), Col("col_answers", "whole"), Col("col_promoters", "whole"),
        Col("col_passives", "whole"),        Col("col_detractors", "whole"), Col("col_nps", "number"),
    )
    return [Grid("nps", cols, rows, most=_ROWS)]


def _nps_sentence(table: pd.DataFrame | None) -> list[Sentence]:
    if table is None or not len(table):
        return []
    row = table.to_dict("records")[0]
    value = _estimate(row, "nps", "low", "high", "n")
    return [Sentence("nps_all", (("n", "whole", int(row["n"])), ("nps", "number", value)))]


def _predicted(tables: Mapping[str, Any]) -> list[Sentence]:
    """Tell what those who did not answer would have said, apart from what was answered; or why nobody can."""
    found = tables.get("predicted")
    if found is None:
        return []
    n = int(found.n_answers)
    if found.why_not:
        return [Sentence(f"predicted_not_{found.why_not}", (("n", "whole", n),))]
    others = int((~found.table["is_answered"]).sum())
    said = Sentence("predicted_answered", (("n", "whole", n), ("mean", "decimal", _told(found.answered, n))))
    if not others:
        return [said]
    values = (("n", "whole", others), ("mean", "decimal", _told(found.unanswered, others)))
    checked = (("n", "whole", n), ("error", "decimal", float(found.calibration_error)))
    return [said, Sentence("predicted_others", values, follows=True), Sentence("predicted_checked", checked)]


def _answering_grid(table: pd.DataFrame | None) -> list[Grid]:
    if table is None or not len(table):
        return []
    need(table, ("kind", "name", "n", "n_answered", "share", "low", "high"), "drivers answering")
    rows = tuple(
        ((str(row["kind"]), str(row["name"])), int(row["n"]), int(row["n_answered"]),
         _estimate(row, "share", "low", "high", "n"))
        for row in table.loc[table["kind"] != "all"].to_dict("records")
    )
    cols = (
        Col("col_answering", "place"), Col("col_n", "whole"), Col("col_answers", "whole"),
        Col("col_answering_share", "percent", drawn=True),
    )
    return [Grid("answering", cols, rows, folded=True)]


SECTION = SectionType("drivers", ("drivers",), _count, PageLayout(62, listed=True), SheetLayout(116))
