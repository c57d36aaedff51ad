"""Alarms on counts of any kind: contacts by day of each reason, of each reason and product, of each store.

What a day should have follows from the volume of its channels, the key's weekdays, its trend and its spread so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.frames import require_columns
from vocmine.topics.monitoring.expected_counts import Table
from vocmine.topics.monitoring.significance import judge
from vocmine.topics.monitoring.window import day_numbers, one_voice_each

_LEAST_DAYS = 14  # of history before a day is judged
_QUIET_DAYS, _OVER_DAYS = 7, 28  # days until a rise, and an end, is told again
WATCH_COLUMNS = ("n", "expected", "low", "high", "ratio", "ratio_low", "ratio_high", "p_adjusted", "status", "days")


def daily_counts(contacts: pd.DataFrame, by: Sequence[str], timezone: str = "UTC") -> pd.DataFrame:
    """Count contacts by day, channel and keys, for `watch`.

    Parameters
    ----------
    contacts : DataFrame
        ``created_at`` and the columns ``by``; a column may hold lists or tuples, each value of which counts. With
        ``channel`` the counts are by channel; with ``text_clean`` (and ``customer_id``) one person who says the same
        thing on one day counts once.
    by : sequence of str
    timezone : str
        Where the days begin.

    Returns
    -------
    DataFrame
        ``day, channel, *by, n``; rows without a key are counted too, with an empty key.

    Raises
    ------
    ContactError
        If a column is missing.

    Examples
    --------
    >>> when = pd.to_datetime(["2026-03-01", "2026-03-01", "2026-03-02"], utc=True)
    >>> frame = pd.DataFrame({"created_at": when, "reason": [("a", "b"), ("a",), ()]})
    >>> daily_counts(frame, ["reason"])[["reason", "n"]].to_numpy().tolist()
    [['a', 2], ['b', 1], ['', 1]]
    """
    require_columns(contacts, ("created_at", *by), "daily_counts")
    frame = contacts[[c for c in ("text_clean", "customer_id", *by) if c in contacts.columns]].reset_index(drop=True)
    frame["day"] = day_numbers(contacts["created_at"], timezone)
    frame["channel"] = contacts["channel"].to_numpy() if "channel" in contacts.columns else ""
    if "text_clean" in frame.columns:
        frame = frame[one_voice_each(frame)]
    for column in by:
        frame = frame.explode(column)
    frame = frame.fillna(dict.fromkeys(("channel", *by), ""))
    out = frame.groupby(["day", "channel", *by], observed=True, sort=True).size().rename("n").reset_index()
    out["day"] = pd.to_datetime(out["day"], unit="D", utc=True)
    return out.sort_values(["day", "n"], ascending=[True, False], kind="stable").reset_index(drop=True)


def watch(
    counts: pd.DataFrame, by: Sequence[str], false_alarms: float = 0.5, min_ratio: float = 2.0, last_days: int = 0
) -> pd.DataFrame:
    """Find keys that grow, are new, return or end, day by day.

    A count is judged by a negative binomial whose mean and spread
    `vocmine.topics.monitoring.expected_counts.expect` gives: a day of double volume or a channel that is missing is no
    news. The days are looked at alone and in windows of 3, 7 and 14 (`vocmine.topics.monitoring.significance`).
    P-values are times the number of keys and windows.

    Parameters
    ----------
    counts : DataFrame
        ``day, n``, the columns ``by``, perhaps ``channel``; as `daily_counts` gives it. Days without a row of a key
        are days with none; a key that is empty everywhere counts as volume alone.
    by : sequence of str
    false_alarms : float
        False alarms in 30 days at most, on average, rises and falls together.
    min_ratio : float
        Growth below this ratio is no alarm, however sure; a fall is one below a third.
    last_days : int
        Judge only so many last days; all if 0.

    Returns
    -------
    DataFrame
        ``day, *by, n, expected, low, high, ratio, ratio_low, ratio_high, p_adjusted, status, days``, a row an alarm.
        ``low`` and ``high`` hold 95 % of counts where nothing changed, ``ratio_low`` and ``ratio_high`` are the 95 %
        interval of the growth, ``days`` is the window that ends with ``day``. ``status``: new, growing, returning or
        ended. A key is told once in 7 days, its end once in 28.

    Raises
    ------
    ContactError
        If a column is missing.
    SettingsError
        For a parameter out of range.

    Examples
    --------
    >>> days = pd.date_range("2026-03-01", periods=30, tz="UTC")
    >>> rows = [(d, k, 10) for d in days for k in "abcdefgh"] + [(days[-1], "b", 30)]
    >>> found = watch(pd.DataFrame(rows, columns=["day", "reason", "n"]), ["reason"])
    >>> found[["reason", "n", "status"]].to_numpy().tolist()
    [['b', 40, 'growing']]
    """
    if not false_alarms > 0 or not min_ratio >= 1 or last_days < 0 or not by:
        raise SettingsError(
            "parameter out of range", where="watch", got=f"{false_alarms}, {min_ratio}, {last_days}, {list(by)}",
            expected="false_alarms above 0, min_ratio from 1, last_days from 0, one key or more",
        )
    table = _Keyed.of(counts, list(by))
    volume = table.counts.volume.sum(axis=1)
    days = [d for d in range(len(volume)) if d >= _LEAST_DAYS and volume[d] > 0]
    alerted: dict[tuple[int, bool], int] = {}
    found = []
    for day in days[-last_days:] if last_days else days:
        for row in judge(table.counts, day, false_alarms / 60, min_ratio):
            ended = row.status == "ended"
            last = alerted.get((row.key, ended))
            if last is None or day - last >= (_OVER_DAYS if ended else _QUIET_DAYS):
                alerted[row.key, ended] = day
                found.append({"day": table.first + pd.Timedelta(days=day), **asdict(row)})
    out = pd.DataFrame(found, columns=["day", "key", *WATCH_COLUMNS])
    out["day"] = pd.to_datetime(out["day"], utc=True)
    keys = table.keys.iloc[out.pop("key").astype("int64")].reset_index(drop=True)
    return pd.concat([out[["day"]], keys, out.drop(columns="day")], axis=1)


@dataclass(frozen=True)
class _Keyed:
    """Counts with the keys and the first day that they are of."""

    counts: Table
    keys: pd.DataFrame
    first: pd.Timestamp

    @classmethod
    def of(cls, counts: pd.DataFrame, by: list[str]) -> _Keyed:
        require_columns(counts, ("day", "n", *by), "watch")
        if counts.empty:
            none = Table(np.zeros((0, 0, 1)), np.zeros((0, 1)), np.zeros(0, np.int64))
            return cls(none, counts[by], pd.Timestamp(0, tz="UTC"))
        when = pd.to_datetime(counts["day"]).dt.tz_localize(None).dt.floor("D").dt.tz_localize("UTC")  # as named
        day = (when - when.min()).dt.days.to_numpy()
        source = counts["channel"].astype(str) if "channel" in counts.columns else pd.Series("", index=counts.index)
        channel = pd.factorize(source, sort=True)[0]
        group = counts.groupby(by, sort=True, dropna=False, observed=True)
        key = group.ngroup().to_numpy()
        table = np.zeros((int(day.max()) + 1, int(key.max()) + 1, int(channel.max()) + 1))
        np.add.at(table, (day, key, channel), counts["n"].to_numpy(dtype=float))
        keys = counts[by].assign(key=key).drop_duplicates("key").sort_values("key")[by].reset_index(drop=True)
        named = (keys.astype(str).replace({"": np.nan}).notna().any(axis=1)).to_numpy()
        since = np.zeros(int(named.sum()), dtype=np.int64)
        return cls(Table(table[:, named], table.sum(axis=1), since), keys[named].reset_index(drop=True), when.min())
