"""Customers' contacts in time: timelines, what lies around a contact, and chains of repeats."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from vocmine.errors import ContactError
from vocmine.journeys.inputs import (
    HUMAN_CHANNELS,
    MESSENGERS,
    days,
    is_with_person,
    linked_pairs,
    ordered,
    primary_reasons,
)
from vocmine.stats import mean_interval, wilson


def timelines(contacts: pd.DataFrame) -> pd.DataFrame:
    """Give each customer's contacts in time, over all channels.

    Parameters
    ----------
    contacts : DataFrame of shape (n, any)
        The contacts table; those without ``customer_id`` are left out.

    Returns
    -------
    DataFrame
        ``customer_id, contact_id, created_at, channel, position`` (from 1), ``gap_days`` since the contact before (NaN
        for the first), ``n_of_customer``; sorted by customer, time and id.

    Raises
    ------
    ContactError
        If a column is missing or an id stands twice.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": ["b", "a", "c"], "customer_id": ["k", "k", None],
    ...     "created_at": pd.to_datetime(["2026-11-03", "2026-11-01", "2026-11-01"], utc=True),
    ...     "channel": ["call", "chat", "call"]})
    >>> timelines(contacts)[["contact_id", "position", "gap_days", "n_of_customer"]].values.tolist()
    [['a', 1, nan, 2], ['b', 2, 2.0, 2]]
    """
    frame = ordered(contacts, "channel")
    frame = frame[frame["customer_id"].notna()].reset_index(drop=True)
    by = frame.groupby("customer_id", sort=False)
    return pd.DataFrame({
        "customer_id": frame["customer_id"], "contact_id": frame["contact_id"], "created_at": frame["created_at"],
        "channel": frame["channel"], "position": by.cumcount() + 1,
        "gap_days": by["created_at"].diff().dt.total_seconds() / 86_400,
        "n_of_customer": by["contact_id"].transform("size"),
    })


def around(contacts: pd.DataFrame, contact_id: str, before: Any = 3, after: Any = 3) -> pd.DataFrame:
    """Give what the same customer did before and after one contact.

    Parameters
    ----------
    contacts : DataFrame of shape (n, any)
        The contacts table.
    contact_id : str
        The contact in the middle.
    before, after : int or time span
        So many contacts, or all within a span such as ``"7D"``. Spans are elapsed time: a clock change does not matter.

    Returns
    -------
    DataFrame
        Rows of the contacts with ``offset`` (0 is the contact itself) and ``days`` from it, in time; index kept.

    Raises
    ------
    ContactError
        If there is no such contact.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "customer_id": ["k", "k", "k", "m"],
    ...     "created_at": pd.to_datetime(["2026-11-01", "2026-11-03", "2026-11-20", "2026-11-03"], utc=True)})
    >>> around(contacts, "b", before=1, after="7D")[["contact_id", "offset", "days"]].values.tolist()
    [['a', -1, -2.0], ['b', 0, 0.0]]
    """
    frame = ordered(contacts)
    here = np.flatnonzero((frame["contact_id"] == contact_id).to_numpy(bool))
    if not len(here):
        raise ContactError("no such contact", where="contact_id", got=repr(contact_id)[:80])
    middle = frame.iloc[here[0]]
    known = pd.notna(middle["customer_id"])
    same = frame[frame["customer_id"] == middle["customer_id"]] if known else frame.iloc[here]
    offset = same.index.to_numpy() - here[0]
    gap = same["created_at"] - middle["created_at"]
    earlier, later = _within(offset, gap, before, -1), _within(offset, gap, after, 1)
    keep = (offset == 0) | (earlier & (offset < 0)) | (later & (offset > 0))
    out = contacts.iloc[same["row"].to_numpy()[keep]]
    gap_days = (gap.dt.total_seconds() / 86_400).to_numpy()
    return pd.DataFrame(out.assign(offset=offset[keep], days=gap_days[keep]))


def chains(
    contacts: pd.DataFrame,
    tags: pd.DataFrame | None = None,
    window_days: float = 7,
    until: pd.Timestamp | None = None,
    handover_hours: float | None = None,
) -> pd.DataFrame:
    """Join the contacts of one customer about one issue into chains.

    A contact joins an earlier one of the same customer if they share a reason and lie at most `window_days` apart (the
    re-contact window of the field: 1 to 3 days for calls, 7 to 14 usual, 30 for what takes long). A chain is all that
    is joined that way, so it may last longer than the window. ``unknown`` joins nothing.

    Parameters
    ----------
    contacts : DataFrame of shape (n, any)
        The contacts table.
    tags : DataFrame, optional
        The tags; without them, any contact of the same customer counts as the same issue.
    window_days : float
        Days between two contacts of a chain at most, as elapsed time.
    until : Timestamp, optional
        How far the data reach; the last contact if None.
    handover_hours : float, optional
        A bot contact also joins the customer's next contact with a person (call, chat, e-mail, or a private message)
        within so many hours, whatever its reason: bots often get no reason, and the customer means the same. So does a
        message, as in LINE, that stands between a bot and such a contact: bot, LINE, call are one issue.

    Returns
    -------
    DataFrame of shape (n, 7)
        Index and order of the contacts: ``contact_id``, ``chain_id`` (id of its first contact), ``position`` in time
        from 1, ``is_repeat`` (not the first), ``is_censored`` (nothing followed, but the window reaches beyond the
        data: it may still come back), ``is_truncated`` (nothing before, but the window reaches before the data) and
        ``is_linked`` (the customer is known; others stand alone).

    Raises
    ------
    ContactError
        If a column is missing or an id stands twice.
    SettingsError
        If the window is not above 0.

    Examples
    --------
    By hand: the fifth is within a week of the first, the twentieth is not.

    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "customer_id": ["k", "k", "k", "m"],
    ...     "created_at": pd.to_datetime(["2026-11-01", "2026-11-05", "2026-11-20", "2026-11-20"], utc=True)})
    >>> found = chains(contacts, window_days=7)
    >>> found[["contact_id", "chain_id", "position", "is_repeat", "is_censored"]].values.tolist()
    [['a', 'a', 1, False, False], ['b', 'a', 2, True, False], ['c', 'c', 1, False, True], ['d', 'd', 1, False, True]]
    """
    pairs = linked_pairs(contacts, tags, window_days, until)
    n = len(contacts)
    part = _components(_links(pairs, contacts, handover_hours), n)
    frame = ordered(contacts)
    frame = frame.assign(part=part[frame["row"]]).sort_values(["part", "created_at", "contact_id"], kind="stable")
    by = frame.groupby("part", sort=False)
    first, size = by["contact_id"].transform("first"), by["row"].transform("size")
    frame = frame.assign(position=by.cumcount() + 1, chain_id=first, size=size).sort_values("row")
    flags = pairs.groupby("row")[["before", "after", "is_censored", "is_truncated", "is_linked"]].any()
    position = frame["position"].to_numpy()
    last = position == frame["size"].to_numpy()
    return pd.DataFrame({
        "contact_id": contacts["contact_id"], "chain_id": frame["chain_id"].to_numpy(), "position": position,
        "is_repeat": position > 1, "is_censored": flags["is_censored"].to_numpy() & last,
        "is_truncated": flags["is_truncated"].to_numpy() & (position == 1), "is_linked": flags["is_linked"].to_numpy(),
    }, index=contacts.index)


def chain_lengths(chained: pd.DataFrame, contacts: pd.DataFrame, tags: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count how many contacts an issue takes, by the reason of its first contact.

    Parameters
    ----------
    chained : DataFrame
        From `chains`.
    contacts, tags : DataFrame
        What it was made from; the best reason counts.

    Returns
    -------
    DataFrame
        ``reason, n_issues, n_contacts, contacts_per_issue, low, high`` (Student's t; where none took a second contact,
        Wilson's bound of one), ``one, two, more`` (shares of issues with so many contacts) and ``n_left_out``: chains
        that may go on beyond either end of the data, and contacts of unknown customers. Most issues first.

    Examples
    --------
    By hand: one issue took two contacts, one a single one.

    >>> day = [0, 10, 12, 11, 30]
    >>> contacts = pd.DataFrame({"contact_id": list("abcde"), "customer_id": list("zkkmy"),
    ...     "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(day, unit="D")})
    >>> table = chain_lengths(chains(contacts), contacts)
    >>> table[["n_issues", "contacts_per_issue", "one", "n_left_out"]].values.tolist()
    [[2.0, 1.5, 0.5, 2.0]]
    """
    frame = ordered(contacts)
    found = chained.set_index("contact_id").loc[frame["contact_id"]].reset_index()
    found = found.assign(reason=primary_reasons(frame, tags).to_numpy())
    edge = found["is_censored"] | found["is_truncated"] | ~found["is_linked"]
    by = found.assign(edge=edge).sort_values(["chain_id", "position"]).groupby("chain_id", sort=False)
    issues = by.agg(reason=("reason", "first"), n=("position", "size"), edge=("edge", "any")).reset_index()
    rows = [(reason, *_lengths(part, level=0.95)) for reason, part in issues.groupby("reason")]
    names = ["n_issues", "n_contacts", "contacts_per_issue", "low", "high", "one", "two", "more", "n_left_out"]
    table = pd.DataFrame(rows, columns=["reason", *names])
    return table.sort_values(["n_issues", "reason"], ascending=[False, True], kind="stable", ignore_index=True)


def _lengths(issues: pd.DataFrame, level: float) -> tuple[float, ...]:
    n = issues.loc[~issues["edge"], "n"].to_numpy(dtype=float)
    shares = [float((n == 1).mean()), float((n == 2).mean()), float((n > 2).mean())] if len(n) else [np.nan] * 3
    mean = mean_interval(n, level, (1.0, np.inf))  # no issue takes less than one
    if len(n) and n.max() <= 1:  # that none took more does not mean that none ever would
        mean = replace(mean, high=1.0 + float(wilson(0, len(n), level)[1]))
    return len(n), int(n.sum()), *mean.numbers, *shares, int(issues["edge"].sum())


def _links(pairs: pd.DataFrame, contacts: pd.DataFrame, handover_hours: float | None) -> np.ndarray:
    """Pair the places of contacts that belong together, shape (links, 2)."""
    again = pairs.loc[pairs["before"], ["row", "previous_row"]].to_numpy(dtype=np.int64)
    if handover_hours is None:
        return again
    return np.vstack([again, _handovers(ordered(contacts, "channel"), days(handover_hours / 24, "handover_hours"))])


def _handovers(frame: pd.DataFrame, window: pd.Timedelta) -> np.ndarray:
    """Pair each bot contact with the customer's next one with a person, and with a message that leads to such a one.

    Whether a message was answered by a person is seldom known; that a call followed within the window says so.
    """
    frame = frame[frame["customer_id"].notna()].reset_index(drop=True)
    is_bot, is_message = frame["channel"] == "bot", frame["channel"] == MESSENGERS
    if "is_public" in frame:
        is_message &= frame["is_public"].astype(object).map({True: True}).isna()
    to_person = _next_within(frame, is_with_person(frame), is_bot, window)
    to_message = _next_within(frame, is_message, is_bot, window)
    handed = pd.Series(np.isin(np.arange(len(frame)), to_message[:, 1]))
    onward = _next_within(frame, frame["channel"].isin(HUMAN_CHANNELS), handed, window)
    to_message = to_message[np.isin(to_message[:, 1], onward[:, 0])]
    return np.asarray(frame["row"].to_numpy(dtype=np.int64)[np.vstack([to_person, to_message, onward])])


def _next_within(frame: pd.DataFrame, is_goal: pd.Series, is_start: pd.Series, window: pd.Timedelta) -> np.ndarray:
    """Pair the places of contacts to start from with the customer's next goal within the window, shape (pairs, 2)."""
    by = frame["customer_id"]
    place = pd.Series(np.arange(len(frame), dtype=float)).where(is_goal).groupby(by).bfill()
    gap = frame["created_at"].where(is_goal).groupby(by).bfill() - frame["created_at"]
    found = (is_start & (gap <= window)).to_numpy(bool)
    return np.column_stack([np.flatnonzero(found), place.to_numpy()[found]]).astype(np.int64)


def _components(links: np.ndarray, n: int) -> np.ndarray:
    """Give each contact the number of the group that links join it to."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    graph = coo_matrix((np.ones(len(links)), (links[:, 0], links[:, 1])), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1])


def _within(offset: np.ndarray, gap: pd.Series, limit: Any, sign: int) -> np.ndarray:
    if isinstance(limit, int | np.integer):
        return np.asarray(sign * offset <= limit)
    return np.asarray(sign * gap <= pd.Timedelta(limit))
