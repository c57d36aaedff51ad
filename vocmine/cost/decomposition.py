"""Why did an issue grow? Volume, channel mix, its own share, cost of a contact: parts that add up to the change."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.series import period_column
from vocmine.errors import SettingsError
from vocmine.frames import UNALLOCATED
from vocmine.results import IssueCosts, need_costs

Floats = NDArray[np.float64]

PARTS = ("volume", "mix", "rate", "price")
_DRAWS = 400  # of the Poisson bootstrap


def decompose_change(
    costs: IssueCosts, before: str, after: str, *, key: str = "channel", value: str = "cost", level: float = 0.95
) -> pd.DataFrame:
    """Split the change of each issue between two periods into parts that add up to it.

    An issue costs ``contacts of all x share of the channel x share of the issue in the channel x cost of such a
    contact``. Each factor is moved from the one period to the other, averaged over all orders of moving them, so that
    nothing is left over: a decomposition of rates (Kitagawa, J. American Statistical Association 50, 1955) for several
    factors (Das Gupta, Demography 15, 1978). An issue whose `rate` is near 0 did not grow: its channel did, or all did.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs made with ``by=["month", "channel"]``: a period and the key.
    before, after : str
        The two periods, as ``"2026-01"``.
    key : str
        Column whose mix is taken out: channel, product, version.
    value : {"cost", "n_contacts", "handle_hours"}
        What is split.
    level : float
        Level of the interval of `rate`: contacts are drawn as Poisson counts.

    Returns
    -------
    DataFrame
        Largest change first: ``issue, before, after, change, volume, mix, rate, rate_low, rate_high, price``.
        ``change = volume + mix + rate + price``; `price` is 0 for ``n_contacts``.

    Raises
    ------
    SettingsError
        If the periods, the key or the column is not there.

    Examples
    --------
    Calls double, chats do not, and what people call about stays as it was: all is volume and mix, nothing is rate.

    >>> monthly = pd.DataFrame({"month": ["2026-01"] * 4 + ["2026-02"] * 4, "issue": ["bill", "login"] * 4,
    ...     "channel": ["call", "call", "chat", "chat"] * 2, "n_contacts": [80.0, 20, 30, 70, 160, 40, 30, 70]})
    >>> table = decompose_change(IssueCosts(monthly), "2026-01", "2026-02", value="n_contacts")
    >>> table[["issue", "change", "volume", "mix", "rate"]].round(1).values.tolist()
    [['bill', 80.0, 59.2, 20.8, 0.0], ['login', 20.0, 40.8, -20.8, 0.0]]
    """
    whole = need_costs(costs).table
    name = period_column(whole)
    known = whole[whole["issue"] != UNALLOCATED]
    missing = [column for column in (key, value, "n_contacts") if column not in whole]
    if missing:
        raise SettingsError(
            "not in the costs", where="costs", got=", ".join(missing), hint=f'make them by=["{name}", "{key}"]'
        )
    periods = set(known[name])
    absent = [period for period in (before, after) if period not in periods]
    if absent:
        raise SettingsError(
            "no such period", where=name, got=", ".join(absent), expected=f"{min(periods)} to {max(periods)}"
        )
    issues, groups = sorted(set(known["issue"])), sorted(set(known[key].astype(str)))
    counts, amounts = (
        _cube(known, (name, [before, after]), (key, groups), issues, column) for column in ("n_contacts", value)
    )
    price = _price(counts, amounts)
    parts = [part.sum(axis=0) for part in shapley_effects(_factors(counts, price))]
    table = pd.DataFrame({"issue": issues, "before": amounts[0].sum(axis=0), "after": amounts[1].sum(axis=0)})
    table["change"] = table["after"] - table["before"]
    for part, amount in zip(PARTS, parts, strict=True):
        table[part] = amount
    drawn = np.random.default_rng(0).poisson(np.maximum(counts, 0), size=(_DRAWS, *counts.shape)).astype(float)
    rate = np.stack([shapley_effects(_factors(each, price))[PARTS.index("rate")].sum(axis=0) for each in drawn])
    edge = (1 - level) / 2
    table["rate_low"] = np.minimum(np.quantile(rate, edge, axis=0), table["rate"])
    table["rate_high"] = np.maximum(np.quantile(rate, 1 - edge, axis=0), table["rate"])
    table["_size"] = -table["change"].abs()
    table = table.sort_values(["_size", "issue"], kind="stable", ignore_index=True)
    return table[["issue", "before", "after", "change", "volume", "mix", "rate", "rate_low", "rate_high", "price"]]


def _cube(
    costs: pd.DataFrame, period: tuple[str, list[str]], key: tuple[str, list[str]], issues: list[str], value: str
) -> Floats:
    """Sum up with the axes period, group, issue."""
    wide = costs.assign(_key=costs[key[0]].astype(str)).pivot_table(
        index=[period[0], "_key"], columns="issue", values=value, aggfunc="sum", observed=True
    )
    grid = pd.MultiIndex.from_product([period[1], key[1]])
    table = wide.reindex(index=grid, columns=issues).fillna(0.0)
    return table.to_numpy(dtype=float).reshape(2, len(key[1]), len(issues))


def _price(counts: Floats, amounts: Floats) -> Floats:
    """Amount of a contact; where a period has none, that of the other period."""
    price = np.divide(amounts, counts, out=np.full_like(amounts, np.nan), where=counts > 0)
    price = np.where(np.isnan(price), price[::-1], price)
    return np.asarray(np.nan_to_num(price), dtype=float)


def _factors(counts: Floats, price: Floats) -> tuple[Floats, ...]:
    """Volume, mix, rate and price, each with the axes period, group, issue."""
    groups = counts.sum(axis=2, keepdims=True)
    whole = groups.sum(axis=1, keepdims=True)
    mix = np.divide(groups, whole, out=np.zeros_like(groups), where=whole > 0)
    rate = np.divide(counts, groups, out=np.full_like(counts, np.nan), where=groups > 0)
    rate = np.nan_to_num(np.where(np.isnan(rate), rate[::-1], rate))
    return whole, mix, rate, price


def shapley_effects(factors: tuple[Floats, ...]) -> list[Floats]:
    """Effect of each factor on a product, averaged over all orders in which the factors may change (Das Gupta 1978).

    Parameters
    ----------
    factors : tuple of ndarray, each of shape (2, ...)
        Each factor before and after; shapes may broadcast.

    Returns
    -------
    list of ndarray
        One a factor; they add up to the change of the product, in each cell.

    Examples
    --------
    >>> price, amount = np.array([2.0, 3.0]), np.array([10.0, 20.0])
    >>> [float(effect[0]) for effect in shapley_effects((price, amount))]
    [15.0, 25.0]
    """
    n = len(factors)
    out = []
    for i in range(n):
        rest = [j for j in range(n) if j != i]
        step = factors[i][1] - factors[i][0]
        total: Floats = np.zeros(1)
        for size in range(n):
            weight = math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n)
            for moved in itertools.combinations(rest, size):
                held = math.prod((factors[j][1 if j in moved else 0] for j in rest), start=np.ones(1))
                total = total + weight * step * held
        out.append(np.asarray(total, dtype=float))
    return out
