"""Which reasons are hard to handle, through which channel they come, and which could go to self-service."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.journeys.inputs import HUMAN_CHANNELS, contact_flags, number, with_share
from vocmine.stats import mean_interval

_LEAST = 20  # contacts of a reason that is judged
_SIMPLE = 1 / 3  # the simplest third may go to self-service


def reason_complexity(
    contacts: pd.DataFrame, tags: pd.DataFrame, window_days: float = 7, level: float = 0.95
) -> pd.DataFrame:
    """Rank reasons by how hard they are to handle, and name candidates for self-service.

    Hard is what takes long for its channel, is handed on, takes many replies and comes back. Each of these is turned
    into the place among the reasons (0 lowest to 1 highest); `complexity` is their mean. A proxy, as all such: look at
    its parts. A candidate for self-service is among the simplest third, comes mostly to people, and does not come back
    more often than contacts do at all.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts and their tags, a contact counting for its best reason. ``handle_seconds, transfers, replies`` and
        ``customer_id`` count where they exist.
    window_days, level : float
        Days in which a contact counts as coming back; level of the intervals.

    Returns
    -------
    DataFrame
        Simplest first: ``reason, n, n_human, human_share, low, high`` (Wilson; calls, chats, e-mails), ``handle_ratio``
        (geometric mean of handle time over that of its channel), ``transfer_share, replies, return_share, complexity,
        is_candidate``. Reasons of fewer than 20 contacts with people have no complexity.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window or level is wrong.

    Examples
    --------
    Passwords take a minute and stay solved; faults take ten and are handed on:

    >>> contacts = pd.DataFrame({"contact_id": [str(i) for i in range(100)], "created_at": pd.Timestamp(0, tz="UTC"),
    ...     "channel": "call", "handle_seconds": [60.0, 600.0] * 50, "transfers": [0, 1] * 50})
    >>> tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "score": 1.0,
    ...     "label": ["password", "fault"] * 50})
    >>> table = reason_complexity(contacts, tags)
    >>> table[["reason", "handle_ratio", "complexity", "is_candidate"]].round(2).values.tolist()
    [['password', 0.32, 0.0, True], ['fault', 3.16, 1.0, False]]
    """
    frame = contact_flags(contacts, tags, window_days)
    human = frame["channel"].isin(HUMAN_CHANNELS)
    log = np.log(number(frame, "handle_seconds").where(lambda x: x > 0)).where(human)
    moved, back = number(frame, "transfers"), frame["after"].astype(float)
    frame = frame.assign(
        human=human,
        relative=log - log.groupby(frame["channel"]).transform("mean"),
        moved=moved.gt(0).astype(float).where(human & moved.notna()),
        replies=number(frame, "replies").where(human),
        back=back.where(human & frame["is_linked"] & frame["sees_after"]),
    )
    table = frame.groupby("reason", as_index=False).agg(
        n=("human", "size"), n_human=("human", "sum"), handle_ratio=("relative", "mean"),
        transfer_share=("moved", "mean"), replies=("replies", "mean"), return_share=("back", "mean"),
    )
    table["handle_ratio"] = np.exp(table["handle_ratio"])
    table = with_share(table, "n_human", level).rename(columns={"share": "human_share"})
    table["complexity"] = _places(table)
    usual = frame["back"].mean()
    simple = table["complexity"].rank(pct=True).le(_SIMPLE) | table["complexity"].le(_SIMPLE)
    returns = table["return_share"].gt(usual) & table["return_share"].notna()
    table["is_candidate"] = simple & table["human_share"].gt(0.5) & ~returns
    table = table.sort_values(["complexity", "reason"], kind="stable", ignore_index=True)
    columns = ["reason", "n", "n_human", "human_share", "low", "high", "handle_ratio", "transfer_share", "replies"]
    return table[[*columns, "return_share", "complexity", "is_candidate"]]


def channel_complexity(
    contacts: pd.DataFrame, tags: pd.DataFrame, complexity: pd.DataFrame, level: float = 0.95
) -> pd.DataFrame:
    """Give how hard the matters are that come through each channel.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts and their tags.
    complexity : DataFrame
        From `reason_complexity`, of the same or of an earlier time.
    level : float
        Level of the interval.

    Returns
    -------
    DataFrame
        Simplest first: ``channel, n`` (contacts whose reason has a complexity), ``complexity, low, high`` (mean,
        Student's t), ``simple_share`` (contacts of the candidates for self-service).

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "created_at": pd.Timestamp(0, tz="UTC"),
    ...     "channel": ["call", "call", "chat", "chat"]})
    >>> tags = pd.DataFrame({"contact_id": list("abcd"), "kind": "reason", "label": ["b", "b", "a", "b"], "score": 1.0})
    >>> known = pd.DataFrame({"reason": ["a", "b"], "complexity": [0.2, 0.8], "is_candidate": [True, False]})
    >>> channel_complexity(contacts, tags, known)[["channel", "complexity", "simple_share"]].values.tolist()
    [['chat', 0.5, 0.5], ['call', 0.8, 0.0]]
    """
    frame = contact_flags(contacts, tags, 1)
    by = complexity.set_index("reason")
    frame = frame.assign(score=frame["reason"].map(by["complexity"]), simple=frame["reason"].map(by["is_candidate"]))
    frame = frame[frame["score"].notna()]
    rows = [
        (str(channel), len(part), *mean_interval(part["score"], level).numbers,
         float(part["simple"].astype(float).mean()))
        for channel, part in frame.groupby("channel", observed=True)
    ]
    table = pd.DataFrame(rows, columns=["channel", "n", "complexity", "low", "high", "simple_share"])
    return table.sort_values(["complexity", "channel"], kind="stable", ignore_index=True)


def _places(table: pd.DataFrame) -> pd.Series:
    """Mean place among the reasons of each part that differs at all, 0 to 1."""
    parts = table.loc[table["n_human"] >= _LEAST, ["handle_ratio", "transfer_share", "replies", "return_share"]]
    parts = parts.loc[:, [len(parts[name].dropna().unique()) > 1 for name in parts]]
    places = (parts.rank() - 1) / (parts.count() - 1).clip(lower=1)
    return places.mean(axis=1).reindex(table.index)
