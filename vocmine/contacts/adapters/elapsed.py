"""Handle time of a conversation from the clock of its turns, only where that clock is the agent's effort."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.contacts.reading import Notes

LIVE_GAP_MINUTES = 10.0
"""In a live chat somebody answers within minutes: contact centres close a chat after about ten without a word."""

LONGEST_SITTING_HOURS = 4.0
"""No single sitting with one customer is longer; what is, was picked up again later."""


def elapsed_effort(
    conversations: np.ndarray, clock: np.ndarray, calls: frozenset[str] = frozenset(),
    active_gap_minutes: float | None = None, notes: Notes | None = None, written: frozenset[str] = frozenset(),
) -> pd.Series:
    """Give the handle time of each conversation that its turns show.

    A call is one sitting: from the first turn to the last. So is a chat in which nobody was silent for more than ten
    minutes. Of others, elapsed time is not effort: their handle time is empty, unless it is told how to count.

    Parameters
    ----------
    conversations : ndarray of object, shape (n,)
        Conversation of each turn.
    clock : ndarray of float, shape (n,)
        When each turn began, s; NaN where that is not known.
    calls : frozenset of str
        Conversations that are calls.
    active_gap_minutes : float, optional
        Told: count the time between turns that follow each other within so many minutes. Not for calls, where a
        silence is a hold.
    written : frozenset of str
        Conversations by mail, whose clock says nothing of effort unless it is told how to count.
    notes : Notes, optional
        Where the doubt goes: how many conversations have no handle time for this.

    Returns
    -------
    Series of float
        Seconds by conversation; NaN where there is no clock, where it stands still, or where it is not effort.

    Examples
    --------
    >>> talks, clock = np.array(["a", "a", "b", "b", "b"], dtype=object), np.array([0.0, 60, 0, 60, 40_000])
    >>> elapsed_effort(talks, clock).tolist()
    [60.0, nan]
    >>> elapsed_effort(talks, clock, active_gap_minutes=10).tolist()
    [60.0, 60.0]
    """
    frame = pd.DataFrame({"talk": conversations, "clock": clock})
    order = frame.sort_values("clock", kind="stable")
    order["gap"] = order.groupby("talk", sort=False)["clock"].diff()
    by = order.groupby("talk", sort=False)["gap"]
    total, longest = by.sum(min_count=1), by.max()
    call = pd.Series(total.index.isin(list(calls)), index=total.index)
    short = total <= LONGEST_SITTING_HOURS * 3600
    letters = pd.Series(total.index.isin(list(written)), index=total.index)
    whole = short & ~letters & (call | (longest <= LIVE_GAP_MINUTES * 60))
    effort = total.where(whole)
    if active_gap_minutes is not None:
        near = order[order["gap"] <= active_gap_minutes * 60]
        active = near.groupby("talk", sort=False)["gap"].sum().reindex(total.index)
        effort = total.where(call & short, active)
    effort = effort.where(effort > 0)  # else the clock stood still
    left = int(((total > 0) & effort.isna()).sum())
    if left and notes is not None and active_gap_minutes is None:
        line = f"active_gap_minutes: {LIVE_GAP_MINUTES:g}"
        notes.doubt("elapsed_not_effort", "handle_seconds", rows=left, line=line)
    elif notes is not None:
        notes.count("conversations without handle time", left)
    return pd.Series(effort.reindex(pd.unique(frame["talk"])))
