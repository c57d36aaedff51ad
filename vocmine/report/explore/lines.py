"""The issues of the page with the figures that the report shows of them."""

from __future__ import annotations

from typing import Any

from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.report.explore.encode import issue_key, number, shown
from vocmine.report.sections.protocol import ReportView
from vocmine.report.summary import IssueLine
from vocmine.stats import Estimate

_NAME = 200  # characters
_CSAT_ANSWERS = 5  # that a mean satisfaction needs to be shown, as everywhere in the report


def issue_lines(view: ReportView) -> list[dict[str, Any]]:
    """Write all lines of the cost table, in the order of the report; ``unknown`` and ``unallocated`` are the last."""
    return [_line(view, line) for line in view.summary.lines]


def other_name(view: ReportView, issue: str) -> str:
    """Give the name of an issue in the other language, for a reader who knows it under that; empty where none is."""
    other = "en" if view.words.lang == "ja" else "ja"
    name = "" if issue in {UNKNOWN, UNALLOCATED} else view.evidence.names.get(other, {}).get(issue, "")
    return "" if name == view.name(issue) else shown(name, _NAME)


def _line(view: ReportView, line: IssueLine) -> dict[str, Any]:
    s, money = view.summary, view.words.decimals
    csat = line.csat.value if line.csat.n >= _CSAT_ANSWERS else None
    return {
        "id": issue_key(line.issue), "name": shown(view.name(line.issue), _NAME),
        "other_name": other_name(view, line.issue), "demand": shown(line.demand, _NAME),
        "team": shown(view.evidence.teams.get(line.issue, ""), _NAME),
        **_range("n", line.contacts, 1, "n_low", "n_high"), "hours": number(line.hours, 2),
        **_range("cost", line.cost, money), **_range("payout", line.payout, money, "payout_low", "payout_high"),
        **_range("growth", line.growth, 3, "growth_low", "growth_high"),
        **_range("growth_own", _growth_apart(line), 3, "growth_own_low", "growth_own_high"),
        "negative": number(line.negative.value, 3), "csat": number(csat, 2),
        "imputed": number(line.imputed_share, 3), "basis": s.basis,
    }


def _growth_apart(line: IssueLine) -> Estimate:
    """Give the growth without incidents, where some of its contacts are of one that goes on."""
    return line.own_growth if line.risen[1] else Estimate()


def _range(key: str, value: Estimate, places: int, low: str = "low", high: str = "high") -> dict[str, Any]:
    return {key: number(value.value, places), low: number(value.low, places), high: number(value.high, places)}
