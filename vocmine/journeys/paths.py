"""Journeys of customers: which sequences of reasons are usual, and through which channel people come first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.journeys.inputs import days, ordered, primary_reasons, with_share


def journey_paths(
    contacts: pd.DataFrame, tags: pd.DataFrame, window_days: float = 7, level: float = 0.95, most_steps: int = 5
) -> pd.DataFrame:
    """Count the sequences of reasons that customers come with.

    A journey is all contacts of a customer of which each lies at most the window after the one before, whatever they
    are about. Only whole journeys count: no contact of theirs lies in the first or last window of the data, where
    something may be cut off.

    Parameters
    ----------
    contacts, tags, window_days, level
        As for `repeat_rate`; a contact counts for its best reason.
    most_steps : int
        Reasons that a path names; what comes later is not told apart.

    Returns
    -------
    DataFrame
        ``path`` (tuple of reasons, in time), ``n_steps`` (contacts; ``most_steps + 1`` for more), ``n`` journeys,
        ``n_all, share, low, high`` (Wilson), ``n_customers``, ``median_days`` from first to last contact. Most journeys
        first.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window, level or number of steps is wrong.

    Examples
    --------
    By hand: two customers ask about a bill and then about a refund, one about a bill alone.

    >>> day = [0, 10, 11, 10, 12, 10, 30]
    >>> contacts = pd.DataFrame({"contact_id": list("abcdefg"), "customer_id": list("zkkllmy"),
    ...     "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(day, unit="D")})
    >>> tags = pd.DataFrame({"contact_id": list("abcdefg"), "kind": "reason", "score": 1.0,
    ...     "label": ["bill", "bill", "refund", "bill", "refund", "bill", "bill"]})
    >>> journey_paths(contacts, tags)[["path", "n", "n_all", "median_days"]].values.tolist()
    [[('bill', 'refund'), 2, 3, 1.5], [('bill',), 1, 3, 0.0]]
    """
    if not 1 <= most_steps <= 20:
        raise SettingsError("wrong number of steps", where="most_steps", got=str(most_steps)[:20], expected="1 to 20")
    frame = ordered(contacts)
    frame = _journeys(frame.assign(reason=primary_reasons(frame, tags)), window_days)
    places = [f"step{i}" for i in range(1, most_steps + 1)]
    by = frame.groupby("journey")
    steps = pd.DataFrame({name: by["reason"].shift(-i).astype(object) for i, name in enumerate(places)})
    steps = steps.where(steps.notna(), "")[frame["position"] == 1].set_axis(list(by.groups))
    gap = by["created_at"].max() - by["created_at"].min()
    wide = steps.assign(
        n_steps=by.size().clip(upper=most_steps + 1), days=gap.dt.total_seconds() / 86_400,
        who=by["customer_id"].first(),
    )
    table = wide.groupby([*places, "n_steps"], as_index=False).agg(
        n=("days", "size"), n_customers=("who", "nunique"), median_days=("days", "median")
    )
    paths = [tuple(step for step in row if step) for row in table[places].itertuples(index=False, name=None)]
    table = table.assign(path=pd.Series(paths, index=table.index, dtype=object), n_all=len(wide))
    table = table.sort_values(["n", "n_steps", *places], ascending=[False, True, *[True] * most_steps])
    table = with_share(table, "n", level, n="n_all")
    columns = ["path", "n_steps", "n", "n_all", "share", "low", "high", "n_customers", "median_days"]
    return table[columns].reset_index(drop=True)


def channel_preference(contacts: pd.DataFrame, window_days: float = 7, level: float = 0.95) -> pd.DataFrame:
    """Give through which channel customers come first, and how many who come again take another one.

    Parameters
    ----------
    contacts, window_days, level
        As for `repeat_rate`, with ``channel``; whole journeys, as for `journey_paths`.

    Returns
    -------
    DataFrame
        ``channel, n`` (journeys that began there), ``n_all, share, low, high`` (Wilson, of all journeys), ``n_again``
        (those with a second contact), ``again_share``, ``n_switched`` (those whose second contact took another
        channel), ``switch_rate, switch_low, switch_high`` (Wilson, of `n_again`) and ``to_channel``: the other channel
        that most of these took; empty where none or several are first. Most journeys first.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window or level is wrong.

    Examples
    --------
    By hand: two of three customers begin with the bot; one of them calls the next day.

    >>> day = [0, 10, 11, 10, 12, 30]
    >>> contacts = pd.DataFrame({"contact_id": list("abcdef"), "customer_id": list("zkklmy"),
    ...     "channel": ["call", "bot", "call", "bot", "call", "call"],
    ...     "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(day, unit="D")})
    >>> channel_preference(contacts)[["channel", "n", "n_all", "n_again", "n_switched", "to_channel"]].values.tolist()
    [['bot', 2, 3, 1, 1, 'call'], ['call', 1, 3, 0, 0, '']]
    """
    frame = _journeys(ordered(contacts, "channel"), window_days)
    frame = frame.assign(channel=frame["channel"].astype(str))
    first = frame[frame["position"] == 1].set_index("journey")["channel"]
    then = frame[frame["position"] == 2].set_index("journey")["channel"].reindex(first.index)
    flags = pd.DataFrame({"channel": first, "again": then.notna(), "switched": then.notna() & (then != first)})
    table = flags.groupby("channel", as_index=False).agg(
        n=("again", "size"), n_again=("again", "sum"), n_switched=("switched", "sum")
    )
    table = with_share(table, "n_switched", level, n="n_again").rename(
        columns={"share": "switch_rate", "low": "switch_low", "high": "switch_high"}
    )
    table = with_share(table.assign(n_all=len(flags)), "n", level, n="n_all")
    moves = pd.DataFrame({"channel": first, "to": then})[flags["switched"]].value_counts().rename("n").reset_index()
    top = moves[moves["n"] == moves.groupby("channel")["n"].transform("max")].drop_duplicates("channel", keep=False)
    to_channel = table["channel"].map(dict(zip(top["channel"], top["to"], strict=True)).get).fillna("")
    again = np.where(table["n"] > 0, table["n_again"] / table["n"].clip(lower=1), np.nan)
    table = table.assign(to_channel=to_channel, again_share=again)
    columns = ["channel", "n", "n_all", "share", "low", "high", "n_again", "again_share", "n_switched", "switch_rate"]
    table = table.sort_values(["n", "channel"], ascending=[False, True], ignore_index=True)
    return table[[*columns, "switch_low", "switch_high", "to_channel"]]


def _journeys(frame: pd.DataFrame, window_days: float) -> pd.DataFrame:
    """Give the contacts of whole journeys, with the number of their journey and their place in it from 1."""
    window, times = days(window_days), frame["created_at"]
    begin, end = times.min() + window, times.max() - window
    frame = frame[frame["customer_id"].notna()].reset_index(drop=True)
    gap = frame.groupby("customer_id", sort=False)["created_at"].diff()
    frame = frame.assign(journey=(gap.isna() | (gap > window)).cumsum())
    by = frame.groupby("journey")
    frame = frame.assign(position=by.cumcount() + 1)
    whole = (by["created_at"].transform("min") >= begin) & (by["created_at"].transform("max") <= end)
    return pd.DataFrame(frame[whole]).reset_index(drop=True)
