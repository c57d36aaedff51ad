"""The ledger: what each contact costs, with what was measured, cut and imputed kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.handle import Imputed, complete_handle_times
from vocmine.cost.model import CostModel, missing_rates
from vocmine.errors import ContactError

Floats = NDArray[np.float64]

ABSURD_TIMES = 1_000  # the median payout: no centre's refunds spread that far
_FEWEST_PAID = 3  # payouts that have a usual one


@dataclass(frozen=True)
class PricedContacts:
    """Cost and effort of each contact.

    Parameters
    ----------
    cost : ndarray of shape (n,)
        Handling cost of a contact in the currency, payouts left out; NaN throughout for a model of hours only.
    hours : ndarray of shape (n,)
        Effort: handle time over concurrency (h).
    imputed : ndarray of shape (n,)
        Part of `cost` (of `hours` for a model of hours only) that rests on an imputed handle time.
    times : Imputed
        Handle times with their draws.
    cost_per_second : ndarray of shape (n,)
        What one more second of handle time costs.
    payout : ndarray of shape (n,)
        Refunds, parts, shipping: ``cost_extra``, 0 where there was none.
    rate : ndarray of shape (n,)
        Cost of a minute of effort; NaN throughout for a model of hours only.
    hours_recorded : ndarray of shape (n,)
        `hours` as recorded: open tabs not cut, NaN where no time was recorded.
    """

    cost: Floats
    hours: Floats
    imputed: Floats
    times: Imputed
    cost_per_second: Floats
    payout: Floats
    rate: Floats
    hours_recorded: Floats

    @property
    def draws(self) -> Floats:
        """Deviations of the imputed contacts' cost from their mean, shape (draws, imputed contacts)."""
        rows = self.times.rows
        deviation = self.times.draws - self.times.seconds[rows]
        return np.asarray(deviation * self.cost_per_second[rows], dtype=float)


def price_contacts(contacts: pd.DataFrame, reasons: NDArray[Any], model: CostModel, seed: int = 0) -> PricedContacts:
    """Price each contact: handle time x rate, and fixed and transfer cost where the numerator has them; payouts apart.

    Parameters
    ----------
    contacts : DataFrame
        Contacts; ``handle_seconds`` may be missing wholly or in part.
    reasons : ndarray of shape (n,)
        Main reason of each contact, for imputing.
    model : CostModel
        Rates.
    seed : int
        Seed of the imputation.

    Returns
    -------
    PricedContacts

    Raises
    ------
    SettingsError
        If a channel has no rate.
    ContactError
        If a number is negative or a channel has no handle time at all and none is assumed.

    Examples
    --------
    >>> frame = pd.DataFrame({"contact_id": ["a", "b"], "channel": ["call", "call"], "handle_seconds": [60.0, 120.0]})
    >>> model = CostModel(rate_per_minute={"call": 60.0}, currency="JPY")
    >>> price_contacts(frame, np.array(["x", "x"]), model).cost.tolist()
    [60.0, 120.0]
    """
    channel = contacts["channel"].astype(str).to_numpy(dtype=object)
    rates = rates_of(contacts, channel, model)
    free = (rates == 0) & (_lookup(channel, model.assumed_handle_seconds, np.nan) != 0)
    times = complete_handle_times(contacts, reasons, model, free, seed)
    parallel = number_column(contacts, "concurrency", np.nan)
    parallel = np.where(np.isnan(parallel), _lookup(channel, model.concurrency, 1.0), parallel)
    if (parallel < 1).any():
        raise ContactError("wrong number", where="concurrency", expected="at least 1")
    # Measured after-call work is in the handle time already; the model's stands in for what was not written down.
    noted = np.isfinite(number_column(contacts, "after_call_seconds", np.nan))
    after_call = np.where(noted, 0.0, _lookup(channel, model.after_call_seconds, 0.0))
    seconds = times.seconds + after_call
    hours = seconds / parallel / 3600
    recorded = (number_column(contacts, "handle_seconds", np.nan) + after_call) / parallel / 3600
    payout = number_column(contacts, "cost_extra", 0.0)
    per_second = rates / 60 / parallel
    is_imputed = np.zeros(len(contacts))
    is_imputed[times.rows] = 1
    if model.numerator == "hours":
        hour_each = 1 / parallel / 3600
        unknown = np.full(len(contacts), np.nan)
        imputed = is_imputed * times.seconds * hour_each
        return PricedContacts(unknown, hours, imputed, times, hour_each, payout, unknown, recorded)
    cost = per_second * seconds
    if model.numerator != "labour":
        cost = cost + _other_cost(contacts, channel, model)
    imputed = is_imputed * times.seconds * per_second
    return PricedContacts(cost, hours, imputed, times, per_second, payout, rates, recorded)


def _unpriced(contacts: pd.DataFrame, here: NDArray[np.bool_]) -> str:
    minutes = number_column(contacts, "handle_seconds", np.nan)[here] / 60
    timed = f"{np.nansum(minutes):,.0f} min recorded" if np.isfinite(minutes).any() else "no time recorded"
    return f"{int(here.sum()):,} contacts, {timed}"


def _check_currency(contacts: pd.DataFrame, model: CostModel) -> None:
    """Refuse payouts in another currency than that of the rates, where the contacts say it."""
    if "currency" not in contacts or "cost_extra" not in contacts:
        return
    paid = number_column(contacts, "cost_extra", 0.0) > 0
    named = contacts["currency"].astype(object)
    other = named[paid & named.notna().to_numpy()].astype(str).str.strip().str.upper()
    other = other[~other.isin(["", model.currency.upper()])]
    if len(other):
        got = ", ".join(f"{name} ({n:,} contacts)" for name, n in sorted(other.value_counts().items())[:5])
        raise ContactError(
            "payouts in another currency than the rates", where="currency, cost_extra", got=got,
            expected=model.currency, hint="convert cost_extra",
        )


def absurd_payouts(payout: Floats) -> tuple[int, float, float]:
    """Find payouts above a thousand times the usual one: likely a slip of the keyboard or another unit.

    Returns
    -------
    n, amount, usual : int, float, float
        How many there are, what they add up to, and the median payout.

    Examples
    --------
    >>> absurd_payouts(np.array([0.0, 900.0, 1_000.0, 1_200.0, 5_000_000.0]))
    (1, 5000000.0, 1100.0)
    """
    paid = payout[payout > 0]
    if len(paid) < _FEWEST_PAID:
        return 0, 0.0, 0.0
    usual = float(np.median(paid))
    large = paid[paid > ABSURD_TIMES * usual]
    return len(large), float(large.sum()), usual


def open_tab_table(contacts: pd.DataFrame, priced: PricedContacts) -> pd.DataFrame:
    """Say by channel what was taken for open tabs, and what that took out of the ledger.

    Returns
    -------
    DataFrame
        A row for each channel with a measured time: ``channel, n_timed, n_cut, minutes_measured`` (of those that were
        cut), ``minutes_counted`` (what counts instead), ``minutes_removed, cost_removed`` (NaN for a model of hours).

    Examples
    --------
    >>> frame = pd.DataFrame({"contact_id": range(20), "channel": "chat", "handle_seconds": [300.0] * 19 + [28_800.0]})
    >>> priced = price_contacts(frame, np.full(20, "x"), CostModel(rate_per_minute={"chat": 60.0}, currency="JPY"))
    >>> open_tab_table(frame, priced)[["n_cut", "minutes_removed", "cost_removed"]].values.tolist()
    [[1.0, 475.0, 28500.0]]
    """
    times = priced.times
    channel = contacts["channel"].astype(str).to_numpy(dtype=object)
    timed = np.ones(len(channel), dtype=bool)
    timed[np.setdiff1d(times.rows, times.cut)] = False
    money = np.isfinite(priced.cost[times.cut])
    each = pd.DataFrame(
        {
            "channel": channel[times.cut],
            "n_cut": 1,
            "minutes_measured": times.measured / 60,
            "minutes_counted": times.seconds[times.cut] / 60,
            "minutes_removed": times.removed / 60,
            "cost_removed": np.where(money, times.removed * priced.cost_per_second[times.cut], np.nan),
        }
    )
    n_timed = pd.Series(channel[timed]).value_counts().sort_index().rename("n_timed")
    sums = each.groupby("channel").sum(min_count=1).reindex(n_timed.index)
    has_money = bool(np.isfinite(priced.cost).any())
    table = pd.concat([n_timed, sums], axis=1).rename_axis("channel").reset_index()
    table = table.fillna({name: 0.0 for name in sums.columns if name != "cost_removed" or has_money})
    return table.astype({"channel": "str", "n_timed": "int64", "n_cut": "int64"})


def number_column(frame: pd.DataFrame, name: str, default: float) -> Floats:
    """Give a column of numbers, not negative, with the default where the column or a value is missing."""
    if name not in frame:
        return np.full(len(frame), default)
    values = pd.to_numeric(frame[name], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    if (values < 0).any() or np.isinf(values).any():
        raise ContactError(
            "negative or infinite number", where=name, expected="0 or more", hint="run check_contacts first"
        )
    return np.asarray(np.where(np.isnan(values), default, values), dtype=float)


def _other_cost(contacts: pd.DataFrame, channel: NDArray[Any], model: CostModel) -> Floats:
    fixed = _lookup(channel, model.fixed_per_contact, 0.0)
    moved = model.cost_per_transfer * number_column(contacts, "transfers", 0.0)
    return np.asarray(fixed + moved, dtype=float)


def rates_of(contacts: pd.DataFrame, channel: NDArray[Any], model: CostModel) -> Floats:
    """Give the rate of each contact by its channel and team; an error names the channels without one."""
    if model.numerator == "hours":
        return np.ones(len(channel))
    keys = pd.DataFrame({"channel": channel, "team": None})
    if "team" in contacts:
        keys["team"] = contacts["team"].to_numpy(dtype=object)
    keys["team"] = keys["team"].astype(object).where(keys["team"].notna(), "").astype(str)
    distinct = keys.drop_duplicates()
    table = {(c, t): model.rate(c, t) for c, t in zip(distinct["channel"], distinct["team"], strict=True)}
    absent = sorted({c for (c, _), rate in table.items() if rate is None})
    if absent:
        raise missing_rates(absent, [_unpriced(contacts, channel == name) for name in absent])
    _check_currency(contacts, model)
    codes = pd.MultiIndex.from_frame(keys)
    return np.asarray(codes.map(table), dtype=float)


def _lookup(channel: NDArray[Any], values: Any, default: float) -> Floats:
    return np.asarray(pd.Series(channel).map(dict(values)).astype(float).fillna(default), dtype=float)
