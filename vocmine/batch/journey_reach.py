"""Further tables of journeys: what comes before and after a reason."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd


def reach_tables(
    contacts: pd.DataFrame, tags: pd.DataFrame, *, window_days: float = 7, level: float = 0.95
) -> dict[str, pd.DataFrame]:
    """Make the tables of journeys that follow customers from contact to contact; without customers there are none.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts and their tags.
    window_days : float
        A contact of the same customer within so many days follows.
    level : float
        Level of the intervals.

    Returns
    -------
    dict of str to DataFrame
        ``reason_flows``, as `vocmine.journeys.reason_transitions` gives it.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "customer_id": list("kkm"), "channel": "call",
    ...     "created_at": pd.to_datetime(["2026-11-01", "2026-11-02", "2026-12-30"], utc=True)})
    >>> tags = pd.DataFrame({"contact_id": list("abc"), "kind": "reason", "score": 1.0,
    ...     "label": ["bill", "refund", "bill"]})
    >>> reach_tables(contacts, tags)["reason_flows"][["from_reason", "to_reason", "n"]].values.tolist()
    [['bill', 'refund', 1], ['refund', 'none', 1]]
    """
    from vocmine import journeys as j

    filled = {name for name in contacts if contacts[name].notna().any()}
    makers: dict[str, tuple[tuple[str, ...], Callable[[], pd.DataFrame]]] = {
        "reason_flows": (("customer_id",), lambda: j.reason_transitions(contacts, tags, window_days, level)),
    }
    return {name: make() for name, (needed, make) in makers.items() if filled.issuperset(needed)}
