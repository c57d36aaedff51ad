"""Contacts and cost per order, user or device: only with a denominator that the user gives."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.results import IssueCosts, need_costs

Units = float | Mapping[Hashable, float]


def contact_rates(costs: IssueCosts, units: Units, *, key: str | None = None) -> IssueCosts:
    """Add contacts and cost per unit: per order, active user or device sold.

    An issue that grows as fast as the orders do has not become worse. Without its denominator a rate is refused, and
    never guessed.

    Parameters
    ----------
    costs : IssueCosts
        Issue costs.
    units : float or mapping to float
        How many units the costs belong to; with `key`, by its values, as ``{"2026-01": 12_000, "2026-02": 13_500}``.
    key : str, optional
        Column of the costs that `units` goes by, as ``"month"`` or ``"product"``.

    Returns
    -------
    IssueCosts
        With further columns ``units``, ``contact_rate, contact_rate_low, contact_rate_high`` (contacts per unit) and
        ``cost_per_unit, cost_per_unit_low, cost_per_unit_high``. The units count as exactly known.

    Raises
    ------
    SettingsError
        If units are missing or not above 0, or there is no such key.

    Examples
    --------
    >>> table = pd.DataFrame({"month": ["2026-01", "2026-02"], "issue": "bill", "n_contacts": [60.0, 90.0],
    ...     "n_low": [50.0, 80.0], "n_high": [70.0, 100.0], "cost": 600.0, "cost_low": 500.0, "cost_high": 700.0})
    >>> rates = contact_rates(IssueCosts(table), {"2026-01": 1_000, "2026-02": 2_000}, key="month")
    >>> rates.table[["contact_rate", "cost_per_unit"]].values.tolist()
    [[0.06, 0.6], [0.045, 0.3]]
    """
    table = need_costs(costs).table
    if key is None:
        if isinstance(units, Mapping):
            raise SettingsError("units by what?", where="key", expected="the column the units go by, as month")
        base = pd.Series(float(units), index=table.index)
        groups = base.map(lambda _: "all")
    else:
        if key not in table or not isinstance(units, Mapping):
            raise SettingsError(
                "units don't go by this key", where="key", got=key[:40], expected="a column of the costs"
            )
        groups = table[key].astype(object)
        base = groups.map(dict(units)).astype(float)
    bad = groups[~(base > 0) | np.isinf(base)]
    if len(bad):
        raise SettingsError(
            "no units to divide by",
            where="units",
            got=", ".join(sorted({str(name) or "(empty)" for name in bad})[:5]),
            expected="a number above 0 for each",
            hint="give the orders, users or devices of the same period, or leave these rows out",
        )
    names = {"n_contacts": "contact_rate", "n_low": "contact_rate_low", "n_high": "contact_rate_high"}
    names |= {name: name.replace("cost", "cost_per_unit") for name in ("cost", "cost_low", "cost_high")}
    return costs.with_table(table.assign(units=base, **{new: table[old] / base for old, new in names.items()}))
