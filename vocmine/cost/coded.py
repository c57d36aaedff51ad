"""Contacts whose reason is what an agent chose in a drop-down: counted as coded; and minutes and cost by code."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.attribution import pair_reasons
from vocmine.cost.keys import period_of
from vocmine.cost.ledger import price_contacts
from vocmine.cost.model import CostModel
from vocmine.cost.money import split_exactly
from vocmine.frames import require_columns, rows_of_kind

SOURCE = "code"
METHOD = "by the agents' codes, not corrected; interval: imputation only"
CODE_COST_COLUMNS = ("month", "code", "n_contacts", "minutes", "cost", "payout", "imputed_share")

_MOST = 0.5  # share of the contacts from which codes, and not the tagger, are what the costs rest on


def coded_contacts(tags: pd.DataFrame) -> set[str]:
    """Give the ids of the contacts whose reason is their agent's code.

    Examples
    --------
    >>> tags = pd.DataFrame({"contact_id": ["a", "b"], "kind": "reason", "label": "x", "source": ["code", "model"]})
    >>> coded_contacts(tags)
    {'a'}
    """
    if "source" not in tags:
        return set()
    rows = rows_of_kind(tags)
    return set(rows.loc[rows["source"].astype(str) == SOURCE, "contact_id"].astype(str))


def counted_by_codes(contact_ids: pd.Series[Any], tags: pd.DataFrame) -> int:
    """Count the contacts whose reason is their agent's code, 0 where that is less than half of them.

    Above it the issues are what agents chose: each contact then counts in full for the reasons that its tags say, so
    that the cost of an issue is the sum of its contacts.
    """
    n = int(contact_ids.astype(str).isin(coded_contacts(tags)).sum())
    return n if n >= _MOST * len(contact_ids) else 0


def code_costs(contacts: pd.DataFrame, tags: pd.DataFrame, model: CostModel, *, seed: int = 0) -> pd.DataFrame:
    """Add up minutes and cost by month and agent's code: each contact under its own code, as a hand would.

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id, created_at, channel, agent_code`` and where it is known ``handle_seconds``.
    tags : DataFrame
        Tags; they say which contacts are alike where a handle time is missing.
    model : CostModel
        Rates.
    seed : int
        Of the imputation of missing handle times.

    Returns
    -------
    DataFrame
        ``month, code`` (empty for none), ``n_contacts``, ``minutes`` (over chats at once), ``cost`` and ``payout`` in
        whole units of the currency, which add up to the ledger of the month, and ``imputed_share`` of the minutes;
        month by month, the dearest code first. NaN for money where the model has hours only.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or contacts and rates don't fit.

    Examples
    --------
    >>> contacts = pd.DataFrame({
    ...     "contact_id": list("abc"), "created_at": pd.Timestamp("2026-11-02", tz="UTC"), "channel": "call",
    ...     "handle_seconds": [60.0, 120.0, 90.0], "agent_code": ["01", "01", None]})
    >>> tags = pd.DataFrame({"contact_id": list("abc"), "kind": "reason", "label": "bill"})
    >>> table = code_costs(contacts, tags, CostModel(rate_per_minute={"call": 60}, currency="JPY"))
    >>> table[["month", "code", "n_contacts", "minutes", "cost"]].values.tolist()
    [['2026-11', '01', 2, 3.0, 180.0], ['2026-11', '', 1, 1.5, 90.0]]
    """
    require_columns(contacts, ("contact_id", "created_at", "channel", "agent_code"), "contacts")
    frame = contacts.assign(contact_id=contacts["contact_id"].astype(str)).sort_values("contact_id", kind="stable")
    pairs = pair_reasons(frame["contact_id"], tags)
    priced = price_contacts(frame, np.array(pairs.issues, dtype=object)[pairs.main], model, seed)
    imputed = np.zeros(len(frame))
    imputed[priced.times.rows] = priced.hours[priced.times.rows]
    codes = frame["agent_code"].astype(object)
    each = pd.DataFrame({
        "month": period_of(frame["created_at"], model, "month").to_numpy(),
        "code": codes.where(codes.notna(), "").astype(str), "n_contacts": 1, "minutes": priced.hours * 60,
        "cost": priced.cost, "payout": priced.payout, "imputed": imputed * 60,
    })
    table = each.groupby(["month", "code"], as_index=False, sort=True).sum(min_count=1)
    for name in ("cost", "payout"):
        table[name] = _whole(table["month"], table[name].to_numpy(dtype=float), model)
    share = np.divide(table["imputed"], table["minutes"], out=np.zeros(len(table)), where=table["minutes"] > 0)
    size = table["minutes"] if model.numerator == "hours" else table["cost"]
    table = table.assign(imputed_share=share, _size=-size)
    order = table.sort_values(["month", "_size", "code"], kind="stable", ignore_index=True)
    return order[list(CODE_COST_COLUMNS)]


def _whole(months: pd.Series[Any], amount: NDArray[np.float64], model: CostModel) -> NDArray[np.float64]:
    """Round the amounts of each month to whole units that add up to its rounded whole."""
    if model.numerator == "hours":
        return np.full(len(amount), np.nan)
    out = np.empty(len(amount))
    for month in months.unique():
        here = (months == month).to_numpy()
        out[here] = split_exactly(amount[here], model.currency)
    return out
