"""What an issue may come to by the end of its month: contacts, and what they cost, each with a range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.frames import require_columns
from vocmine.stats import Estimate, normal_quantile
from vocmine.topics.monitoring import expected_counts as baseline

_DAYS = 14  # days that the forecast goes on from
_TREND_SD = 0.05  # growth a day, before the days themselves are looked at
_MOST_TREND = 0.1  # a day, in logarithms: no outbreak goes on faster for a month
_WIDE_SD, _STEEPEST = 0.15, 0.5  # growth a day that is told, not gone on with: an outbreak may double in two days
_FEWEST_DAYS, _FEWEST = 5, 10  # days and contacts without which nobody can tell growth
_STEPS = 6  # of Newton's method
OUTLOOK_COLUMNS = ("n_so_far", "n_to_come", "n_low", "n_high", "cost", "cost_low", "cost_high", "until")


def outlook(
    alerts: pd.DataFrame, timeline: pd.DataFrame, cost_per_contact: tuple[float, float, float]
) -> pd.DataFrame:
    """Say for each alert what its topic comes to by the end of the month if it goes on as in its last 14 days.

    Contacts to come follow the level of those days and their trend (a Poisson regression with a normal prior of 0.05 a
    day, by Newton's method; at most 10 % a day), without any fix. The range holds the spread of days, what is
    not known of level and trend, and, for costs, the range of the cost of a contact.

    Parameters
    ----------
    alerts : DataFrame
        `vocmine.frames.ALERTS`.
    timeline : DataFrame
        ``topic_id, day, n``, from `TopicRegistry.timeline`.
    cost_per_contact : tuple of float
        Value, low and high end (95 %) of what a contact costs, in the currency of the cost model.

    Returns
    -------
    DataFrame
        ``topic_id, day, n_so_far, n_to_come, n_low, n_high, cost, cost_low, cost_high, until``, a row an alert that
        tells no end. ``n_so_far`` counts the month up to the alert; ``n_low`` and ``n_high`` are the 95 % range of
        ``n_to_come``; costs are those of both together.

    Raises
    ------
    ContactError
        If a column is missing.
    SettingsError
        If the costs are negative or not in order.

    Examples
    --------
    >>> days = pd.date_range("2026-03-01", "2026-03-21", tz="UTC")
    >>> line = pd.DataFrame({"topic_id": 0, "day": days, "n": 10})
    >>> alert = pd.DataFrame({"topic_id": [0], "day": [days[-1]], "status": ["new"]})
    >>> found = outlook(alert, line, (500.0, 400.0, 600.0)).iloc[0]
    >>> int(found["n_so_far"]), round(found["n_to_come"]), str(found["until"].date())
    (210, 100, '2026-03-31')
    """
    value, low, high = cost_per_contact
    if not 0 <= low <= value <= high:
        raise SettingsError(
            "costs out of order", where="outlook", got=str(cost_per_contact), expected="0 <= low <= value <= high"
        )
    for frame, needed in ((alerts, ("topic_id", "day", "status")), (timeline, ("topic_id", "day", "n"))):
        require_columns(frame, needed, "outlook")
    lines = {topic: line.set_index("day")["n"] for topic, line in timeline.groupby("topic_id")}
    empty = pd.Series(dtype=float, index=pd.DatetimeIndex([], tz="UTC"))
    rows = []
    for topic, day, status in zip(alerts["topic_id"], alerts["day"], alerts["status"], strict=True):
        if status != "ended":
            rows.append((topic, day, *_until_month_end(lines.get(topic, empty), day, value, low, high)))
    return pd.DataFrame(rows, columns=["topic_id", "day", *OUTLOOK_COLUMNS])


def _until_month_end(
    line: pd.Series, day: pd.Timestamp, value: float, low: float, high: float
) -> tuple[int, float, float, float, float, float, float, pd.Timestamp]:
    until = day + pd.offsets.MonthEnd(0)
    so_far = int(line[(line.index <= day) & (line.index >= day.replace(day=1))].sum())
    past = line.reindex(pd.date_range(day - pd.Timedelta(days=_DAYS - 1), day, freq="D"), fill_value=0)
    seen = np.flatnonzero(past.to_numpy() > 0)
    counts = past.to_numpy(dtype=float)[seen[0] :] if len(seen) else np.zeros(1)
    n, n_low, n_high = forecast(counts, (until - day).days)
    total = so_far + n
    below = (n - n_low) * value, total * (value - low)
    above = (n_high - n) * value, total * (high - value)
    cost = total * value
    cost_low, cost_high = cost - float(np.hypot(*below)), cost + float(np.hypot(*above))
    return so_far, n, n_low, n_high, cost, max(cost_low, so_far * low), cost_high, until


def forecast(counts: np.ndarray, days: int) -> tuple[float, float, float]:
    """Forecast the sum of the next days from the last ones, with its 95 % range.

    Parameters
    ----------
    counts : ndarray of float, shape (days,)
        The last days, oldest first.
    days : int
        Days to come.

    Returns
    -------
    mean, low, high : float

    Examples
    --------
    >>> mean, low, high = forecast(np.full(14, 10.0), 10)
    >>> round(mean), bool(50 < low < 100 < high < 170)
    (100, True)
    """
    if days < 1 or not counts.any():
        return 0.0, 0.0, 0.0
    found = trend(counts, _TREND_SD, _MOST_TREND)
    ahead = found.place[-1] + np.arange(1, days + 1)
    each = found.start * np.exp(found.slope * ahead)
    unsure = np.sqrt(found.spread / (counts.sum() + 0.5) + ahead**2 / found.known)
    mean = float(each.sum())
    size = mean**2 / max((found.spread - 1) * mean + float(each @ unsure) ** 2, 1e-9)
    low, high = baseline.band(np.array([mean]), np.array([size]))
    return mean, float(low[0]), float(high[0])


@dataclass(frozen=True)
class Trend:
    """Level and growth of daily counts.

    Parameters
    ----------
    place : ndarray of shape (days,)
        Days from the middle of the counts.
    start : float
        Count a day in the middle.
    slope, known : float
        Growth a day in logarithms, and one over its variance.
    spread : float
        Variance over that of a Poisson count, 1 or more.
    """

    place: np.ndarray
    start: float
    slope: float
    known: float
    spread: float


def trend(counts: np.ndarray, sd: float, most: float) -> Trend:
    """Fit a Poisson regression on days with a normal prior of the growth a day, by Newton's method.

    Parameters
    ----------
    counts : ndarray of float, shape (days,)
        Not all 0.
    sd, most : float
        Standard deviation of the prior, and the fastest growth a day.
    """
    place = np.arange(len(counts)) - (len(counts) - 1) / 2
    level = float(counts.mean())
    spread = max(float(((counts - level) ** 2).sum()) / level / max(len(counts) - 1, 1), 1.0)
    slope, known = 0.0, 1 / sd**2
    for _ in range(_STEPS):
        shape = np.exp(slope * place)
        fitted = shape * counts.sum() / shape.sum()
        spread = max(float(((counts - fitted) ** 2 / np.maximum(fitted, 0.5)).sum()) / max(len(counts) - 2, 1), 1.0)
        known = float(place**2 @ fitted) / spread + 1 / sd**2
        step = (float(place @ (counts - fitted)) / spread - slope / sd**2) / known
        slope = float(np.clip(slope + step, -most, most))
    start = float((counts.sum() + 0.5) / np.exp(slope * place).sum())  # so that the days themselves add up
    return Trend(place, start, slope, known, spread)


def weekly_growth(counts: np.ndarray, level: float = 0.95) -> Estimate:
    """Give the factor by which daily counts grow in a week, with its interval; unknown for fewer than five days.

    Examples
    --------
    >>> found = weekly_growth(2.0 ** (np.arange(21) / 7) * 10)
    >>> round(found.value, 1), bool(found.low > 1.5)
    (2.0, True)
    >>> weekly_growth(np.array([3.0, 4.0])).known
    False
    """
    counts = counts[-_DAYS:].astype(float)
    if len(counts) < _FEWEST_DAYS or counts.sum() < _FEWEST:
        return Estimate(n=int(counts.sum()))
    found = trend(counts, _WIDE_SD, _STEEPEST)
    reach = normal_quantile(level) / np.sqrt(found.known)
    value, low, high = (float(np.exp(7 * growth)) for growth in (found.slope, found.slope - reach, found.slope + reach))
    return Estimate(value, low, high, n=int(counts.sum()))
