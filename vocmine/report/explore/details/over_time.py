"""An issue by month and by week, with the days of its fixes and incidents."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.report.explore.encode import number, shown
from vocmine.report.explore.source import ExploreSource
from vocmine.report.incident_input import OVER, items_of
from vocmine.report.inputs import need
from vocmine.report.sections.fixes import fix_records
from vocmine.report.sections.protocol import ReportView

_NAME = 120  # characters


def months(view: ReportView, source: ExploreSource) -> dict[str, list[dict[str, Any]]]:
    """Give cost and contacts by month; ``part`` is 1 where not all days of a month are there."""
    table = source.inputs.get("months")
    if table is None or len(table) == 0:
        return {}
    need(table, ("month", "issue"), "months")
    table = table.assign(part=table["is_partial"].astype(int) if "is_partial" in table else 0)
    return _by_issue(view, table.sort_values(["issue", "month"], kind="stable"), ("month", "part"))


def weeks(view: ReportView, source: ExploreSource) -> dict[str, list[dict[str, Any]]]:
    """Give cost and contacts of whole weeks, each by its first day; they have no ranges of their own."""
    table = source.inputs.get("issue_weeks")
    if table is None or len(table) == 0:
        return {}
    need(table, ("week", "issue"), "issue_weeks")
    table = table.rename(columns={"week": "from"})
    return _by_issue(view, table.sort_values(["issue", "from"], kind="stable"), ("from",))


def _by_issue(view: ReportView, table: pd.DataFrame, keys: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    s = view.summary
    money = view.words.decimals if s.in_money else None
    out: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        cost = (number(row.get(name), money) if money is not None else None for name in ("cost", "low", "high"))
        figures = dict(zip(("cost", "low", "high"), cost, strict=True))
        out.setdefault(str(row["issue"]), []).append({
            **{key: row[key] if key == "part" else str(row[key]) for key in keys}, **figures,
            "n": number(row.get("n_contacts"), 1), "hours": number(row.get("handle_hours"), 2),
        })
    return out


def marks(view: ReportView, source: ExploreSource) -> dict[str, list[dict[str, Any]]]:
    """Give the days of fixes and the spans of incidents that an issue's contacts belong to, the earliest first."""
    found = [*_fixes(view, source), *_incidents(view, source)]
    out: dict[str, list[dict[str, Any]]] = {}
    for issue, mark in sorted(found, key=lambda pair: (pair[0], pair[1]["from"], pair[1]["kind"], pair[1]["id"])):
        out.setdefault(issue, []).append(mark)
    return out


def _fixes(view: ReportView, source: ExploreSource) -> list[tuple[str, dict[str, Any]]]:
    table = source.inputs.get("fixes")
    if table is None:
        return []
    name = view.words("data_fix")
    return [
        (x.issue, {"kind": "fix", "from": x.day.isoformat(), "to": None, "name": name, "id": ""})
        for x in fix_records(table)
    ]


def _incidents(view: ReportView, source: ExploreSource) -> list[tuple[str, dict[str, Any]]]:
    table = source.inputs.get("incidents")
    rows = [] if table is None or "reasons" not in table else table.to_dict("records")
    out = []
    for row in rows:
        key = str(row["incident_id"])
        over = row["state"] == OVER
        mark = {
            "kind": "incident", "from": _day(row["first_day"]), "to": _day(row["last_day"]) if over else None,
            "name": shown(view.evidence.incident_names.get(key, ""), _NAME), "id": shown(key, _NAME),
        }
        out += [(str(issue), mark) for issue in dict.fromkeys(items_of(row["reasons"]))]
    return out


def _day(value: Any) -> str:
    return str(pd.Timestamp(value).date())
