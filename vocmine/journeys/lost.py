"""Time and money that transfers take beyond what the same matter takes without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.journeys.inputs import number
from vocmine.stats import normal_quantile

Rates = float | Mapping[str, float] | None
_STRATUM = ["reason", "channel"]


def rates_of(frame: pd.DataFrame, rate_per_minute: Rates) -> pd.Series:
    """Give the cost of a handled minute of each contact: its rate over the contacts handled at once.

    Parameters
    ----------
    frame : DataFrame
        Contacts with ``channel``, and where they exist ``team`` and ``concurrency``.
    rate_per_minute : float or mapping of str to float
        One rate, or rates by channel or ``"channel/team"``, which goes before the channel alone.

    Returns
    -------
    Series of float
        NaN where there is no rate.

    Examples
    --------
    >>> frame = pd.DataFrame({"channel": ["call", "chat", "chat"], "team": list("AAB"), "concurrency": [None, 2, 2]})
    >>> rates_of(frame, {"call": 60, "chat": 50, "chat/B": 80}).tolist()
    [60.0, 25.0, 40.0]
    """
    at_once = number(frame, "concurrency").fillna(1.0).clip(lower=1.0)
    if not isinstance(rate_per_minute, Mapping):
        rate = np.nan if rate_per_minute is None else float(rate_per_minute)
        return rate / at_once
    rates = {str(key): float(value) for key, value in rate_per_minute.items()}
    channel = frame["channel"].astype(str)
    team = frame["team"].astype(object) if "team" in frame else pd.Series("", index=frame.index)
    own = (channel + "/" + team.astype(str)).map(rates)
    return own.fillna(channel.map(rates)).astype(float) / at_once


def lost_by(frame: pd.DataFrame, by: Sequence[str], level: float, rate_per_minute: Rates = None) -> pd.DataFrame:
    """Add up what transferred contacts take beyond untransferred ones of the same reason and channel.

    The variance of a sum is that of its contacts and that of the mean they are held against, which the contacts of a
    reason and channel share. Where a reason and channel has a single contact of a kind, the variance within all others
    stands in for it; where there is none, the sum has no range.

    Parameters
    ----------
    frame : DataFrame
        Contacts with ``reason, channel, moved`` (bool), ``handle_seconds``, and for money ``team`` and ``concurrency``.
    by : sequence of str
        Columns to add up by; none gives one row.
    level : float
        Level of the range (normal).
    rate_per_minute : float or mapping, optional
        As for `rates_of`; adds money.

    Returns
    -------
    DataFrame
        The keys as index (0 without keys), ``n_timed`` (transferred contacts with something to compare with),
        ``minutes_lost, minutes_low, minutes_high``, and with rates ``money_lost, money_low, money_high``.

    Raises
    ------
    SettingsError
        If a transferred contact has no rate.

    Examples
    --------
    >>> frame = pd.DataFrame({"reason": "a", "channel": "call", "moved": [False, False, True, True],
    ...     "handle_seconds": [290.0, 310.0, 880.0, 920.0]})
    >>> lost_by(frame, [], 0.95, 60.0)[["n_timed", "minutes_lost", "money_lost"]].values.tolist()
    [[2.0, 20.0, 1200.0]]
    """
    keys = list(by) or ["_all"]
    frame = frame.assign(_all=0) if not by else frame
    minutes = number(frame, "handle_seconds") / 60
    out = _sums(frame.assign(_value=minutes, _weight=1.0), keys, level).add_prefix("minutes_")
    out = out.rename(columns={"minutes_n_timed": "n_timed"})
    if rate_per_minute is None:
        return out
    at_once = number(frame, "concurrency").fillna(1.0).clip(lower=1.0)
    rate = rates_of(frame, rate_per_minute) * at_once
    money = _sums(frame.assign(_value=minutes / at_once, _weight=rate), keys, level).add_prefix("money_")
    return out.join(money.drop(columns="money_n_timed"))


def _sums(frame: pd.DataFrame, keys: list[str], level: float) -> pd.DataFrame:
    """Sum weighted differences to the untransferred, with a range; columns ``n_timed, lost, low, high``."""
    strata = [frame[name] for name in _STRATUM]
    moved, known = frame["moved"].astype(bool), frame["_value"].notna()
    plain, taken = frame["_value"].where(~moved), frame["_value"].where(moved)
    base = plain.groupby(strata)
    n_base = base.transform("count")
    counted = moved & known & (n_base > 0)
    if (counted & frame["_weight"].isna()).any():
        channels = sorted(set(frame.loc[counted & frame["_weight"].isna(), "channel"].astype(str)))
        raise SettingsError("channels without a rate", where="rate_per_minute", got=", ".join(channels))
    rows = frame.assign(
        _lost=(frame["_value"] - base.transform("mean")) * frame["_weight"], _square=frame["_weight"] ** 2,
        _own=_spread(taken, strata), _base=_spread(plain, strata) / n_base.clip(lower=1),
    )[counted]
    cells = rows.groupby([*keys, *(name for name in _STRATUM if name not in keys)], observed=True).agg(
        n_timed=("_lost", "size"), lost=("_lost", "sum"), weight=("_weight", "sum"), square=("_square", "sum"),
        own=("_own", "first"), base=("_base", "first"),
    )
    cells["variance"] = cells["square"] * cells["own"] + cells["weight"] ** 2 * cells["base"]
    by = cells.groupby(keys, observed=True)
    table = by[["n_timed", "lost"]].sum()
    half = normal_quantile(level) * np.sqrt(by["variance"].sum(min_count=1).where(by["variance"].count() == by.size()))
    return table.assign(low=table["lost"] - half, high=table["lost"] + half)


def _spread(values: pd.Series, strata: list[pd.Series]) -> pd.Series:
    """Variance within each stratum; where it has fewer than two values, that within all others together."""
    by = values.groupby(strata)
    own, n = by.transform("var"), by.transform("count")
    within = values - by.transform("mean")
    free = float((by.count() - 1).clip(lower=0).sum())
    pooled = float((within**2).sum()) / free if free > 0 else np.nan
    return own.where(n > 1, pooled)
