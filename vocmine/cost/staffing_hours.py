"""How many people each hour of the week takes, from the contacts' own arrivals in local time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.staffing import agents_needed
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import require_columns
from vocmine.silence import MISSING, silent_days
from vocmine.stats import mean_interval, normal_quantile

Floats = NDArray[np.float64]
LIVE = ("call", "chat")
"""Channels on which a customer waits for a person; others are answered when there is time."""

_HOURS, _WEEKDAYS = 24, 7
_FEWEST_DAYS, _FEWEST_TIMED = 2, 30  # days of each weekday, and timed contacts of a channel
COLUMNS = (
    "channel", "weekday", "hour", "n_days", "n", "per_hour", "per_hour_low", "per_hour_high", "n_timed",
    "handle_seconds", "handle_low", "handle_high", "at_once", "agents", "agents_low", "agents_high", "paid",
    "service_level", "occupancy", "target_share", "target_seconds", "shrinkage",
)


@dataclass(frozen=True)
class ServiceTarget:
    """What staffing is for.

    Parameters
    ----------
    share : float
        Share of contacts to be answered in time, above 0 and below 1.
    within_seconds : float
        What "in time" is (s).
    shrinkage : float, optional
        Share of paid time that is not available for contacts, 0 to below 1; without it nobody can say how many to pay.
    concurrency : mapping of str to float, optional
        Contacts an agent handles at once by channel, where the contacts do not say.
    """

    share: float = 0.8
    within_seconds: float = 20.0
    shrinkage: float | None = None
    concurrency: Mapping[str, float] | None = None


def staffing_by_hour(
    contacts: pd.DataFrame,
    target: ServiceTarget | None = None,
    *,
    timezone: str = "Asia/Tokyo",
    level: float = 0.95,
    channels: tuple[str, ...] = LIVE,
) -> pd.DataFrame:
    """Work out how many agents each hour of the week takes on each live channel.

    Contacts are counted by weekday and hour in local time, over whole days; a day on which a channel is silent that
    never is (`vocmine.silence`) counts as missing data, not as a quiet day. The range is that of an hour to come: what
    is not known of the mean, and how much such hours differ from week to week beyond chance, with the range of the
    mean handle time, by the Erlang C of `agents_needed`. Chance within the hour is in that formula. Customers who give
    up are not known, so it asks for rather too many; contacts that are not in the data are not in it at all.

    Parameters
    ----------
    contacts : DataFrame
        Contacts with ``created_at, channel, handle_seconds`` of some weeks (take open tabs out first: see
        `without_open_tabs`), and ``concurrency`` where it is known.
    target : ServiceTarget, optional
        80 % within 20 seconds without it, shrinkage not known.
    timezone : str
        Zone of days and hours.
    level : float
        Level of the ranges.
    channels : tuple of str
        Live channels.

    Returns
    -------
    DataFrame
        A row for each channel, weekday (0 for Monday) and hour (0 to 23) in which anything came: ``n_days`` (such days
        in the data), ``n, per_hour`` with range, ``n_timed, handle_seconds`` (mean of the channel) with range,
        ``at_once`` (contacts an agent handles at once), ``agents, agents_low, agents_high``, ``paid`` (NaN without a
        shrinkage), ``service_level`` and ``occupancy`` that so many agents reach; ``target_share,
        target_seconds, shrinkage`` as they were given. Channels of less than two days of each weekday that has any, or
        less than 30 timed contacts, are left out.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or a number or the zone is wrong.

    Examples
    --------
    Four weeks, each Monday from 10 to 11 in Tokyo 12 calls of 5 minutes (1 Erlang):

    >>> monday = pd.Timestamp("2026-11-02 01:00", tz="UTC")  # 10:00 in Tokyo
    >>> at = [monday + pd.Timedelta(weeks=w, minutes=5 * i) for w in range(4) for i in range(12)]
    >>> contacts = pd.DataFrame({"created_at": at, "channel": "call", "handle_seconds": 300.0})
    >>> table = staffing_by_hour(contacts, timezone="Asia/Tokyo")
    >>> table[["weekday", "hour", "n_days", "per_hour", "agents", "agents_low", "agents_high"]].values.tolist()
    [[0.0, 10.0, 4.0, 12.0, 3.0, 2.0, 3.0]]
    """
    target = target or ServiceTarget()
    require_columns(contacts, ("created_at", "channel"), "contacts")
    normal_quantile(level)
    at = _local(contacts["created_at"], timezone)
    parts = [_channel(contacts[contacts["channel"] == name], at, name, target, level) for name in channels]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(COLUMNS))


def _local(created: pd.Series, timezone: str) -> pd.Series:
    from zoneinfo import ZoneInfo

    try:
        zone = ZoneInfo(timezone)
    except (KeyError, ValueError, TypeError, OSError):
        raise SettingsError(
            "unknown time zone", where="timezone", got=repr(timezone)[:40], expected="as Asia/Tokyo"
        ) from None
    times = pd.to_datetime(created, utc=True)
    if times.isna().any():
        raise ContactError("contacts without a time", where="created_at", expected="each has one")
    return times.dt.tz_convert(zone).dt.tz_localize(None)


def _channel(
    contacts: pd.DataFrame, at: pd.Series, channel: str, target: ServiceTarget, level: float
) -> pd.DataFrame:
    """Staff one channel; an empty table where there is too little to tell."""
    none = pd.DataFrame(columns=list(COLUMNS))
    seconds = _positive(contacts, "handle_seconds")
    if len(contacts) == 0 or len(seconds) < _FEWEST_TIMED:
        return none
    counts = _counts(at.loc[contacts.index], at)
    handle = mean_interval(seconds, level, (1.0, np.inf))
    at_once = _at_once(contacts, channel, target)
    cells = _rates(counts, level)
    if cells["n_days"].min() < _FEWEST_DAYS:
        return none
    rows = []
    for row in cells.to_dict("records"):
        ends = ((row["per_hour_low"], handle.low), (row["per_hour"], handle.value), (row["per_hour_high"], handle.high))
        low, middle, high = (
            agents_needed(max(rate, 1e-9), time, target.share, target.within_seconds, target.shrinkage or 0.0, at_once)
            for rate, time in ends
        )
        paid = float(middle.paid) if target.shrinkage is not None else np.nan
        rows.append({
            **row, "channel": channel, "n_timed": handle.n, "handle_seconds": handle.value, "handle_low": handle.low,
            "handle_high": handle.high, "at_once": at_once, "agents": middle.agents, "agents_low": low.agents,
            "agents_high": high.agents, "paid": paid, "service_level": middle.service_level,
            "occupancy": middle.occupancy, "target_share": target.share, "target_seconds": target.within_seconds,
            "shrinkage": np.nan if target.shrinkage is None else target.shrinkage,
        })
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _counts(mine: pd.Series, everything: pd.Series) -> pd.DataFrame:
    """Count by day (rows) and hour (24 columns), with the days on which nothing came; silent days are left out."""
    days = pd.date_range(everything.min().normalize(), everything.max().normalize(), freq="D")
    table = pd.crosstab(mine.dt.normalize(), mine.dt.hour).reindex(index=days, columns=range(_HOURS), fill_value=0)
    silent = silent_days(pd.DataFrame({"channel": table.sum(axis=1)}))
    gone = pd.DatetimeIndex(silent.loc[silent["status"] == MISSING, "day"])
    return table.loc[~table.index.isin(gone)]


def _rates(counts: pd.DataFrame, level: float) -> pd.DataFrame:
    """Give the rate of each hour of the week in which anything came, with the range of such an hour to come."""
    from scipy.special import gammaincinv

    weekday = pd.DatetimeIndex(counts.index).day_of_week.to_numpy()
    n_days = np.bincount(weekday, minlength=_WEEKDAYS).astype(float)
    values = counts.to_numpy(dtype=float)
    sums = np.zeros((_WEEKDAYS, _HOURS))
    np.add.at(sums, weekday, values)
    rate = sums / np.maximum(n_days, 1)[:, None]
    spread = _dispersion(values, rate[weekday], n_days[weekday])
    day, hour = np.nonzero(sums)
    n, days = sums[day, hour], n_days[day]
    # half a contact more keeps the range of a rare hour open; extra variance from week to week beside that of the mean
    middle = (n + 0.5) / days
    variance = middle * (spread - 1) + spread * middle / days
    tail, shape, scale = (1 - level) / 2, middle**2 / variance, variance / middle
    return pd.DataFrame({
        "weekday": day, "hour": hour, "n_days": days.astype(int), "n": n.astype(int), "per_hour": n / days,
        "per_hour_low": np.minimum(gammaincinv(shape, tail) * scale, n / days),
        "per_hour_high": np.maximum(gammaincinv(shape, 1 - tail) * scale, n / days),
    })


def _dispersion(values: Floats, rate: Floats, n_days: Floats) -> float:
    """Pearson's dispersion of the hourly counts around their weekday's mean; 1 (Poisson) at least."""
    used = rate > 0
    free = float((used * (1 - 1 / np.maximum(n_days, 1))[:, None]).sum())
    if free <= 0:
        return 1.0
    square = np.where(used, (values - rate) ** 2 / np.where(used, rate, 1.0), 0.0)
    return max(1.0, float(square.sum()) / free)


def _at_once(contacts: pd.DataFrame, channel: str, target: ServiceTarget) -> float:
    """Contacts an agent handles at once: the mean where contacts say, else as given, else one."""
    if channel == "call":
        return 1.0
    own = _positive(contacts, "concurrency")
    given = (target.concurrency or {}).get(channel, 1.0)
    return float(np.clip(round(float(own.mean()), 6) if len(own) else given, 1.0, 20.0))


def _positive(contacts: pd.DataFrame, name: str) -> Floats:
    if name not in contacts:
        return np.array([], dtype=float)
    values = pd.to_numeric(contacts[name], errors="coerce").to_numpy(dtype=float)
    return np.sort(values[values > 0])  # sorted: the mean is the same in any order of rows
