"""Customer ids that many people share, such as a shop's own: their contacts are no one's journey."""

from __future__ import annotations

import pandas as pd

# Contacts, share of all, times the usual: an id above all three is no one person's.
_LEAST, _SHARE, _TIMES = 50, 0.01, 20.0


def shared_ids(contacts: pd.DataFrame) -> pd.Series:
    """Give the customer ids with so many contacts that they can't be one person's, and how many contacts each has.

    Parameters
    ----------
    contacts : DataFrame
        Contacts with ``customer_id``.

    Returns
    -------
    Series of int
        Contacts by id: at least 50, more than 1 % of all, and more than 20 times what the 99 busiest of 100 customers
        have at most.

    Examples
    --------
    >>> contacts = pd.DataFrame({"customer_id": ["shop"] * 60 + [f"c{i}" for i in range(300)] + [None] * 9})
    >>> shared_ids(contacts).to_dict()
    {'shop': 60}
    """
    if "customer_id" not in contacts:
        return pd.Series(dtype="int64")
    counts = contacts["customer_id"].dropna().value_counts()
    if counts.empty:
        return counts
    usual = float(counts.quantile(0.99, interpolation="lower"))
    return counts[counts > max(_LEAST - 1, _SHARE * len(contacts), _TIMES * usual)].sort_index()


def without_shared_ids(contacts: pd.DataFrame, shared: pd.Series | None = None) -> pd.DataFrame:
    """Give the contacts with the ids that many share (`shared_ids` if None) left empty, so that they make no journey.

    Examples
    --------
    >>> contacts = pd.DataFrame({"customer_id": ["shop"] * 60 + [f"c{i}" for i in range(300)]})
    >>> int(without_shared_ids(contacts)["customer_id"].isna().sum())
    60
    """
    shared = shared_ids(contacts) if shared is None else shared
    if shared.empty:
        return contacts
    return contacts.assign(customer_id=contacts["customer_id"].mask(contacts["customer_id"].isin(shared.index)))
