"""What agents chose in a drop-down against what customers' texts say: agreement by code, what "other" holds, cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from vocmine.frames import UNKNOWN
from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate, share_interval

_FEW = 10  # compared contacts below which nothing is said of a code in a sentence
_WEAK = 0.6  # agreement that a code is below for certain, so that it is named
_NAMED = 3  # codes and reasons that a sentence names
_STATES = ("mapped", "read_anew", "ignore", "open", "unmapped", "no_code")


def _count(data: SectionData) -> Section | None:
    """Hold agents' codes against the texts.

    It reads ``codes``: ``agreement`` (``by, group, reasons, n_contacts, n_unread, n, agreement, low, high, kappa,
    kappa_low, kappa_high``, as `vocmine.audits.code_agreement` gives it), ``other`` and ``topics`` (what the contacts
    coded "other" are about: ``reason, n, share, low, high``), ``states`` (contacts by what their code means),
    ``n_suspects`` (contacts whose code is likely wrong) and ``reasons_from``; and ``code_costs``: ``month, code,
    n_contacts, minutes, cost`` as `vocmine.cost.code_costs` gives them.
    """
    codes: Mapping[str, Any] | None = data.get("codes")
    if codes is None:
        return None
    table: pd.DataFrame = codes["agreement"]
    need(table, ("by", "group", "n_contacts", "n", "agreement", "low", "high", "kappa"), "codes agreement")
    grids = (
        _agreement(table, "code"), _agreement(table, "team"), _other(codes.get("other"), "other_reasons", "reason"),
        _other(codes.get("topics"), "other_topics", "text"), _states(codes["states"]),
        _costs(data.get("code_costs"), data.measure),
    )
    return grid_section("codes", grids, _sentences(codes, table, data.level))


def _sentences(codes: Mapping[str, Any], table: pd.DataFrame, level: float) -> tuple[Sentence, ...]:
    whole = table.loc[table["by"] == "all"].iloc[0]
    states, n_all = codes["states"], sum(codes["states"].values())
    said = [Sentence(f"codes_from_{codes['reasons_from']}", (("n", "count", states["mapped"]), ("of", "whole", n_all)))]
    if int(whole["n"]):
        share, kappa = _estimate(whole, ""), _estimate(whole, "kappa")
        values = (("n", "count", int(whole["n"])), ("share", "percent", share), ("kappa", "decimal", kappa))
        said.append(Sentence("codes_agree" if kappa.known else "codes_agree_few", values))
    weak = table.loc[(table["by"] == "code") & (table["n"] >= _FEW) & (table["high"] < _WEAK)]
    if len(weak):
        names = ", ".join(weak.sort_values(["n", "group"], ascending=[False, True])["group"].head(_NAMED))
        told = (("k", "whole", len(weak)), ("names", "text", names), ("share", "percent", _WEAK))
        said.append(Sentence("codes_weak", told))
    if states["read_anew"] and n_all > states["no_code"]:
        other = share_interval(states["read_anew"], n_all - states["no_code"], level)
        said.append(Sentence("codes_other", (("n", "count", states["read_anew"]), ("share", "percent", other))))
    if codes["n_suspects"]:
        said.append(Sentence("codes_suspects", (("n", "count", codes["n_suspects"]),)))
    return tuple(said)


def _estimate(row: Any, name: str) -> Estimate:
    keys = (name, f"{name}_low", f"{name}_high") if name else ("agreement", "low", "high")
    value, low, high = (float(row[key]) for key in keys)
    return Estimate(value, low, high, int(row["n"]))


def _agreement(table: pd.DataFrame, by: str) -> Grid:
    rows = tuple(
        (str(row["group"]), int(row["n_contacts"]), int(row["n"]), _estimate(row, ""), _estimate(row, "kappa"))
        for row in table.loc[table["by"] == by].to_dict("records")
    )
    cols = (
        Col("col_code" if by == "code" else "col_team"), Col("col_n", "whole"), Col("col_compared", "whole"),
        Col("col_agreement", "percent", drawn=True), Col("col_kappa", "decimal"),
    )
    return Grid("codes" if by == "code" else "codes_by_team", cols, rows, most=20)


def _other(table: pd.DataFrame | None, key: str, kind: str) -> Grid:
    cols = (
        Col("col_issue", "reason") if kind == "reason" else Col("col_topic"), Col("col_n", "whole"),
        Col("col_share", "percent", drawn=True),
    )
    if table is None or table.empty or (kind == "text" and set(table["reason"]) == {UNKNOWN}):
        return Grid(key, cols, ())
    rows = tuple(
        (_shown(str(row["reason"]), kind), int(row["n"]),
         Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n"])))
        for row in table.to_dict("records")
    )
    return Grid(key, cols, tuple(row for row in rows if row[0]), most=10)


def _shown(name: str, kind: str) -> str:
    return "" if kind == "text" and name == UNKNOWN else name


def _states(states: Mapping[str, int]) -> Grid:
    whole = sum(states.values())
    rows = tuple((f"code_state_{name}", states[name], states[name] / whole) for name in _STATES if states[name])
    cols = (Col("col_code_state", "code"), Col("col_n", "whole", summed=True),
            Col("col_share", "percent", drawn=True, summed=True))
    return Grid("code_states", cols, rows if len(rows) > 1 else (), folded=True)


def _costs(table: pd.DataFrame | None, measure: str) -> Grid:
    """Give minutes and cost of each code by month, the last month first: all in the workbook."""
    cols = [Col("col_month", "month"), Col("col_code"), Col("col_n", "whole", summed=True),
            Col("col_code_minutes", "number", summed=True)]
    cols += [Col("col_money", "money", summed=True)] if measure == "money" else []
    if table is None or table.empty:
        return Grid("code_costs", tuple(cols), ())
    ordered = table.sort_values("month", ascending=False, kind="stable")
    rows = tuple(
        (str(row["month"]), str(row["code"]) or "–", int(row["n_contacts"]), float(row["minutes"]),
         *((float(row["cost"]),) if measure == "money" else ()))
        for row in ordered.to_dict("records")
    )
    return Grid("code_costs", tuple(cols), rows, most=15, folded=True)


SECTION = SectionType(
    "codes", ("codes", "code_costs"), _count, PageLayout(135, listed=True), SheetLayout(155)
)
