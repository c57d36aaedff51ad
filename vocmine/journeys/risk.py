"""Who may leave, and who is heard: beside the cost of an issue, never in it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.journeys.inputs import number, ordered, reason_pairs, with_share


def at_risk(
    contacts: pd.DataFrame,
    tags: pd.DataFrame,
    value_per_customer: float | None = None,
    signal: str = "churn",
    level: float = 0.95,
) -> pd.DataFrame:
    """Count by reason who speaks of leaving, and how many people public posts reach.

    These stand beside `issue_costs` and are never added to it: support cost is paid, revenue at risk may be lost, and
    reach is no money.

    Parameters
    ----------
    contacts : DataFrame
        Contacts; ``customer_id``, ``is_public`` and ``reach`` count where they exist.
    tags : DataFrame
        Tags with reasons and signals; a contact with two reasons counts for both.
    value_per_customer : float, optional
        What a customer is worth a year in your own books; adds ``value_at_risk``. There is no default.
    signal : str
        Signal that counts: ``"churn"``, or another, as ``"escalation"``.
    level : float
        Level of the interval.

    Returns
    -------
    DataFrame
        ``reason, n, n_signal, share, low, high`` (Wilson), ``n_customers`` (distinct ones with the signal; a contact
        without an id counts as one), ``n_public``, ``reach`` (sum over public posts; people, not distinct), and with a
        value ``value_at_risk`` = customers x value. Most customers first.

    Raises
    ------
    SettingsError
        If the value is negative.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "created_at": pd.Timestamp(0, tz="UTC"),
    ...     "customer_id": ["k", "k", "m"], "is_public": [True, False, False], "reach": [900.0, None, None]})
    >>> tags = pd.DataFrame([("a", "reason", "bill"), ("b", "reason", "bill"), ("c", "reason", "bill"),
    ...     ("a", "signal", "churn"), ("b", "signal", "churn")], columns=["contact_id", "kind", "label"])
    >>> at_risk(contacts, tags, 9_000)[["n", "n_signal", "n_customers", "reach", "value_at_risk"]].values.tolist()
    [[3.0, 2.0, 1.0, 900.0, 9000.0]]
    """
    if value_per_customer is not None and not 0 <= value_per_customer < np.inf:
        got = repr(value_per_customer)[:20]
        raise SettingsError("wrong value", where="value_per_customer", got=got, expected="0 or more, in the currency")
    frame = ordered(contacts)
    signals = tags[(tags["kind"] == "signal") & (tags["label"] == signal)]
    who = frame["customer_id"].astype(object)
    frame = frame.assign(
        hit=frame["contact_id"].isin(signals["contact_id"]),
        who=who.where(who.notna(), "\x00" + frame["contact_id"].astype(str)),
        public=frame["is_public"].fillna(False).astype(bool) if "is_public" in frame else False,
        seen=number(frame, "reach").fillna(0.0),
    )
    pairs = reason_pairs(frame, tags)
    pairs = pairs.assign(seen=pairs["seen"].where(pairs["public"], 0.0), who=pairs["who"].where(pairs["hit"]))
    table = pairs.groupby("reason", as_index=False).agg(
        n=("hit", "size"), n_signal=("hit", "sum"), n_customers=("who", "nunique"),
        n_public=("public", "sum"), reach=("seen", "sum"),
    )
    table = with_share(table, "n_signal", level)
    if value_per_customer is not None:
        table["value_at_risk"] = table["n_customers"] * float(value_per_customer)
    table = table.sort_values(["n_customers", "n", "reason"], ascending=[False, False, True], ignore_index=True)
    columns = ["reason", "n", "n_signal", "share", "low", "high", "n_customers", "n_public", "reach"]
    return table[[*columns, *table.columns[table.columns == "value_at_risk"]]]
