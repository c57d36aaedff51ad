"""What happens around an issue: how many come back, what they came for before and after."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.report.explore.encode import number, shown
from vocmine.report.explore.source import ExploreSource
from vocmine.report.inputs import need
from vocmine.report.sections.protocol import ReportView

_MOST = 8  # reasons before or after
_NONE = "none"  # what follows where nothing does
_LIFT = (("lift", "lift"), ("low", "lift_low"), ("high", "lift_high"))  # the range is null where none was counted
_NAME = 200  # characters


def repeats(source: ExploreSource, least: int) -> dict[str, dict[str, Any]]:
    """Give the share of contacts that the same person repeats, with its range, for each issue."""
    table = _table(source, "repeats", ("reason", "n", "share", "low", "high"))
    if table is None:
        return {}
    rows = table.loc[(table["n"] >= least) & table["share"].notna()].to_dict("records")
    return {
        str(row["reason"]): {
            **{name: number(row[name], 4) for name in ("share", "low", "high")}, "n": int(row["n"]),
        }
        for row in rows
    }


def before(view: ReportView, source: ExploreSource, least: int) -> dict[str, list[dict[str, Any]]]:
    """Give the reasons that the same people contacted for before, the most frequent first."""
    return _flows(view, source, least, "to_reason", "from_reason")


def after(view: ReportView, source: ExploreSource, least: int) -> dict[str, list[dict[str, Any]]]:
    """Give the reasons that the same people contacted for next, the most frequent first."""
    return _flows(view, source, least, "from_reason", "to_reason")


def _flows(
    view: ReportView, source: ExploreSource, least: int, here: str, there: str
) -> dict[str, list[dict[str, Any]]]:
    table = _table(source, "reason_flows", ("from_reason", "to_reason", "n", "lift"))
    if table is None:
        return {}
    rows = table.loc[(table["n"] >= least) & (table["to_reason"] != _NONE)]
    rows = rows.sort_values([here, "n", there], ascending=[True, False, True], kind="stable")
    out: dict[str, list[dict[str, Any]]] = {}
    for row in rows.groupby(here, sort=True).head(_MOST).to_dict("records"):
        lift = {name: number(row.get(column), 2) for name, column in _LIFT}
        found = {"name": shown(view.name(str(row[there])), _NAME), "n": int(row["n"]), **lift}
        out.setdefault(str(row[here]), []).append(found)
    return out


def _table(source: ExploreSource, name: str, columns: tuple[str, ...]) -> pd.DataFrame | None:
    table = (source.inputs.get("journeys") or {}).get(name)
    if table is None or len(table) == 0:
        return None
    need(table, columns, f"journeys[{name!r}]")
    return pd.DataFrame(table)
