"""What each contact is taken to be about, and how wrong the totals may be, before anybody has checked a contact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.attribution import Pairs
from vocmine.cost.candidates import Candidates
from vocmine.cost.prior_error import PriorRange, features_of_tags, prior_range, spread_of_tags
from vocmine.cost.quantify import Chances, quantify
from vocmine.frames import UNKNOWN

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ROUNDS = 30  # of bringing the shares to the targets
_LEAST = 1e-3  # of a contact: a smaller share is left out


@dataclass(frozen=True)
class Quantified:
    """Shares of contacts in issues as estimated for all of them together.

    Parameters
    ----------
    pairs : Pairs
        Entries with shares; those of a contact add up to 1.
    spread : ndarray of shape (n_issues,)
        Standard deviation of the log error of each issue's total.
    basis : str
        What the chances rest on.
    """

    pairs: Pairs
    spread: Floats
    basis: str


def quantify_pairs(pairs: Pairs, candidates: Candidates, effort: Floats, channel: pd.Series[Any]) -> Quantified:
    """Estimate the shares of contacts in issues from the chances of all contacts.

    A contact with several reasons keeps them, as far as they are sure; what they are not sure of goes where its
    chances point.

    Parameters
    ----------
    pairs : Pairs
        Tags with their shares.
    candidates : Candidates
        Chances of issues.
    effort : ndarray of shape (n,)
        Handle time; NaN where it was not measured.
    channel : Series of shape (n,)
        Channel of each contact: what is a long time differs between them.

    Returns
    -------
    Quantified
    """
    read = quantify(candidates.chances, usual_effort(effort, channel), candidates.basis)
    read = _with_several(pairs, read)
    prior = prior_range(candidates.chances, read, candidates.basis)
    entries = _to_targets(read, prior)
    shares = Pairs(entries.row, entries.issue, entries.chance, entries.chance, pairs.main, pairs.issues)
    return Quantified(shares, prior.spread, candidates.basis)


def as_tagged(pairs: Pairs) -> Quantified:
    """Take the tags as they are: without candidates there is nothing to read together.

    Their scores say how sure they are.
    """
    none = pairs.issues.index(UNKNOWN) if UNKNOWN in pairs.issues else len(pairs.issues)
    features = features_of_tags(pairs.score, pairs.issue, pairs.share, len(pairs.issues))
    return Quantified(pairs, spread_of_tags(features, none), "scores")


def usual_effort(effort: Floats, channel: pd.Series[Any]) -> Floats:
    """Give the log of the handle time less the median of the channel; NaN where there is none.

    Examples
    --------
    >>> usual_effort(np.array([1.0, 1.0, np.e]), pd.Series(["call", "call", "call"])).round(1).tolist()
    [0.0, 0.0, 1.0]
    """
    log = pd.Series(np.log(np.where(effort > 0, effort, np.nan)))
    return (log - log.groupby(channel.to_numpy()).transform("median")).to_numpy(dtype=float)


def _with_several(pairs: Pairs, read: Chances) -> Chances:
    """Let contacts with several reasons keep each as far as it is sure."""
    count = np.bincount(pairs.row, minlength=len(pairs.main))
    several = count[pairs.row] > 1
    if not several.any():
        return read
    row, issue = pairs.row[several], pairs.issue[several]
    sure = pairs.share[several] * pairs.score[several]
    left = np.ones(len(pairs.main))
    np.subtract.at(left, row, sure)
    return _gathered(read, (row, issue, sure), read.chance * left[read.row])


def _gathered(read: Chances, more: tuple[Ints, Ints, Floats], chance: Floats) -> Chances:
    """Put further entries (contact, issue, chance) beside the present ones with new chances; equal places add up."""
    row, issue = np.concatenate([read.row, more[0]]), np.concatenate([read.issue, more[1]])
    key, code = np.unique(row * read.n_issues + issue, return_inverse=True)
    total = np.bincount(code, weights=np.concatenate([chance, more[2]])).astype(float)
    return replace(read, row=key // read.n_issues, issue=key % read.n_issues, chance=total).normalised()


def _to_targets(read: Chances, prior: PriorRange) -> Chances:
    """Scale the reasons until their shares of the contacts are the targets, each contact still adding up to 1.

    What has to go to ``unknown`` beside is taken from all contacts alike: which ones they are is not known, and those
    that look like it may be contacts of a reason whose name says little.
    """
    one, n, none = np.ones(read.n_contacts), max(read.n_contacts, 1), read.none
    out = read
    for _ in range(_ROUNDS):
        now = out.totals(one) / n
        target = prior.target * (1 - now[none]) / max(1 - prior.target[none], 1e-9)
        target[none] = min(now[none], prior.target[none])
        factor = np.divide(target, now, out=np.ones_like(now), where=now > 0)
        out = replace(out, chance=out.chance * factor[out.issue]).normalised()
    out = _thinned(out)
    held = float(out.totals(one)[none]) / n
    moved = max(prior.target[none] - held, 0.0) / max(1 - held, 1e-9)
    rows = np.arange(read.n_contacts)
    return _gathered(out, (rows, np.full(len(rows), none), moved * one), (1 - moved) * out.chance)


def _thinned(read: Chances) -> Chances:
    """Leave out the smallest shares, but the largest of each contact."""
    kept = read.chance >= _LEAST
    first = np.r_[True, read.row[1:] != read.row[:-1]]
    kept[np.lexsort((read.issue, -read.chance, read.row))[first]] = True
    return Chances(read.row[kept], read.issue[kept], read.chance[kept], read.n_issues, read.none).normalised()
