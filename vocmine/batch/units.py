"""Contacts per order, user or device, month by month: growth beside growth of sales."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from vocmine.batch.monthly import ALL, whole_months
from vocmine.csvfile import write_csv
from vocmine.results import IssueCosts

UNITS = "per_unit.csv"
"""Name of the table in the results folder."""


def per_unit(
    months: pd.DataFrame | None, units: Mapping[str, float], level: float, name: str | None = None
) -> pd.DataFrame | None:
    """Divide the contacts of each whole month by its units; None without a month that has both.

    Parameters
    ----------
    months : DataFrame or None
        As `vocmine.batch.monthly.months_of` gives them; months that are not whole are left out.
    units : mapping of str to float
        By month, ``YYYY-MM``.
    level : float
        Level of the interval of the contacts (Garwood 1936: exact for a Poisson count); units count as known.
    name : str, optional
        What the units are; kept in the column ``unit_name``.

    Returns
    -------
    DataFrame or None
        As `vocmine.cost.contact_rates` gives it by ``issue`` and ``month``; issue ``all`` is all contacts together.

    Examples
    --------
    >>> months = pd.DataFrame({"month": ["2026-08", "2026-09"], "issue": "a", "n_contacts": [60.0, 90.0],
    ...     "handle_hours": 1.0, "cost": [600.0, 900.0]})
    >>> per_unit(months, {"2026-08": 1_000, "2026-09": 2_000}, 0.95)[["issue", "month", "contact_rate"]].values.tolist()
    [['all', '2026-08', 0.06], ['all', '2026-09', 0.045], ['a', '2026-08', 0.06], ['a', '2026-09', 0.045]]
    """
    from vocmine.cost import contact_rates

    if months is None or not units:
        return None
    whole = whole_months(months)
    whole = whole.loc[whole["month"].isin(set(units))]
    if whole.empty:
        return None
    sums = whole.groupby("month", as_index=False)[["n_contacts", "handle_hours", "cost"]].sum(min_count=1)
    columns = ["month", "issue", "n_contacts", "handle_hours", "cost"]
    both = pd.concat([sums.assign(issue=ALL), whole], ignore_index=True)[columns]
    costs = IssueCosts(_with_ranges(both, level), level=level)
    table = contact_rates(costs, {str(month): n for month, n in units.items()}, key="month").table
    table = table.assign(unit_name=name or "")
    return table[["issue", "month", *table.columns.drop(["issue", "month"])]]


def write_units(home: Path, table: pd.DataFrame | None) -> pd.DataFrame | None:
    """Write ``per_unit.csv``, or take an old one away, and give the table."""
    path = home / UNITS
    if table is None:
        path.unlink(missing_ok=True)
        return None
    write_csv(path, table.round(dict.fromkeys(table.select_dtypes("float").columns, 6)))
    return table


def _with_ranges(table: pd.DataFrame, level: float) -> pd.DataFrame:
    from scipy.special import gammaincinv

    n = table["n_contacts"].clip(lower=0.0)
    tail = (1 - level) / 2
    low = pd.Series(gammaincinv(n.clip(lower=1e-9), tail), index=n.index).where(n > 0, 0.0)
    high = pd.Series(gammaincinv(n + 1, 1 - tail), index=n.index)
    each = table["cost"] / n.where(n > 0)
    return table.assign(n_low=low, n_high=high, cost_low=low * each, cost_high=high * each)
