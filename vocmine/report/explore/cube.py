"""Sums in place of contacts: by day, issue and dimensions, with what few contacts share folded together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from vocmine.report.explore.dims import Dimension
from vocmine.report.explore.encode import numbers

NO_DAY = -1
"""Day of sums whose day is not told."""

_SUMS = ("count", "cost", "payout", "hours", "tagged")
# What is told of a sum, from the most to the least: the grain of its day, and which dimensions. A sum of fewer contacts
# than are asked for is told with less; the last step tells the issue alone, which stands on the page already.
_STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("day", ("channel", "product", "version", "segment", "plan", "team", "mood")),
    ("week", ("channel", "product", "segment", "plan", "team", "mood")),
    ("week", ("channel", "product", "segment", "mood")),
    ("week", ("channel", "product")),
    ("whole", ("channel", "product", "version", "segment", "plan")),
    ("whole", ("channel", "product", "segment")),
    ("week", ("channel",)),
    ("whole", ("channel", "product")),
    ("whole", ("channel",)),
    ("whole", ()),
)


def cube(
    parts: pd.DataFrame, days: Any, dims: Sequence[Dimension], fold_below: int, decimals: int
) -> dict[str, Any] | None:
    """Add up parts of contacts to cells of at least so many contacts each; None where there are no parts.

    Parameters
    ----------
    parts : DataFrame
        As `vocmine.report.explore.parts.ledger_parts` gives them, with ``place``: the issue's number on the page.
    days : array-like of int
        Day of each contact.
    dims : sequence of Dimension
        Of all contacts.
    fold_below : int
        Cells of fewer contacts are told with less.
    decimals : int
        Of the currency.

    Returns
    -------
    dict
        ``n, day, issue, dim, count, cost, payout, minutes, tagged``; the sums by issue are those of `parts`. A folded
        dimension has the place behind its last value, a folded day is `NO_DAY` (of weeks, the first day of the week).
    """
    if parts.empty:
        return None
    table = _table(parts, np.asarray(days, dtype=np.int64), dims)
    keys = ["day", "issue", *(each.key for each in dims)]
    kept = []
    for grain, told in _STEPS:
        told_here = table.assign(**_coarser(table, grain, told, dims))
        n = told_here.groupby(keys, sort=False)["row"].transform("nunique")
        enough = (n >= fold_below) | ((grain, told) == _STEPS[-1])
        kept.append(told_here.loc[enough])
        table = table.loc[~enough]
    cells = pd.concat(kept).groupby(keys, sort=True)[list(_SUMS)].sum().reset_index()
    unit = 10**decimals
    return {
        "n": len(cells),
        "day": cells["day"].tolist(),
        "issue": cells["issue"].tolist(),
        "dim": {each.key: cells[each.key].tolist() for each in dims},
        "count": numbers(cells["count"], 3),
        "cost": numbers(cells["cost"] / unit, decimals),
        "payout": numbers(cells["payout"] / unit, decimals),
        "minutes": numbers(cells["hours"] * 60, 1),
        "tagged": cells["tagged"].tolist(),
    }


def _table(parts: pd.DataFrame, days: Any, dims: Sequence[Dimension]) -> pd.DataFrame:
    row = parts["row"].to_numpy()
    own = row >= 0
    columns = {each.key: np.where(own, each.index[row], -1) for each in dims}
    return pd.DataFrame(
        {
            "row": row, "day": np.where(own, days[row], NO_DAY), "issue": parts["place"].to_numpy(), **columns,
            # Thousandths are whole numbers: sums do not depend on the order of rows.
            "count": (parts["share"] * 1000).round().astype(np.int64).to_numpy() / 1000,
            "cost": parts["cost"].to_numpy(), "payout": parts["payout"].to_numpy(),
            "hours": parts["hours"].to_numpy(), "tagged": parts["tagged"].astype(np.int64).to_numpy(),
        }
    )


def _coarser(
    table: pd.DataFrame, grain: str, told: tuple[str, ...], dims: Sequence[Dimension]
) -> dict[str, Any]:
    day = table["day"]
    folded = {each.key: len(each.values) for each in dims if each.key not in told}
    if grain == "day":
        return folded
    return {**folded, "day": NO_DAY if grain == "whole" else np.where(day >= 0, day - day % 7, NO_DAY)}
