"""How many contacts, and how much time, each issue has: estimated for all contacts at once rather than tag by tag.

Counting tags gives to issues with broad names what belongs to others. Here every contact has chances of several issues
(candidates), and the contacts together say how these chances are to be read. In the literature: quantification, prior
shift.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SURE = ("examples", "examples_texts", "labels")
"""Bases of chances that were learned with examples: they hold as they are."""

_CHUNK = 50_000  # contacts at once: bounds the memory


@dataclass(frozen=True)
class QuantifyParameters:
    """How chances are read together.

    Chosen on openly licensed texts of three trades; ``scripts/fit_cost_errors.py`` shows how far off totals then are.

    Parameters
    ----------
    expected_none : float
        Share of contacts about none of the reasons that the chances were made with.
    none_prior : float
        Weight of that share beside what the contacts say, in shares of the contacts.
    none_caution : float
        Factor of the odds of "none": a reason whose name says little looks like none.
    none_ratio : tuple of float
        How the chance of "none" was made from the distance to foreign texts, see
        `vocmine.classify.reasons.none_of_these`.
    known : tuple of float
        Mean and spread of that distance for texts that have a reason, where nothing is known of it.
    known_weight : float
        Contacts that this weighs as much as.
    floor, profile_floor : float
        Least chance as a prior, and in a profile.
    profile_weight : float
        Weight of the profiles' density.
    rounds, size_rounds, time_rounds : int
        Of expectation maximisation; of evening the sizes; of the last part, with handle time.
    size_power, last_size_power : float
        Power of an issue's size that is taken out: broad names must not swallow narrow ones.
    size_floor : float
        Least size, in even shares.
    shrinkage : float
        Part of the spread of profiles that is taken to be the same in all directions.
    background : float
        Contacts in the middle of all that each issue has.
    contacts_an_issue : float
        Contacts an issue at which what is learned counts half.
    temperature : float
        Divides the scores, which tell the same thing more than once.
    time_prior : float
        Contacts that an issue's mean log handle time is drawn to the average with.
    sure_power : float
        Power of chances that hold as they are: they are a little too doubtful.
    """

    expected_none: float = 0.1
    none_prior: float = 1.0
    none_caution: float = 0.1
    none_ratio: tuple[float, float] = (2.3, 0.7)
    known: tuple[float, float] = (5.3, 2.9)
    known_weight: float = 50.0
    floor: float = 1e-4
    profile_floor: float = 1e-3
    profile_weight: float = 0.2
    rounds: int = 5
    size_rounds: int = 3
    time_rounds: int = 8
    size_power: float = 0.25
    last_size_power: float = 0.3
    size_floor: float = 0.1
    shrinkage: float = 0.4
    background: float = 2.0
    contacts_an_issue: float = 6.0
    temperature: float = 3.0
    time_prior: float = 5.0
    sure_power: float = 1.5


PARAMETERS = QuantifyParameters()


@dataclass(frozen=True)
class Chances:
    """Chances of issues by contact, as entries sorted by contact; those of a contact add up to 1.

    Parameters
    ----------
    row : ndarray of int, shape (p,)
        Place of the contact; every contact has an entry.
    issue : ndarray of int, shape (p,)
        Place of the issue.
    chance : ndarray of shape (p,)
        Its chance.
    n_issues : int
        Number of issues.
    none : int
        Place of ``unknown`` among the issues.

    Examples
    --------
    >>> chances = Chances(np.array([0, 0]), np.array([0, 1]), np.array([0.75, 0.25]), 2, 1)
    >>> chances.n_contacts, chances.totals(np.array([8.0])).tolist()
    (1, [6.0, 2.0])
    """

    row: Ints
    issue: Ints
    chance: Floats
    n_issues: int
    none: int

    @property
    def n_contacts(self) -> int:
        """Number of contacts."""
        return int(self.row[-1]) + 1 if len(self.row) else 0

    def totals(self, value: Floats) -> Floats:
        """Add up a value of the contacts by issue."""
        weights = self.chance * value[self.row]
        return np.bincount(self.issue, weights=weights, minlength=self.n_issues).astype(float)

    def normalised(self) -> Chances:
        """Give the same with the chances of each contact adding up to 1."""
        total = np.bincount(self.row, weights=self.chance, minlength=self.n_contacts)[self.row]
        return replace(self, chance=np.divide(self.chance, total, out=np.zeros_like(self.chance), where=total > 0))


def quantify(chances: Chances, log_effort: Floats, basis: str = "names") -> Chances:
    """Read the chances of all contacts together.

    The share of contacts about no reason is set. Each issue gets a profile: which other issues its contacts
    look like. A contact that looks like many issues a little is another kind than one that looks like a single one,
    whichever is the likeliest for it. Last the handle time helps where issues differ in it.

    Parameters
    ----------
    chances : Chances
        What the classifier says.
    log_effort : ndarray of shape (n,)
        Log of the handle time against what is usual for the channel; NaN where it was not measured.
    basis : str
        What the chances rest on, as in `vocmine.cost.candidates`. Those from names alone are read by profiles; those
        learned from texts have learned the like already; those from examples or labels hold as they are, and only
        handle time is added.

    Returns
    -------
    Chances
        The same entries with other chances.

    Notes
    -----
    Expectation maximisation with shifting priors (Saerens, Latinne and Decaestecker, Neural Computation 14, 2002), on a
    mixture of Gaussians of the log chances with a common spread, and log-normal handle times. Full shift makes wrong
    chances worse, so sizes are evened instead by a power.

    Examples
    --------
    A third contact that looks like both is more likely of the issue whose contacts take as long:

    >>> row, issue = np.repeat(np.arange(5), 2), np.tile([0, 1], 5)
    >>> chance = np.array([0.9, 0.1, 0.9, 0.1, 0.1, 0.9, 0.1, 0.9, 0.5, 0.5])
    >>> read = quantify(Chances(row, issue, chance, 3, 2), np.array([0.0, 0.1, 3.0, 3.1, 3.0]))
    >>> bool(read.chance[9] > read.chance[8])
    True
    """
    if not len(chances.row):
        return chances
    if basis in SURE:
        sure = replace(chances, chance=np.maximum(chances.chance, 1e-6) ** PARAMETERS.sure_power).normalised()
        return _by_time(sure, log_effort, 0.0)
    reasons = _reasons_alone(chances)
    read = _by_profile(reasons) if basis == "names" else reasons
    none = _none_shares(chances)
    return _by_time(_joined(chances, read, none), log_effort, PARAMETERS.last_size_power)


def none_share(chances: Chances) -> float:
    """Estimate the share of contacts that are about none of the reasons."""
    if not len(chances.row):
        return 0.0
    return float(_none_odds(chances)[1])


def _none_odds(chances: Chances) -> tuple[Floats, float]:
    """Give each contact's chance of none of the reasons, and their share in all.

    How far foreign texts lie from the names is known; how far the others do is learned from these contacts.
    """
    n = chances.n_contacts
    is_none = chances.issue == chances.none
    u = np.bincount(chances.row[is_none], weights=chances.chance[is_none], minlength=n)
    expected, (at_place, slope) = PARAMETERS.expected_none, PARAMETERS.none_ratio
    bounded = np.clip(u, 1e-4, 1 - 1e-4)
    away = (at_place - np.log(bounded / (1 - bounded)) + np.log(expected / (1 - expected))) / slope
    foreign = -(away + np.exp(-np.maximum(away, -30.0)))
    (middle, spread), weight = PARAMETERS.known, PARAMETERS.known_weight
    prior, share, mean, variance = PARAMETERS.none_prior * n, expected, middle, spread**2
    none = np.zeros(n)
    for _ in range(60):
        # Nearer than usual is no sign of a foreign text.
        known = -0.5 * (np.minimum(away, mean) - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        odds = np.clip(foreign - known + np.log(share / (1 - share)), -30, 30)
        none = np.asarray(1 / (1 + np.exp(-odds)), dtype=float)
        share = float((none.sum() + prior * expected) / (n + prior))
        rest = float(n - none.sum() + weight)
        mean = float(((1 - none) @ away + weight * middle) / rest)
        variance = float(((1 - none) @ (away - mean) ** 2 + weight * spread**2) / rest)
    return none, float(none.mean())


def _none_shares(chances: Chances) -> Floats:
    u, _share = _none_odds(chances)
    odds = PARAMETERS.none_caution * u / (1 - u)
    return np.asarray(odds / (1 + odds), dtype=float)


def _reasons_alone(chances: Chances) -> Chances:
    """Leave "none" out; a contact with nothing else keeps no entry."""
    kept = (chances.issue != chances.none) & (chances.chance > 0)
    return Chances(
        chances.row[kept], chances.issue[kept], chances.chance[kept], chances.n_issues, chances.none
    ).normalised()


def _by_profile(chances: Chances) -> Chances:
    """Read the chances by which issues a contact looks like, beside which it looks like most."""
    if not len(chances.row):
        return chances
    n, k = len(np.unique(chances.row)), chances.n_issues
    base = np.log(np.maximum(chances.chance, PARAMETERS.floor))
    floor = PARAMETERS.profile_floor
    looks = csr_array(
        (np.log(np.maximum(chances.chance, floor) / floor), (chances.row, chances.issue)),
        shape=(chances.n_contacts, k),
    )
    present = np.zeros(chances.n_contacts)
    present[chances.row] = 1
    mean = np.asarray(present @ looks).ravel() / n
    square = np.asarray((looks.T @ looks).todense()) / n
    scale = np.sqrt(max(float(np.trace(square) - mean @ mean), 1e-12))
    trusted = n / (n + PARAMETERS.contacts_an_issue * k)
    share = _softmax(chances, base)
    scores = base
    for _ in range(PARAMETERS.rounds):
        share = _evened(share, n)
        gathered = csr_array((share.chance, (share.row, share.issue)), shape=looks.shape)
        sums = np.asarray((gathered.T @ looks).todense())
        size = share.totals(np.ones(chances.n_contacts))
        slope, offset = _gaussians((sums - size[:, None] * mean) / scale, size, square, mean, scale)
        place = _at_entries(looks, slope / scale, chances) + (offset - mean @ slope / scale)[chances.issue]
        scores = base + trusted * PARAMETERS.profile_weight * place
        share = _softmax(chances, scores)
    return _softmax(chances, scores / PARAMETERS.temperature)


def _gaussians(sums: Floats, size: Floats, square: Floats, mean: Floats, scale: float) -> tuple[Floats, Floats]:
    """Give slope (features by issues) and offset of the log density of each issue."""
    means = sums / (size + PARAMETERS.background)[:, None]
    total = (square - np.outer(mean, mean)) / scale**2
    within = total - (means * size[:, None]).T @ means / max(size.sum(), 1.0)
    even, part = max(np.trace(within) / len(within), 1e-9), PARAMETERS.shrinkage
    within = (1 - part) * within + (part * even + 1e-9) * np.eye(len(within))
    slope = np.linalg.solve(within, means.T)
    return slope, -0.5 * np.einsum("kd,dk->k", means, slope)


def _at_entries(looks: csr_array, slope: Floats, chances: Chances) -> Floats:
    """Multiply and keep what belongs to the entries, some rows at a time."""
    out = np.empty(len(chances.row))
    for start in range(0, looks.shape[0], _CHUNK):
        stop = min(start + _CHUNK, looks.shape[0])
        first, last = np.searchsorted(chances.row, [start, stop])
        dense = np.asarray(looks[start:stop] @ slope)
        out[first:last] = dense[chances.row[first:last] - start, chances.issue[first:last]]
    return out


def _softmax(chances: Chances, scores: Floats) -> Chances:
    starts = np.flatnonzero(np.r_[True, chances.row[1:] != chances.row[:-1]])
    highest = np.repeat(np.maximum.reduceat(scores, starts), np.diff(np.r_[starts, len(scores)]))
    return replace(chances, chance=np.exp(scores - highest)).normalised()


def _evened(share: Chances, n: int) -> Chances:
    """Take out a part of how big the issues are."""
    k = max(share.n_issues - 1, 1)
    for _ in range(PARAMETERS.size_rounds):
        size = np.maximum(share.totals(np.ones(share.n_contacts)) * k / n, PARAMETERS.size_floor)
        share = replace(share, chance=share.chance / size[share.issue] ** PARAMETERS.size_power).normalised()
    return share


def _joined(chances: Chances, reasons: Chances, none: Floats) -> Chances:
    """Put "none" back among the reasons as read."""
    out = np.zeros(len(chances.row))
    is_reason = (chances.issue != chances.none) & (chances.chance > 0)
    out[is_reason] = reasons.chance * (1 - none[reasons.row])
    is_none = chances.issue == chances.none
    out[is_none] = none[chances.row[is_none]]
    return replace(chances, chance=out).normalised()


def _by_time(chances: Chances, log_effort: Floats, size_power: float) -> Chances:
    """Let handle time tell issues apart, and even the sizes a little."""
    k = chances.n_issues
    seen = np.isfinite(log_effort)
    x = np.where(seen, log_effort, 0.0)
    timed = bool(seen.sum() > 2 * k)
    middle = float(x[seen].mean()) if timed else 0.0
    spread = float(x[seen].var()) if timed else 1.0
    start = chances.chance + PARAMETERS.floor
    prior = PARAMETERS.time_prior
    is_none = chances.issue == chances.none
    likely = np.zeros(len(start))
    size = np.maximum(chances.totals(np.ones(chances.n_contacts)), 1e-9)
    out = chances
    for _ in range(PARAMETERS.time_rounds):
        even = np.where(is_none, 1.0, (size[chances.issue] / size.mean()) ** -size_power)
        even[~is_none] /= max(np.average(even[~is_none], weights=start[~is_none]), 1e-12) if (~is_none).any() else 1.0
        out = replace(chances, chance=start * even * likely_factor(likely, chances.row)).normalised()
        size = out.totals(np.ones(chances.n_contacts)) + 1.0
        if not timed:
            continue
        weight, total = out.totals(seen.astype(float)), out.totals(x)
        centre = (total + prior * middle) / (weight + prior)
        away = (x[chances.row] - centre[chances.issue]) ** 2 * seen[chances.row]
        common = (float(out.chance @ away) + prior * spread) / (seen.sum() + prior)
        likely = -away / (2 * max(common, 1e-6))
    return out


def likely_factor(log_likelihood: Floats, row: Ints) -> Floats:
    """Give likelihoods from their logarithms, the highest of each contact being 1.

    Examples
    --------
    >>> likely_factor(np.array([-1000.0, -1000.0]), np.array([0, 0])).tolist()
    [1.0, 1.0]
    """
    starts = np.flatnonzero(np.r_[True, row[1:] != row[:-1]])
    highest = np.repeat(np.maximum.reduceat(log_likelihood, starts), np.diff(np.r_[starts, len(row)]))
    return np.asarray(np.exp(log_likelihood - highest), dtype=float)
