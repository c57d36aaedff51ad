"""What a fix did to contacts and cost, and when it pays what it cost: measured where made, assumed where planned."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from vocmine.cost.fix_file import Fix, fix_savings
from vocmine.results import IssueCosts, need_costs

_MONTH = 30.0  # days, as everywhere in a report
_CONTACTS = {
    "saving": "contacts_fewer", "low": "contacts_fewer_low", "high": "contacts_fewer_high",
    "change": "contacts_change", "change_low": "contacts_change_low", "change_high": "contacts_change_high",
}
_MONEY = ("saving_month", "saving_month_low", "saving_month_high")
_BACK = ("payback_months", "payback_low", "payback_high")
RETURN_COLUMNS = ("fix_cost", "planned", *_MONEY, *_BACK, "paid_back")
"""Columns that `fix_returns` adds."""


def fix_effects(
    costs: IssueCosts, fixes: Sequence[Fix], *, value: str = "cost", level: float = 0.95, trend: bool = True
) -> pd.DataFrame:
    """Estimate what each fix did to the contacts of its issue, and to its cost.

    Contacts fall first and most surely: a cost moves with handle times too. Both by the same method, see `fix_saving`:
    the change of contacts is a ratio of rates of an interrupted time series.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs by day, week or month, whole periods only, with ``n_contacts``.
    fixes : sequence of Fix
        Those that are planned are left out.
    value, level, trend
        As for `fix_saving`; `value` is what the columns without ``contacts`` are about.

    Returns
    -------
    DataFrame
        As `fix_savings`, with ``contacts_change`` (-0.66: 66 % fewer) and ``contacts_fewer`` (since the fix), each with
        ``_low`` and ``_high``.

    Examples
    --------
    >>> weeks = pd.date_range("2026-01-05", periods=20, freq="W-MON").strftime("%Y-%m-%d")
    >>> weekly = pd.DataFrame({"week": weeks, "issue": "bill", "n_contacts": [30.0, 31.0] * 5 + [10.0, 11.0] * 5,
    ...     "cost": [100.0, 104.0] * 5 + [51.0, 49.0] * 5})
    >>> table = fix_effects(IssueCosts(weekly), [Fix("bill", "2026-03-16")], trend=False)
    >>> table[["contacts_change", "change"]].round(2).values.tolist()
    [[-0.66, -0.51]]
    """
    effects = fix_savings(costs, fixes, value=value, level=level, trend=trend)
    contacts = fix_savings(costs, fixes, value="n_contacts", level=level, trend=trend)
    out = effects.assign(**{name: contacts[key] for key, name in _CONTACTS.items()})
    # What can be said of contacts is said, also where nothing can be said of the cost.
    return out.assign(problem=out["problem"].where(contacts["saving"].isna(), ""))


def fix_returns(
    effects: pd.DataFrame | None, fixes: Sequence[Fix], costs: IssueCosts, days: float, last_day: str
) -> pd.DataFrame:
    """Say when each fix pays back what it cost: from what was measured since, or from what could be avoided if planned.

    A fix that is made saves, a month, what it has saved since its day (the range of the time series, widened by how
    surely contacts are told to belong to the issue: both in quadrature, mistakes taken as the same before and after).
    One that is planned saves the avoidable cost of its issue (labour; the part of the failure demand that costs were
    made with, half by default), with the range of that cost. The payback is the cost of the fix over the saving of a
    month; where the low end of the saving is not above 0 there is no latest month: it may never pay.

    Parameters
    ----------
    effects : DataFrame or None
        From `fix_effects` or `fix_savings` of costs.
    fixes : sequence of Fix
        The same, with those that are planned.
    costs : IssueCosts
        Issue costs of the latest time, with ``avoidable_cost`` for planned fixes.
    days : float
        Days that these costs are of.
    last_day : str
        Last day of the data.

    Returns
    -------
    DataFrame
        One row a fix: the columns of `effects`, and ``fix_cost, planned, saving_month`` and ``payback_months`` with
        ``_low`` and ``_high`` (infinite where it never pays), ``paid_back`` (``yes``, ``no``, ``open``, or empty where
        it can't be told). Fixes that are made first, the latest on top.

    Examples
    --------
    A fix of 60,000 that ends half of a failure that costs 40,000 (30,000 to 60,000) a month:

    >>> table = pd.DataFrame({"issue": ["bill"], "cost": [40_000.0], "cost_low": [30_000.0], "cost_high": [60_000.0],
    ...     "avoidable_cost": [20_000.0]})
    >>> found = fix_returns(None, [Fix("bill", "", cost=60_000, planned=True)], IssueCosts(table), 30, "2026-10-30")
    >>> found[["payback_low", "payback_months", "payback_high"]].values.tolist()
    [[2.0, 3.0, 4.0]]
    """
    lines = need_costs(costs).table.drop_duplicates("issue").set_index("issue").to_dict("index")
    made = [] if effects is None else effects.to_dict("records")
    given = {(fix.issue, fix.fixed_at, fix.note): fix for fix in fixes if not fix.planned}
    rows: list[dict[Any, Any]] = []
    for row in made:
        fix = given.get((row["issue"], row["fixed_at"], row["note"]))
        since = (pd.Timestamp(last_day) - pd.Timestamp(row["fixed_at"])).days + 1
        so_far = _widened(row, lines.get(row["issue"], {}))
        month = _scaled(so_far, _MONTH / since if since > 0 else math.nan)
        cost = fix.cost if fix is not None else None
        rows.append({**row, **_back(cost, False, month), "paid_back": _paid(cost, so_far)})
    plans = [fix for fix in fixes if fix.planned]
    for fix in sorted(plans, key=lambda each: (each.issue, each.fixed_at, each.note)):
        line = lines.get(fix.issue)
        month = _avoided(line or {}, days)
        problem = "not in the costs" if line is None else "" if math.isfinite(month[0]) else "nothing known to avoid"
        rows.append({
            "issue": fix.issue, "fixed_at": fix.fixed_at, "compare": fix.compare or "", "note": fix.note,
            "problem": problem, **_back(fix.cost, True, month), "paid_back": "",
        })
    columns = list(effects.columns) if effects is not None else ["issue", "fixed_at", "compare", "note", "problem"]
    return pd.DataFrame(rows, columns=[*columns, *RETURN_COLUMNS])


def _widened(row: Mapping[Any, Any], line: Mapping[Any, Any]) -> tuple[float, float, float]:
    """Give the saving so far with both errors in its range: that of the time series and that of the tags."""
    saving, low, high = (float(row[name]) for name in ("saving", "low", "high"))
    cost, least, most = (float(line.get(name, math.nan)) for name in ("cost", "cost_low", "cost_high"))
    if not (cost > 0 and math.isfinite(least) and math.isfinite(most)):
        return saving, low, high
    down, up = abs(saving) * (1 - least / cost), abs(saving) * (most / cost - 1)
    down, up = (down, up) if saving >= 0 else (up, down)
    return saving, saving - math.hypot(saving - low, down), saving + math.hypot(high - saving, up)


def _scaled(sizes: tuple[float, float, float], factor: float) -> tuple[float, float, float]:
    value, low, high = sizes
    return value * factor, low * factor, high * factor


def _avoided(line: Mapping[Any, Any], days: float) -> tuple[float, float, float]:
    """Give what could be avoided in a month; its range is that of the cost of the issue, in proportion."""
    avoidable, cost = (float(line.get(name, math.nan)) for name in ("avoidable_cost", "cost"))
    ends = (float(line.get(name, math.nan)) for name in ("cost_low", "cost_high"))
    low, high = (avoidable * end / cost if cost > 0 else math.nan for end in ends)
    return avoidable * _MONTH / days, low * _MONTH / days, high * _MONTH / days


def _back(cost: float | None, planned: bool, month: tuple[float, float, float]) -> dict[str, Any]:
    value, low, high = month
    back = (math.nan,) * 3 if cost is None else (_months(cost, value), _months(cost, high), _months(cost, low))
    return {
        "fix_cost": math.nan if cost is None else float(cost), "planned": planned,
        **dict(zip(_MONEY, month, strict=True)), **dict(zip(_BACK, back, strict=True)),
    }


def _months(cost: float, saving: float) -> float:
    if math.isnan(saving):
        return math.nan
    if cost == 0:
        return 0.0
    return cost / saving if saving > 0 else math.inf


def _paid(cost: float | None, so_far: tuple[float, float, float]) -> str:
    """Say whether a fix has paid back by now: ``yes`` or ``no`` only where the range leaves no doubt."""
    _, low, high = so_far
    if cost is None or math.isnan(low) or math.isnan(high):
        return ""
    return "yes" if low >= cost else "no" if high < cost else "open"
