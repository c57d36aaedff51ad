"""Handle times: open tabs cut to a bound, missing times imputed several times on the log scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.model import CostModel
from vocmine.errors import ContactError

Floats = NDArray[np.float64]

N_DRAWS = 20  # imputations of each missing time (Rubin 1987)
# Weight of the wider group's mean, in contacts, when the mean of a small group is estimated.
PRIOR_CONTACTS = 4.0
_MIN_FOR_BOUND = 30  # times that a bound for open tabs needs
_MIN_FOR_POOL = 100  # times of its own from which a reason draws on no other


@dataclass(frozen=True)
class Imputed:
    """Handle times without gaps.

    Parameters
    ----------
    seconds : ndarray of shape (n,)
        Measured time, cut where a tab was left open, or the mean of the draws where it was missing (s).
    rows : ndarray of int, shape (m,)
        Contacts whose time was missing.
    draws : ndarray of shape (draws, m)
        Imputed times (s).
    n_cut : int
        How many measured times were cut.
    """

    seconds: Floats
    rows: NDArray[np.int64]
    draws: Floats
    n_cut: int


def complete_handle_times(
    contacts: pd.DataFrame, reasons: NDArray[Any], model: CostModel, free: NDArray[np.bool_], seed: int
) -> Imputed:
    """Cut open tabs and impute missing times by reason x channel x team.

    Log times are modelled with a mean for each channel, then reason in it, then team in it, each drawn to the wider
    group by `PRIOR_CONTACTS` contacts; residuals are drawn from those seen for the reason, or in the channel where they
    are few. Each of the `N_DRAWS` draws
    has its own group means, so that both kinds of doubt are in the spread (Rubin, Multiple Imputation for Nonresponse
    in Surveys, 1987). The time that passed between two stamps is never taken for effort.

    Parameters
    ----------
    contacts : DataFrame
        ``channel``, and where they exist ``handle_seconds`` (s) and ``team``.
    reasons : ndarray of shape (n,)
        Main reason of each contact.
    model : CostModel
        Bound for open tabs and assumed times.
    free : ndarray of bool, shape (n,)
        Contacts whose minutes cost nothing: without any measured time in their channel they count as 0 s.
    seed : int
        Seed of the draws.

    Returns
    -------
    Imputed

    Raises
    ------
    ContactError
        If a channel has no measured time at all and the model assumes none.
    """
    seconds = _measured(contacts)
    channel = pd.Series(contacts["channel"].astype(str).to_numpy(dtype=object))
    seconds, n_cut = _cut_open_tabs(seconds, channel, model.open_tab_sigmas)
    missing = np.isnan(seconds)
    rows = np.flatnonzero(missing)
    seen = channel[~missing].unique()
    for name in sorted(channel[missing & ~channel.isin(seen).to_numpy()].unique()):
        here = missing & (channel == name).to_numpy()
        if name not in model.assumed_handle_seconds and not free[here].all():
            raise ContactError(
                "a channel has no measured handle time",
                where="handle_seconds",
                got=name,
                hint=f"measure some, or write in the cost model: assumed_handle_seconds: {{{name}: 300}}",
            )
        seconds[here] = model.assumed_handle_seconds.get(name, 0.0)
    draws = np.repeat(seconds[None, rows], N_DRAWS, axis=0)
    gaps = np.isnan(seconds)
    if gaps.any():
        team = contacts["team"].astype(object) if "team" in contacts else pd.Series("", index=contacts.index)
        groups = _groups(channel, reasons, np.asarray(team, dtype=object))
        filled = _draw(seconds, groups, np.random.default_rng(seed))
        draws[:, gaps[rows]] = filled
        seconds[gaps] = filled.mean(axis=0)
    return Imputed(seconds, rows, draws, n_cut)


def _measured(contacts: pd.DataFrame) -> Floats:
    if "handle_seconds" not in contacts:
        return np.full(len(contacts), np.nan)
    seconds = pd.to_numeric(contacts["handle_seconds"], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    if (seconds < 0).any() or np.isinf(seconds).any():
        raise ContactError(
            "negative or infinite handle time",
            where="handle_seconds",
            expected="0 or more seconds",
            hint="run check_contacts first",
        )
    return seconds.copy()


def _cut_open_tabs(seconds: Floats, channel: pd.Series[Any], sigmas: float | None) -> tuple[Floats, int]:
    """Cut at exp(median + sigmas x 1.4826 MAD) of the log times of a channel."""
    if sigmas is None:
        return seconds, 0
    log = pd.Series(np.log(np.maximum(seconds, 1.0)))
    grouped = log.groupby(channel)
    middle = grouped.transform("median")
    spread = (log - middle).abs().groupby(channel).transform("median") * 1.4826
    enough = (grouped.transform("count") >= _MIN_FOR_BOUND) & (spread > 0)
    bound = np.exp(np.minimum((middle + sigmas * spread).to_numpy(dtype=float), 50.0))
    over = enough.to_numpy() & (seconds > bound)
    return np.where(over, bound, seconds), int(over.sum())


def _groups(channel: pd.Series[Any], reasons: NDArray[Any], team: NDArray[Any]) -> list[NDArray[np.int64]]:
    """Codes of the nested groups, from the widest to the narrowest."""
    frame = pd.DataFrame({"channel": channel, "reason": pd.Series(reasons, dtype=object), "team": team})
    frame = frame.astype(object).where(frame.notna(), "")
    levels = (["channel"], ["channel", "reason"], ["channel", "reason", "team"])
    return [np.asarray(frame.groupby(level, sort=True).ngroup(), dtype=np.int64) for level in levels]


def _draw(seconds: Floats, groups: list[NDArray[np.int64]], rng: np.random.Generator) -> Floats:
    """Draw the missing times: a mean for each group with its doubt, and a residual seen for the reason."""
    seen = ~np.isnan(seconds)
    log = np.log(np.maximum(seconds, 1.0))
    mean: Floats = np.zeros(len(log))
    weight: Floats = np.zeros(len(log))
    for depth, codes in enumerate(groups):
        n = np.bincount(codes[seen], minlength=codes.max() + 1)[codes]
        total = np.bincount(codes[seen], weights=log[seen], minlength=codes.max() + 1)[codes]
        prior = 0.0 if depth == 0 else PRIOR_CONTACTS
        mean = np.asarray((total + prior * mean) / (n + prior), dtype=float)
        weight = np.asarray(n + prior, dtype=float)
    residual = log - mean
    gaps = np.flatnonzero(~seen)
    out = np.empty((N_DRAWS, len(gaps)))
    channel, reason, narrow = groups
    for code in np.unique(reason[gaps]):
        here = reason[gaps] == code
        own = residual[seen & (reason == code)]
        # Issues differ in spread too: a mean of exp(log time) taken with the spread of another would be far off.
        pool = own if len(own) >= _MIN_FOR_POOL else residual[seen & (channel == channel[gaps[here][0]])]
        codes, place = np.unique(narrow[gaps[here]], return_inverse=True)
        first = gaps[here][np.unique(place, return_index=True)[1]]
        doubt = pool.std() / np.sqrt(weight[first])
        shift = rng.standard_normal((N_DRAWS, len(codes))) * doubt
        noise = rng.choice(pool, size=(N_DRAWS, int(here.sum())))
        out[:, here] = np.exp(mean[gaps[here]] + shift[:, place] + noise)
    return out
