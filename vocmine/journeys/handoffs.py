"""From team to team: who takes over an issue next, how often one goes astray, and what that takes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from vocmine.frames import require_columns
from vocmine.journeys.inputs import linked_pairs, number, ordered, primary_reasons, with_share
from vocmine.journeys.lost import Rates, rates_of
from vocmine.stats import Estimate, mean_interval

NONE = "none"
ALL = "all"


def team_handoffs(
    contacts: pd.DataFrame,
    tags: pd.DataFrame | None = None,
    window_days: float = 7,
    level: float = 0.95,
    rate_per_minute: Rates = None,
) -> pd.DataFrame:
    """Give which team a customer's issue goes to next, team by team.

    Only contacts with a team count: after a contact of one team, the next of the same customer about the same reason
    within the window is with the same team, with another, or does not come. Transfers within one contact are not among
    these: the data have only the team that took it in the end (see `transfer_matrix` and `misroute_rate`).

    Parameters
    ----------
    contacts, tags, window_days, level
        As for `repeat_rate`, with ``team``; ``handle_seconds`` for the minutes.
    rate_per_minute : float or mapping, optional
        Labour: one rate, or by channel or ``"channel/team"``; adds ``money, money_low, money_high``.

    Returns
    -------
    DataFrame
        ``from_team, to_team`` (``none``: it did not come again), ``n, n_from, share, low, high`` (Wilson),
        ``median_hours`` between them, ``n_timed``, and ``minutes, minutes_low, minutes_high``: handle time of these
        next contacts, all of them at the mean of those that were timed (Student's t; no range for a single one). Left
        out: contacts of unknown customers, and those of the last window.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window, level or rate is wrong.

    Examples
    --------
    By hand: the bill of one customer goes from team A to team B, which takes ten minutes; the other's is done.

    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "customer_id": list("kkmz"), "team": list("ABAC"),
    ...     "channel": "call", "handle_seconds": [300.0, 600.0, 300.0, 60.0],
    ...     "created_at": pd.to_datetime(["2026-11-01", "2026-11-02", "2026-11-02", "2026-11-30"], utc=True)})
    >>> table = team_handoffs(contacts, rate_per_minute=60)
    >>> table[["from_team", "to_team", "n", "n_from", "minutes", "money"]].values.tolist()
    [['A', 'B', 1, 2, 10.0, 600.0], ['A', 'none', 1, 2, nan, nan], ['B', 'none', 1, 1, nan, nan]]
    """
    frame = _followed(contacts, tags, window_days, rate_per_minute)
    frame = frame[frame["is_seen"]]
    keys = ["from_team", "to_team"]
    rows = [
        (*pair, len(part), float(part["hours"].median()), *_sums(part["next_minutes"], len(part), level),
         *_sums(part["next_money"], len(part), level)[1:])
        for pair, part in frame.rename(columns={"team": "from_team", "next_team": "to_team"}).groupby(keys)
    ]
    columns = ["n", "median_hours", "n_timed", "minutes", "minutes_low", "minutes_high"]
    money = ["money", "money_low", "money_high"]
    table = pd.DataFrame(rows, columns=[*keys, *columns, *money])
    table["n_from"] = table.groupby("from_team")["n"].transform("sum")
    table = with_share(table, "n", level, n="n_from")
    table = table.sort_values(["from_team", "n", "to_team"], ascending=[True, False, True], ignore_index=True)
    shown = [*keys, "n", "n_from", "share", "low", "high", *columns[1:]]
    return table[[*shown, *(money if rate_per_minute is not None else [])]]


def misroute_rate(
    contacts: pd.DataFrame,
    tags: pd.DataFrame | None = None,
    by: str | Sequence[str] = "reason",
    window_days: float = 7,
    level: float = 0.95,
    rate_per_minute: Rates = None,
) -> pd.DataFrame:
    """Give the share of contacts that did not stay with the team that was to settle them.

    Such a contact was transferred, or the customer's next one about the same reason within the window was with another
    team. Whether a second line was planned that way, the data don't say: read it as the most that routing could save.

    Parameters
    ----------
    contacts, tags, window_days, level
        As for `repeat_rate`, with ``team`` and ``transfers``; a contact counts for its best reason.
    by : str or sequence of str
        ``"reason"``, ``"team"`` or other columns; none gives one row, ``all``.
    rate_per_minute : float or mapping, optional
        Labour, as for `team_handoffs`; adds money.

    Returns
    -------
    DataFrame
        The keys, ``n, n_transferred, n_other_team, n_misrouted, share, low, high`` (Wilson), ``n_left_out`` (customer,
        team or transfers unknown, or of the last window), ``n_again_timed, minutes_again, again_low, again_high``:
        handle time of the next contacts with other teams, and with rates ``money_again, money_again_low,
        money_again_high``. Most misrouted contacts first. What transfers take is in `transfer_matrix`.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window, level or rate is wrong.

    Examples
    --------
    By hand: of three contacts with a whole window one was transferred, and one goes on with another team.

    >>> contacts = pd.DataFrame({"contact_id": list("abcde"), "customer_id": list("kklmz"), "team": list("ABAAC"),
    ...     "channel": "call", "transfers": [0, 0, 1, 0, 0], "handle_seconds": [300.0, 600.0, 900.0, 300.0, 60.0],
    ...     "created_at": pd.to_datetime(["2026-11-01", "2026-11-12", "2026-11-02", "2026-11-02", "2026-11-14"],
    ...         utc=True)})
    >>> table = misroute_rate(contacts, by=(), window_days=11)
    >>> table[["n", "n_transferred", "n_other_team", "n_misrouted", "minutes_again"]].values.tolist()
    [[3.0, 1.0, 1.0, 2.0, 10.0]]
    """
    keys = [by] if isinstance(by, str) else list(by)
    ordered(contacts, "channel", "team", "transfers")
    frame = _followed(contacts, tags, window_days, rate_per_minute)
    moved = number(frame, "transfers")
    frame = frame.assign(moved=moved > 0, is_known=frame["is_seen"] & moved.notna())
    require_columns(frame, keys, "by")
    frame = _named(frame, keys)
    other = (frame["next_team"] != frame["team"]) & (frame["next_team"] != NONE)
    frame = frame.assign(other=other, astray=frame["moved"] | other)
    groups = keys or ["all"]
    known = frame[frame["is_known"]]
    table = known.groupby(groups).agg(
        n=("moved", "size"), n_transferred=("moved", "sum"), n_other_team=("other", "sum"),
        n_misrouted=("astray", "sum"),
    )
    left_out = _left_out(contacts, tags, known, groups)
    table = with_share(table.assign(n_left_out=left_out.reindex(table.index, fill_value=0)), "n_misrouted", level)
    table = table.join(_again(known, groups, level, rate_per_minute is not None))
    table = table.assign(n_again_timed=table["n_again_timed"].fillna(0).astype("int64")).reset_index().sort_values(
        ["n_misrouted", *groups], ascending=[False, *[True] * len(groups)], ignore_index=True
    )
    first = [*groups, "n", "n_transferred", "n_other_team", "n_misrouted", "share", "low", "high", "n_left_out"]
    return table[[*first, *(name for name in table if name not in first)]]


def _followed(
    contacts: pd.DataFrame, tags: pd.DataFrame | None, window_days: float, rate_per_minute: Rates
) -> pd.DataFrame:
    """Give the contacts that have a team, with the team, hours and minutes of the next one about the same."""
    frame = ordered(contacts, "channel", "team")
    end = frame["created_at"].max()
    mine = contacts[contacts["team"].notna()]
    pairs = linked_pairs(mine, tags, window_days, end)
    seen = pairs.groupby("row")[["is_linked", "sees_after"]].any().all(axis=1)
    rates = rates_of(mine, rate_per_minute)
    minutes = number(mine, "handle_seconds") / 60
    rows = mine.assign(
        team=mine["team"].astype(str), created_at=pd.to_datetime(mine["created_at"], utc=True),
        reason=primary_reasons(mine, tags), minutes=minutes, money=minutes * rates,
    ).reset_index(drop=True)
    links = pairs.loc[pairs["before"], ["previous_row", "row"]].astype("int64")
    links = links.merge(rows[["created_at", "contact_id"]], left_on="row", right_index=True)
    order = ["previous_row", "created_at", "contact_id"]
    first = links.sort_values(order).drop_duplicates("previous_row").set_index("previous_row")
    then = first["row"].reindex(rows.index)
    following = rows.reindex(then.to_numpy()).reset_index(drop=True)
    return rows.assign(
        is_seen=seen.to_numpy(bool), next_team=following["team"].where(then.notna(), NONE),
        hours=(following["created_at"] - rows["created_at"]).dt.total_seconds() / 3600,
        next_minutes=following["minutes"], next_money=following["money"],
    )


def _again(known: pd.DataFrame, keys: list[str], level: float, money: bool) -> pd.DataFrame:
    """Add up the handle time of next contacts with another team."""
    rows = []
    for key, part in known[known["other"]].groupby(keys):
        row = [*key, *_sums(part["next_minutes"], len(part), level), *_sums(part["next_money"], len(part), level)[1:]]
        rows.append(row)
    names = ["n_again_timed", "minutes_again", "again_low", "again_high"]
    paid = ["money_again", "money_again_low", "money_again_high"]
    table = pd.DataFrame(rows, columns=[*keys, *names, *paid]).set_index(keys)
    return table[[*names, *(paid if money else [])]]


def _sums(values: pd.Series, n: int, level: float) -> tuple[float, ...]:
    """Give how many of the values are known, and the sum of all at the mean of these, with its range."""
    known = values.dropna()
    if known.empty:
        return 0, *Estimate().numbers
    mean = mean_interval(known, level, (0.0, np.inf))
    low, high = (mean.low, mean.high) if len(known) > 1 else (np.nan, np.nan)
    return len(known), mean.value * n, low * n, high * n


def _left_out(
    contacts: pd.DataFrame, tags: pd.DataFrame | None, known: pd.DataFrame, keys: list[str]
) -> pd.Series:
    rest = contacts[~contacts["contact_id"].isin(known["contact_id"])]
    return _named(rest.assign(reason=primary_reasons(rest, tags)), keys).groupby(keys).size()


def _named(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Call what a key does not tell `none`, and all contacts together `all`."""
    frame = frame.assign(all=ALL)
    return frame.assign(**{name: frame[name].astype(object).where(frame[name].notna(), NONE) for name in keys})
