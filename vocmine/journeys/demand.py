"""Value against failure demand, and the guardrail against saving minutes that come back as repeats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.journeys.inputs import linked_pairs, number, ordered, primary_reasons, with_share
from vocmine.stats import newcombe, normal_quantile

KINDS = ("value", "failure", "unclassified")


def demand_split(
    contacts: pd.DataFrame, tags: pd.DataFrame, demand: Mapping[str, str], level: float = 0.95
) -> pd.DataFrame:
    """Split contacts into value demand and failure demand.

    Failure demand is "demand caused by a failure to do something or do something right for the customer" (Seddon 2003,
    Freedom from Command and Control); value demand is what one wants customers to come for. Only the first can be
    avoided.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts and their tags; a contact counts for its best reason.
    demand : mapping of str to {"value", "failure"}
        Kind of each reason; reasons not in it are ``unclassified``.
    level : float
        Level of the interval.

    Returns
    -------
    DataFrame
        One row a kind: ``demand, n, n_all, share, low, high`` (Wilson), ``handle_hours``, ``hours_share``, ``n_timed``
        (contacts with a handle time).

    Raises
    ------
    SettingsError
        If a kind is neither value nor failure.

    Examples
    --------
    By hand: one of four contacts is wanted, two are faults with three of the four hours.

    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "created_at": pd.Timestamp("2026-11-01", tz="UTC"),
    ...     "handle_seconds": [3600.0, 3600.0, 7200.0, None]})
    >>> tags = pd.DataFrame({"contact_id": list("abcd"), "kind": "reason", "score": 1.0,
    ...     "label": ["buy", "bug", "bug", "?"]})
    >>> split = demand_split(contacts, tags, {"buy": "value", "bug": "failure"})
    >>> split[["demand", "n", "share", "handle_hours", "hours_share"]].values.tolist()
    [['value', 1, 0.25, 1.0, 0.25], ['failure', 2, 0.5, 3.0, 0.75], ['unclassified', 1, 0.25, 0.0, 0.0]]
    """
    wrong = sorted({kind for kind in demand.values() if kind not in KINDS[:2]})
    if wrong:
        raise SettingsError("unknown kind of demand", where="demand", got=", ".join(wrong), expected="value or failure")
    frame = ordered(contacts)
    kind = primary_reasons(frame, tags).map(lambda reason: demand.get(reason, KINDS[2]))
    frame = pd.DataFrame({"demand": kind, "hours": number(frame, "handle_seconds") / 3600})
    by = frame.groupby("demand")["hours"]
    table = pd.DataFrame({"n": by.size(), "handle_hours": by.sum(), "n_timed": by.count()})
    table = table.reindex(list(KINDS), fill_value=0)
    table = with_share(table.assign(n_all=len(frame)).reset_index(names="demand"), "n", level, n="n_all")
    total = table["handle_hours"].sum()
    table["hours_share"] = table["handle_hours"] / total if total > 0 else np.nan
    return table[["demand", "n", "n_all", "share", "low", "high", "handle_hours", "hours_share", "n_timed"]]


def guardrail(
    contacts: pd.DataFrame, tags: pd.DataFrame | None, split_at: Any, window_days: float = 7, level: float = 0.95,
    timezone: str = "UTC",
) -> pd.DataFrame:
    """Warn where handle time fell while customers come back more often.

    Shorter calls are no saving if the issue comes back. For each reason, contacts before and after `split_at` are
    compared: the ratio of geometric mean handle times (Welch interval of the difference of logs) and the difference of
    the shares that come back within the window (Newcombe's interval). `effort_ratio` is the net of both: handle time
    over the share that does not come back, the minutes until an issue is settled if each contact comes back with the
    same chance (a geometric series; interval by the delta method).

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts with ``handle_seconds`` and ``customer_id``, and their tags (None: all contacts are one reason).
    split_at : Timestamp or str
        The day of the change.
    window_days : float
        Days in which a contact counts as coming back. Contacts whose window is not over are left out, and so are those
        before the change whose window reaches beyond it.
    level : float
        Level of both intervals; both must exclude "no change", so a false alarm is much rarer than 1 - level.
    timezone : str
        Where the day begins, if `split_at` has no zone of its own.

    Returns
    -------
    DataFrame
        ``reason, n_before, n_after, handle_ratio, handle_low, handle_high, return_before, return_after, return_change,
        return_low, return_high, effort_ratio, effort_low, effort_high, fires``. Firing reasons first.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window or level is wrong.

    Examples
    --------
    By hand: calls become a third shorter, and 40 instead of 5 of 100 customers come back a day later.

    >>> halves = [("a", 1, 600, 5), ("b", 21, 400, 40)]
    >>> rows = [(name, i, day + again, seconds + i % 5) for name, day, seconds, back in halves
    ...         for i in range(100) for again in range(2 if i < back else 1)]
    >>> contacts = pd.DataFrame([*rows, ("end", 0, 60, 400)], columns=["half", "i", "day", "handle_seconds"])
    >>> contacts = contacts.assign(contact_id=contacts.index.astype(str),
    ...     customer_id=contacts["half"] + contacts["i"].astype(str),
    ...     created_at=pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(contacts["day"], unit="D"))
    >>> found = guardrail(contacts, None, "2026-11-15")
    >>> found[["reason", "handle_ratio", "effort_ratio", "fires"]].round(2).values.tolist()
    [['all', 0.67, 0.89, True]]
    """
    day = pd.Timestamp(split_at)
    day = day.tz_localize(timezone) if day.tz is None else day
    ordered(contacts, "handle_seconds", "customer_id")
    pairs = linked_pairs(contacts, tags, window_days)
    late = pairs["created_at"] >= day
    whole = late | (pairs["created_at"] + pd.Timedelta(days=window_days) <= day)
    seconds = number(pairs, "handle_seconds")
    pairs = pairs.assign(late=late, log=np.log(seconds.where(seconds > 0)))
    out = _compare(_sides(pairs[pairs["is_linked"] & pairs["sees_after"] & whole]), level)
    keys, up = ["fires", "return_change", "reason"], [False, False, True]
    return out.sort_values(keys, ascending=up, ignore_index=True)


def _compare(table: pd.DataFrame, level: float) -> pd.DataFrame:
    """Put both sides against each other, with intervals."""
    change = table["mean_after"] - table["mean_before"]
    spread = table["var_after"] / table["timed_after"] + table["var_before"] / table["timed_before"]
    half = normal_quantile(level) * np.sqrt(spread)
    low, high = newcombe(table["back_after"], table["n_after"], table["back_before"], table["n_before"], level)
    sides = ("before", "after")
    share = {side: table[f"back_{side}"] / table[f"n_{side}"].where(table[f"n_{side}"] > 0) for side in sides}
    out = pd.DataFrame({
        "reason": table.index.to_numpy(), "n_before": table["n_before"], "n_after": table["n_after"],
        "handle_ratio": np.exp(change), "handle_low": np.exp(change - half), "handle_high": np.exp(change + half),
        "return_before": share["before"], "return_after": share["after"],
        "return_change": share["after"] - share["before"], "return_low": low, "return_high": high,
    })
    # Contacts an issue takes: 1 / (1 - r), with half a contact each way so that r = 1 stays finite.
    soft = {side: (table[f"back_{side}"] + 0.5) / (table[f"n_{side}"] + 1) for side in sides}
    net = change + np.log((1 - soft["before"]) / (1 - soft["after"]))
    doubt = sum(soft[side] / (1 - soft[side]) / table[f"n_{side}"].clip(lower=1) for side in sides)
    reach = normal_quantile(level) * np.sqrt(spread + doubt)
    out = out.assign(effort_ratio=np.exp(net), effort_low=np.exp(net - reach), effort_high=np.exp(net + reach))
    return out.assign(fires=(out["handle_high"] < 1) & (out["return_low"] > 0)).reset_index(drop=True)


def _sides(pairs: pd.DataFrame) -> pd.DataFrame:
    """Count contacts and returns of each reason before and after, with the logs of handle time."""
    parts = []
    for side, rows in (("before", pairs[~pairs["late"]]), ("after", pairs[pairs["late"]])):
        by = rows.groupby("reason")
        parts.append(pd.DataFrame({
            f"n_{side}": by.size(), f"back_{side}": by["after"].sum(), f"timed_{side}": by["log"].count(),
            f"mean_{side}": by["log"].mean(), f"var_{side}": by["log"].var(),
        }))
    table = parts[0].join(parts[1], how="outer")
    counts = [name for name in table if str(name).startswith(("n_", "back_", "timed_"))]
    return table.assign(**{str(name): table[name].fillna(0).astype("int64") for name in counts})
