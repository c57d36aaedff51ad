"""From the cost of an issue in the month before to its cost now, step by step."""

from __future__ import annotations

from typing import Any

from vocmine.report.explore.encode import number
from vocmine.report.explore.source import ExploreSource
from vocmine.report.inputs import need
from vocmine.report.sections.protocol import ReportView

_LEFT_OUT = frozenset({"change", "paid_before", "paid", "paid_after"})


def bridge(view: ReportView, source: ExploreSource) -> dict[str, list[dict[str, Any]]]:
    """Give the steps of the issues that have a bridge of their own: the dearest; none where no money is known."""
    table = source.inputs.get("bridge")
    if table is None or len(table) == 0 or not view.summary.in_money:
        return {}
    need(table, ("issue", "step", "cost", "low", "high"), "bridge")
    w, out = view.words, dict[str, list[dict[str, Any]]]()
    for row in table.to_dict("records"):
        issue, step = row["issue"], str(row["step"])
        if not isinstance(issue, str) or not issue or step in _LEFT_OUT:
            continue
        key = f"bridge_step_{step}"
        figures = {name: number(row[column], w.decimals) for name, column in (
            ("value", "cost"), ("low", "low"), ("high", "high")
        )}
        out.setdefault(issue, []).append({"name": w(key) if w.has(key) else step, **figures})
    return out
