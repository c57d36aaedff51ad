"""Time lines of customers who came again and again, for a file and a few examples on the page."""

from __future__ import annotations

import pandas as pd

from vocmine.frames import UNKNOWN, main_reasons

_LONG = 3  # contacts of a chain whose time line is shown
_MOST_CHAINS = 200  # time lines that are kept; the longest


def long_timelines(
    contacts: pd.DataFrame, tags: pd.DataFrame, window_days: float, timezone: str
) -> pd.DataFrame | None:
    """Give the time lines of the longest chains: what one customer came with again and again, masked.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts and their tags; ``text_clean`` is the text that is shown, no other.
    window_days : float
        Days between two contacts of a chain.
    timezone : str
        Zone in which times are written.

    Returns
    -------
    DataFrame or None
        ``customer_id`` (a keyed hash), ``chain_id, n_of_chain, position, at`` (local), ``channel, team, reason,
        gap_hours, contact_id, text``; longest chains first, 200 at most, in time within each. None without chains of
        three contacts.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "customer_id": list("kkkm"), "channel": "call",
    ...     "text_clean": list("xyzw"), "created_at": pd.to_datetime(["2026-11-01 20:00", "2026-11-02 20:00",
    ...     "2026-11-03 20:00", "2026-11-03 00:00"], utc=True)})
    >>> tags = pd.DataFrame({"contact_id": list("abcd"), "kind": "reason", "label": "bill", "score": 1.0})
    >>> long_timelines(contacts, tags, 7, "Asia/Tokyo")[["position", "at", "gap_hours"]].values.tolist()
    [[1, '2026-11-02 05:00', nan], [2, '2026-11-03 05:00', 24.0], [3, '2026-11-04 05:00', 24.0]]
    """
    from vocmine import journeys as j

    if "customer_id" not in contacts or not contacts["customer_id"].notna().any():
        return None
    chained = j.chains(contacts, tags, window_days).set_index("contact_id")
    line = j.timelines(contacts)
    line = line.join(chained[["chain_id"]], on="contact_id")
    by = line.groupby("chain_id")
    line = line.assign(n_of_chain=by["contact_id"].transform("size"), begin=by["created_at"].transform("min"))
    line = line[line["n_of_chain"] >= _LONG]
    if line.empty:
        return None
    order = ["n_of_chain", "begin", "chain_id", "created_at", "contact_id"]
    line = line.sort_values(order, ascending=[False, True, True, True, True])
    line = line[line["chain_id"].isin(line["chain_id"].unique()[:_MOST_CHAINS])].reset_index(drop=True)
    known = contacts.set_index("contact_id").reindex(line["contact_id"])
    place = line.groupby("chain_id", sort=False)
    reason = line["contact_id"].map(main_reasons(tags)).astype(object)
    text = known["text_clean"].to_numpy() if "text_clean" in known else ""
    team = known["team"].astype(object).to_numpy() if "team" in known else None
    at = line["created_at"].dt.tz_convert(timezone).dt.strftime("%Y-%m-%d %H:%M")
    return pd.DataFrame({
        "customer_id": line["customer_id"], "chain_id": line["chain_id"], "n_of_chain": line["n_of_chain"],
        "position": place.cumcount() + 1, "at": at,
        "channel": line["channel"].astype(str), "team": pd.Series(team, index=line.index, dtype=object).fillna(""),
        "reason": reason.where(reason.notna(), UNKNOWN),
        "gap_hours": place["created_at"].diff().dt.total_seconds() / 3600, "contact_id": line["contact_id"],
        "text": text,
    })
