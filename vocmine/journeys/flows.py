"""Where contacts go: transfers between teams, from channel to channel, from bot to human, from reason to reason."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from vocmine.frames import require_columns
from vocmine.journeys.inputs import (
    days,
    is_with_person,
    number,
    ordered,
    primary_reasons,
    reason_pairs,
    with_share,
)
from vocmine.journeys.lost import Rates, lost_by
from vocmine.stats import benjamini_hochberg, normal_quantile, wilson

NONE, ALL = "none", "all"


def transfer_matrix(
    contacts: pd.DataFrame,
    tags: pd.DataFrame | None = None,
    level: float = 0.95,
    rate_per_minute: Rates = None,
    by: Sequence[str] = ("reason", "team"),
) -> pd.DataFrame:
    """Give transfers by reason and team, with the minutes they cost.

    The minutes lost are those of the transferred contacts over what untransferred contacts of the same reason and
    channel take on average; so a reason that takes long anyway is not held against its transfers.

    Parameters
    ----------
    contacts, tags, level
        As for `repeat_rate`, with ``team`` and ``transfers``, and ``handle_seconds`` for the minutes; a contact counts
        for its best reason only, so that the matrix adds up.
    rate_per_minute : float or mapping, optional
        Labour: one rate, or rates by channel or ``"channel/team"``, over the contacts handled at once
        (``concurrency``); adds ``money_lost, money_low, money_high``, in the currency of the rate. No payouts.
    by : sequence of str
        Columns to add up by; none gives one row, ``all``. Do not add ranges of parts: those of one reason are held
        against the same contacts, so the range of a sum is wider than that.

    Returns
    -------
    DataFrame
        The columns of `by`, ``n, n_transferred, share, low, high`` (Wilson), ``n_timed`` (transferred contacts with a
        handle time and something to compare with), ``minutes_lost, minutes_low, minutes_high`` (normal) over these; no
        range where a single contact of the reason and channel tells nothing of how much they vary.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, the level is wrong, or a transferred contact has no rate.

    Examples
    --------
    By hand: two contacts of 5 minutes, one transferred of 15: ten minutes lost.

    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "created_at": pd.Timestamp("2026-11-01", tz="UTC"),
    ...     "channel": "call", "team": "T1", "transfers": [0, 0, 1], "handle_seconds": [290.0, 310.0, 900.0]})
    >>> transfer_matrix(contacts)[["team", "n", "n_transferred", "minutes_lost"]].values.tolist()
    [['T1', 3, 1, 10.0]]
    """
    frame = ordered(contacts, "channel", "team", "transfers")
    moved = number(frame, "transfers")
    frame = frame.assign(reason=primary_reasons(frame, tags), moved=moved > 0)[moved.notna().to_numpy()]
    team = frame["team"].astype(object)
    frame = frame.assign(team=team.where(team.notna(), NONE))
    keys = list(by) or [ALL]
    frame = frame.assign(all=ALL)
    require_columns(frame, keys, "by")
    table = frame.groupby(keys).agg(n=("moved", "size"), n_transferred=("moved", "sum"))
    table = with_share(table, "n_transferred", level)
    timed = frame if "handle_seconds" in frame else frame.assign(handle_seconds=np.nan)
    table = table.join(lost_by(timed, keys, level, rate_per_minute))
    return table.assign(n_timed=table["n_timed"].fillna(0).astype("int64")).reset_index()


def channel_transitions(contacts: pd.DataFrame, window_days: float = 7, level: float = 0.95) -> pd.DataFrame:
    """Give where a customer turns next, by channel.

    Parameters
    ----------
    contacts, window_days, level
        As for `repeat_rate`; what comes after the window is no next contact.

    Returns
    -------
    DataFrame
        ``from_channel, to_channel`` (``none``: no further contact), ``n, n_from, share`` (of `n_from`), ``low, high``
        (Wilson) and ``median_hours`` between them. Contacts of the last window are left out.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window or level is wrong.

    Examples
    --------
    By hand: a bot, a call two hours later, and a call of somebody else in the last week.

    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "customer_id": list("kkm"),
    ...     "channel": ["bot", "call", "call"],
    ...     "created_at": pd.to_datetime(["2026-11-01 00:00", "2026-11-01 02:00", "2026-11-30 00:00"], utc=True)})
    >>> channel_transitions(contacts)[["from_channel", "to_channel", "n", "median_hours"]].values.tolist()
    [['bot', 'call', 1, 2.0], ['call', 'none', 1, nan]]
    """
    frame = _next_contacts(ordered(contacts, "channel"), window_days)
    return _transition_table(frame, "channel", "next_channel", level)


def reason_transitions(
    contacts: pd.DataFrame, tags: pd.DataFrame, window_days: float = 30, level: float = 0.95
) -> pd.DataFrame:
    """Give what follows each reason, and how much more often than it does at all.

    Parameters
    ----------
    contacts, tags, window_days, level
        As for `repeat_rate`; a contact counts for its best reason, and what comes after the window does not follow.

    Returns
    -------
    DataFrame
        ``from_reason, to_reason`` (``none``: nothing followed), ``n, n_from, share, low, high`` (Wilson),
        ``median_hours`` and ``lift``: share over the share of `to_reason` among all followers, ``lift_low, lift_high``
        (normal on the log scale; NaN for a single contact), ``n_to, share_before, before_low, before_high``: of what
        followed anything and was about `to_reason`, how much followed `from_reason`; ``p`` (one-sided, hypergeometric:
        so many or more by chance) and ``p_adjusted`` over all pairs in which something followed (Benjamini-Hochberg).

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window or level is wrong.

    Examples
    --------
    By hand: a refund follows the bill, and nothing follows the refund; each is half of all that follows.

    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "customer_id": list("kkm"), "channel": "call",
    ...     "created_at": pd.to_datetime(["2026-11-01", "2026-11-02", "2026-12-30"], utc=True)})
    >>> tags = pd.DataFrame({"contact_id": list("abc"), "kind": "reason", "score": 1.0,
    ...     "label": ["bill", "refund", "bill"]})
    >>> reason_transitions(contacts, tags)[["from_reason", "to_reason", "n", "lift"]].values.tolist()
    [['bill', 'refund', 1, 2.0], ['refund', 'none', 1, 2.0]]
    """
    frame = ordered(contacts, "channel")
    frame = _next_contacts(frame.assign(reason=primary_reasons(frame, tags)), window_days)
    return _with_lift(_transition_table(frame, "reason", "next_reason", level), level)


def bot_handover(
    contacts: pd.DataFrame, tags: pd.DataFrame | None = None, window_hours: float = 24, level: float = 0.95
) -> pd.DataFrame:
    """Give the share of bot contacts after which the customer turned to a human.

    A contact in which a bot handed over to a person (``handovers``) is a bot contact that was handed over.

    Parameters
    ----------
    contacts, tags, level
        As for `repeat_rate`; humans answer on ``call``, ``chat`` and ``email``, and messages that are not public.
    window_hours : float
        A human contact later than this is another matter.

    Returns
    -------
    DataFrame
        ``reason, n, n_handed_over, share, low, high`` (Wilson), ``median_minutes`` to the human contact, or within one
        (``bot_seconds``) to the person; 1 - share is the bot's containment. Left out: bot contacts without a customer,
        and of the last window, unless they were handed over within.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window or level is wrong.

    Examples
    --------
    By hand: of two customers of the bot one calls half an hour later.

    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "customer_id": list("kklm"),
    ...     "channel": ["bot", "call", "bot", "call"],
    ...     "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta([0, 30, 0, 9999], unit="min")})
    >>> bot_handover(contacts)[["n", "n_handed_over", "share", "median_minutes"]].values.tolist()
    [[2.0, 1.0, 0.5, 30.0]]
    """
    window = days(window_hours / 24, "window_hours")
    frame = ordered(contacts, "channel")
    end = frame["created_at"].max()
    inside = number(frame, "handovers").gt(0)
    is_bot = frame["channel"] == "bot"
    frame = frame.assign(is_bot=is_bot | inside)[frame["customer_id"].notna() | inside]
    inside = inside[frame.index]
    human = frame["created_at"].where(is_with_person(frame)).groupby(frame["customer_id"]).bfill()
    gap = human - frame["created_at"]
    handed = ((gap <= window) & is_bot[frame.index]) | inside
    seen = (frame["created_at"] + window <= end) | inside
    minutes = (gap.dt.total_seconds() / 60).where(handed).mask(inside, number(frame, "bot_seconds") / 60)
    bots = reason_pairs(frame.assign(handed=handed, minutes=minutes)[frame["is_bot"] & seen], tags)
    by = bots.groupby("reason", as_index=False)
    table = by.agg(n=("handed", "size"), n_handed_over=("handed", "sum"), median_minutes=("minutes", "median"))
    table = with_share(table, "n_handed_over", level)
    table = table.sort_values(["n", "reason"], ascending=[False, True], kind="stable")
    return table[["reason", "n", "n_handed_over", "share", "low", "high", "median_minutes"]].reset_index(drop=True)


def _next_contacts(frame: pd.DataFrame, window_days: float) -> pd.DataFrame:
    window, end = days(window_days), frame["created_at"].max()
    frame = frame[frame["customer_id"].notna()]
    by = frame.groupby("customer_id", sort=False)
    gap = by["created_at"].shift(-1) - frame["created_at"]
    follows = gap <= window
    hours = (gap.dt.total_seconds() / 3600).where(follows)
    names = [name for name in ("channel", "reason") if name in frame]
    following = {f"next_{name}": by[name].shift(-1).where(follows, NONE) for name in names}
    return pd.DataFrame(frame.assign(hours=hours, **following)[frame["created_at"] + window <= end])


def _with_lift(table: pd.DataFrame, level: float) -> pd.DataFrame:
    """Add how much more often a reason follows another than it follows at all, with its error and its chance."""
    from scipy.stats import hypergeom

    total = int(table["n"].sum())
    n, n_from = (table[name].to_numpy(dtype=float) for name in ("n", "n_from"))
    n_to = table.groupby("to_reason")["n"].transform("sum").to_numpy(dtype=float)
    lift = n * max(total, 1) / (n_from * n_to)
    # delta method for log(p11 / (p1. p.1)) of a multinomial table; one contact tells nothing of its own error
    variance = 1 / n - 1 / n_from - 1 / n_to + (2 * lift - 1) / max(total, 1)
    half = np.where(n > 1, normal_quantile(level) * np.sqrt(np.clip(variance, 0, None)), np.nan)
    before_low, before_high = wilson(n, n_to, level)
    some = (table["to_reason"] != NONE).to_numpy(bool)
    p, adjusted = np.full(len(table), np.nan), np.full(len(table), np.nan)
    p[some] = hypergeom.sf(n[some] - 1, total, n_to[some], n_from[some])
    adjusted[some] = benjamini_hochberg(p[some])
    return table.assign(
        lift=lift, lift_low=lift * np.exp(-half), lift_high=lift * np.exp(half), n_to=n_to.astype("int64"),
        share_before=n / n_to, before_low=before_low, before_high=before_high, p=p,
        p_adjusted=adjusted,
    )


def _transition_table(frame: pd.DataFrame, first: str, then: str, level: float) -> pd.DataFrame:
    table = frame.groupby([first, then], as_index=False).agg(n=("hours", "size"), median_hours=("hours", "median"))
    table = table.rename(columns={first: f"from_{first}", then: f"to_{first}"})
    table["n_from"] = table.groupby(f"from_{first}")["n"].transform("sum")
    table = with_share(table, "n", level, n="n_from")
    table = table.sort_values([f"from_{first}", "n", f"to_{first}"], ascending=[True, False, True], kind="stable")
    columns = [f"from_{first}", f"to_{first}", "n", "n_from", "share", "low", "high", "median_hours"]
    return table[columns].reset_index(drop=True)
