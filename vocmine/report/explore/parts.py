"""The ledger of the page: what each contact bears in each issue, in whole units that add up to the figures shown."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.report.explore.source import ExploreSource

_PLACES = 6  # of remainders, so that the last digits of a sum decide nothing


def apportion(
    values: NDArray[np.float64], group: NDArray[np.int64], totals: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Round amounts to whole units so that each group adds up to its total: the largest remainders are rounded up.

    Parameters
    ----------
    values : ndarray of shape (n,)
        Amounts, not negative, in units.
    group : ndarray of shape (n,)
        Number of the group of each.
    totals : ndarray of shape (k,)
        What each group must add up to.

    Examples
    --------
    >>> apportion(np.array([0.4, 0.4, 1.2, 7.0]), np.array([0, 0, 0, 1]), np.array([2, 7])).tolist()
    [1, 0, 1, 7]
    """
    rounded = np.round(values, _PLACES)
    whole = np.floor(rounded).astype(np.int64)
    missing = totals - np.bincount(group, weights=whole, minlength=len(totals)).astype(np.int64)
    order = np.lexsort((np.arange(len(values)), -np.round(rounded - whole, _PLACES), group))
    sizes = np.bincount(group, minlength=len(totals))
    # The place of each within its group; a total beyond all remainders is spread evenly, the rest to the first ones.
    place = np.arange(len(values)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    ordered = group[order]
    more = missing[ordered] // sizes[ordered] + (place < missing[ordered] % sizes[ordered])
    whole[order] += more
    return whole


def ledger_parts(source: ExploreSource, totals: Mapping[str, tuple[float, float]], decimals: int) -> pd.DataFrame:
    """Give the parts of all contacts in whole units of the currency.

    Parameters
    ----------
    source : ExploreSource
        With the ledger.
    totals : mapping
        Cost and payout by issue, as the report shows them.
    decimals : int
        Of the currency.

    Returns
    -------
    DataFrame
        ``row`` (of the contact, -1 for what belongs to none), ``issue, share, cost, payout, hours, tagged``: cost and
        payout are whole numbers of the smallest unit, and add up to `totals` by issue; 0 without rates.
    """
    ledger = source.ledger.loc[source.ledger["issue"].isin(list(totals))]
    place = pd.Series(np.arange(len(source.contacts)), index=source.contacts["contact_id"])
    issues = sorted(set(ledger["issue"]))
    group = pd.Categorical(ledger["issue"], categories=issues).codes.astype(np.int64)
    unit = 10**decimals
    out = pd.DataFrame(
        {
            "row": ledger["contact_id"].map(place).fillna(-1).astype(np.int64).to_numpy(),
            "issue": ledger["issue"].to_numpy(object),
            "share": ledger["share"].fillna(0.0).round(3).to_numpy(float),
            "hours": (ledger["share"] * ledger["minutes"]).fillna(0.0).round(4).to_numpy(float) / 60,
            "tagged": ledger["tagged"].to_numpy(bool),
        }
    )
    for name, column, k in (("cost", "cost", 0), ("payout", "payout_share", 1)):
        given = np.array([totals[issue][k] for issue in issues], dtype=float)
        whole = np.round(np.nan_to_num(given) * unit).astype(np.int64)
        units = ledger[column].fillna(0.0).to_numpy(float) * unit
        out[name] = _to_totals(units, group, whole)
    empty = (out["share"] == 0) & (out["cost"] == 0) & (out["payout"] == 0) & ~out["tagged"]
    return out.loc[~empty].sort_values(["row", "issue"], kind="stable", ignore_index=True)


def _to_totals(
    units: NDArray[np.float64], group: NDArray[np.int64], totals: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Apportion what is there; nothing where a ledger has no amounts at all.

    A ledger of other contacts than the figures is not bent to them: it keeps its own sums.
    """
    if not len(units) or not units.any():
        return np.zeros(len(units), dtype=np.int64)
    sizes = np.bincount(group, minlength=len(totals))
    own = np.bincount(group, weights=np.round(units, _PLACES), minlength=len(totals))
    near = np.abs(own - totals) <= np.maximum(sizes, 1)
    return apportion(units, group, np.where(near, totals, np.round(own)).astype(np.int64))
