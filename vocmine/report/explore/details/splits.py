"""An issue by product, by channel and by signal: sums of the ledger, and contacts that show a signal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from vocmine.report.explore.encode import number, shown
from vocmine.report.explore.source import ExploreSource
from vocmine.report.sections.protocol import ReportView

_MOST = 30  # groups of an issue, the dearest
_NAME = 80  # characters


def products(
    view: ReportView, source: ExploreSource, parts: pd.DataFrame, least: int
) -> dict[str, list[dict[str, Any]]]:
    """Give contacts and cost of each issue by product, as its ledger adds them up."""
    return _split(view, parts, source.contacts["product"], least)


def channels(
    view: ReportView, source: ExploreSource, parts: pd.DataFrame, least: int
) -> dict[str, list[dict[str, Any]]]:
    """Give contacts and cost of each issue by channel, as its ledger adds them up."""
    words = view.words
    names = {key: words.name(key, "channel") for key in sorted(source.contacts["channel"].unique())}
    return _split(view, parts, source.contacts["channel"].map(names), least)


def _split(view: ReportView, parts: pd.DataFrame, group: pd.Series, least: int) -> dict[str, list[dict[str, Any]]]:
    own = parts.loc[parts["row"] >= 0]
    thousandths = (own["share"] * 1000).round().astype(np.int64)
    table = own.assign(name=group.to_numpy(object)[own["row"]], thousandths=thousandths)
    table = table.loc[table["name"] != ""]
    sums = table.groupby(["issue", "name"]).agg(
        n=("thousandths", "sum"), cost=("cost", "sum"), rows=("row", "nunique")
    ).reset_index()
    sums = sums.loc[sums["rows"] >= least]
    sums = sums.sort_values(["issue", "cost", "n", "name"], ascending=[True, False, False, True], kind="stable")
    places = view.words.decimals
    money = view.summary.in_money
    out: dict[str, list[dict[str, Any]]] = {}
    for row in sums.groupby("issue", sort=True).head(_MOST).to_dict("records"):
        cost = number(row["cost"] / 10**places, places) if money else None
        found = {"name": shown(row["name"], _NAME), "n": number(row["n"] / 1000, 1), "cost": cost}
        out.setdefault(str(row["issue"]), []).append(found)
    return out


def signals(view: ReportView, least: int) -> dict[str, list[dict[str, Any]]]:
    """Give the signals of each issue with the contacts that show them."""
    w = view.words
    return {
        line.issue: [{"name": w(f"signal_{name}"), "n": n} for name, n in line.signals if n >= least]
        for line in view.summary.issues
    }
