"""Journeys in the report, as `vocmine.journeys` gives them: repeats, transfers, bots, teams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.answers import answer_grid, answer_sentences, self_service_grid
from vocmine.report.sections.aside import Aside
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.report.sections.times import base_sentences, time_grid
from vocmine.stats import NAN, Estimate

_FEWEST = 10  # contacts that a row of the page needs
_ENDS = ("low", "lost", "high")
_FEW_MOVED = 5  # transfers; a pair with fewer stands last
_MEASURES = frozenset({
    "repeat_rate", "first_contact_resolution", "one_touch_share", "transfer_rate", "resolved_share", "csat",
    "csat_share", "contacts_per_customer",
})


def _count(data: SectionData) -> Section | None:
    """Show where customers come back, are passed on, and how teams do.

    It reads ``journeys``: a mapping of any of ``standard, times`` (by channel), ``repeats, first_contact, one_touch``
    (by reason), ``breaks, answers, self_service, transfers, transfer_total, teams, bots, channels`` to its frame, of
    `vocmine.journeys`; of ``answers`` only what stands out, of ``self_service`` only the candidates. Empty frames are
    left out. ``set_aside`` says how many contacts of incidents that go on the tables by reason and team leave out:
    ``incident_id, step`` (``all, reason, team, product, product_version, channel``), ``value, n``.
    """
    tables = {name: table for name, table in (data.get("journeys") or {}).items() if table is not None and len(table)}
    aside = Aside.of(data.get("set_aside"))
    grids = tuple(
        make(tables[name])
        for name, make in (
            ("breaks", _breaks), ("answers", answer_grid), ("self_service", self_service_grid),
            ("transfers", _transfers), ("teams", lambda table: _teams(table, aside)), ("bots", _bots),
            ("channels", _channels),
        )
        if name in tables
    )
    first = _standard(tables["standard"]) if "standard" in tables else Grid("standard", (), ())
    times = time_grid(tables["times"]) if "times" in tables else Grid("times", (), ())
    grids = (times, first, _solved(tables), *grids)
    return grid_section("journeys", grids, _sentences(tables, aside)) if any(grid.rows for grid in grids) else None


def _share(row: Any) -> Estimate:
    return Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n"]))


def _standard(table: pd.DataFrame) -> Grid:
    """Show the usual measures of the field: shares in percent, the rest as they are; times stand by channel."""
    need(table, ("measure", "n", "value", "low", "high"), "journeys standard")
    rows = []
    for row in table.to_dict("records"):
        name = str(row["measure"])
        value, low, high = (float(row[key]) for key in ("value", "low", "high"))
        shares, plain = Estimate(), Estimate()
        if name.endswith(("_rate", "_share", "resolution")):
            shares = Estimate(value, low, high, int(row["n"]))
        else:
            plain = Estimate(value, low, high, int(row["n"]))
        if name in _MEASURES and (shares.known or plain.known):
            rows.append((f"measure_{name}", int(row["n"]), shares, plain))
    cols = (
        Col("col_measure", "code"), Col("col_n", "whole"), Col("col_share", "percent"), Col("x_value", "decimal"),
    )
    return Grid("standard", cols, tuple(rows), most=14)


def _breaks(table: pd.DataFrame) -> Grid:
    """Where more customers than expected had to come again, were passed on or stayed unsolved; sure ones only."""
    need(table, ("step", "value", "n", "hits", "expected", "excess", "share", "low", "high", "stands_out"), "breaks")
    keep = table.loc[table["stands_out"].astype(bool) & (table["excess"] > 0)]
    rows = tuple(
        (f"step_{row['step']}", (str(row["step"]), str(row["value"])), int(row["n"]), float(row["share"]),
         float(row["expected"]), float(row["excess"]))
        for row in keep.sort_values(["excess", "step", "value"], ascending=[False, True, True]).to_dict("records")
    )
    cols = (
        Col("col_step", "code"), Col("col_place", "place"), Col("col_n", "whole"), Col("col_broken", "percent"),
        Col("col_broken_expected", "percent"), Col("col_excess", "number"),
    )
    return Grid("breaks", cols, rows, most=8)


def _solved(tables: Mapping[str, pd.DataFrame]) -> Grid:
    """One row a reason: solved at the first contact, in one touch, and coming back."""
    names = ("first_contact", "one_touch", "repeats")
    shares: dict[str, dict[str, Estimate]] = {}
    for name in names:
        if name in tables:
            need(tables[name], ("reason", "n", "share", "low", "high"), f"journeys {name}")
            for row in tables[name].to_dict("records"):
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
    rows: tuple[tuple[Any, ...], ...] = tuple(
        (str(row["reason"]), str(row["team"]), int(row["n"]), int(row["n_transferred"]), _share(row),
         _hours(row), _money(row))
        for row in keep.to_dict("records")
    )
    cols: tuple[Col, ...] = (
        Col("col_issue", "issue"), Col("col_team"), Col("col_n", "whole"), Col("col_n_moved", "whole"),
        Col("col_moved", "percent", drawn=True), Col("col_hours_lost", "number"), Col("col_money_lost", "money"),
    )
    if not any(row[-1].known for row in rows):
        cols, rows = cols[:-1], tuple(row[:-1] for row in rows)
    return Grid("transfers", cols, rows, most=10)


def _lost(table: pd.DataFrame) -> list[Sentence]:
    """Say what all transfers together took, with its range; that it can't be told, where the range holds nothing."""
    need(table, ("n_transferred", "n_timed", "minutes_lost", "minutes_low", "minutes_high"), "journeys transfer_total")
    row = table.to_dict("records")[0]
    hours, n = _hours(row), int(row["n_transferred"])
    if not n or not hours.ranged:
        return []
    spread = (("hours", "number", hours.value), ("low", "number", hours.low), ("high", "number", hours.high))
    if hours.low <= 0:
        return [Sentence("journey_lost_unclear", (("n", "count", n), *spread))]
    said = [Sentence("journey_lost_range", (("n", "count", n), ("timed", "count", int(row["n_timed"])), *spread))]
    money = _money(row)
    return [*said, *([Sentence("journey_lost_money", (("money", "money", money),), True)] if money.known else [])]


def _money(row: Any) -> Estimate:
    low, value, high = (NAN if pd.isna(row.get(f"money_{end}")) else float(row[f"money_{end}"]) for end in _ENDS)
    return Estimate(value, low, high, int(row.get("n_timed", 0)))


def _hours(row: Any) -> Estimate:
    low, value, high = (row.get(name, NAN) for name in ("minutes_low", "minutes_lost", "minutes_high"))
    value, low, high = (NAN if pd.isna(x) else float(x) / 60 for x in (value, low, high))
    return Estimate(value, low, high, int(row.get("n_timed", 0)))


def _teams(table: pd.DataFrame, aside: Aside) -> Grid:
    need(table, ("team", "n", "csat", "expected", "adjusted", "low", "high"), "journeys teams")
    rows = tuple(
        (str(row["team"]), int(row["n"]), float(row["csat"]), float(row["expected"]),
         Estimate(float(row["adjusted"]), float(row["low"]), float(row["high"]), int(row["n"])),
         *((aside.n("team", str(row["team"])),) if aside else ()))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_team"), Col("x_csat_n", "whole"), Col("col_csat_plain", "decimal"),
        Col("col_csat_expected", "decimal"), Col("col_csat_adjusted", "decimal"),
        *((Col("col_aside", "whole"),) if aside else ()),
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
        Col("col_issue", "issue"), Col("col_mentions", "whole"), Col("col_handed", "percent", drawn=True),
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


def _sentences(tables: Mapping[str, pd.DataFrame], aside: Aside) -> tuple[Sentence, ...]:
    """Tell where most goes wrong, which issue comes back most surely, and what transfers cost."""
    sentences = [*aside.sentences("all", "", "aside_journeys", follows=False)]
    rows = _breaks(tables["breaks"]).rows if "breaks" in tables else ()
    if rows:
        step, place, n, share, usual, excess = rows[0]
        sentences.append(
            Sentence(
                "journey_break_reason" if step == "step_reason" else "journey_break",
                (("step", "code", step), ("place", "place", place), ("n", "count", n), ("share", "percent", share),
                 ("usual", "percent", usual), ("more", "whole", excess)),
            )
        )
        sentences += aside.sentences(place[0], place[1], "aside_here")
    if "repeats" in tables:
        table = tables["repeats"].loc[(tables["repeats"]["n"] >= 20) & (tables["repeats"]["reason"] != "unknown")]
        if len(table):
            row = table.sort_values(["low", "reason"], ascending=[False, True]).to_dict("records")[0]
            values = (("name", "issue", str(row["reason"])), ("share", "percent", _share(row)))
            sentences.append(Sentence("journey_back", values))
            sentences += aside.sentences("reason", str(row["reason"]), "aside_here")
    if "transfer_total" in tables:
        sentences += _lost(tables["transfer_total"])
    answers = answer_sentences(tables.get("answers"), aside)
    return (*base_sentences(tables.get("standard")), *sentences, *answers)


SECTION = SectionType("journeys", ("journeys", "set_aside"), _count, PageLayout(140, listed=True), SheetLayout(140))
