"""Ranges of a part's costs: wider than those of the whole, as mistakes are not alike in all parts.

Costs of a part are lines of a table by part, whose ranges take mistakes in finding reasons to be alike everywhere. They
are not: a product or team has reasons of its own, so a reason that is rare in it is mostly other reasons taken for it,
and may be nothing at all there. ``scripts/check_parts.py`` measures both on made-up contacts whose truth is known.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.frames import UNALLOCATED
from vocmine.results import IssueCosts

Floats = NDArray[np.float64]

_STRAY = 0.005  # share of a part's contacts that may be taken for a reason which is rare in it: scripts/check_parts.py
_SPREAD = {"audit": (0.15, 1.0)}  # sd of the log error that an audit of all leaves in a part: floor, one contact's
_DEGREES = 30  # as the ranges of issues have
_AMOUNTS = (
    ("n_contacts", "n_low", "n_high"), ("cost", "cost_low", "cost_high"), ("payout", "payout_low", "payout_high"),
)


def stray_contacts(n: float | Floats) -> Floats:
    """Give how many contacts of a part may be taken for a reason that they are not about: a high Poisson count.

    Examples
    --------
    >>> stray_contacts(np.array([50.0, 400.0, 4000.0])).round(1).tolist()
    [2.2, 5.8, 29.9]
    """
    mean = _STRAY * np.asarray(n, dtype=float)
    return np.asarray(1 + mean + 2 * np.sqrt(mean), dtype=float)


def widened(costs: IssueCosts, by: str | None = None) -> IssueCosts:
    """Give costs of parts with ranges that hold what differs between parts.

    Parameters
    ----------
    costs : IssueCosts
        Lines of one part, or with `by` of several.
    by : str, optional
        Column of the parts.

    Returns
    -------
    IssueCosts
        Values as they were; no range is narrower. Where tags are counted (by codes, or by topic) there is no mistake to
        allow for, and nothing changes.
    """
    if costs.basis == "counted" or not len(costs.table):
        return costs
    from scipy.stats import t

    table = costs.table.copy()
    groups = table[by] if by is not None else pd.Series(0, index=table.index)
    stray = stray_contacts(table["n_contacts"].groupby(groups).transform("sum").to_numpy(dtype=float))
    n = table["n_contacts"].to_numpy(dtype=float)
    floor, one = _SPREAD.get(costs.basis, (0.0, 0.0))
    spread = float(t.ppf(0.5 + costs.level / 2, _DEGREES)) * np.sqrt(floor**2 + one**2 / np.maximum(n, 1.0))
    free = (table["issue"] != UNALLOCATED).to_numpy() & (n > 0)
    for value, low, high in _AMOUNTS:
        if value not in table or not table[value].notna().any():
            continue
        amounts = tuple(table[name].to_numpy(dtype=float) for name in (value, low, high))
        whole = table[value].groupby(groups).transform("sum").to_numpy(dtype=float)
        ends = _wider(*amounts, spread=spread, stray=stray / np.maximum(n, 1e-9), whole=whole)
        places = 1 if value == "n_contacts" else _places(costs.currency)
        for name, old, new in zip((low, high), amounts[1:], ends, strict=True):
            table[name] = np.where(free, np.round(new, places), old)
    return costs.with_table(table)


def _wider(
    value: Floats, low: Floats, high: Floats, *, spread: Floats, stray: Floats, whole: Floats
) -> tuple[Floats, Floats]:
    """Widen ranges in logarithms, let the strays' share go below, and none beyond the part."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        down, up = np.log(value / low), np.log(high / value)
        under = np.where(low > 0, value * np.exp(-np.hypot(down, spread)), 0.0) - stray * value
        over = np.where(value > 0, value * np.exp(np.hypot(up, spread)), high)
    over = np.minimum(over, np.maximum(whole, high))
    return np.clip(under, 0.0, low), np.maximum(over, high)


def _places(currency: str) -> int:
    from vocmine.cost.money import decimals

    return decimals(currency)
