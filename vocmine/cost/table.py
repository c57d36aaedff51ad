"""From totals to the issue costs frame: whole units of money, intervals, shares, an unallocated line."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.model import CostModel
from vocmine.cost.money import split_exactly, split_table_exactly, whole_units
from vocmine.cost.totals import COST, COUNT, HOURS, IMPUTED, PAYOUT, REPEAT, Totals
from vocmine.errors import SettingsError
from vocmine.frames import ISSUE_COST_COLUMNS, UNALLOCATED, UNKNOWN
from vocmine.results import IssueCosts, Note
from vocmine.stats import log_interval

Floats = NDArray[np.float64]

# Degrees of freedom of the variance of an issue: a few strata with some tens of checked contacts bear most of it.
_DEGREES = 30
_PAID_DEGREES = 6  # likewise for payouts: few contacts are paid
_MAYBE_NONE = 0.4  # relative error from which an amount of payouts may be none: only what was checked is certain

_ADDED = ("avoidable_cost", "avoidable_payout", "repeat_share")
_PLAIN = tuple(name for name in ISSUE_COST_COLUMNS if name not in _ADDED)


def make_table(
    estimate: Totals, model: CostModel, level: float, notes: tuple[Note, ...] = (), repeats: bool = False
) -> IssueCosts:
    """Make the issue costs.

    Parameters
    ----------
    estimate : Totals
        Totals and variances.
    model : CostModel
        Currency, numerator, ledger total.
    level : float
        Confidence.
    notes : tuple of Note
        What the reader must know.
    repeats : bool
        Whether chains were given, for ``repeat_share``.

    Returns
    -------
    IssueCosts
    """
    n_domains, k = estimate.totals.shape[1:]
    flat = estimate.totals.reshape(len(estimate.totals), -1)
    variance = estimate.variance.reshape(len(flat), -1)
    known = estimate.known if n_domains == 1 else np.zeros((len(flat), n_domains * k))
    n_low, n_high = _interval(flat[COUNT], variance[COUNT], level, known[COUNT])
    frame = pd.DataFrame(
        {
            "issue": np.tile(np.array(estimate.issues, dtype=object), n_domains),
            "n_contacts": flat[COUNT],
            "n_low": n_low,
            "n_high": n_high,
            "handle_hours": flat[HOURS],
            **_money("cost", estimate.totals[COST], variance[COST], known[COST], (model, level)),
            **_money("payout", estimate.totals[PAYOUT], variance[PAYOUT], known[PAYOUT], (model, level)),
        }
    )
    frame["imputed_share"] = _ratio(flat[IMPUTED], flat[COST])
    frame["basis"], frame["method"] = estimate.basis, _method(estimate)
    if repeats:
        frame["repeat_share"] = _ratio(flat[REPEAT], flat[COUNT])
    frame = pd.concat(
        [estimate.domains.table.loc[np.repeat(np.arange(n_domains), k)].reset_index(drop=True), frame], axis=1
    )
    frame = frame[(frame["n_contacts"] > 0) | (frame["cost"] > 0) | (frame["payout"] > 0)]
    if model.ledger_total is not None:
        frame = pd.concat([frame, _unallocated(frame, model)], ignore_index=True)
    frame["cost_per_contact"] = _ratio(frame["cost"].to_numpy(), frame["n_contacts"].to_numpy())
    whole = frame["cost"].sum(skipna=False)
    frame["share"] = frame["cost"] / whole if whole > 0 else np.nan
    return IssueCosts(
        _ordered(frame, estimate, model),
        currency=model.currency,
        level=level,
        numerator=model.numerator,
        basis=estimate.basis,
        notes=notes,
        n_checked=estimate.n_checked,
    )


def _money(
    name: str, table: Floats, variance: Floats, known: Floats, how: tuple[CostModel, float]
) -> dict[str, Floats]:
    """Give an amount and its bounds in whole units; NaN where there is no currency to say it in."""
    cost, (model, level) = table.ravel(), how
    names = (name, f"{name}_low", f"{name}_high")
    if model.numerator == "hours":
        return {each: np.full(len(cost), np.nan) for each in names}
    if name == "payout":
        low, high = _interval(cost, variance, level, known, _PAID_DEGREES)
        low = np.where(variance > (_MAYBE_NONE * cost) ** 2, np.minimum(known, low), low)
    else:
        low, high = _interval(cost, variance, level, known)
    whole = len(table) == 1
    exact = split_exactly(cost, model.currency) if whole else split_table_exactly(table, model.currency).ravel()
    low, high = whole_units(low, model.currency), whole_units(high, model.currency)
    return dict(zip(names, (exact, np.minimum(low, exact), np.maximum(high, exact)), strict=True))


def _interval(
    total: Floats, variance: Floats, level: float, known: Floats, degrees: int = _DEGREES
) -> tuple[Floats, Floats]:
    """Interval of totals, none beyond the whole."""
    low, high = log_interval(total, variance, level, degrees=degrees, known=known)
    return low, np.minimum(high, np.maximum(total.sum(), total))


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0), dtype=float)


def _method(estimate: Totals) -> str:
    if estimate.basis == "audit":
        return f"tags corrected by {estimate.n_checked} checked contacts; interval: sampling, mistakes, imputation"
    if estimate.basis == "counted":
        return "tags counted; interval: imputation only, mistakes of the tagger left out"
    learned = "labels" if estimate.basis == "labels" else "other contacts"
    return f"chances of all contacts read together; interval: mistakes as learned on {learned}, imputation"


def _unallocated(frame: pd.DataFrame, model: CostModel) -> pd.DataFrame:
    units = whole_units(np.array([model.ledger_total or 0.0, frame["cost"].sum()]), model.currency)
    left = float(whole_units(units[:1] - units[1:], model.currency)[0])
    if left < 0:
        raise SettingsError(
            "the ledger total is below the cost of the contacts",
            where="ledger_total",
            got=f"{units[0]:,.2f} {model.currency}",
            expected=f"at least {units[1]:,.2f}",
            hint="lower the rates, or give the total of the same period as the contacts",
        )
    return pd.DataFrame(
        {
            "issue": [UNALLOCATED],
            "n_contacts": 0.0,
            "n_low": 0.0,
            "n_high": 0.0,
            "handle_hours": 0.0,
            "cost": left,
            "cost_low": left,
            "cost_high": left,
            "payout": 0.0,
            "payout_low": 0.0,
            "payout_high": 0.0,
            "imputed_share": 0.0,
            "basis": "ledger",
            "method": "ledger total less the cost of the contacts",
        }
    )


def _ordered(frame: pd.DataFrame, estimate: Totals, model: CostModel) -> pd.DataFrame:
    keys = list(estimate.domains.table.columns)
    last = frame["issue"].map({UNKNOWN: 1, UNALLOCATED: 2}).fillna(0).astype(int)
    size = frame["handle_hours"] if model.numerator == "hours" else frame["cost"]
    frame = frame.assign(_far=(last == 2).astype(int), _last=last, _size=-size)
    frame = frame.sort_values(["_far", *keys, "_last", "_size", "issue"], kind="stable", ignore_index=True)
    extra = [name for name in ("repeat_share",) if name in frame]
    frame = frame[[*keys, *_PLAIN, *extra]]
    for name in ("issue", "basis", "method"):
        frame[name] = frame[name].astype("str")
    return frame
