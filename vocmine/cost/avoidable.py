"""What fixing an issue could save: only failure demand, only the part a fix reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from vocmine.errors import SettingsError
from vocmine.results import IssueCosts, need_costs

Floats = NDArray[np.float64]

DEMANDS = {"failure": 1.0, "value": 0.0}


def avoidable_cost(
    costs: IssueCosts,
    demand: Mapping[str, str | float],
    *,
    fix_rate: float | Mapping[str, float] = 1.0,
    marginal_share: float | None = None,
) -> IssueCosts:
    """Add what fixing each issue could save: ``failure share x cost x fix rate``, labour and payouts apart.

    Failure demand is demand caused by a failure to do something, or to do it right, for the customer (Seddon, Freedom
    from Command and Control, 2003); value demand is what the service is there for, and none of it is avoidable. Where
    the costs were made with chains, the cost is that of the whole chain. The average cost is saved only once staff
    follows; `marginal_share` gives beside it what is saved at once.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs.
    demand : mapping of str to str or float
        By issue: ``"failure"``, ``"value"``, or the share of failure demand, 0 to 1. Other issues get NaN.
    fix_rate : float or mapping of str to float
        Share of the failure demand that the fix ends, 0 to 1, for all or by issue (1 where the mapping has none).
    marginal_share : float, optional
        Share of the cost that falls away in the short run (overtime, paid by contact), 0 to 1.

    Returns
    -------
    IssueCosts
        With further columns ``avoidable_cost``, ``avoidable_low``, ``avoidable_high`` (of handling cost),
        ``avoidable_payout`` where there are payouts, and with `marginal_share` ``avoidable_marginal`` (of handling
        cost: a payout that is not made is saved at once, and whole); ``fix_rate`` where it is one for all issues. The
        interval is that of the cost alone: shares and fix rate are taken as known.

    Raises
    ------
    SettingsError
        If a share is not between 0 and 1, or a demand has another name.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"issue": ["bill", "buy"], "cost": [100.0, 50.0], "cost_low": [80.0, 40.0],
    ...                       "cost_high": [120.0, 60.0]})
    >>> costs = avoidable_cost(IssueCosts(table), {"bill": "failure", "buy": "value"}, fix_rate=0.5)
    >>> costs.table.avoidable_cost.tolist()
    [50.0, 0.0]
    """
    failing = {str(issue): _failure_share(str(issue), value) for issue, value in demand.items()}
    rates = fix_rate if isinstance(fix_rate, Mapping) else {}
    base = 1.0 if isinstance(fix_rate, Mapping) else share_of_one("fix_rate", fix_rate)
    fixed = {str(issue): share_of_one(f"fix_rate.{issue}", value) for issue, value in rates.items()}
    table = need_costs(costs).table
    issue = table["issue"].astype(object)
    factor = issue.map(failing).astype(float) * issue.map(fixed).astype(float).fillna(base)
    out = table.assign(
        avoidable_cost=table["cost"] * factor,
        avoidable_low=table["cost_low"] * factor,
        avoidable_high=table["cost_high"] * factor,
    )
    if "payout" in table:
        out["avoidable_payout"] = table["payout"] * factor
    if marginal_share is not None:
        out["avoidable_marginal"] = out["avoidable_cost"] * share_of_one("marginal_share", marginal_share)
    return replace(costs, table=out, fix_rate=None if isinstance(fix_rate, Mapping) else base)


def share_of_one(where: str, value: object) -> float:
    """Check a share between 0 and 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise SettingsError("wrong share", where=where, got=repr(value)[:20], expected="0 to 1")
    return float(value)


def _failure_share(issue: str, value: str | float) -> float:
    if isinstance(value, str):
        if value not in DEMANDS:
            raise SettingsError(
                "unknown demand", where=f"demand.{issue}", got=value[:20], expected="failure, value or 0 to 1"
            )
        return DEMANDS[value]
    return share_of_one(f"demand.{issue}", value)
