"""Who may leave, by what the customer table says of people: segment, plan. Beside cost, never in it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.frames import require_columns
from vocmine.journeys.inputs import number, with_share

_FIRED = 0.5  # score from which a signal counts


def at_risk_by(
    contacts: pd.DataFrame, tags: pd.DataFrame, by: str = "segment", signal: str = "churn", level: float = 0.95
) -> pd.DataFrame:
    """Count customers who speak of leaving by segment or plan, and what they bring a year where that is known.

    These stand beside `issue_costs` and are never added to it: support cost is paid, revenue at risk may be lost. What
    is at risk is a sum over the customers who said so, as tagged; it has no range.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts with ``customer_id`` and the column `by`; ``revenue`` (of a customer, a year) counts where it exists.
    by : str
        Column to group by; contacts without a value are left out.
    signal : str
        Signal that counts.
    level : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        Most customers first: the group, ``n_customers`` (distinct, known ones), ``n_leaving`` (of them, who said so),
        ``share, low, high`` (Wilson), ``n_valued`` (of those who said so, whose revenue is known), ``value_at_risk``
        (their revenue; NaN where none is known), ``value`` (of all customers of the group whose revenue is known).

    Raises
    ------
    ContactError
        If a column is missing.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "customer_id": ["k", "k", "m"],
    ...     "segment": "business", "revenue": [9_000.0, 9_000.0, 500.0]})
    >>> tags = pd.DataFrame({"contact_id": ["a"], "kind": "signal", "label": "churn"})
    >>> at_risk_by(contacts, tags)[["segment", "n_customers", "n_leaving", "value_at_risk"]].values.tolist()
    [['business', 2, 1, 9000.0]]
    """
    require_columns(contacts, ("contact_id", "customer_id", by), "contacts")
    score = pd.to_numeric(tags["score"], errors="coerce").fillna(1.0) if "score" in tags else 1.0
    fired = tags.loc[(tags["kind"] == "signal") & (tags["label"] == signal) & (score >= _FIRED), "contact_id"]
    hit, revenue = contacts["contact_id"].isin(fired), number(contacts, "revenue")
    frame = contacts[["customer_id", by]].assign(hit=hit, revenue=revenue)
    frame = frame.loc[frame["customer_id"].notna() & frame[by].notna() & (frame[by].astype(str) != "")]
    both = frame.groupby([frame[by].astype(str), "customer_id"], as_index=False)
    people = both.agg(hit=("hit", "max"), revenue=("revenue", "max"))
    people = people.assign(lost=people["revenue"].where(people["hit"]))
    table = people.groupby(by, as_index=False).agg(
        n_customers=("hit", "size"), n_leaving=("hit", "sum"), n_valued=("lost", "count"),
        value_at_risk=("lost", "sum"), value=("revenue", "sum"), n_known=("revenue", "count"),
    )
    table = with_share(table, "n_leaving", level, n="n_customers")
    known = table["n_known"] > 0
    table = table.assign(
        value_at_risk=table["value_at_risk"].where(known, np.nan), value=table["value"].where(known, np.nan)
    )
    table = table.sort_values(["n_leaving", "n_customers", by], ascending=[False, False, True], ignore_index=True)
    return table[[by, "n_customers", "n_leaving", "share", "low", "high", "n_valued", "value_at_risk", "value"]]
