"""Which issue first? By avoidable cost, severity and growth, with how sure the order is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.errors import SettingsError
from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.results import IssueCosts, need_costs

Floats = NDArray[np.float64]
Factor = Mapping[str, float | tuple[float, float, float]]


def rank_issues(
    costs: IssueCosts,
    *,
    severity: Factor | None = None,
    growth: Factor | None = None,
    draws: int = 4_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Rank issues by ``avoidable cost x severity x growth`` with the uncertainty of each rank.

    Each factor is drawn from a log-normal distribution with its value as median and its interval as quantiles; ranks
    over the draws give the interval of the rank and the chance to be among the first three (Goldstein and
    Spiegelhalter, League tables and their limitations, J. R. Stat. Soc. A 159, 1996).

    Parameters
    ----------
    costs : IssueCosts
        Issue costs without further keys; ``avoidable_cost`` is used where it is known, else the issue is left out. A
        table without that column is ranked by cost.
    severity, growth : mapping of str to float or (value, low, high), optional
        Factor by issue, above 0; 1 where it is missing. Severity, say, from the share of complaints and of churn;
        growth is the cost of the last period over that of the one before.
    draws : int
        Number of draws.
    seed : int
        Seed of the draws.

    Returns
    -------
    DataFrame
        ``issue, priority, rank, rank_low, rank_high, p_top3, cost_rank``: best first. Its level is that of the costs.

    Raises
    ------
    SettingsError
        If a factor is not above 0.

    Examples
    --------
    >>> table = pd.DataFrame({"issue": ["bill", "login"], "cost": [100.0, 90.0], "cost_low": [60.0, 80.0],
    ...                       "cost_high": [150.0, 100.0]})
    >>> ranking = rank_issues(IssueCosts(table), growth={"login": 2.0})
    >>> ranking[["issue", "rank", "rank_low", "rank_high"]].values.tolist()
    [['login', 1, 1, 1], ['bill', 2, 2, 2]]
    """
    whole, level = need_costs(costs).table, costs.level
    real = whole[~whole["issue"].isin([UNKNOWN, UNALLOCATED]) & (whole["cost"] > 0)]
    if "avoidable_cost" in real:
        real = real[real["avoidable_cost"].notna()]
    real = real.sort_values("issue", kind="stable")
    names = real["issue"].astype(str).tolist()
    cost = real["cost"].to_numpy(dtype=float)
    saved = real["avoidable_cost"].to_numpy(dtype=float) if "avoidable_cost" in real else cost
    rng = np.random.default_rng(seed)
    bounds = real[["cost_low", "cost_high"]].to_numpy(dtype=float)
    sample = (saved / cost) * _draw(cost, bounds[:, 0], bounds[:, 1], level, (rng, draws))
    priority = saved.copy()
    for name, factor in (("severity", severity), ("growth", growth)):
        value, low, high = _factor(name, factor or {}, names)
        sample = sample * _draw(value, low, high, level, (rng, draws))
        priority = priority * value
    ranks = _ranks(sample)
    edge = (1 - level) / 2
    table = pd.DataFrame(
        {
            "issue": names,
            "priority": priority,
            "rank": _ranks(priority[None])[0],
            "rank_low": np.quantile(ranks, edge, axis=0, method="lower"),
            "rank_high": np.quantile(ranks, 1 - edge, axis=0, method="higher"),
            "p_top3": (ranks <= 3).mean(axis=0),
            "cost_rank": _ranks(cost[None])[0],
        }
    )
    return table.sort_values(["rank", "issue"], kind="stable", ignore_index=True)


def _ranks(values: Floats) -> NDArray[np.int64]:
    """Rank along the rows, 1 for the largest; equal values in the order of the columns."""
    order = np.argsort(-values, axis=1, kind="stable")
    ranks = np.empty(values.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.arange(1, values.shape[1] + 1)[None, :], axis=1)
    return ranks


def _draw(value: Floats, low: Floats, high: Floats, level: float, source: tuple[np.random.Generator, int]) -> Floats:
    from scipy.stats import norm

    rng, draws = source
    z = float(norm.ppf(0.5 + level / 2))
    floor = np.maximum(value, 1e-300) * 1e-3
    spread = np.log(np.maximum(high, floor) / np.maximum(low, floor)) / (2 * z)
    return np.asarray(value * np.exp(spread * rng.standard_normal((draws, len(value)))), dtype=float)


def _factor(name: str, factor: Factor, issues: list[str]) -> tuple[Floats, Floats, Floats]:
    rows = [_three(f"{name}.{issue}", factor.get(issue, 1.0)) for issue in issues]
    value, low, high = np.array(rows, dtype=float).reshape(-1, 3).T
    return value, low, high


def _three(where: str, value: float | tuple[float, float, float]) -> tuple[float, float, float]:
    middle, low, high = value if isinstance(value, tuple | list) else (value, value, value)
    if not 0 < low <= middle <= high < np.inf:
        raise SettingsError(
            "wrong factor", where=where, got=repr(value)[:40], expected="above 0, or (value, low, high)"
        )
    return float(middle), float(low), float(high)
