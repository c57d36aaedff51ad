"""When an incident began, and who belongs to it: rule and first day found together, from the memory of the registry."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from vocmine.topics.monitoring.window import Memory
from vocmine.topics.tracking.rule import Learned, MemberRule, Usual, excess, learn

_BACK_DAYS = 21  # before an alert in which the first day is looked for
_LEAST_BEFORE, _LEAST_DAYS = 100, 7  # contacts and days before without which nobody knows what is usual
_MOST_BEFORE = 6_000  # contacts before that a rule is learned against
_ROUNDS = 3  # of first day and rule
_GAP_DAYS = 4  # before the first day that teach nothing: an incident begins with single contacts
_CHANNEL_PRIOR = 5.0  # contacts of a channel that are taken to be like those of all
_PLACES = 6
_SURE, _LEAST_RATIO = 0.0001, 2.0  # of contacts that a rule was not learned from: an alert is tried on eight days


@dataclass(frozen=True)
class Onset:
    """What was found.

    Parameters
    ----------
    rule : MemberRule
    first_day : int
    rows : ndarray of int
        Members, as rows of the memory.
    expected, surprise : float
        Members that the days before let expect; logarithm of the likelihood ratio of so many.
    shares : dict of str to float
        Share of a channel's contacts that look like members on usual days; ``""`` for any other channel.
    """

    rule: MemberRule
    first_day: int
    rows: np.ndarray
    expected: float
    surprise: float
    shares: dict[str, float]


def find_onset(memory: Memory, seeds: np.ndarray, free: np.ndarray) -> Onset | None:
    """Learn from the contacts of an alert who belongs to its incident and when it began.

    Parameters
    ----------
    memory : Memory
    seeds : ndarray of int
        Rows of the alert.
    free : ndarray of bool, shape (n,)
        Rows that belong to no other incident.

    Returns
    -------
    Onset, optional
        None where too few days are known before, or its contacts are no more than usual.
    """
    if not len(seeds):
        return None
    last, first = int(memory.day.max()), int(memory.day[seeds].min())
    earliest = int(memory.day[seeds].max()) - _BACK_DAYS
    seed = np.zeros(len(memory), dtype=bool)
    seed[seeds] = True
    best: Onset | None = None
    for _ in range(_ROUNDS):
        found = _learn(memory, first, seed, free)
        if found is None:
            break
        learned, before, later = found
        member = np.zeros(len(memory), dtype=bool)
        member[later[learned.members]] = True
        member[before[learned.usual]] = True
        start = _first_day(memory.day, member, max(earliest, int(memory.day.min()) + _LEAST_DAYS), last)
        rows = later[learned.members & (memory.day[later] >= start)]
        onset = Onset(
            learned.rule, start, rows, learned.expected, learned.surprise,
            _shares(memory.channel[before], learned.usual),
        )
        best = onset if best is None or onset.surprise > best.surprise else best
        seed = member & (memory.day >= start)
        if start == first:
            break
        first = start
    return best


def is_confirmed(memory: Memory, onset: Onset, seeds: np.ndarray, free: np.ndarray) -> bool:
    """Tell whether what was found stands out among contacts that its rule was not learned from.

    The contacts since the first seed are split in two; the rule of each half is tried on the other (cross-fitting).
    What was only like itself by chance finds no more than usual there. A Poisson test, and a ratio. Earlier days don't
    count, as the first day was chosen so that they stand out.

    Parameters
    ----------
    memory : Memory
    onset : Onset
    seeds : ndarray of int
    free : ndarray of bool, shape (n,)
    """
    from scipy.stats import poisson

    start = max(onset.first_day, int(memory.day[seeds].min()))
    before = np.flatnonzero(memory.day < onset.first_day - _GAP_DAYS)
    later = np.flatnonzero((memory.day >= start) & free)
    usual = _usual(memory, before, later)[0]
    usual = replace(usual, weight=usual.weight / 2)
    half = np.empty(len(later), dtype=np.int64)
    half[np.argsort(memory.key[later], kind="stable")] = np.arange(len(later)) % 2
    vectors, is_seed = memory.vectors[later].astype(np.float32), np.isin(later, seeds)
    n, expected = 0, 0.0
    for side in (0, 1):
        own = half == side
        learned = learn(usual, vectors[own], is_seed[own])
        if learned is not None:
            n += int(learned.rule.members(vectors[~own]).sum())
            expected += learned.expected
    return n > 0 and n >= _LEAST_RATIO * expected and bool(poisson.sf(n - 1, max(expected, 1e-9)) <= _SURE)


def _learn(
    memory: Memory, first: int, seed: np.ndarray, free: np.ndarray
) -> tuple[Learned, np.ndarray, np.ndarray] | None:
    start = first - _GAP_DAYS
    before, later = np.flatnonzero(memory.day < start), np.flatnonzero((memory.day >= start) & free)
    if len(before) < _LEAST_BEFORE or len(np.unique(memory.day[before])) < _LEAST_DAYS or not seed[later].any():
        return None
    usual, read = _usual(memory, before, later)
    learned = learn(usual, memory.vectors[later].astype(np.float32), seed[later])
    return None if learned is None else (learned, read, later)


def _usual(memory: Memory, before: np.ndarray, later: np.ndarray) -> tuple[Usual, np.ndarray]:
    """Learn what is usual from the contacts before, evenly thinned where they are many; give those that were read."""
    step = -(-len(before) // _MOST_BEFORE)
    read = before[::step]
    rate = _rates(memory.channel[before], memory.channel[later])[::step] * (len(before) / len(read))
    return Usual.of(memory.vectors[read].astype(np.float32), rate), read


def _rates(before: np.ndarray, later: np.ndarray) -> np.ndarray:
    """Give each contact before how many later ones of its channel there are for it, shrunk to that of all channels."""
    overall = len(later) / len(before)
    names, which = np.unique(before, return_inverse=True)
    there = np.bincount(which)
    now = np.array([(later == name).sum() for name in names])
    return np.asarray(((now + _CHANNEL_PRIOR * overall) / (there + _CHANNEL_PRIOR))[which])


def _shares(channel: np.ndarray, usual: np.ndarray) -> dict[str, float]:
    overall = (float(usual.sum()) + 0.5) / len(usual)
    names, which = np.unique(channel, return_inverse=True)
    n, hits = np.bincount(which), np.bincount(which, weights=usual)
    known = hits + 0.5 * n / len(usual)  # half a contact over all channels: nothing seen before is no proof of none
    shares = (known + _CHANNEL_PRIOR * overall) / (n + _CHANNEL_PRIOR)
    return {"": overall} | {str(name): float(share) for name, share in zip(names, shares, strict=True)}


def _first_day(day: np.ndarray, member: np.ndarray, earliest: int, last: int) -> int:
    """Give the day from which on members exceed those of the days before by most."""
    start = int(day.min())
    volume = np.bincount(day - start, minlength=last - start + 1)
    n = np.bincount(day[member] - start, minlength=last - start + 1)
    starts = np.arange(max(earliest, start + 1), last + 1) - start
    whole, found = np.concatenate([[0], volume.cumsum()]), np.concatenate([[0], n.cumsum()])
    expected = (found[starts] + 0.5) * (whole[-1] - whole[starts]) / np.maximum(whole[starts], 1)
    surprise = np.round(excess(found[-1] - found[starts], np.maximum(expected, 1e-9)), _PLACES)
    first = int(starts[surprise.argmax()]) + start
    inside = day[member & (day >= first)]
    return int(inside.min()) if len(inside) else first
