"""Handle times too long to be true: a tab left open, found by channel and reason on the log scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.results import Note
from vocmine.stats import benjamini_hochberg

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SHIFT_SECONDS = 28_800.0
"""A working day: nobody spends it on one contact without a break."""

# Tuned on five seeds of the simulator, and on log-normal, Lomax and Pareto times with 0 to 10 % of open tabs.
_FALSE_SHARE = 0.1  # of the times taken for open tabs in a channel that may be true ones (Benjamini-Hochberg)
_USUAL_SHAPE, _SHAPE_PRIOR = 0.9, 400.0  # of the tail of log times: normal about 0.76, exponential 1; and its weight
_SHAPES = (0.7, 1.1)
_KEPT_PART = 0.1  # of the times left out that may belong to the tail after all, when its shape is read
_MOST = 0.15  # share of a channel's times; what is more is no exception but the way times are kept there

_LEAST_SECONDS = 1_800.0  # half an hour: a shorter time is no open tab, however regular the others are
_MIN_TIMES = 10  # of a channel: below that there is no tail to speak of
_ROUNDS = 30  # of finding open tabs and describing what is left
# Contacts' worth of the wider group in the middle and the spread of a small one.
_MIDDLE_PRIOR, _SPREAD_PRIOR = 4.0, 10.0
_USUAL_SPREAD, _LEAST_SPREAD = 0.6, 0.15  # of log times: as contact centres have them; where times are typed in rounded
_HALF_NORMAL = 0.6745  # three quarters of a normal distribution lie below it


@dataclass(frozen=True)
class TimeBounds:
    """Above which handle time a contact is taken for a tab left open.

    Parameters
    ----------
    seconds : ndarray of shape (n,)
        Bound for each contact's channel and reason (s); infinite where there is none.
    over : ndarray of bool, shape (n,)
        Contacts above it.
    crowded : ndarray of bool, shape (n,)
        Contacts of channels in which so many lie above that they are no exception: none of them is over.
    """

    seconds: Floats
    over: Bools
    crowded: Bools


def bound_times(seconds: Floats, channel: Ints, reason: Ints, sigmas: float | None) -> TimeBounds:
    """Find handle times that the tail of their channel does not explain.

    Log times are measured from the middle of their reason in units of its robust spread, both drawn to the channel
    where contacts are few. The upper tail of the channel is read between its median and its 90th percentile: as light
    as a normal one or as heavy as a power law, whichever the body of the times says. A time is an open tab where that
    tail makes it too rare (Benjamini and Hochberg's false discovery rate, so that many open tabs don't hide each other)
    and it lies at least `sigmas` spreads out. It starts from the worst case (the top 15 % left out) and takes back what
    the tail explains, round by round, so that open tabs don't stretch the tail they are judged by. A whole working day
    on one contact is an open tab whatever the tail, half an hour never.

    Parameters
    ----------
    seconds : ndarray of shape (n,)
        Handle times; NaN or 0 where there is none.
    channel, reason : ndarray of int, shape (n,)
        Groups.
    sigmas : float or None
        Least distance from the middle, in robust standard deviations; None bounds nothing.

    Returns
    -------
    TimeBounds

    Examples
    --------
    Three of 300 chats stand at eight hours:

    >>> times = np.random.default_rng(0).lognormal(6, 0.7, 300)
    >>> times[:3] = 28_800
    >>> one = np.zeros(300, dtype=int)
    >>> np.flatnonzero(bound_times(times, one, one, 3.0).over).tolist()
    [0, 1, 2]
    """
    bound = np.full(len(seconds), np.inf)
    crowded = np.zeros(len(seconds), dtype=bool)
    timed = seconds > 0  # NaN is not
    if sigmas is None:
        return TimeBounds(bound, np.zeros(len(seconds), dtype=bool), crowded)
    for code in np.unique(channel[timed]):
        here = np.flatnonzero(timed & (channel == code))
        if len(here) < _MIN_TIMES:
            continue
        found = np.maximum(_channel_bounds(np.log(seconds[here]), reason[here], sigmas), _LEAST_SECONDS)
        if (seconds[here] > found).mean() > _MOST:
            crowded[here] = True
        else:
            bound[here] = found
    return TimeBounds(bound, timed & (seconds > bound), crowded)


def open_tab_notes(table: pd.DataFrame, crowded: tuple[str, ...] = ()) -> tuple[Note, ...]:
    """Make the notes on open tabs: count, minutes and money removed, of all and by channel; and where none was.

    Examples
    --------
    >>> table = pd.DataFrame({"channel": ["call", "chat"], "n_timed": 300, "n_cut": [0, 2],
    ...     "minutes_removed": [0.0, 700.0], "cost_removed": [0.0, 36_400.0]})
    >>> [note.code for note in open_tab_notes(table)], dict(open_tab_notes(table)[0].values)["n"]
    (['open_tabs', 'open_tabs_channel'], 2)
    """
    some = table.loc[table["n_cut"] > 0]
    notes = [Note.of("open_tabs_crowded", channel=name) for name in crowded]
    if some.empty:
        return tuple(notes)
    n, minutes = int(some["n_cut"].sum()), round(float(some["minutes_removed"].sum()))
    amount = float(some["cost_removed"].sum(skipna=False))
    whole = Note.of("open_tabs_minutes", n=n, minutes=minutes)
    if np.isfinite(amount):
        whole = Note.of("open_tabs", n=n, minutes=minutes, amount=round(amount, 2))
    each = [
        Note.of("open_tabs_channel", channel=str(row["channel"]), n=int(row["n_cut"]), of=int(row["n_timed"]),
                minutes=round(float(row["minutes_removed"])))
        for row in some.to_dict("records")
    ]
    return (whole, *each, *notes)


def _channel_bounds(log: Floats, reason: Ints, sigmas: float) -> Floats:
    """Give the bound of each time of one channel (s)."""
    group = np.unique(reason, return_inverse=True)[1]
    middle, spread = _describe(log, group, np.ones(len(log), dtype=bool))
    z = (log - middle) / spread
    body, least = z <= np.quantile(z, 1 - _MOST), sigmas
    for _ in range(_ROUNDS):
        middle, spread = _describe(log, group, body)
        z = (log - middle) / spread
        least = _least(z, body, sigmas)
        grown = z <= least
        if (grown == body).all():
            break
        body = grown
    # A hair below the shift, so that a time of exactly so long is over.
    shift = np.maximum(np.log(SHIFT_SECONDS) - 1e-9, middle + sigmas * spread)
    return np.asarray(np.exp(np.minimum(middle + least * spread, shift)), dtype=float)


def _describe(log: Floats, group: Ints, body: Bools) -> tuple[Floats, Floats]:
    """Middle and spread of each time's group, from the times of the body."""
    whole = float(np.median(log[body]))
    middle = whole + _shrunk_medians(log - whole, group, body, 0.0, _MIDDLE_PRIOR)
    size = np.abs(log - middle) / _HALF_NORMAL
    n = int(body.sum())
    wide = (float(np.median(size[body])) * n + _USUAL_SPREAD * _SPREAD_PRIOR) / (n + _SPREAD_PRIOR)
    return middle, np.maximum(_shrunk_medians(size, group, body, wide, _SPREAD_PRIOR), _LEAST_SPREAD)


def _shrunk_medians(values: Floats, group: Ints, body: Bools, prior: float, weight: float) -> Floats:
    """Median of each value's group, drawn to the prior by so many contacts."""
    order = np.lexsort((values[body], group[body]))
    ordered, k = values[body][order], int(group.max()) + 1
    n = np.bincount(group[body], minlength=k)
    start = np.cumsum(n) - n
    some = np.flatnonzero(n)
    median = np.full(k, prior)
    median[some] = (ordered[start[some] + (n[some] - 1) // 2] + ordered[start[some] + n[some] // 2]) / 2
    return np.asarray(((n * median + weight * prior) / (n + weight))[group], dtype=float)


def _least(z: Floats, body: Bools, sigmas: float) -> float:
    """Distance above which times of a channel are open tabs.

    The tail is of the Weibull type, ``P(z > middle + x) = exp(-(x / scale)^(1 / shape)) / 2``: its shape follows from
    how far the 75th and the 90th percentile lie from the median.
    """
    n = int(body.sum())
    reach = np.array([0.5, 0.75, 0.9]) * (1 + _KEPT_PART * (len(z) / n - 1))
    middle, upper, top = np.quantile(z[body], reach)
    first = max(upper - middle, _HALF_NORMAL / 2)
    seen = np.log(max(top - middle, first) / first) / np.log(np.log(5) / np.log(2))
    shape = np.clip((n * seen + _SHAPE_PRIOR * _USUAL_SHAPE) / (n + _SHAPE_PRIOR), *_SHAPES)
    scale = first / np.log(2) ** shape
    chance = np.exp(-((np.maximum(z - middle, 0) / scale) ** (1 / shape))) / 2
    k = max(int((benjamini_hochberg(chance) <= _FALSE_SHARE).sum()), 1)
    # The chance below which Benjamini and Hochberg take k times, turned back into a distance.
    edge = middle + scale * np.log(len(z) / (2 * _FALSE_SHARE * k)) ** shape
    return float(max(edge, sigmas))
