"""How often an issue that came through one channel comes back through another."""

from __future__ import annotations

import pandas as pd

from vocmine.journeys.inputs import linked_pairs, ordered, with_share


def channel_returns(
    contacts: pd.DataFrame,
    tags: pd.DataFrame | None,
    route: tuple[str, str],
    window_days: float = 7,
    level: float = 0.95,
) -> pd.DataFrame:
    """Give the share of contacts of one channel after which the customer comes through another about the same.

    Parameters
    ----------
    contacts, tags, window_days, level
        As for `repeat_rate`, with ``channel``.
    route : tuple of str
        The channel of the first contact, and that of the next one.

    Returns
    -------
    DataFrame
        ``reason, n, n_back, share, low, high`` (Wilson). Left out: contacts without a customer, and those of the last
        window.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window or level is wrong.

    Examples
    --------
    By hand: of two chats one is followed by a call.

    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "customer_id": list("kkmz"),
    ...     "channel": ["chat", "call", "chat", "call"],
    ...     "created_at": pd.to_datetime(["2026-11-01", "2026-11-02", "2026-11-02", "2026-11-30"], utc=True)})
    >>> channel_returns(contacts, None, ("chat", "call"))[["reason", "n", "n_back", "share"]].values.tolist()
    [['all', 2, 1, 0.5]]
    """
    ordered(contacts, "channel")
    source, target = route
    pairs = linked_pairs(contacts, tags, window_days)
    back = pairs["after"] & (pairs["channel"].shift(-1) == target)
    known = pairs["is_linked"] & pairs["sees_after"] & (pairs["channel"] == source)
    table = pairs.assign(back=back)[known].groupby("reason", as_index=False).agg(
        n=("back", "size"), n_back=("back", "sum")
    )
    return with_share(table, "n_back", level)
