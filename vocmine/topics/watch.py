"""Alarms on counts of any kind: contacts by day of each reason, of each reason and product, of each store.

What a day should have follows from the volume of its channels, the key's weekdays, its trend and its spread so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.errors import ContactError, SettingsError
from vocmine.topics import baseline
from vocmine.topics.memory import day_numbers, one_voice_each

_PAST_DAYS = 56
_LEAST_DAYS = 14
_HALF_LIFE_DAYS = 21.0
_RISE_DAYS, _FALL_DAYS = (1, 3), (7, 14)
_CHANNEL_PRIOR = 50.0  # contacts of a channel whose share of a key is taken from all channels
_WEEKDAY_PRIOR = 10.0  # contacts of a key on a weekday that are taken to be as usual
_TREND_SD = 0.01  # growth a day that is usual
_MOST_TREND = 0.03
_ENDED_RATIO = 3.0
_LEAST = 5
_QUIET_DAYS = 7
_MISSING, _LEAST_USUAL = 0.25, 8
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
    missing = [c for c in ("created_at", *by) if c not in contacts.columns]
    if missing:
        raise ContactError("columns are missing", where="daily_counts", got=", ".join(missing))
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

    A count is judged by a negative binomial (`vocmine.topics.baseline`). Its mean is the key's share of each channel
    times that channel's volume, so a day of double volume or a channel that is missing is no news, times the key's
    factor of the weekday, times its trend; its spread holds what past days had and what is not known of the mean. The
    days are looked at alone and in windows of 3, 7 and 14. P-values are times the number of keys and windows.

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
    table = _Table.of(counts, list(by))
    days = [d for d in range(len(table.volume)) if d >= _LEAST_DAYS and table.volume[d].sum() > 0]
    told: dict[tuple[int, bool], int] = {}
    found = []
    for day in days[-last_days:] if last_days else days:
        for row in _judge(table, day, false_alarms / 60, min_ratio):
            ended = row["status"] == "ended"
            last = told.get((row["key"], ended))
            if last is None or day - last >= (28 if ended else _QUIET_DAYS):
                told[row["key"], ended] = day
                found.append({"day": table.first + pd.Timedelta(days=day), **row})
    out = pd.DataFrame(found, columns=["day", "key", *WATCH_COLUMNS])
    out["day"] = pd.to_datetime(out["day"], utc=True)
    keys = table.keys.iloc[out.pop("key").astype("int64")].reset_index(drop=True)
    return pd.concat([out[["day"]], keys, out.drop(columns="day")], axis=1)


def missing_sources(counts: pd.DataFrame) -> pd.DataFrame:
    """Find days on which a channel has less than a quarter of what it has on such a weekday: no fall, but a gap.

    Parameters
    ----------
    counts : DataFrame
        ``day, n``, perhaps ``channel``; as `daily_counts` gives it.

    Returns
    -------
    DataFrame
        ``day, channel, n, usual``; ``usual`` is the median of that weekday in the eight weeks before.
    """
    frame = counts if "channel" in counts.columns else counts.assign(channel="")
    table = frame.pivot_table(index="day", columns="channel", values="n", aggfunc="sum", fill_value=0)
    days = pd.date_range(table.index.min(), table.index.max(), freq="D")
    table = table.reindex(days, fill_value=0)
    rows = []
    for channel in table.columns:
        line = table[channel].astype(float)
        usual = line.groupby(days.day_of_week).transform(lambda s: s.shift().rolling(8, min_periods=2).median())
        gap = (usual >= _LEAST_USUAL) & (line < _MISSING * usual)
        rows += list(zip(days[gap], [channel] * int(gap.sum()), line[gap].astype(int), usual[gap], strict=True))
    return pd.DataFrame(sorted(rows), columns=["day", "channel", "n", "usual"])


@dataclass(frozen=True)
class _Table:
    """Counts of shape (days, keys, channels), volume of shape (days, channels), the keys and the first day."""

    counts: np.ndarray
    volume: np.ndarray
    keys: pd.DataFrame
    first: pd.Timestamp

    @classmethod
    def of(cls, counts: pd.DataFrame, by: list[str]) -> _Table:
        missing = [c for c in ("day", "n", *by) if c not in counts.columns]
        if missing:
            raise ContactError("columns are missing", where="watch", got=", ".join(missing))
        if counts.empty:
            return cls(np.zeros((0, 0, 1)), np.zeros((0, 1)), counts[by], pd.Timestamp(0, tz="UTC"))
        when = pd.to_datetime(counts["day"], utc=True).dt.floor("D")
        day = (when - when.min()).dt.days.to_numpy()
        source = counts["channel"].astype(str) if "channel" in counts.columns else pd.Series("", index=counts.index)
        channel = pd.factorize(source, sort=True)[0]
        group = counts.groupby(by, sort=True, dropna=False, observed=True)
        key = group.ngroup().to_numpy()
        table = np.zeros((int(day.max()) + 1, int(key.max()) + 1, int(channel.max()) + 1))
        np.add.at(table, (day, key, channel), counts["n"].to_numpy(dtype=float))
        keys = counts[by].assign(key=key).drop_duplicates("key").sort_values("key")[by].reset_index(drop=True)
        named = (keys.astype(str).replace({"": np.nan}).notna().any(axis=1)).to_numpy()
        return cls(table[:, named], table.sum(axis=1), keys[named].reset_index(drop=True), when.min())


def _judge(table: _Table, day: int, alpha: float, min_ratio: float) -> list[dict[str, Any]]:
    """Test all keys on a day, rises and falls each with error rate ``alpha``."""
    found: dict[int, dict[str, Any]] = {}
    n_keys = table.counts.shape[1]
    for window in _RISE_DAYS:
        n, mean, size = _expect(table, day, window)
        p = baseline.tails(n, mean, size)[0] * n_keys * len(_RISE_DAYS)
        for key in np.flatnonzero((p <= alpha) & (n >= np.maximum(min_ratio * mean, _LEAST))):
            status = _status(table.counts[: day - window + 1, key].sum(axis=1))
            found.setdefault(int(key), _alarm(int(key), n[key], mean[key], size[key], p[key], status, window))
    falls = [(w, *_expect(table, day, w)) for w in _FALL_DAYS if day - w >= _LEAST_DAYS]
    least = [baseline.tails(np.zeros_like(n), mean, size)[1] for _, n, mean, size in falls]
    tests = baseline.able(np.concatenate(least), alpha) if least else 0
    for window, n, mean, size in falls:
        p = baseline.tails(n, mean, size)[1] * tests
        for key in np.flatnonzero((p <= alpha) & (n * _ENDED_RATIO <= mean)):
            found.setdefault(int(key), _alarm(int(key), n[key], mean[key], size[key], p[key], "ended", window))
    return [found[key] for key in sorted(found)]


def _alarm(key: int, n: float, mean: float, size: float, p: float, status: str, window: int) -> dict[str, Any]:
    low, high = baseline.band(np.array([mean]), np.array([size]))
    error = 1.96 * np.sqrt(1 / (n + 0.5) + 1 / size)
    ratio = (n + 0.5) / (mean + 0.5)
    return {
        "key": key, "n": int(n), "expected": float(mean), "low": float(low[0]), "high": float(high[0]),
        "ratio": float(ratio), "ratio_low": float(ratio * np.exp(-error)), "ratio_high": float(ratio * np.exp(error)),
        "p_adjusted": float(min(p, 1.0)), "status": status, "days": window,
    }


def _status(past: np.ndarray) -> str:
    if not past.any():
        return "new"
    return "returning" if past[-28:].sum() <= 1 and past[:-28].sum() >= _LEAST else "growing"


def _expect(table: _Table, day: int, window: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give count, mean and size of each key in the window of days that ends with ``day``."""
    now = slice(day - window + 1, day + 1)
    past = slice(max(0, now.start - _PAST_DAYS), now.start)
    counts, volume = table.counts[past], table.volume[past]
    age = np.arange(len(counts), 0, -1.0)
    weight = np.where(volume.sum(axis=1) > 0, 0.5 ** (age / _HALF_LIFE_DAYS), 0.0)
    share = _shares(counts, volume, weight)
    total = counts.sum(axis=2)
    fitted, ahead = volume @ share.T, table.volume[now] @ share.T
    weekday = np.arange(past.start, now.stop) % 7
    should, factor = _weekdays(total, fitted, weight, weekday[: len(total)])
    fitted, ahead = fitted * factor[weekday[: len(total)]], ahead * factor[weekday[len(total) :]]
    seen = weight @ total + 0.5
    level = seen / np.maximum(weight @ fitted, 1e-9)
    fitted, ahead = np.maximum(fitted * level, 1e-9), ahead * level
    fitted_well = 2 + (should / (should + _WEEKDAY_PRIOR)).sum(axis=0)  # parameters that the counts themselves gave
    freedom = np.maximum(weight.sum() - fitted_well * (weight @ weight) / max(float(weight.sum()), 1e-9), 3.0)
    spread = np.maximum((weight[:, None] * (total - fitted) ** 2 / np.maximum(fitted, 0.5)).sum(axis=0) / freedom, 1.0)
    spread = 1 + (spread - 1) * (1 + np.sqrt(2 / freedom))  # one standard error more: the spread is not known either
    middle = weight @ age / max(float(weight.sum()), 1e-9)
    x = middle - age  # days after the middle of the past
    known = (weight * x**2) @ fitted / spread + 1 / _TREND_SD**2
    slope = np.clip((weight * x) @ (total - fitted) / spread / known, -_MOST_TREND, _MOST_TREND)
    ahead = ahead * np.exp(slope * (middle + np.arange(window))[:, None])
    mean = np.maximum(ahead.sum(axis=0), 1e-6)
    reach = middle + (window - 1) / 2
    unsure = spread / seen + reach**2 / known + (spread - 1) / mean
    return table.counts[now].sum(axis=(0, 2)), mean, 1 / unsure


def _shares(counts: np.ndarray, volume: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Give each key's share of each channel, shrunk to its share of all, shape (keys, channels)."""
    by_channel = np.tensordot(weight, counts, 1)
    whole = weight @ volume
    overall = (by_channel.sum(axis=1) + 0.5) / max(float(whole.sum()), 1.0)
    shrunk: np.ndarray = (by_channel + _CHANNEL_PRIOR * overall[:, None]) / (whole + _CHANNEL_PRIOR)
    return shrunk


def _weekdays(
    total: np.ndarray, fitted: np.ndarray, weight: np.ndarray, weekday: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give what each key should have on each weekday by volume, and what it has over that, shrunk to 1: (7, keys)."""
    have, should = np.zeros((7, total.shape[1])), np.zeros((7, total.shape[1]))
    np.add.at(have, weekday, weight[:, None] * total)
    np.add.at(should, weekday, weight[:, None] * fitted)
    return should, (have + _WEEKDAY_PRIOR) / (should + _WEEKDAY_PRIOR)
